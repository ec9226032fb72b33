//! Tables about users that administrators ask for: managers, licences, sign-ins. Each asks Graph for no more than it needs.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{alice, requests, start};
use driver_harness::tenant;
use graph_simulator::Simulator;

fn served() -> (Simulator, Connection) {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    (simulator, connection)
}

/// The options of each request of a statement.
fn options(of: &(Simulator, Connection), sql: &str, option: &str) -> Vec<Option<String>> {
    let (simulator, connection) = of;
    simulator.clear_log();
    let rows = connection.query(sql).expect(sql);
    assert!(!rows.is_empty(), "{sql}");
    let entries = requests(simulator).into_iter();
    let options = entries.map(|entry| entry.option(option).map(str::to_owned));
    options.collect()
}

#[test]
fn managers_are_expanded_only_where_they_are_used() {
    let served = served();
    let names = "SELECT id, manager_displayName FROM UserManagers";
    assert_eq!(
        options(&served, names, "$expand"),
        [Some("manager".to_owned())]
    );
    assert_eq!(options(&served, names, "$select"), [Some("id".to_owned())]);
    let ids = "SELECT id, userPrincipalName FROM UserManagers";
    assert_eq!(options(&served, ids, "$expand"), [None]);
}

#[test]
fn a_search_and_an_advanced_filter_go_with_managers_by_a_join() {
    let (_simulator, connection) = served();
    for condition in ["CONTAINS(u.displayName, 'report')", "u.companyName IS NULL"] {
        let sql = format!(
            "SELECT u.id, m.manager_id FROM Users u JOIN UserManagers m ON m.id = u.id WHERE {condition}"
        );
        let alone = format!("SELECT u.id FROM Users u WHERE {condition}");
        let rows = connection.query(&sql).expect(&sql);
        assert_eq!(
            rows.len(),
            connection.query(&alone).expect(&alone).len(),
            "{sql}"
        );
        assert!(!rows.is_empty(), "{sql}");
    }
}

#[test]
fn sign_ins_come_in_small_pages_without_a_filter() {
    let served = served();
    let sql = "SELECT userPrincipalName FROM UserSignIns \
               WHERE signInActivity_lastSignInDateTime IS NOT NULL AND userPrincipalName LIKE '%@%'";
    assert_eq!(options(&served, sql, "$top"), [Some("120".to_owned())]);
    assert_eq!(options(&served, sql, "$filter"), [None]);
    let selected = "id,userPrincipalName,signInActivity".to_owned();
    assert_eq!(options(&served, sql, "$select"), [Some(selected)]);
}

#[test]
fn only_sign_ins_need_their_permission() {
    let mut tenant = tenant::odd();
    tenant.applications[0].permissions = Some(vec!["User.Read.All".to_owned()]);
    let simulator = start(tenant);
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    for sql in [
        "SELECT * FROM Users",
        "SELECT * FROM UserManagers",
        "SELECT * FROM UserLicenses",
    ] {
        connection.query(sql).expect(sql);
    }
    let error = connection
        .query("SELECT * FROM UserSignIns")
        .expect_err("no permission");
    assert!(error.to_string().contains("AuditLog.Read.All"), "{error}");
    let error = connection
        .query("SELECT * FROM SubscribedSkus")
        .expect_err("no permission");
    assert!(
        error.to_string().contains("LicenseAssignment.Read.All"),
        "{error}"
    );
}

#[test]
fn the_sample_has_names_of_licences_managers_and_sign_ins() {
    let simulator = start(graph_simulator::sample::tenant());
    let connection = client::connect(&simulator.connection_string()).expect("a connection");
    let licences = "SELECT u.displayName, s.skuPartNumber FROM Users u JOIN UserLicenses l ON l.userId = u.id \
                    JOIN SubscribedSkus s ON s.skuId = l.skuId ORDER BY u.displayName";
    let rows = connection.query(licences).expect("rows");
    assert!(
        rows.iter()
            .all(|row| row[1].as_deref() == Some("ENTERPRISEPACK")),
        "{rows:?}"
    );
    assert_eq!(rows.len(), 2);
    let managers = "SELECT userPrincipalName, manager_userPrincipalName FROM UserManagers \
                    WHERE manager_id IS NOT NULL";
    let rows = connection.query(managers).expect("rows");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][1].as_deref(), Some("adele.vance@contoso.example"));
    let signed_in = "SELECT COUNT(*) FROM UserSignIns WHERE signInActivity_lastSuccessfulSignInDateTime IS NOT NULL";
    assert_eq!(
        connection.query(signed_in).expect("a row")[0][0].as_deref(),
        Some("2")
    );
}
