//! Folders and items of the import and export API.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{self, requests};
use driver_harness::tenant::{self, ALICE};
use graph_simulator::{Action, Fault, Simulator};

fn odd(keys: &str) -> (Simulator, Connection) {
    let simulator = simulator::start(tenant::odd());
    let connection = client::connect(&simulator::alice(&simulator, keys)).expect("a connection");
    simulator.clear_log();
    (simulator, connection)
}

/// The end of each path, with the names of options.
fn sent(simulator: &Simulator) -> Vec<String> {
    let mut entries = requests(simulator);
    entries.sort_by_key(|entry| entry.number);
    let entries = entries.iter().filter(|entry| entry.batch.is_none());
    let shown = entries.map(|entry| {
        let names: Vec<&str> = entry.query.iter().map(|(name, _)| name.as_str()).collect();
        let end = entry.path.rsplit('/').next().unwrap_or_default();
        format!("{end}?{}", names.join("&"))
    });
    shown.collect()
}

#[test]
fn the_id_of_the_mailbox_comes_first() {
    let (simulator, connection) = odd("");
    let rows = connection.query("SELECT path FROM MailboxFolders WHERE depth = 1");
    assert_eq!(rows.expect("folders").len(), 10);
    let sent = sent(&simulator);
    assert_eq!(sent[0], "exchange?");
    assert_eq!(sent[1], "folders?$select");
    let paths: Vec<String> = requests(&simulator)
        .into_iter()
        .map(|entry| entry.path)
        .collect();
    assert!(paths[0].ends_with(&format!("/users/{ALICE}/settings/exchange")));
    assert!(
        paths[1].contains("/admin/exchange/mailboxes/MBX"),
        "{paths:?}"
    );
}

/// No source tells more than ten rows in a page, so that links are followed.
#[test]
fn items_come_in_the_pages_of_graph() {
    let (simulator, connection) = odd("PageSize=1000;");
    let sql = "SELECT folderId FROM MailboxItems GROUP BY folderId HAVING COUNT(*) > 20";
    let rows = connection.query(sql).expect("a folder");
    let folder = rows[0][0].clone().expect("an id");
    simulator.clear_log();
    let sql = format!("SELECT size FROM MailboxItems WHERE folderId = '{folder}'");
    assert_eq!(connection.query(&sql).expect("items").len(), 24);
    assert_eq!(
        sent(&simulator),
        ["exchange?", "items?", "items?$skip", "items?$skip"]
    );
    simulator.clear_log();
    let join = format!(
        "SELECT i.id FROM MailboxItems i JOIN MailboxFolders f ON f.id = i.folderId WHERE f.id = '{folder}'"
    );
    assert_eq!(connection.query(&join).expect("items").len(), 24);
    let items = sent(&simulator);
    let items = items.iter().filter(|sent| sent.starts_with("items"));
    assert_eq!(items.count(), 3, "only the folder of the join is read");
}

#[test]
fn a_folder_that_disappears_has_no_items() {
    let (simulator, connection) = odd("");
    let all = connection
        .query("SELECT id FROM MailboxItems")
        .expect("items");
    let gone = Action::Refuse {
        status: 404,
        code: "ErrorItemNotFound".to_owned(),
        message: String::new(),
        retry_after: None,
    };
    simulator.faults().add(Fault::once("*/items", gone));
    let rest = connection
        .query("SELECT id FROM MailboxItems")
        .expect("items");
    assert!(rest.len() < all.len() && !rest.is_empty());
}

#[test]
fn other_clouds_have_no_such_tables() {
    let keys = "Cloud=USGov;Scopes=https://graph.microsoft.com/.default;";
    let (simulator, connection) = odd(keys);
    for table in ["MailboxFolders", "MailboxItems"] {
        let failure = connection.query(&format!("SELECT * FROM {table}"));
        let failure = failure.expect_err("another cloud");
        assert_eq!(failure.state(), "HYC00");
        assert!(failure.to_string().contains("global cloud"), "{failure}");
    }
    assert!(sent(&simulator).is_empty());
}

#[test]
fn a_mailbox_elsewhere_is_an_error_or_left_out() {
    let fault = || {
        let action = Action::Refuse {
            status: 404,
            code: "MailboxNotEnabledForRESTAPI".to_owned(),
            message: String::new(),
            retry_after: None,
        };
        Fault::once("*/settings/exchange", action)
    };
    let (simulator, connection) = odd("");
    simulator.faults().add(fault());
    let failure = connection.query("SELECT id FROM MailboxItems");
    let failure = failure.expect_err("no mailbox").to_string();
    assert!(failure.contains(ALICE), "{failure}");
    let (simulator, connection) = odd("OnMailboxError=Skip;");
    simulator.faults().add(fault());
    let rows = connection
        .query("SELECT id FROM MailboxItems")
        .expect("no rows");
    assert!(rows.is_empty());
}

#[test]
fn explain_has_the_requests_of_both_tables() {
    let (simulator, connection) = odd("");
    let explain = |sql: &str| {
        let rows = connection.query(&format!("EXPLAIN {sql}")).expect(sql);
        let lines: Vec<String> = rows.into_iter().flatten().flatten().collect();
        lines.join("\n")
    };
    let plan = explain("SELECT path FROM MailboxFolders");
    for line in [
        format!("GET /users/{ALICE}/settings/exchange"),
        "GET /admin/exchange/mailboxes/{mailbox id}/folders?$select=id,displayName".to_owned(),
        "folders/{each}/childFolders?$select=id,displayName, twenty a $batch".to_owned(),
    ] {
        assert!(plan.contains(&line), "{line} is not in\n{plan}");
    }
    let plan = explain("SELECT size FROM MailboxItems");
    assert!(
        plan.contains("mailboxes/{mailbox id}/folders/{each}/items"),
        "{plan}"
    );
    assert!(sent(&simulator).is_empty());
}
