//! Generated mailboxes as they are served: the same seed gives the same replies, in every version.

mod common;

use common::{Client, Reply};
use graph_simulator::entities::ids::digest;
use graph_simulator::generate::{self, CLIENT_ID, CLIENT_SECRET};
use graph_simulator::model::Tenant;
use graph_simulator::{Options, Simulator};
use std::time::Instant;

fn tenant(content: &generate::Options) -> Tenant {
    generate::tenant(&generate::Options {
        users: 1,
        shared_mailboxes: 0,
        ..content.clone()
    })
}

/// A client of the only mailbox.
struct Reader {
    client: Client,
    owner: String,
}

impl Reader {
    fn new(content: &generate::Options) -> Self {
        let tenant = tenant(content);
        let (id, user) = (tenant.id.clone(), tenant.users[0].entity.clone());
        let simulator = Simulator::start(tenant, Options::default()).expect("a simulator");
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

    fn get(&self, path: &str) -> Reply {
        self.client.get(&format!("{}{path}", self.owner))
    }

    /// The reply without what differs from run to run.
    fn text(&self, reply: &Reply) -> String {
        let text = String::from_utf8_lossy(&reply.body);
        let text = text.replace(&self.client.simulator.address(), "");
        format!("{} {text}", reply.status)
    }

    /// This page and all that follow.
    fn pages(&self, path: &str) -> Vec<Reply> {
        let mut pages = vec![self.get(path)];
        while let Some(link) = pages[pages.len() - 1].next_link() {
            pages.push(self.client.get(&link));
        }
        pages
    }

    fn column(&self, path: &str, name: &str) -> Vec<String> {
        let pages = self.pages(path);
        pages.iter().flat_map(|page| page.column(name)).collect()
    }

    fn sum(&self, paths: &[&str]) -> String {
        let pages = paths.iter().flat_map(|path| self.pages(path));
        let texts: Vec<String> = pages.map(|page| self.text(&page)).collect();
        assert!(!texts[0].starts_with("400"), "{}", texts[0]);
        sum(&texts)
    }
}

fn sum(texts: &[String]) -> String {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let bytes = digest(&texts);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A digest of each kind of reply.
fn sums(content: &generate::Options) -> Vec<(&'static str, String)> {
    let reader = Reader::new(content);
    let of = |paths: &[&str]| reader.sum(paths);
    let mut sums = vec![
        ("whole", of(&["/messages?$top=1000"])),
        ("expanded", of(&["/messages?$top=70&$expand=attachments"])),
        (
            "selected",
            of(&[
                "/messages?$top=90&$select=subject,from,receivedDateTime,bodyPreview,isRead",
                "/messages?$top=900&$select=uniqueBody,internetMessageHeaders,toRecipients,flag",
            ]),
        ),
        (
            "filtered",
            of(&[
                "/messages?$top=40&$select=subject&$filter=receivedDateTime ge 2018-03-01T00:00:00Z and \
                 receivedDateTime lt 2019-01-01T00:00:00Z",
                "/messages?$top=40&$select=id&$filter=receivedDateTime ge 2018-03-01T00:00:00Z and isRead eq false",
                "/messages?$top=40&$select=id&$filter=contains(subject,'report')",
                "/messages?$top=40&$select=id&$filter=importance eq 'high' or flag/flagStatus eq 'flagged'",
                "/messages?$top=40&$select=id&$filter=categories/any(c:c eq 'Blue category')",
                "/messages?$top=40&$select=id&$count=true&$filter=hasAttachments eq true",
            ]),
        ),
        (
            "sorted",
            of(&[
                "/messages?$top=200&$select=subject&$orderby=subject desc",
                "/messages?$top=200&$select=id&$orderby=receivedDateTime",
                "/messages?$top=200&$select=id&$orderby=importance,from/emailAddress/address",
            ]),
        ),
        (
            "found",
            of(&[
                "/messages?$top=200&$select=id&$search=\"report\"",
                "/messages?$top=200&$select=id&$search=\"attachment:pdf\"",
                "/messages?$top=200&$select=id&$search=\"from:anna AND hasAttachments:true\"",
            ]),
        ),
        (
            "folders",
            of(&["/mailFolders?$top=1000&includeHiddenFolders=true"]),
        ),
    ];
    let folders = "/mailFolders?$top=1000&includeHiddenFolders=true&$select=id";
    let lists = reader.column(folders, "id").into_iter();
    let lists: Vec<String> = lists
        .map(|id| format!("/mailFolders/{id}/messages?$top=60&$select=id"))
        .collect();
    let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
    sums.push(("in folders", of(&lists)));
    let mut single = Vec::new();
    for id in reader.column("/messages?$top=40&$select=id", "id") {
        single.push(reader.text(&reader.get(&format!("/messages/{id}"))));
        let attachments = reader.get(&format!("/messages/{id}/attachments"));
        single.push(reader.text(&attachments));
        for attachment in attachments.column("id") {
            let path = format!("/messages/{id}/attachments/{attachment}/$value");
            single.push(reader.text(&reader.get(&path)));
        }
    }
    sums.push(("single", sum(&single)));
    sums
}

fn check(content: &generate::Options, expected: &[(&str, &str)]) {
    let sums = sums(content);
    let sums: Vec<(&str, &str)> = sums.iter().map(|(of, sum)| (*of, sum.as_str())).collect();
    assert_eq!(sums, expected);
}

#[test]
fn ordinary_mailboxes_are_the_same_in_every_version() {
    let content = generate::Options {
        messages: 300,
        ..generate::Options::default()
    };
    check(
        &content,
        &[
            ("whole", "7233a4e2a620eb7bdf013d356e810f58"),
            ("expanded", "018912f879b7fec96d5e6dbfa1cb8d0f"),
            ("selected", "e69204362cb0a5f5cbac9dcacb5efccb"),
            ("filtered", "b5c69cc71043c18d32a7afdf084a4803"),
            ("sorted", "3e6317e1b586077302369c1f3e993a94"),
            ("found", "1f88ea706e2bc3b993dc62bc7b96da60"),
            ("folders", "8bf76eb9e19bebba783f8e6020d7090c"),
            ("in folders", "bfcc917a2a398978324f61cc3affe974"),
            ("single", "c56fe86c64489ee56018e7504cf1e4e6"),
        ],
    );
}

#[test]
fn odd_mailboxes_are_the_same_in_every_version() {
    let content = generate::Options {
        messages: 300,
        seed: 3,
        ..generate::Options::odd()
    };
    check(
        &content,
        &[
            ("whole", "288e9a574c48cbe9935c78a67a1f489a"),
            ("expanded", "3fbf4433e2021a873cd3d3942a186c8a"),
            ("selected", "764247cb9d9d43a1b164e24546cdb249"),
            ("filtered", "b9005a2b927a670a7b16f585e108e87d"),
            ("sorted", "379c863773091d99d7bcefbe1d39de52"),
            ("found", "456a1bbe3a13edd54eeba41437c1f595"),
            ("folders", "e8fa5548da0d02275444e1d69a19ea98"),
            ("in folders", "781aba312401177a7bacf33e9d3ecf92"),
            ("single", "ba436f77014311af065d437dc3003cd4"),
        ],
    );
}

/// Twelve columns, as an application would choose them.
const TWELVE: &str = "id,subject,from,receivedDateTime,sentDateTime,isRead,bodyPreview,importance,hasAttachments,\
                      categories,conversationId,internetMessageId";

#[test]
#[ignore = "prints figures: run it alone and compiled with optimization"]
fn rows_a_second() {
    const PAGES: usize = 100;
    let content = generate::Options {
        messages: 1_000 * PAGES,
        ..generate::Options::default()
    };
    let reader = Reader::new(&content);
    for select in [TWELVE, "id,subject", "id,body"] {
        let (started, used) = (Instant::now(), processor_time());
        let mut bytes = 0;
        for page in 0..PAGES {
            let skip = page * 1_000;
            let reply = reader.get(&format!(
                "/messages?$top=1000&$skip={skip}&$select={select}"
            ));
            assert_eq!(reply.status, 200);
            bytes += reply.body.len();
        }
        let rows = (1_000 * PAGES) as f64;
        println!(
            "{:.0} rows/s, {:.0} a second of processor time, {} bytes a row: {select}",
            rows / started.elapsed().as_secs_f64(),
            rows / (processor_time() - used),
            bytes / (1_000 * PAGES)
        );
    }
}

/// Seconds on processors that this process, which is server and client, has used.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    // Linux counts these in hundredths of a second.
    let hundredths = ticks.filter_map(|ticks| ticks.parse::<f64>().ok());
    hundredths.sum::<f64>() / 100.0
}
