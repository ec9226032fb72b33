//! Mistakes: each gives its SQLSTATE and a message that says what is wrong and what to do about it,
//! and each leaves the connection usable. No message and no log shows a secret.

use driver_harness::client::{self, Failure};
use driver_harness::simulator::{alice, credentials, start};
use driver_harness::tenant::{self, ALICE, CAROL, CLIENT, SECRET, TENANT};
use graph_simulator::{Action, Fault};

/// Asserts the SQLSTATE, and that the message contains all of these, compared without case.
fn expect(failure: &Failure, state: &str, parts: &[&str]) {
    assert_eq!(failure.state(), state, "{failure}");
    let message = failure.to_string().to_lowercase();
    for part in parts {
        assert!(
            message.contains(&part.to_lowercase()),
            "{part:?} is missing in {failure}"
        );
    }
    assert!(!failure.to_string().contains(SECRET), "{failure}");
}

/// Statement, SQLSTATE, and parts of the message.
const STATEMENTS: &[(&str, &str, &[&str])] = &[
    (
        "SELECT * FROM Message",
        "42S02",
        &["Message", "did you mean Messages"],
    ),
    ("SELECT * FROM Nowhere", "42S02", &["Nowhere"]),
    (
        "SELECT * FROM dbo.Messages",
        "42S02",
        &["dbo.Messages", "write Messages alone"],
    ),
    (
        "SELECT Config, nValue FROM MSysConf",
        "42S02",
        &["MSysConf"],
    ),
    (
        "SELECT subjct FROM Messages",
        "42S22",
        &["subjct", "did you mean subject"],
    ),
    ("SELECT m.nothing FROM Messages m", "42S22", &["nothing"]),
    (
        "SELECT id FROM Messages, MailFolders",
        "42S22",
        &["id", "more than one"],
    ),
    ("SELECT id FROM Messages WHERE", "42000", &["line 1"]),
    (
        "SELECT id\nFROM Messages\nWHERE subject LIKE",
        "42000",
        &["line 3"],
    ),
    ("SELEC id FROM Messages", "42000", &["SELEC", "line 1"]),
    (
        "SELECT 'open FROM Messages",
        "42000",
        &["line 1", "column 8"],
    ),
    (
        "SELECT \"open FROM Messages",
        "42000",
        &["line 1", "column 8"],
    ),
    ("SELECT (1 FROM Messages", "42000", &["line 1"]),
    ("SELECT {fn NOW( FROM Messages", "42000", &["line 1"]),
    ("SELECT {ts '2026-13-01 00:00:00'}", "22007", &[]),
    ("", "42000", &["empty"]),
    (" ; ;", "42000", &["empty"]),
    (
        "SELECT nosuchfunction(subject) FROM Messages",
        "42000",
        &["nosuchfunction"],
    ),
    (
        "SELECT subject, COUNT(*) FROM Messages",
        "42000",
        &["subject"],
    ),
    (
        "SELECT id FROM Messages WHERE receivedDateTime > 'yesterday'",
        "22007",
        &["2026-11-23"],
    ),
    ("SELECT 1 / 0", "22012", &["division by zero"]),
    ("SELECT CAST('x' AS INTEGER)", "22018", &[]),
    ("SELECT CAST(99999999999 AS INTEGER)", "22003", &[]),
    (
        "SELECT id FROM Messages WHERE subject LIKE 'x!' ESCAPE '!'",
        "22025",
        &[],
    ),
    (
        "INSERT INTO Messages (subject) VALUES ('x')",
        "25000",
        &["read only"],
    ),
    ("DELETE FROM Messages", "25000", &["read only"]),
    ("CREATE VIEW v AS SELECT 1", "HYC00", &[]),
    ("{call DoIt()}", "HYC00", &[]),
];

#[test]
fn mistakes_in_statements_are_explained_and_forgiven() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    let mut differences = Vec::new();
    for (sql, state, parts) in STATEMENTS {
        let outcome = connection
            .execute(sql)
            .and_then(|mut statement| statement.rows());
        let Err(failure) = outcome else {
            differences.push(format!("{sql}: no error"));
            continue;
        };
        let message = failure.to_string().to_lowercase();
        let missing: Vec<_> = parts
            .iter()
            .filter(|part| !message.contains(&part.to_lowercase()))
            .collect();
        if failure.state() != *state || !missing.is_empty() {
            differences.push(format!(
                "{sql}\n  wanted {state} with {missing:?}\n  got {failure}"
            ));
        }
        let rows = connection
            .query("SELECT 1")
            .expect("the connection works after a mistake");
        assert_eq!(rows, [[Some("1".to_owned())]]);
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn deep_and_long_statements_are_refused_or_run() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    for depth in [10, 100, 1_000, 10_000] {
        for sql in [
            format!("SELECT {}1{}", "(".repeat(depth), ")".repeat(depth)),
            format!("SELECT 1 WHERE {}TRUE", "NOT ".repeat(depth)),
            format!("SELECT 1 WHERE {}1 = 1", "1 = 1 AND ".repeat(depth)),
            format!("SELECT {}1", "1 + ".repeat(depth)),
            format!("SELECT {}1{}", "{fn ABS(".repeat(depth), ")}".repeat(depth)),
        ] {
            // Either outcome is fine; a crash is not.
            if let Err(failure) = connection.query(&sql) {
                assert!(
                    ["42000", "HYC00", "HY000", "HY001", "22003"].contains(&failure.state()),
                    "{failure}"
                );
            }
        }
    }
    assert_eq!(connection.query("SELECT 1").expect("still usable").len(), 1);
}

