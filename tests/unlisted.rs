//! The cost of distinguishing messages that Graph lists from those that can only be reached by an
//! id or a folder.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{alice, requests, start};
use driver_harness::tenant::{self, ALICE};
use graph_simulator::model::{Mailbox, Tenant};
use graph_simulator::{Action, Entry, Fault, Simulator};
use serde_json::json;

/// A hidden folder, in a mailbox whose list of messages leaves out hidden folders.
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
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    (simulator, connection)
}

/// The ids as a list of SQL.
fn list<'i>(ids: impl IntoIterator<Item = &'i str>) -> String {
    let quoted = ids.into_iter().map(|id| format!("'{id}'"));
    quoted.collect::<Vec<_>>().join(", ")
}

fn sorted(rows: Vec<client::Row>) -> Vec<String> {
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
    assert_eq!(
        select.map(|(_, value)| value.as_str()),
        Some("id,receivedDateTime"),
        "{sql}"
    );
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
    let hidden = tenant::text(&mailbox.folders[HIDDEN].entity, "id").trim_end_matches('=');
    let mut asked = requests(&simulator);
    asked.retain(|entry| entry.path.contains("/mailFolders/") && entry.path.contains(hidden));
    assert_eq!(asked.len(), 1, "{asked:?}");
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

/// A folder is requested once, with all properties for its position.
#[test]
fn a_folder_that_is_read_by_its_id_is_asked_for_once() {
    let tenant = tenant::odd();
    let mailbox = mailbox(&tenant);
    let id = |at: usize| tenant::text(&mailbox.folders[at].entity, "id").to_owned();
    // A folder at the top, and one inside of it.
    let inside = 4;
    assert_eq!(
        tenant::text(&mailbox.folders[inside].entity, "parentFolderId"),
        id(0)
    );
    for (folder, expected) in [(0, 3), (inside, 4)] {
        let (simulator, connection) = served(tenant::odd());
        let sql = format!(
            "SELECT displayName FROM MailFolders WHERE id = '{}'",
            id(folder)
        );
        assert_eq!(connection.query(&sql).expect("a folder").len(), 1);
        let asked = requests(&simulator);
        assert_eq!(asked.len(), expected, "{asked:?}");
    }
}

fn refuse(simulator: &Simulator, path: &str, status: u16, code: &str) {
    let action = Action::Refuse {
        status,
        code: code.to_owned(),
        message: String::new(),
        retry_after: None,
    };
    simulator.faults().add(Fault::always(path, action));
}

/// A mailbox may share one folder but not those above it.
#[test]
fn a_folder_is_read_whose_way_to_the_top_is_kept_back() {
    let tenant = tenant::odd();
    let mailbox = mailbox(&tenant);
    let id = |at: usize| tenant::text(&mailbox.folders[at].entity, "id");
    let (inbox, shared) = (id(0), id(4));
    let held: Vec<_> = (mailbox.messages.iter())
        .filter(|message| message.parent_id == shared)
        .collect();
    let mut expected: Vec<String> = held
        .iter()
        .map(|message| tenant::text(&message.entity, "id").to_owned())
        .collect();
    expected.sort();
    assert!(!expected.is_empty());
    let by_folder = format!("SELECT id FROM Messages WHERE parentFolderId = '{shared}'");
    let ids = list(expected.iter().map(String::as_str));
    let by_ids = format!("SELECT id FROM Messages WHERE id IN ({ids})");
    let folder = format!("SELECT id FROM MailFolders WHERE id = '{shared}'");
    for (status, code) in [(403, "ErrorAccessDenied"), (404, "ErrorItemNotFound")] {
        for list_too in [false, true] {
            let (simulator, connection) = served(tenant::odd());
            refuse(&simulator, &format!("*/mailFolders/{inbox}"), status, code);
            refuse(&simulator, "*/mailFolders/msgfolderroot", status, code);
            if list_too {
                refuse(
                    &simulator,
                    &format!("/users/{ALICE}/messages"),
                    status,
                    code,
                );
            }
            for sql in [&by_folder, &by_ids] {
                let rows = connection.query(sql);
                let rows = rows.unwrap_or_else(|failure| panic!("{status} {sql}: {failure}"));
                assert_eq!(sorted(rows), expected, "{status}, {list_too}: {sql}");
            }
            let rows = connection.query(&folder).expect("the folder");
            assert_eq!(sorted(rows), [shared], "{status}");
        }
    }
}
