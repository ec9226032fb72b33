//! The last step: one row of each mailbox.

use super::finding::{Failed, Finding, Outcome, Step, failed};
use super::roles::Roles;
use crate::client::Client;
use crate::query::path;
use crate::request::Request;
use exchange_config::{Mailboxes, Settings};

/// A list of a mailbox that one permission opens.
struct List {
    /// How the permissions that read it begin.
    permission: &'static str,
    segment: &'static str,
    noun: &'static str,
}

/// Mail first: most applications may read it (docs/graph.md#permissions).
const LISTS: &[List] = &[
    List {
        permission: "Mail.Read",
        segment: "messages",
        noun: "messages",
    },
    List {
        permission: "Calendars.Read",
        segment: "events",
        noun: "events",
    },
    List {
        permission: "Contacts.Read",
        segment: "contacts",
        noun: "contacts",
    },
];

/// The most mailboxes of a list that are tried.
const MOST: usize = 5;

/// Reads one row of each mailbox that the settings name, or of the directory.
pub(super) async fn mailboxes(
    client: &Client,
    settings: &Settings,
    roles: &Roles,
    tell: &mut impl FnMut(Finding),
) -> Result<(), Failed> {
    let named: Vec<&str> = match &settings.mailboxes {
        Mailboxes::User => settings.user_id.as_deref().into_iter().collect(),
        Mailboxes::List(list) => list.iter().map(String::as_str).collect(),
        Mailboxes::All => return directory(client, tell).await,
    };
    let list = LISTS.iter().find(|list| roles.have(list.permission));
    let list = list.unwrap_or(&LISTS[0]);
    let mut outcome = Ok(());
    for mailbox in named.iter().take(MOST) {
        let request = Request {
            path: path(["users", mailbox, list.segment]) + "?$select=id&$top=1",
            mailbox: Some((*mailbox).to_owned()),
            ..Request::default()
        };
        let text = format!("The {} of {mailbox} can be read.", list.noun);
        outcome = read(client, &request, &text, tell).await.and(outcome);
    }
    let rest = named.len().saturating_sub(MOST);
    if rest > 0 {
        let text = format!("{rest} more mailboxes were not tried.");
        tell(Finding::new(Step::Reading, Outcome::Note, &text));
    }
    if named.is_empty() {
        let text = "No mailbox is given, so every statement has to name one: WHERE mailbox = 'ann@contoso.com'.";
        tell(Finding::new(Step::Reading, Outcome::Note, text));
    }
    outcome
}

/// `Mailboxes=*` begins with the directory.
async fn directory(client: &Client, tell: &mut impl FnMut(Finding)) -> Result<(), Failed> {
    let request = Request {
        path: path(["users"]) + "?$select=id&$top=1",
        ..Request::default()
    };
    let text = "The directory lists its mailboxes.";
    read(client, &request, text, tell).await
}

async fn read(
    client: &Client,
    request: &Request,
    success: &str,
    tell: &mut impl FnMut(Finding),
) -> Result<(), Failed> {
    match client.get(request).await {
        Ok(_) => {
            tell(Finding::new(Step::Reading, Outcome::Passed, success));
            Ok(())
        }
        Err(error) => Err(failed(Step::Reading, &error, tell)),
    }
}
