//! Traces of messages: the spans and values that are requested, and a tenant that is not set up.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{alice, requests, start};
use driver_harness::tenant;
use graph_simulator::{Action, Fault, Simulator};

fn served() -> (Simulator, Connection) {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    (simulator, connection)
}

/// The filters of a statement's requests, and its rows.
fn asked(of: &(Simulator, Connection), condition: &str) -> (Vec<String>, Vec<client::Row>) {
    let (simulator, connection) = of;
    simulator.clear_log();
    let sql = format!(
        "SELECT id, recipientAddress, senderAddress, status FROM MessageTraces {condition}"
    );
    let rows = connection.query(&sql).expect(&sql);
    let entries = requests(simulator).into_iter();
    let filters = entries.map(|entry| {
        assert_eq!(entry.status, 200, "{sql}");
        entry.option("$filter").expect("a filter").to_owned()
    });
    (filters.collect(), rows)
}

#[test]
fn everything_that_is_kept_is_read_without_a_condition() {
    let served = served();
    let (filters, rows) = asked(&served, "");
    assert_eq!(rows.len(), served.0.tenant().traces.rows.len());
    assert_eq!(filters.len(), 10, "{filters:#?}");
    for filter in &filters {
        assert!(filter.starts_with("receivedDateTime ge "), "{filter}");
        assert!(filter.contains(" and receivedDateTime le "), "{filter}");
    }
}

#[test]
fn bounds_of_the_time_are_those_of_the_requests() {
    let served = served();
    let recent = "WHERE receivedDateTime >= TIMESTAMPADD(SQL_TSI_DAY, -2, CURRENT_TIMESTAMP)";
    let (filters, rows) = asked(&served, recent);
    assert_eq!(filters.len(), 1, "{filters:#?}");
    assert!(!rows.is_empty());
    let (filters, rows) = asked(
        &served,
        "WHERE receivedDateTime < {ts '2020-01-01 00:00:00'}",
    );
    assert!(filters.is_empty() && rows.is_empty());
}

#[test]
fn each_value_takes_requests_of_its_own() {
    let served = served();
    let recent = "receivedDateTime >= TIMESTAMPADD(SQL_TSI_DAY, -5, CURRENT_TIMESTAMP)";
    let condition = format!("WHERE {recent} AND status IN ('delivered', 'failed')");
    let (filters, rows) = asked(&served, &condition);
    assert_eq!(filters.len(), 2, "{filters:#?}");
    assert!(
        filters[0].ends_with(" and status eq 'delivered'"),
        "{filters:#?}"
    );
    assert!(
        filters[1].ends_with(" and status eq 'failed'"),
        "{filters:#?}"
    );
    assert!(!rows.is_empty());
    let (filters, _) = asked(
        &served,
        &format!("WHERE {recent} AND recipientAddress = 'o''neil@contoso.example'"),
    );
    assert!(
        filters[0].ends_with(" and recipientAddress eq 'o''neil@contoso.example'"),
        "{filters:#?}"
    );
    // Too many for the tenant's limit.
    let names: Vec<String> = (0..60)
        .map(|number| format!("'user{number}@x.org'"))
        .collect();
    let (filters, _) = asked(
        &served,
        &format!("WHERE {recent} AND senderAddress IN ({})", names.join(", ")),
    );
    assert_eq!(filters.len(), 1, "{filters:#?}");
    // Graph would take these for something else.
    for condition in [
        "recipientAddress = '*@contoso.example'",
        "status <> 'failed'",
        "toIP = ''",
    ] {
        let (filters, _) = asked(&served, &format!("WHERE {recent} AND {condition}"));
        assert!(
            filters.iter().all(|filter| filter.ends_with('Z')),
            "{filters:#?}"
        );
    }
}

#[test]
fn a_key_leads_to_its_message_and_recipient() {
    let served = served();
    let (_, rows) = asked(&served, "WHERE recipientAddress = 'a|b%@contoso.example'");
    let id = rows[0][0].as_deref().expect("an id").to_owned();
    let key = format!("WHERE compositeKey = 'a%7Cb%25@contoso.example|{id}'");
    let (filters, rows) = asked(&served, &key);
    assert_eq!(rows.len(), 1);
    let ending = format!(" and id eq '{id}' and recipientAddress eq 'a|b%@contoso.example'");
    assert!(
        filters.iter().all(|filter| filter.ends_with(&ending)),
        "{filters:#?}"
    );
    let (filters, rows) = asked(&served, "WHERE id = 'no guid'");
    assert!(filters.is_empty() && rows.is_empty());
}

#[test]
fn rows_that_two_spans_share_come_once() {
    let served = served();
    let (_, rows) = asked(&served, "");
    let mut keys: Vec<_> = rows.iter().map(|row| (&row[0], &row[1])).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all);
}

#[test]
fn a_tenant_without_the_service_principal_is_told_what_to_do() {
    let mut tenant = tenant::odd();
    tenant.traces.lacks_principal = true;
    let simulator = start(tenant);
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    let error = connection
        .query("SELECT id FROM MessageTraces")
        .expect_err("no principal");
    assert_eq!(error.state(), "42000", "{error}");
    let text = error.to_string();
    assert!(
        text.contains("New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"),
        "{text}"
    );
    // Another token does not help.
    assert_eq!(requests(&simulator).len(), 1);
}

#[test]
fn a_throttled_tenant_waits() {
    let served = served();
    let throttled = Action::Refuse {
        status: 429,
        code: "TooManyRequests".to_owned(),
        message: "Your recent queries have surpassed the permitted limit, please try again later."
            .to_owned(),
        retry_after: Some(0.05),
    };
    served
        .0
        .faults()
        .add(Fault::once("*/messageTraces", throttled));
    let rows = served
        .1
        .query("SELECT id FROM MessageTraces")
        .expect("rows");
    assert_eq!(rows.len(), served.0.tenant().traces.rows.len());
}

#[test]
fn the_sample_has_traces() {
    let simulator = start(graph_simulator::sample::tenant());
    let connection = client::connect(&simulator.connection_string()).expect("a connection");
    let rows = connection
        .query("SELECT * FROM MessageTraces")
        .expect("rows");
    assert_eq!(rows.len(), simulator.tenant().traces.rows.len());
}
