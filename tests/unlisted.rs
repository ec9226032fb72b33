//! What it costs to tell the messages that Graph lists from those that only an id or a folder leads to.

// Entities are written in one piece.
#![recursion_limit = "256"]

#[path = "common/mod.rs"]
mod common;
#[path = "support/mod.rs"]
mod support;

use common::simulator::{alice, requests, start};
use common::tenant::{self, ALICE};
use graph_simulator::model::{Mailbox, Tenant};
use graph_simulator::{Entry, Simulator};
use serde_json::json;
use support::Connection;

/// A folder that is hidden, in a mailbox whose list of messages leaves out what is in such folders.
const HIDDEN: usize = 10;

fn mailbox(tenant: &Tenant) -> &Mailbox {
    tenant::user(tenant, ALICE).mailbox.as_ref().expect("mail")
}

/// A mailbox with messages in a hidden folder, one of five.
fn with_hidden_messages() -> Tenant {
    let mut tenant = tenant::odd();
    let alice = |user: &&mut graph_simulator::model::User| {
        tenant::text(&user.entity, "userPrincipalName") == ALICE
    };
    let user = tenant.users.iter_mut().find(alice).expect("Alice");
    let mailbox = user.mailbox.as_mut().expect("mail");
    assert!(mailbox.hidden.unlisted);
    let hidden = tenant::text(&mailbox.folders[HIDDEN].entity, "id").to_owned();
    for message in mailbox.messages.iter_mut().step_by(5) {
        message
            .entity
            .insert("parentFolderId".to_owned(), json!(hidden));
        message.parent_id.clone_from(&hidden);
    }
    tenant
}

fn served(tenant: Tenant) -> (Simulator, Connection) {
    let simulator = start(tenant);
    let connection = support::connect(&alice(&simulator, "")).expect("a connection");
    (simulator, connection)
}

/// The ids as a list of SQL.
fn list<'i>(ids: impl IntoIterator<Item = &'i str>) -> String {
    let quoted = ids.into_iter().map(|id| format!("'{id}'"));
    quoted.collect::<Vec<_>>().join(", ")
}

fn sorted(rows: Vec<support::Row>) -> Vec<String> {
    let mut ids: Vec<String> = rows.into_iter().flatten().flatten().collect();
    ids.sort();
    ids
}

/// The requests for pages of the list of all messages.
fn of_the_list(simulator: &Simulator) -> Vec<Entry> {
    let mut entries = requests(simulator);
    entries
        .retain(|entry| entry.path.ends_with("/messages") && !entry.path.contains("/mailFolders/"));
    entries
}

fn assert_one_narrow_list(simulator: &Simulator, sql: &str) {
    let listed = of_the_list(simulator);
    let [entry] = listed.as_slice() else {
        panic!("{sql}: {listed:?}");
    };
    let select = entry.query.iter().find(|(name, _)| name == "$select");
    assert_eq!(select.map(|(_, value)| value.as_str()), Some("id"), "{sql}");
}

#[test]
fn messages_in_doubt_cost_one_list_of_ids() {
    let tenant = with_hidden_messages();
    let mailbox = mailbox(&tenant);
    let all = mailbox.messages.iter();
    let ids = list(all.map(|message| tenant::text(&message.entity, "id")));
    let listed = tenant::messages(mailbox).map(|message| tenant::text(&message.entity, "id"));
    let mut listed: Vec<String> = listed.map(str::to_owned).collect();
    listed.sort();
    let (simulator, connection) = served(tenant.clone());
    let sql = format!("SELECT id FROM Messages WHERE id IN ({ids}) AND LENGTH(body_content) >= 0");
    let rows = connection.query(&sql).expect("messages");
    assert_eq!(sorted(rows), listed);
    assert_one_narrow_list(&simulator, &sql);
}

#[test]
fn attachments_of_messages_in_doubt_cost_one_list_of_ids() {
    let tenant = with_hidden_messages();
    let mailbox = mailbox(&tenant);
    let all = mailbox.messages.iter();
    let ids = list(all.map(|message| tenant::text(&message.entity, "id")));
    let attachments = tenant::messages(mailbox).flat_map(|message| &message.attachments);
    let mut expected: Vec<String> = attachments
        .map(|attachment| tenant::text(attachment, "id").to_owned())
        .collect();
    expected.sort();
    let (simulator, connection) = served(tenant.clone());
    let sql = format!("SELECT id FROM MessageAttachments WHERE messageId IN ({ids})");
    let rows = connection.query(&sql).expect("attachments");
    assert_eq!(sorted(rows), expected);
    assert_one_narrow_list(&simulator, &sql);
}

#[test]
fn a_message_that_was_listed_is_not_doubted() {
    let tenant = with_hidden_messages();
    let (simulator, connection) = served(tenant);
    let rows = connection
        .query("SELECT id FROM Messages")
        .expect("messages");
    let id = rows[0][0].clone().expect("an id");
    simulator.clear_log();
    let sql = format!("SELECT id, subject FROM Messages WHERE id = '{id}'");
    assert_eq!(connection.query(&sql).expect("a message").len(), 1);
    let asked = requests(&simulator);
    assert_eq!(asked.len(), 1, "{asked:?}");
}