#[test]
fn wrong_credentials_are_28000_and_say_what_to_do() {
    let simulator = start(tenant::odd());
    let address = simulator.address();
    let connect = |tenant: &str, client: &str, secret: &str| {
        client::connect(&format!(
            "TenantID={tenant};ClientId={client};ClientSecret={secret};UserID={ALICE};LoginEndpoint={address};GraphEndpoint={address}"
        ))
        .err()
        .expect("the credentials are wrong")
    };
    let wrong = connect(TENANT, CLIENT, "wrong-one-123");
    expect(&wrong, "28000", &["AADSTS7000215", "secret"]);
    assert!(!wrong.to_string().contains("wrong-one-123"), "{wrong}");
    let secret = format!("{{{}}}", SECRET.replace('}', "}}"));
    expect(
        &connect("00000000-1111-4222-8333-444444444444", CLIENT, &secret),
        "28000",
        &["AADSTS90002", "tenant"],
    );
    expect(
        &connect("nowhere.example", CLIENT, &secret),
        "28000",
        &["AADSTS90002", "tenant"],
    );
    expect(
        &connect(TENANT, "00000000-1111-4222-8333-444444444444", &secret),
        "28000",
        &["AADSTS700016", "application"],
    );
}

#[test]
fn an_unreachable_host_is_08001() {
    // Nothing listens on a port that was just released.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let string = format!(
        "TenantID={TENANT};ClientId={CLIENT};ClientSecret=x;UserID={ALICE};LoginEndpoint=http://127.0.0.1:{port};GraphEndpoint=http://127.0.0.1:{port};MaxRetries=0"
    );
    let started = std::time::Instant::now();
    let failure = client::connect(&string).err().expect("nobody listens");
    let host = format!("127.0.0.1:{port}");
    expect(&failure, "08001", &[&host, "cannot be reached"]);
    assert!(started.elapsed().as_secs() < 10);
}

#[test]
fn a_login_that_takes_too_long_is_hyt00() {
    let simulator = start(tenant::odd());
    simulator
        .faults()
        .add(Fault::always("/oauth2/*", Action::Delay { seconds: 30.0 }));
    let failure = client::connect(&alice(&simulator, "LoginTimeout=1"))
        .err()
        .expect("no token came");
    expect(&failure, "HYT00", &[]);
}

/// Keys, SQLSTATE, and parts of the message.
const KEYS: &[(&str, &str, &[&str])] = &[
    ("PageSize=0", "08001", &["PageSize"]),
    ("PageSize=many", "08001", &["PageSize", "many"]),
    (
        "Pushdown=Sometimes",
        "08001",
        &["Pushdown", "Full", "Safe", "Off"],
    ),
    ("Timeout=-1", "08001", &["Timeout"]),
    ("KeyColumn=Name", "08001", &["KeyColumn", "SafeKey"]),
    (
        "GraphEndpoint=http://graph.example",
        "08001",
        &["GraphEndpoint", "https"],
    ),
];

