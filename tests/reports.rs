//! Reports of usage: which are requested, how their files are fetched, and what is told about them.

use driver_harness::client::{self, Connection};
use driver_harness::simulator::{alice, requests, start, start_with};
use driver_harness::tenant;
use graph_simulator::{Action, Fault, Options, Simulator};
use std::time::Duration;

const LINKS: &str = "/reports-download/";

/// The days of the reports that were requested, in order.
fn periods(simulator: &Simulator) -> Vec<String> {
    let entries = requests(simulator).into_iter();
    let reports = entries.filter(|entry| entry.path != LINKS && entry.status == 302);
    let days = reports.map(|entry| {
        let (_, period) = entry.path.split_once("(period='D").expect("a period");
        period.trim_end_matches("')").to_owned()
    });
    days.collect()
}

fn served() -> (Simulator, Connection) {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    (simulator, connection)
}

#[test]
fn a_condition_on_the_days_or_the_id_chooses_the_reports() {
    let (simulator, connection) = served();
    for (condition, expected) in [
        ("", &["7", "30", "90", "180"][..]),
        ("WHERE reportPeriod = 30", &["30"]),
        ("WHERE reportPeriod IN (7, 180)", &["7", "180"]),
        ("WHERE reportPeriod = 90 OR reportPeriod = 7", &["7", "90"]),
        ("WHERE reportPeriod = 31", &[]),
        ("WHERE reportPeriod > 30", &["7", "30", "90", "180"]),
        ("WHERE id = '90-1-bob@contoso.example'", &["90"]),
        ("WHERE compositeKey = '90-1-bob@contoso.example'", &["90"]),
        ("WHERE id = '30-2-(Unknown)'", &["30"]),
        ("WHERE id = 'nothing'", &[]),
    ] {
        simulator.clear_log();
        let sql = format!("SELECT userPrincipalName, reportPeriod FROM MailboxUsage {condition}");
        let rows = connection.query(&sql).expect(&sql);
        assert_eq!(periods(&simulator), expected, "{sql}");
        let files = requests(&simulator);
        let files = files.iter().filter(|entry| entry.path == LINKS);
        assert_eq!(files.count(), expected.len(), "{sql}");
        let first = expected.first().filter(|_| !condition.contains('>'));
        if let Some(days) = first {
            let has = |row: &client::Row| row[1].as_deref() == Some(*days);
            assert!(rows.iter().any(has), "{sql}");
        }
    }
}

/// The simulator refuses a login beside a link, as a stranger would keep it.
#[test]
fn a_file_is_fetched_without_the_token_and_again_where_the_link_fails() {
    let (simulator, connection) = served();
    let sql = "SELECT COUNT(*) FROM EmailActivity WHERE reportPeriod = 7";
    let count = connection.query(sql).expect("rows");
    let refused = |status| Action::Refuse {
        status,
        code: "AuthenticationFailed".to_owned(),
        message: "Expired.".to_owned(),
        retry_after: None,
    };
    for fault in [
        refused(401),
        refused(403),
        refused(503),
        Action::Reset,
        Action::Truncate,
        Action::End,
    ] {
        simulator.clear_log();
        simulator.faults().add(Fault::once(LINKS, fault.clone()));
        let rows = connection
            .query(sql)
            .unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        assert_eq!(rows, count, "{fault:?}");
        assert_eq!(periods(&simulator), ["7", "7"], "{fault:?}");
    }
}

#[test]
fn an_expired_link_ends_with_an_error_that_does_not_show_it() {
    let options = Options {
        link_lifetime: Duration::ZERO,
        ..Options::default()
    };
    let simulator = start_with(tenant::odd(), options);
    let connection = client::connect(&alice(&simulator, "MaxRetries=1;")).expect("a connection");
    let sql = "SELECT id FROM MailboxUsage WHERE reportPeriod = 7";
    let error = connection.query(sql).expect_err("no file");
    assert_eq!(error.state(), "08S01", "{error}");
    let text = error.to_string();
    assert!(text.contains("the link has expired"), "{text}");
    assert!(!text.contains("reports-download"), "{text}");
    let plan = connection.query(&format!("EXPLAIN {sql}")).expect("a plan");
    let plan = format!("{plan:?}");
    assert!(
        plan.contains("GET /reports/getMailboxUsageDetail(period='D7'), then the file"),
        "{plan}"
    );
    assert!(!plan.contains("reports-download"), "{plan}");
}

