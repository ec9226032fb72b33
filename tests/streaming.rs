//! Rows arrive while the rest is still on its way, and all work ends when nobody needs it.

use driver_harness::client::constants::{ATTR_CURSOR_TYPE, C_SBIGINT};
use driver_harness::client::{self, Block, Layout, Value};
use driver_harness::simulator::{self, requests, start_with};
use driver_harness::tenant::{self, ALICE};
use graph_simulator::generate;
use graph_simulator::{Action, Fault, Options, Simulator};
use std::process::Command;
use std::time::{Duration, Instant};

/// A mailbox of this many messages, served by this process.
fn generated(messages: usize, options: Options) -> (Simulator, String) {
    let content = generate::Options {
        messages,
        ..generate::Options::default()
    };
    generated_of(&content, options)
}

fn generated_of(content: &generate::Options, options: Options) -> (Simulator, String) {
    let tenant = generate::tenant(&generate::Options {
        users: 1,
        shared_mailboxes: 0,
        ..content.clone()
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
    let connection = client::connect(&format!("{string};PageSize=100")).expect("a connection");
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
    let connection = client::connect(&format!("{string};PageSize=20")).expect("a connection");
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
    // Requests that are on their way may still arrive.
    let after = |moment: Duration| {
        std::thread::sleep(moment);
        requests(&simulator).len()
    };
    let later = after(Duration::from_millis(500));
    assert!(later < 25, "{later} of 100 pages were read for 30 rows");
    assert_eq!(after(Duration::from_millis(500)), later, "reading goes on");
}

/// Makes every page but the first stall half-way.
fn stalling() -> (Simulator, client::Connection) {
    let simulator = start_with(tenant::odd(), Options::default());
    let string = simulator::alice(&simulator, "PageSize=10");
    let connection = client::connect(&string).expect("a connection");
    let stall = Action::Stall { seconds: 20.0 };
    simulator
        .faults()
        .add(Fault::always("*/messages", stall).after(1));
    (simulator, connection)
}

/// Fetches until an error.
fn fetch_all(statement: &mut client::Statement) -> client::Failure {
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
        assert_eq!(canceller.cancel(), client::constants::SUCCESS);
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
    let string = simulator::alice(&simulator, "PageSize=5");
    let connection = client::connect(&string).expect("a connection");
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
        .map(|mailbox| tenant::messages(mailbox).count());
    assert!(
        counts.iter().all(|count| Some(*count) == expected),
        "{counts:?}"
    );
    assert!(simulator.most_in_flight().values().all(|most| *most <= 4));
}

/// The connection string for the reading processes, the statement, and the number of rows.
const CONNECTION: &str = "EXCHANGE_ODBC_READ";
const STATEMENT: &str = "EXCHANGE_ODBC_STATEMENT";
const ROWS: &str = "EXCHANGE_ODBC_ROWS";

/// Reads all rows, and prints their number and the peak memory.
#[test]
#[ignore = "other tests start it, as a process of its own"]
fn a_reading_process() {
    let (Ok(string), Ok(sql)) = (std::env::var(CONNECTION), std::env::var(STATEMENT)) else {
        return;
    };
    let connection = client::connect(&string).expect("a connection");
    let mut statement = connection.execute(&sql).expect("it runs");
    let columns = statement.column_count().expect("its columns");
    let mut count = 0;
    while statement.fetch().expect("a row or the end") {
        for column in 1..=columns {
            statement.text(column).expect("a value");
        }
        count += 1;
    }
    report(count);
}

/// Scrolls back and forth over the rows, and prints the same.
#[test]
#[ignore = "other tests start it, as a process of its own"]
fn a_scrolling_process() {
    let (Ok(string), Ok(rows)) = (std::env::var(CONNECTION), std::env::var(ROWS)) else {
        return;
    };
    let rows: usize = rows.parse().expect("a number");
    let connection = client::connect(&string).expect("a connection");
    let mut statement = connection.statement().expect("a statement");
    statement
        .set_attribute(ATTR_CURSOR_TYPE, CURSOR_STATIC)
        .expect("it scrolls");
    let mut block = statement
        .bind(ROWSET, &[Layout::fixed(C_SBIGINT), Layout::text(600)])
        .expect("it is bound");
    statement
        .execute_direct(&generating(rows))
        .expect("it runs");
    let mut scroll = |statement: &mut client::Statement, orientation: i16, offset: isize| {
        let fetched = statement.scroll_block(&mut block, orientation, offset);
        numbers(&block, fetched.expect("a rowset or the end"))
    };
    let mut rowsets = Vec::new();
    loop {
        let rowset = scroll(&mut statement, FETCH_NEXT, 0);
        if rowset.is_empty() {
            break;
        }
        rowsets.push(rowset);
    }
    let mut all: Vec<i64> = rowsets.concat();
    all.sort_unstable();
    assert!(all.iter().copied().eq(0..rows as i64), "each row once");
    for rowset in rowsets.iter().rev() {
        assert_eq!(&scroll(&mut statement, FETCH_PRIOR, 0), rowset);
    }
    // Far apart, so that hardly any of them are in memory.
    for step in 0..200 {
        let index = step * 7919 % rowsets.len();
        let found = scroll(
            &mut statement,
            FETCH_ABSOLUTE,
            (index * ROWSET) as isize + 1,
        );
        assert_eq!(found, rowsets[index]);
    }
    report(all.len());
}

const CURSOR_STATIC: usize = 3;
const FETCH_NEXT: i16 = 1;
const FETCH_PRIOR: i16 = 4;
const FETCH_ABSOLUTE: i16 = 5;

/// Rows of a rowset of [`a_scrolling_process`].
const ROWSET: usize = 100;

/// A statement that returns this many rows, a power of ten, of a number and 500 characters.
fn generating(rows: usize) -> String {
    let digits = rows.ilog10();
    let number: Vec<_> = (0..digits)
        .map(|digit| format!("d{digit}.n * {}", 10_u64.pow(digit)))
        .collect();
    let from: Vec<_> = (0..digits).map(|digit| format!("d d{digit}")).collect();
    let number = number.join(" + ");
    format!(
        "WITH d(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) \
         SELECT CAST({number} AS BIGINT) AS number, REPEAT(CAST(d0.n AS VARCHAR), 500) AS text FROM {}",
        from.join(" CROSS JOIN ")
    )
}

/// The numbers of a rowset, each compared with its text.
fn numbers(block: &Block, fetched: usize) -> Vec<i64> {
    let number = |row| {
        let Value::Integer(number) = block.value(row, 0) else {
            panic!("no number in row {row}");
        };
        let expected = (number % 10).to_string().repeat(500);
        assert_eq!(block.text(row, 1), Some(expected.as_str()));
        number
    };
    (0..fetched).map(number).collect()
}

fn report(rows: usize) {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says what it uses");
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("a peak");
    println!("rows={rows} peak={}", peak.trim().trim_end_matches(" kB"));
}

/// Rows and kibibytes of one of these processes.
fn in_process(name: &str, string: &str, sql: &str, rows: usize) -> (usize, usize) {
    let output = Command::new(std::env::current_exe().expect("a test program has a path"))
        .args(["--exact", name, "--ignored", "--nocapture"])
        .env(CONNECTION, string)
        .env(STATEMENT, sql)
        .env(ROWS, rows.to_string())
        .output()
        .expect("the program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let number = |name: &str| -> usize {
        let found = text
            .split_whitespace()
            .find_map(|word| word.strip_prefix(name));
        found
            .unwrap_or_else(|| {
                let problem = String::from_utf8_lossy(&output.stderr);
                panic!("no {name} in {text}: {problem}")
            })
            .parse()
            .expect("a number")
    };
    (number("rows="), number("peak="))
}

/// Rows and kibibytes of a reading process.
fn read_elsewhere(messages: usize) -> (usize, usize) {
    let (_simulator, string) = generated(messages, Options::default());
    in_process(
        "a_reading_process",
        &format!("{string};PageSize=500"),
        "SELECT subject, bodyPreview, toRecipients FROM Messages",
        messages,
    )
}

/// `VmHWM` only exists on Linux.
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

/// Reads large values of mailboxes of two sizes; `EXPLAIN` must have warned of it.
#[cfg(target_os = "linux")]
fn read_very_much(sql: &str, content: &generate::Options) {
    let read = |messages| {
        let content = generate::Options {
            messages,
            ..content.clone()
        };
        let (_simulator, string) = generated_of(&content, Options::default());
        let connection = client::connect(&string).expect("a connection");
        let explained = connection.query(&format!("EXPLAIN {sql}")).expect(sql);
        let told = explained.iter().flatten().flatten();
        let told = told.filter(|line| *line == "Large read:").count();
        assert_eq!(told, 1, "{sql}");
        in_process("a_reading_process", &string, sql, messages)
    };
    let (few, small) = read(500);
    let (many, large) = read(5_000);
    assert!(few > 0 && many > 5 * few, "{few} and {many} rows");
    // The additional rows have 40 MB, and take more than that as JSON.
    assert!(
        large < small + 16 * 1024,
        "{sql}: {small} KiB for {few} rows, {large} KiB for {many}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn bodies_of_a_whole_mailbox_stream() {
    let content = generate::Options {
        body_bytes: 9_000,
        ..generate::Options::default()
    };
    read_very_much("SELECT subject, body_content FROM Messages", &content);
}

#[cfg(target_os = "linux")]
#[test]
fn attachments_of_a_whole_mailbox_stream() {
    let content = generate::Options {
        attachment_bytes: 70_000,
        ..generate::Options::default()
    };
    read_very_much(
        "SELECT name, contentBytes FROM MessageAttachments",
        &content,
    );
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_a_result_that_scrolls() {
    let (_simulator, string) = generated(1, Options::default());
    let scroll = |rows, memory| {
        let string = format!("{string};CursorMemory={memory}");
        let (read, peak) = in_process("a_scrolling_process", &string, "", rows);
        assert_eq!(read, rows);
        peak
    };
    let small = scroll(10_000, 4);
    let large = scroll(100_000, 4);
    let kept = scroll(100_000, 1_000);
    // The additional rows are 45 MB.
    assert!(large < small + 16 * 1024, "{small} KiB grew to {large} KiB");
    assert!(
        kept > large + 32 * 1024,
        "{kept} KiB with all of them in memory"
    );
}
