//! Any function in any order, with any mistakes of an application: wrong, null and freed handles,
//! null pointers, lengths of -1, -2, 0 and too small, missing columns, unknown attributes and
//! types, texts that are not UTF-16. Each call returns one of ODBC's codes, reports invalid
//! handles, leaves a diagnostic with a known SQLSTATE when it fails, and never writes past a
//! buffer.
//!
//! `EXCHANGE_ODBC_FUZZ_SECONDS` makes it run for longer, `EXCHANGE_ODBC_SEED` sets the first seed.
//! The seed of the current sequence is kept in `target/call_sequence.seed`, in case a call ends the
//! process.

mod arguments;
mod attributes;
mod calls;
mod memory;
mod others;
mod scripts;
mod world;

use driver_harness::{simulator, tenant};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use world::World;

/// Sequences in a default run.
const SEQUENCES: u64 = 400;
const CALLS: usize = 80;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("a number in the environment variable"))
}

/// The file for the seed, in the build folder.
fn seed_file() -> std::path::PathBuf {
    let program = std::env::current_exe().expect("a test program has a path");
    let target = program.ancestors().nth(3).expect("it lies in target");
    target.join("call_sequence.seed")
}

#[test]
fn any_sequence_of_calls_gives_codes_and_diagnostics() {
    let simulator = simulator::start(tenant::odd());
    let strings = calls::connection_strings(&simulator::alice(&simulator, "LoginTimeout=5"));
    let first = number("EXCHANGE_ODBC_SEED").unwrap_or(0);
    let seconds = number("EXCHANGE_ODBC_FUZZ_SECONDS").map(Duration::from_secs);
    let started = Instant::now();
    let mut seen = BTreeMap::new();
    let mut done = 0;
    let go_on = |done| match seconds {
        Some(seconds) => started.elapsed() < seconds,
        None => done < SEQUENCES,
    };
    while go_on(done) {
        let seed = first + done;
        std::fs::write(seed_file(), seed.to_string()).expect("the seed is kept");
        let mut world = World::new(seed, strings.clone());
        world.open();
        for _ in 0..CALLS {
            calls::any(&mut world);
        }
        world.close();
        for (what, count) in world.into_seen() {
            *seen.entry(what).or_insert(0_u64) += count;
        }
        done += 1;
    }
    let calls: u64 = seen.values().sum();
    println!("{done} sequences, {calls} calls in {:?}", started.elapsed());
    if std::env::var_os("EXCHANGE_ODBC_FUZZ_REPORT").is_some() {
        for ((function, outcome), count) in &seen {
            println!("{function:24} {outcome:8} {count}");
        }
    }
    // Sequences that fail at once, or never, would prove nothing.
    let of = |outcome: &str| -> u64 {
        let fitting = seen.iter().filter(|((_, known), _)| known == outcome);
        fitting.map(|(_, count)| count).sum()
    };
    for outcome in [
        "ok", "warning", "invalid", "no data", "HY010", "HY009", "HY090", "07009", "24000",
    ] {
        assert!(of(outcome) > 0, "no call gave {outcome}");
    }
}
