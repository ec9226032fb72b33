//! Rows arrive while the rest is still on its way, and nothing outlives the interest in it.

// Entities are written in one piece.
#![recursion_limit = "256"]

mod common;
mod support;

use common::simulator::{requests, start_with};
use common::tenant::{self, ALICE};
use graph_simulator::generate;
use graph_simulator::{Action, Fault, Options, Simulator};
use std::process::Command;
use std::time::{Duration, Instant};

/// A mailbox of so many messages, served by this process.
fn generated(messages: usize, options: Options) -> (Simulator, String) {
    let tenant = generate::tenant(&generate::Options {
        messages,
        users: 1,
        shared_mailboxes: 0,
        ..generate::Options::default()
    });
    let simulator = Simulator::start(tenant, options).expect("a loopback port is free");
    let connection = simulator.connection_string();
    (simulator, connection)
}

#[test]
fn the_first_row_is_there_after_the_first_page() {
    let latency = Duration::from_millis(150);
    let (simulator, string) = generated(
        2_000,
        Options {
            latency,
            ..Options::default()
        },
    );
    let connection = support::connect(&format!("{string};PageSize=100")).expect("a connection");
    simulator.clear_log();
    let started = Instant::now();
    let mut statement = connection
        .execute("SELECT subject FROM Messages")
        .expect("it runs");
    assert!(statement.fetch().expect("a row"));
    let (elapsed, asked) = (started.elapsed(), requests(&simulator).len());
    // Twenty pages take three seconds.
    assert!(elapsed < latency * 5, "the first row took {elapsed:?}");
    assert!(asked <= 4, "{asked} pages were read for one row");
    assert_eq!(statement.rows().expect("the others").len(), 1_999);
}

#[test]
fn closing_early_stops_reading() {
    let (simulator, string) = generated(2_000, Options::default());
    let connection = support::connect(&format!("{string};PageSize=20")).expect("a connection");
    simulator.clear_log();
    let mut statement = connection
        .execute("SELECT subject FROM Messages")
        .expect("it runs");
    for _ in 0..30 {
        assert!(statement.fetch().expect("a row"));
    }
    statement.close_cursor().expect("it closes");
    let asked = requests(&simulator).len();
    assert!(asked < 20, "{asked} of 100 pages were read for 30 rows");
    std::thread::sleep(Duration::from_millis(300));
    let later = requests(&simulator).len();
    assert!(
        later <= asked + 1,
        "{} pages were read after closing",
        later - asked
    );
}

/// Makes every page but the first stall half-way.
fn stalling() -> (Simulator, support::Connection) {
    let simulator = start_with(tenant::odd(), Options::default());
    let string = common::simulator::alice(&simulator, "PageSize=10");
    let connection = support::connect(&string).expect("a connection");
    let stall = Action::Stall { seconds: 20.0 };
    simulator
        .faults()
        .add(Fault::always("*/messages", stall).after(1));
    (simulator, connection)
}

/// Fetches until something happens.
fn fetch_all(statement: &mut support::Statement) -> support::Failure {
    loop {
        match statement.fetch() {
            Ok(true) => {}
            Ok(false) => panic!("the result ended while its pages stall"),
            Err(failure) => return failure,
        }
    }
}

#[test]
fn cancelling_ends_a_stalled_fetch_within_100_milliseconds() {
    let (_simulator, connection) = stalling();
    let mut statement = connection
        .execute("SELECT id FROM Messages")
        .expect("it runs");
    let canceller = statement.canceller();
    let thread = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(400));
        let cancelled = Instant::now();
        assert_eq!(canceller.cancel(), support::constants::SUCCESS);
        assert!(
            cancelled.elapsed() < Duration::from_millis(50),
            "SQLCancel does not wait"
        );
        cancelled
    });
    let failure = fetch_all(&mut statement);
    let ended = Instant::now();
    assert_eq!(failure.state(), "HY008", "{failure}");
    let cancelled = thread.join().expect("the cancelling thread ends");
    let delay = ended.duration_since(cancelled);
    assert!(delay < Duration::from_millis(100), "it took {delay:?}");
    drop(statement);
    assert_eq!(
        connection
            .query("SELECT 1")
            .expect("the connection is usable")
            .len(),
        1
    );
}