#[test]
fn the_figures_of_a_report_do_not_show_its_link() {
    let (_simulator, connection) = served();
    let sql = "EXPLAIN ANALYZE SELECT * FROM MailboxQuotaStatus WHERE reportPeriod = 7";
    let plan = format!("{:?}", connection.query(sql).expect("a plan"));
    assert!(plan.contains("(its file)"), "{plan}");
    assert!(!plan.contains("reports-download"), "{plan}");
}

fn warnings(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.execute(sql).expect(sql);
    assert!(!statement.rows().expect(sql).is_empty());
    let warnings = statement.warnings().iter();
    let warnings = warnings.filter(|warning| warning.state == "01000");
    warnings.map(|warning| warning.message.clone()).collect()
}

#[test]
fn concealed_names_leave_one_warning() {
    let sql = "SELECT itemCount FROM MailboxUsage";
    let (_simulator, connection) = served();
    assert!(warnings(&connection, sql).is_empty());
    let mut tenant = tenant::odd();
    tenant.reports.conceals_names = true;
    let simulator = start(tenant);
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    let told = warnings(&connection, sql);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("Org settings > Services > Reports"),
        "{told:?}"
    );
    let numbers = "SELECT underLimit FROM MailboxQuotaStatus";
    assert!(warnings(&connection, numbers).is_empty());
}

#[test]
fn a_report_of_the_sample_has_the_numbers_of_its_mailboxes() {
    let simulator = start(graph_simulator::sample::tenant());
    let connection = client::connect(&simulator.connection_string()).expect("a connection");
    let usage = "SELECT itemCount FROM MailboxUsage WHERE reportPeriod = 7 \
                 AND userPrincipalName = 'adele.vance@contoso.example'";
    let items: u64 = connection.query(usage).expect("a row")[0][0]
        .as_deref()
        .expect("a number")
        .parse()
        .expect("a number");
    let messages: u64 = connection
        .query("SELECT COUNT(*) FROM Messages")
        .expect("a row")[0][0]
        .as_deref()
        .expect("a number")
        .parse()
        .expect("a number");
    assert!(items > messages, "{items} items, {messages} messages");
    let joined = "SELECT u.displayName, a.receiveCount FROM Users u JOIN EmailActivity a \
                  ON a.userPrincipalName = u.userPrincipalName WHERE a.reportPeriod = 180 AND a.receiveCount > 0";
    assert!(!connection.query(joined).expect("rows").is_empty());
    for table in ["MailboxQuotaStatus", "EmailAppUsage"] {
        let sql = format!("SELECT * FROM {table} WHERE reportPeriod = 30");
        assert!(!connection.query(&sql).expect(&sql).is_empty());
    }
}

#[test]
fn the_log_does_not_show_links() {
    let log =
        std::env::temp_dir().join(format!("exchange-odbc-{}-reports.log", std::process::id()));
    let simulator = start(tenant::odd());
    let keys = format!("LogFile={};LogLevel=trace;MaxRetries=1;", log.display());
    let connection = client::connect(&alice(&simulator, &keys)).expect("a connection");
    let sql = "SELECT id FROM MailboxUsage WHERE reportPeriod = 7";
    connection.query(sql).expect("rows");
    let expired = Action::Refuse {
        status: 403,
        code: "AuthenticationFailed".to_owned(),
        message: format!("{LINKS} has expired."),
        retry_after: None,
    };
    simulator.faults().add(Fault::always(LINKS, expired));
    let error = connection.query(sql).expect_err("no file");
    assert!(!error.to_string().contains(LINKS), "{error}");
    drop(connection);
    let written = std::fs::read_to_string(&log).expect("there is a log");
    std::fs::remove_file(&log).expect("the log can be removed");
    assert!(written.contains("getMailboxUsageDetail"), "{written}");
    assert!(written.contains("reply to a link"), "{written}");
    assert!(!written.contains("reports-download"), "{written}");
}