#[test]
fn mistakes_in_connection_strings_are_explained() {
    let simulator = start(tenant::odd());
    let mut differences = Vec::new();
    for (key, state, parts) in KEYS {
        // The first of two values of a key is used, so the wrong one comes first.
        let string = format!("{key};{}", alice(&simulator, ""));
        match client::connect(&string) {
            Ok(connection) => {
                differences.push(format!("{key}: connected, {:?}", connection.warnings))
            }
            Err(failure) => {
                let missing: Vec<_> = parts
                    .iter()
                    .filter(|part| !failure.to_string().contains(**part))
                    .collect();
                if failure.state() != *state || !missing.is_empty() {
                    differences.push(format!(
                        "{key}: wanted {state} with {missing:?}, got {failure}"
                    ));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    for string in ["TenantID", "=x", "TenantID={open", "", ";;;"] {
        let failure = client::connect(string)
            .err()
            .unwrap_or_else(|| panic!("{string:?} connects"));
        assert!(!failure.records.is_empty(), "{string:?} leaves no record");
    }
}

#[test]
fn an_unknown_key_is_a_warning_with_the_nearest_name() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "PageSze=10")).expect("a connection");
    let warning = &connection.warnings[0];
    assert_eq!(warning.state, "01S00");
    assert!(
        warning.message.contains("PageSze") && warning.message.contains("PageSize"),
        "{warning:?}"
    );
    assert_eq!(connection.query("SELECT 1").unwrap().len(), 1);
}

#[test]
fn a_mailbox_that_is_not_named_is_asked_for() {
    let simulator = start(tenant::odd());
    let connection =
        client::connect(&credentials(&simulator)).expect("a connection without a mailbox");
    let failure = connection.query("SELECT id FROM Messages").unwrap_err();
    expect(&failure, "42000", &["UserID", "mailbox"]);
    // The directory needs no mailbox, and a statement may name one.
    assert!(!connection.query("SELECT id FROM Users").unwrap().is_empty());
    let named = format!("SELECT id FROM Messages WHERE mailbox = '{ALICE}'");
    assert!(!connection.query(&named).unwrap().is_empty());
}

#[test]
fn a_user_without_a_mailbox_and_an_unknown_user_are_named() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "")).expect("a connection");
    for user in [CAROL, "nobody@contoso.example"] {
        let failure = connection
            .query(&format!("SELECT id FROM Messages WHERE mailbox = '{user}'"))
            .unwrap_err();
        expect(&failure, "HY000", &[user]);
    }
    let skipping = client::connect(&alice(
        &simulator,
        &format!("Mailboxes={{{ALICE};{CAROL}}};OnMailboxError=Skip"),
    ));
    let skipping = skipping.expect("a connection");
    let mut statement = skipping
        .execute("SELECT id FROM Messages")
        .expect("it runs");
    let mut rows = 0;
    let end = loop {
        // SAFETY: nothing is bound.
        match statement.call(|library, handle| unsafe { (library.SQLFetch)(handle) }) {
            Ok(_) => rows += 1,
            Err(end) => break end,
        }
    };
    assert_eq!(end.code, client::constants::NO_DATA, "{end}");
    assert!(rows > 0);
    assert!(
        (statement.warnings().iter())
            .any(|warning| warning.state == "01000" && warning.message.contains(CAROL)),
        "no warning names the mailbox that was left out"
    );
}

#[test]
fn failures_that_last_are_reported_with_graphs_request_id() {
    let simulator = start(tenant::odd());
    let connection = client::connect(&alice(&simulator, "MaxRetries=1")).expect("a connection");
    simulator.faults().add(Fault::always(
        "*/messages",
        Action::Refuse {
            status: 503,
            code: "ErrorServerBusy".to_owned(),
            message: "Busy.".to_owned(),
            retry_after: Some(0.01),
        },
    ));
    let failure = connection.query("SELECT id FROM Messages").unwrap_err();
    assert!(failure.to_string().contains("ErrorServerBusy"), "{failure}");
    assert!(
        failure.to_string().contains("00000000-0000-4000-8000-"),
        "the request id: {failure}"
    );
    simulator.faults().clear();
    simulator
        .faults()
        .add(Fault::always("*/messages", Action::Reset));
    let failure = connection.query("SELECT id FROM Messages").unwrap_err();
    expect(&failure, "08S01", &[]);
    simulator.faults().clear();
    assert!(
        !connection
            .query("SELECT id FROM Messages")
            .expect("usable again")
            .is_empty()
    );
}

#[test]
fn nothing_secret_is_logged() {
    let simulator = start(tenant::odd());
    let log = std::env::temp_dir().join(format!("exchange-odbc-{}.log", std::process::id()));
    let keys = format!("LogFile={};LogLevel=trace", log.display());
    {
        let connection = client::connect(&alice(&simulator, &keys)).expect("a connection");
        assert!(
            !connection.completed.contains(SECRET) || connection.completed.contains("ClientSecret")
        );
        connection
            .query("SELECT subject, body_content FROM Messages WHERE subject LIKE 'Report%'")
            .unwrap();
        connection
            .query("SELECT name, contentBytes FROM MessageAttachments")
            .unwrap();
        connection
            .execute_with(
                "SELECT id FROM Messages WHERE subject = ?",
                &["שלום עולם".into()],
            )
            .unwrap();
        let _ = connection.query("SELECT nothing FROM Messages");
        simulator.expire_tokens();
        connection.query("SELECT id FROM Contacts").unwrap();
        let wrong =
            alice(&simulator, &keys).replace(CLIENT, "00000000-1111-4222-8333-444444444444");
        assert!(client::connect(&wrong).is_err());
    }
    let written = std::fs::read_to_string(&log).expect("there is a log");
    std::fs::remove_file(&log).expect("the log can be removed");
    assert!(
        written.contains("/messages"),
        "the log says what was asked: {} bytes",
        written.len()
    );
    for secret in [
        SECRET,
        "s3cret",
        "simulated.", // how the simulator's tokens begin
        "Bearer ",
        "client_secret",
        "Quarterly report for alice",
        "<html>",
        "日本語の件名",
        "שלום עולם",
    ] {
        assert!(!written.contains(secret), "the log shows {secret}");
    }
    // Basic credentials are base64.
    assert!(
        !written.contains("Basic "),
        "the log shows an Authorization header"
    );
}