#[test]
fn a_query_timeout_ends_a_stalled_fetch_in_time() {
    let (_simulator, connection) = stalling();
    let mut statement = connection.statement().expect("a statement");
    statement.set_query_timeout(1).expect("it is set");
    let started = Instant::now();
    let failure = match statement.execute_direct("SELECT id FROM Messages") {
        Ok(_) => fetch_all(&mut statement),
        Err(failure) => failure,
    };
    let elapsed = started.elapsed();
    assert_eq!(failure.state(), "HYT00", "{failure}");
    let late = Duration::from_millis(1_100);
    assert!(
        elapsed >= Duration::from_millis(990) && elapsed < late,
        "it took {elapsed:?}"
    );
    assert_eq!(
        connection
            .query("SELECT 1")
            .expect("the connection is usable")
            .len(),
        1
    );
}

#[test]
fn many_results_are_open_at_once() {
    let simulator = start_with(tenant::odd(), Options::default());
    let string = common::simulator::alice(&simulator, "PageSize=5");
    let connection = support::connect(&string).expect("a connection");
    let mut statements: Vec<_> = (0..12)
        .map(|_| {
            connection
                .execute("SELECT id FROM Messages")
                .expect("it runs")
        })
        .collect();
    let mut counts = vec![0; statements.len()];
    let mut more = true;
    while more {
        more = false;
        for (statement, count) in statements.iter_mut().zip(&mut counts) {
            if statement.fetch().expect("a row or the end") {
                *count += 1;
                more = true;
            }
        }
    }
    let expected = tenant::user(&simulator.tenant(), ALICE)
        .mailbox
        .as_ref()
        .map(|mailbox| mailbox.messages.len());
    assert!(
        counts.iter().all(|count| Some(*count) == expected),
        "{counts:?}"
    );
    assert!(simulator.most_in_flight().values().all(|most| *most <= 4));
}

/// The connection string that [`a_reading_process`] gets.
const CONNECTION: &str = "EXCHANGE_ODBC_READ";

/// Reads all messages, and prints how many there were and the most memory that was used.
#[test]
#[ignore = "other tests start it, as a process of its own"]
fn a_reading_process() {
    let Ok(string) = std::env::var(CONNECTION) else {
        return;
    };
    let connection = support::connect(&string).expect("a connection");
    let mut statement = connection
        .execute("SELECT subject, bodyPreview, toRecipients FROM Messages")
        .expect("it runs");
    let mut count = 0;
    while statement.fetch().expect("a row or the end") {
        count += 1;
    }
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says what it uses");
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("a peak");
    println!("rows={count} peak={}", peak.trim().trim_end_matches(" kB"));
}

/// Rows and kibibytes of a reading process.
fn read_elsewhere(messages: usize) -> (usize, usize) {
    let (_simulator, string) = generated(messages, Options::default());
    let output = Command::new(std::env::current_exe().expect("a test program has a path"))
        .args(["--exact", "a_reading_process", "--ignored", "--nocapture"])
        .env(CONNECTION, format!("{string};PageSize=500"))
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let number = |name: &str| -> usize {
        let found = text
            .split_whitespace()
            .find_map(|word| word.strip_prefix(name));
        found
            .unwrap_or_else(|| panic!("no {name} in {text}"))
            .parse()
            .expect("a number")
    };
    (number("rows="), number("peak="))
}

/// `VmHWM` is a fact of Linux.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_result() {
    let (few, small) = read_elsewhere(2_000);
    let (many, large) = read_elsewhere(20_000);
    assert_eq!((few, many), (2_000, 20_000));
    // The additional rows are 10 MB of JSON and more in memory.
    assert!(
        large < small + 8 * 1024,
        "{small} KiB for {few} rows, {large} KiB for {many}"
    );
}
