//! A generated mailbox and a client of it.

use super::{Client, Reply};
use graph_simulator::generate::{self, CLIENT_ID, CLIENT_SECRET};
use graph_simulator::model::Tenant;
use graph_simulator::{Options, Simulator};

/// A generated tenant with one mailbox.
pub fn generated(content: &generate::Options) -> Tenant {
    generate::tenant(&generate::Options {
        users: 1,
        shared_mailboxes: 0,
        ..content.clone()
    })
}

/// A client of the only mailbox of a generated tenant.
pub struct Reader {
    pub client: Client,
    owner: String,
}

impl Reader {
    pub fn new(content: &generate::Options) -> Self {
        Self::with(generated(content), Options::default())
    }

    pub fn with(tenant: Tenant, options: Options) -> Self {
        let (id, user) = (tenant.id.clone(), tenant.users[0].entity.clone());
        let simulator = Simulator::start(tenant, options).expect("a simulator");
        let mut client = Client {
            simulator,
            token: String::new(),
        };
        let address = client.simulator.address();
        let form = format!(
            "grant_type=client_credentials&client_id={CLIENT_ID}&client_secret={CLIENT_SECRET}\
             &scope={address}/.default"
        );
        let token = client.ask_token(&id, &form).json()["access_token"].clone();
        client.token = token.as_str().expect("a token").to_owned();
        let owner = user["userPrincipalName"].as_str().expect("a name");
        Self {
            client,
            owner: format!("/users/{owner}"),
        }
    }

    pub fn get(&self, path: &str) -> Reply {
        self.client.get(&format!("{}{path}", self.owner))
    }

    /// The reply without what differs from run to run.
    pub fn text(&self, reply: &Reply) -> String {
        let text = String::from_utf8_lossy(&reply.body);
        let text = text.replace(&self.client.simulator.address(), "");
        format!("{} {text}", reply.status)
    }

    /// This page and all that follow.
    pub fn pages(&self, path: &str) -> Vec<Reply> {
        let mut pages = vec![self.get(path)];
        while let Some(link) = pages[pages.len() - 1].next_link() {
            pages.push(self.client.get(&link));
        }
        pages
    }

    pub fn column(&self, path: &str, name: &str) -> Vec<String> {
        let pages = self.pages(path);
        pages.iter().flat_map(|page| page.column(name)).collect()
    }
}
