//! Replies of several gigabytes, and their cost.

use driver_harness::client;
use driver_harness::simulator::alice;
use driver_harness::tenant;
use graph_simulator::{Action, Fault, Flood, Options, Simulator};
use std::process::Command;

const CONNECTION: &str = "EXCHANGE_ODBC_READ";
const STATEMENT: &str = "EXCHANGE_ODBC_STATEMENT";

/// The limit of the setting, in MB.
const LARGEST_REPLY: usize = 64;

/// Runs a statement, and prints how it ended and the peak memory.
#[test]
#[ignore = "another test starts it, as a process of its own"]
fn a_flooded_process() {
    let (Ok(string), Ok(sql)) = (std::env::var(CONNECTION), std::env::var(STATEMENT)) else {
        return;
    };
    let outcome = client::connect(&string).and_then(|connection| connection.query(&sql));
    let outcome = match outcome {
        Ok(rows) => rows.len().to_string(),
        Err(failure) => failure.state().to_owned(),
    };
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says what it uses");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.expect("a peak").trim().trim_end_matches(" kB");
    println!("outcome={outcome} peak={peak}");
}

/// How the statement ended, and the peak memory in MB.
fn in_process(string: &str, sql: &str) -> (String, usize) {
    let output = Command::new(std::env::current_exe().expect("a test program has a path"))
        .args([
            "--exact",
            "memory::a_flooded_process",
            "--ignored",
            "--nocapture",
        ])
        .env(CONNECTION, string)
        .env(STATEMENT, sql)
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let word = |name: &str| {
        let mut words = text.split_whitespace();
        let found = words.find_map(|word| word.strip_prefix(name));
        found
            .unwrap_or_else(|| panic!("no {name} in {text}"))
            .to_owned()
    };
    let peak: usize = word("peak=").parse().expect("a number");
    (word("outcome="), peak / 1024)
}

fn flood_of(status: u16, of: Flood, gzip: bool) -> Action {
    Action::Flood {
        status,
        of,
        bytes: 4 << 30,
        gzip,
    }
}

/// `VmHWM` only exists on Linux.
#[cfg(target_os = "linux")]
#[test]
fn replies_of_gigabytes_end_with_an_error_and_bounded_memory() {
    let simulator = Simulator::start(tenant::odd(), Options::default()).expect("a port");
    let keys = format!("MaxReplySize={LARGEST_REPLY};MaxRetries=1;");
    let string = alice(&simulator, &keys);
    let flood = |of, gzip| flood_of(200, of, gzip);
    let refused = flood_of(503, Flood::Text, true);
    let absent = flood_of(404, Flood::Rows, true);
    let messages = "SELECT id, subject FROM Messages";
    let (_, usual) = in_process(&string, messages);
    let (attachments, _) = in_process(&string, "SELECT id FROM MessageAttachments");
    for (name, path, action, sql, state) in [
        (
            "a packed page",
            "*/messages",
            flood(Flood::Rows, true),
            messages,
            "HY000",
        ),
        (
            "a page",
            "*/messages",
            flood(Flood::Space, false),
            messages,
            "HY000",
        ),
        (
            "one text",
            "*/messages",
            flood(Flood::Text, true),
            messages,
            "HY000",
        ),
        (
            "a web page",
            "*/messages",
            flood(Flood::Page, true),
            messages,
            "HY000",
        ),
        (
            "a list of calendars",
            "*/calendars",
            flood(Flood::Rows, true),
            "SELECT id FROM Events",
            "HY000",
        ),
        (
            "a batch",
            "/$batch",
            flood(Flood::Rows, true),
            "SELECT id FROM MessageAttachments",
            // Each message is then requested alone.
            &attachments,
        ),
        ("an error", "*/messages", refused, messages, "HY000"),
        ("an absence", "*/messages", absent, messages, "08S01"),
        (
            "a token",
            "/oauth2/*",
            flood(Flood::Text, true),
            messages,
            "08001",
        ),
    ] {
        simulator.faults().add(Fault::always(path, action));
        let (outcome, peak) = in_process(&string, sql);
        simulator.faults().clear();
        assert_eq!(outcome, state, "{name}");
        println!("{name}: {peak} MB, {usual} MB without");
        assert!(
            peak < usual + 3 * LARGEST_REPLY,
            "{name}: {usual} MB grew to {peak} MB"
        );
    }
}

/// A list of parents takes no more memory than a page of rows.
#[cfg(target_os = "linux")]
#[test]
fn a_page_with_too_many_rows_ends_with_an_error() {
    let simulator = Simulator::start(tenant::odd(), Options::default()).expect("a port");
    let string = alice(&simulator, "MaxRetries=1;");
    let flood = Action::Flood {
        status: 200,
        of: Flood::Rows,
        bytes: 32 << 20,
        gzip: true,
    };
    for (path, sql) in [
        ("*/messages", "SELECT id FROM Messages"),
        ("*/messages", "SELECT id FROM MessageAttachments"),
        ("*/calendars", "SELECT id FROM Events"),
        ("/users", "SELECT id FROM Users"),
    ] {
        simulator.faults().add(Fault::always(path, flood.clone()));
        let (outcome, peak) = in_process(&string, sql);
        simulator.faults().clear();
        assert_eq!(outcome, "HY000", "{sql}");
        assert!(peak < 350, "{sql}: {peak} MB");
    }
}

/// If the pages can be smaller, smaller ones are requested, so a reply that is too large is not an
/// error.
#[test]
fn a_reply_that_is_too_large_is_asked_for_in_smaller_parts() {
    let simulator = Simulator::start(tenant::odd(), Options::default()).expect("a port");
    let connection = client::connect(&alice(&simulator, "MaxReplySize=1;")).expect("a connection");
    let flood = Action::Flood {
        status: 200,
        of: Flood::Space,
        bytes: 2 << 20,
        gzip: true,
    };
    let tenant = tenant::odd();
    let mailbox = tenant::user(&tenant, tenant::ALICE)
        .mailbox
        .as_ref()
        .expect("mail");
    let expected = tenant::messages(mailbox).count();
    simulator
        .faults()
        .add(Fault::once("*/messages", flood.clone()));
    let rows = connection
        .query("SELECT id FROM Messages")
        .expect("smaller pages");
    assert_eq!(rows.len(), expected);
    let attachments = tenant::messages(mailbox).map(|message| message.attachments.len());
    simulator
        .faults()
        .add(Fault::once("/$batch", flood.clone()));
    let rows = connection.query("SELECT id FROM MessageAttachments");
    assert_eq!(rows.expect("one by one").len(), attachments.sum::<usize>());
    let ids = tenant::messages(mailbox).map(|message| tenant::text(&message.entity, "id"));
    let ids: Vec<String> = ids.take(3).map(|id| format!("'{id}'")).collect();
    let sql = format!("SELECT id FROM Messages WHERE id IN ({})", ids.join(", "));
    simulator.faults().add(Fault::always("/$batch", flood));
    let rows = connection.query(&sql).expect("one by one");
    assert_eq!(rows.len(), ids.len());
}
