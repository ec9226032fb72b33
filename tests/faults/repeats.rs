//! Rows and folders that come twice, and collections that are too slow.

use crate::kinds::refuse;
use driver_harness::client;
use driver_harness::simulator::{alice, requests, start};
use driver_harness::tenant;
use graph_simulator::{Action, Fault, Options, Simulator};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

const TABLES: &[(&str, &str)] = &[
    ("*/messages", "Messages"),
    ("*/messages", "MessageAttachments"),
    ("*/mailFolders", "MailFolders"),
    ("*/childFolders", "MailFolders"),
    ("*/calendars", "Calendars"),
    ("*/calendars", "Events"),
    ("*/events", "Events"),
    ("*/contacts", "Contacts"),
    ("*/contactFolders", "Contacts"),
    ("/users", "Users"),
];

#[test]
fn rows_come_once_however_often_graph_lists_them() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "PageSize=4;")).expect("a connection");
    for (path, table) in TABLES {
        let sql = format!("SELECT id FROM {table} ORDER BY id");
        let expected = connection.query(&sql).expect(&sql);
        for action in [Action::RepeatRow, Action::StartOver] {
            let fault = match action {
                // Ten pages later, and once more.
                Action::StartOver => Fault::times(path, action.clone(), 12),
                _ => Fault::always(path, action.clone()),
            };
            simulator.faults().add(fault);
            let rows = connection.query(&sql);
            simulator.faults().clear();
            let rows = rows.unwrap_or_else(|failure| panic!("{action:?} {sql}: {failure}"));
            assert_eq!(rows, expected, "{action:?} at {path}: {sql}");
        }
    }
}

/// A folder that is listed twice leads to its own folders once.
#[test]
fn a_folder_that_comes_twice_is_read_once() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    simulator
        .faults()
        .add(Fault::once("*/mailFolders", Action::StartOver));
    simulator.clear_log();
    connection
        .query("SELECT id FROM MailFolders")
        .expect("folders");
    let mut paths: Vec<String> = requests(&simulator)
        .into_iter()
        .filter(|entry| entry.path.ends_with("/childFolders"))
        .map(|entry| entry.path)
        .collect();
    let count = paths.len();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), count);
}

/// A folder that moves to another one while the tree is read is met in both places.
#[test]
fn a_folder_that_moves_while_the_tree_is_read_comes_once() {
    let served: Arc<OnceLock<Simulator>> = Arc::default();
    let (cell, moved) = (Arc::clone(&served), AtomicBool::new(false));
    let options = Options {
        on_request: Some(Arc::new(move |entry| {
            let is_first =
                entry.path.ends_with("/mailFolders") && !moved.swap(true, Ordering::SeqCst);
            if is_first && let Some(simulator) = cell.get() {
                simulator.change(|tenant| {
                    let mailbox = tenant
                        .users
                        .iter_mut()
                        .find_map(|user| user.mailbox.as_mut());
                    let folders = &mut mailbox.expect("mail").folders;
                    let inbox = folders[0].entity["id"].clone();
                    folders[9].entity.insert("parentFolderId".to_owned(), inbox);
                });
            }
        })),
        ..Options::default()
    };
    let simulator = Simulator::start(tenant::odd(), options).expect("a port");
    let string = alice(&simulator, "");
    let simulator = served.get_or_init(|| simulator);
    let connection = client::connect(&string).expect("a connection");
    let mut rows = connection
        .query("SELECT id FROM MailFolders")
        .expect("folders");
    let tenant = simulator.tenant();
    let mailbox = tenant::user(&tenant, tenant::ALICE)
        .mailbox
        .as_ref()
        .expect("mail");
    let mut expected: Vec<_> = tenant::folders(mailbox)
        .map(|folder| vec![Some(tenant::text(&folder.entity, "id").to_owned())])
        .collect();
    rows.sort();
    expected.sort();
    assert_eq!(rows, expected);
}

/// After a time-out rows are recognized by their ids, so a row that is deleted meanwhile does not
/// affect others.
#[test]
fn a_row_that_is_deleted_while_pages_shrink_takes_no_other_with_it() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "PageSize=40;")).expect("a connection");
    let listed = connection
        .query("SELECT id FROM Messages")
        .expect("messages");
    // The second page takes too long, and the first message is gone when the list is read again.
    let slow = refuse(504, "UnknownError");
    simulator
        .faults()
        .add(Fault::times("*/messages", slow, 2).after(1));
    // Before the second attempt there is a wait.
    let string = alice(&simulator, "PageSize=40;MaxRetries=1;");
    let other = client::connect(&string).expect("a connection");
    let mut statement = other.execute("SELECT id FROM Messages").expect("it runs");
    assert!(statement.fetch().expect("the first row"));
    let mut rows = vec![statement.text(1).expect("an id")];
    simulator.change(|tenant| {
        let user = tenant
            .users
            .iter_mut()
            .find(|user| tenant::text(&user.entity, "userPrincipalName") == tenant::ALICE);
        let mailbox = user.and_then(|user| user.mailbox.as_mut()).expect("mail");
        let first = listed[0][0].as_deref().expect("an id");
        mailbox
            .messages
            .retain(|message| tenant::text(&message.entity, "id") != first);
    });
    rows.extend(
        statement
            .rows()
            .expect("the others")
            .into_iter()
            .map(|mut row| row.remove(0)),
    );
    let mut found: Vec<_> = rows.into_iter().map(|id| vec![id]).collect();
    let mut expected = listed;
    found.sort();
    expected.sort();
    assert_eq!(
        found, expected,
        "what was delivered stays, and every other row comes"
    );
}

/// Two time-outs in a row make pages smaller, in every collection and in every list of parents.
#[test]
fn time_outs_make_pages_smaller_everywhere() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    for (path, table) in TABLES {
        let sql = format!("SELECT id FROM {table} ORDER BY id");
        let expected = connection.query(&sql).expect(&sql);
        simulator
            .faults()
            .add(Fault::times(path, refuse(504, "UnknownError"), 2));
        simulator.clear_log();
        let rows = connection.query(&sql);
        simulator.faults().clear();
        let rows = rows.unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        assert_eq!(rows, expected, "504 at {path}: {sql}");
    }
}
