//! Rows a second and memory while a whole mailbox is read, in the ways that applications read.
//!
//! `make bench` runs it. Each way reads in a process of its own against a simulator in another one, so
//! that the peak memory is the driver's. Memory must not grow with the number of rows.

use driver_harness::client::constants::{C_BIT, C_TYPE_TIMESTAMP};
use driver_harness::client::{self, Layout};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SQL: &str = "SELECT id, subject, from_emailAddress_address, receivedDateTime, isRead, bodyPreview \
                   FROM Messages";
const SIZES: [usize; 2] = [10_000, 100_000];
const WAYS: [&str; 3] = ["SQLBindCol, 1 row", "SQLBindCol, 1000 rows", "SQLGetData"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().position(|argument| argument == "--way") {
        Some(place) => read(&arguments[place + 1], &arguments[place + 2]),
        None => compare(),
    }
}

fn compare() {
    println!("{SQL}");
    println!(
        "{:24}{:>10}{:>10}{:>12}{:>14}{:>12}",
        "", "rows", "rows/s", "first row", "processor", "peak"
    );
    for rows in SIZES {
        let (mut simulator, connection_string) = simulator(rows);
        for way in WAYS {
            let this = std::env::current_exe().expect("the benchmark has a path");
            let reader = Command::new(this)
                .args(["--way", way, &connection_string])
                .status();
            assert!(reader.expect("the reader starts").success(), "{way} failed");
        }
        simulator.kill().expect("the simulator runs until now");
        simulator.wait().expect("the simulator ends");
    }
}

fn simulator(messages: usize) -> (Child, String) {
    let this = std::env::current_exe().expect("the benchmark has a path");
    let beside = this
        .ancestors()
        .map(|folder| folder.join("graph-simulator"));
    let program = beside.into_iter().find(|path| path.is_file());
    let program = program.expect("the simulator is built: cargo build --release --workspace");
    let mut simulator = Command::new(program)
        .args(["--generate", &messages.to_string(), "--until-stdin-closes"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the simulator starts");
    let mut line = String::new();
    let output = simulator.stdout.as_mut().expect("its output is read");
    BufReader::new(output)
        .read_line(&mut line)
        .expect("it says where it is");
    let (_, connection_string) = line
        .trim()
        .split_once(' ')
        .expect("an address and a connection string");
    (simulator, connection_string.to_owned())
}

/// Reads everything and prints a line of figures.
fn read(way: &str, connection_string: &str) {
    let connection = client::connect(connection_string).expect("it connects");
    let started = Instant::now();
    let mut statement = connection.execute(SQL).expect("it runs");
    let mut first = None;
    let mut rows = 0;
    if way == "SQLGetData" {
        while statement.fetch().expect("a row") {
            for column in 1..=6 {
                statement.text(column).expect("a value");
            }
            rows += 1;
            first.get_or_insert_with(|| started.elapsed());
        }
    } else {
        let layout = [
            Layout::text(600),
            Layout::text(1200),
            Layout::text(400),
            Layout::fixed(C_TYPE_TIMESTAMP),
            Layout::fixed(C_BIT),
            Layout::text(1100),
        ];
        let size = if way.ends_with("1000 rows") { 1000 } else { 1 };
        let mut block = statement.bind(size, &layout).expect("buffers");
        loop {
            match statement.fetch_block(&mut block).expect("rows") {
                0 => break,
                fetched => rows += fetched,
            }
            first.get_or_insert_with(|| started.elapsed());
        }
        statement.unbind().expect("buffers are free");
    }
    let elapsed = started.elapsed();
    println!(
        "{way:24}{rows:>10}{:>10.0}{:>9.0} ms{:>11.0} ms{:>9} MB",
        rows as f64 / elapsed.as_secs_f64(),
        first.unwrap_or_default().as_secs_f64() * 1e3,
        processor_time().as_secs_f64() * 1e3,
        peak_memory() / 1024,
    );
}

/// Time on processors that this process has used.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    // Linux counts these in hundredths of a second.
    Duration::from_millis(
        ticks
            .filter_map(|ticks| ticks.parse::<u64>().ok())
            .sum::<u64>()
            * 10,
    )
}

/// The most memory that was in use at once, in KiB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok())
        .unwrap_or_default()
}
