//! Statements that compute for long: they do not slow down other connections, cancelling and
//! timeouts reach every waiting call, and the work ends.

use driver_harness::client::{self, Canceller, Connection, Failure};
use graph_simulator::{Options, Simulator, generate};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// Allowance for 100 ms on a busy machine.
const AT_ONCE: Duration = Duration::from_millis(1500);

/// The tests watch how busy the process is, so they run one after the other.
static ALONE: Mutex<()> = Mutex::new(());

/// Ten rows with a number and a text, cross joined with themselves `tables` times.
fn digits(tables: usize) -> String {
    let from: Vec<_> = (0..tables).map(|table| format!("d d{table}")).collect();
    from.join(" CROSS JOIN ")
}

const DIGITS: &str = "WITH d(n, t) AS (VALUES (0, 'zero'), (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four'), \
     (5, 'five'), (6, 'six'), (7, 'seven'), (8, 'eight'), (9, 'nine'))";

/// Statements that compute for hours, each in another part of the engine.
fn endless() -> Vec<(&'static str, String)> {
    let all = |tables| {
        format!(
            "SELECT CAST(d0.n AS VARCHAR) || d1.t AS t, d2.n AS n FROM {}",
            digits(tables)
        )
    };
    vec![
        (
            "a cross join with a condition",
            format!(
                "{DIGITS} SELECT COUNT(*) FROM {} WHERE d0.t || d11.t LIKE '%x%y%'",
                digits(12)
            ),
        ),
        (
            "a join by a condition on text",
            format!(
                "{DIGITS}, a AS ({}) SELECT COUNT(*) FROM a JOIN a b ON a.t LIKE '%' || b.t || 'z%'",
                all(6)
            ),
        ),
        (
            "a join by keys that are all the same, and a condition",
            format!(
                "{DIGITS}, a AS ({}) SELECT COUNT(*) FROM a JOIN a b ON a.n - a.n = b.n - b.n AND a.t LIKE b.t || 'z'",
                all(6)
            ),
        ),
        (
            "a sort of all",
            format!(
                "{DIGITS} SELECT d0.t FROM {} ORDER BY d9.t, d8.t LIMIT 3",
                digits(12)
            ),
        ),
        (
            "groups",
            format!(
                "{DIGITS} SELECT d0.t, COUNT(*), MAX(d9.t) FROM {} GROUP BY d0.t",
                digits(12)
            ),
        ),
        (
            "a subquery for each row",
            format!(
                "{DIGITS}, a AS ({}) SELECT COUNT(*) FROM a WHERE (SELECT COUNT(*) FROM a b WHERE b.t LIKE a.t || CAST(a.n AS VARCHAR) || b.t || 'z%') = 3",
                all(12)
            ),
        ),
        (
            "a UNION",
            format!(
                "{DIGITS} SELECT COUNT(*) FROM {0} UNION ALL SELECT COUNT(*) FROM {0}",
                digits(12)
            ),
        ),
        (
            "rows that all are left out",
            format!(
                "{DIGITS} SELECT d0.t FROM {} WHERE d0.t || d11.t = 'x'",
                digits(12)
            ),
        ),
    ]
}

/// A mailbox of fifty messages.
fn mailbox() -> Simulator {
    let tenant = generate::tenant(&generate::Options {
        users: 1,
        shared_mailboxes: 0,
        messages: 50,
        ..generate::Options::default()
    });
    Simulator::start(tenant, Options::default()).expect("a loopback port is free")
}

fn connect(simulator: &Simulator, keys: &str) -> Connection {
    let string = format!("{};{keys}", simulator.connection_string());
    client::connect(&string).expect("it connects in time")
}

/// Processor time that the process has used.
fn used() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux tells");
    let after_name = stat.rsplit(')').next().expect("a name in parentheses");
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |index: usize| fields[index].parse::<u64>().expect("a number");
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

/// How long it takes until the process is idle.
fn until_idle() -> Duration {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(20) {
        let before = used();
        thread::sleep(Duration::from_millis(200));
        if used() - before <= Duration::from_millis(30) {
            break;
        }
    }
    started.elapsed()
}

/// Runs the statement and reads its rows, until they end or something fails.
fn run(connection: &Connection, sql: &str) -> Result<usize, Failure> {
    Ok(connection.execute(sql)?.rows()?.len())
}

fn state(outcome: &Result<usize, Failure>) -> &str {
    match outcome {
        Ok(_) => "00000",
        Err(failure) => failure.state(),
    }
}

/// Cancels when it is dropped.
struct Cancelling([Canceller; 2]);

impl Drop for Cancelling {
    fn drop(&mut self) {
        self.0.iter().for_each(|canceller| {
            canceller.cancel();
        });
    }
}

/// Measures while two statements compute in threads of this scope, until they are cancelled.
fn while_two_compute(simulator: &Simulator, measure: impl FnOnce()) -> Duration {
    let sql = &endless()[0].1;
    let connections = [(); 2].map(|()| connect(simulator, ""));
    thread::scope(|scope| {
        let running = connections.each_ref().map(|connection| {
            let mut statement = connection.statement().expect("a statement");
            let canceller = statement.canceller();
            let outcome = scope.spawn(move || {
                let executed = statement.execute_direct(sql).and_then(|_| statement.rows());
                (executed.expect_err("it is cancelled"), Instant::now())
            });
            (canceller, outcome)
        });
        thread::sleep(Duration::from_millis(500));
        // Also if a measurement fails, because the scope waits for its threads.
        let cancelling = Cancelling(running.each_ref().map(|(canceller, _)| canceller.clone()));
        measure();
        let started = Instant::now();
        drop(cancelling);
        let ended = running.map(|(_, outcome)| outcome.join().expect("it returns"));
        for (failure, _) in &ended {
            assert_eq!(failure.state(), "HY008");
        }
        let last = ended.iter().map(|(_, moment)| *moment).max();
        last.expect("two") - started
    })
}

#[test]
fn two_connections_that_compute_without_end_do_not_delay_a_third() {
    let _alone = ALONE.lock();
    let simulator = mailbox();
    let mut figures = Vec::new();
    let mut measured = |what: &str, limit: Duration, work: &mut dyn FnMut()| {
        let started = Instant::now();
        work();
        let took = started.elapsed();
        assert!(took < limit, "{what} took {took:?}");
        figures.push(format!("{what}: {took:.1?}"));
    };
    let cancelled = while_two_compute(&simulator, || {
        let mut third = None;
        measured("connect", Duration::from_secs(2), &mut || {
            third = Some(connect(&simulator, "LoginTimeout=2;QueryTimeout=3"));
        });
        let third = third.expect("a connection");
        measured("read 50 messages", Duration::from_secs(3), &mut || {
            assert_eq!(run(&third, "SELECT id, subject FROM Messages"), Ok(50));
        });
        measured(
            "time out after 3 s",
            Duration::from_secs(3) + AT_ONCE,
            &mut || {
                assert_eq!(state(&run(&third, &endless()[1].1)), "HYT00");
            },
        );
        measured(
            "cancel after 0.2 s",
            Duration::from_millis(200) + AT_ONCE,
            &mut || {
                let mut statement = third.statement().expect("a statement");
                let canceller = statement.canceller();
                thread::scope(|scope| {
                    scope.spawn(move || {
                        thread::sleep(Duration::from_millis(200));
                        canceller.cancel();
                    });
                    let outcome = statement
                        .execute_direct(&endless()[2].1)
                        .and_then(|_| statement.rows());
                    assert_eq!(outcome.expect_err("it is cancelled").state(), "HY008");
                });
            },
        );
    });
    println!(
        "beside two statements that compute: {}, cancel both: {cancelled:.1?}",
        figures.join(", ")
    );
    assert!(cancelled < AT_ONCE, "cancelling the two took {cancelled:?}");
    let idle = until_idle();
    assert!(
        idle < Duration::from_secs(3),
        "the work went on for {idle:?}"
    );
}

#[test]
fn whatever_computes_times_out_in_time_and_ends() {
    let _alone = ALONE.lock();
    let simulator = mailbox();
    let connection = connect(&simulator, "QueryTimeout=1");
    for (what, sql) in endless() {
        let started = Instant::now();
        let outcome = run(&connection, &sql);
        let took = started.elapsed();
        assert_eq!(state(&outcome), "HYT00", "{what}: {outcome:?}");
        assert!(
            took < Duration::from_secs(1) + AT_ONCE,
            "{what} took {took:?}"
        );
        let idle = until_idle();
        assert!(idle < Duration::from_secs(4), "{what} went on for {idle:?}");
        println!("{what}: timed out after {took:.1?}, idle {idle:.1?} later");
    }
}

/// A statement that takes the planner a minute.
fn long_to_plan() -> String {
    let joins: Vec<_> = (0..60)
        .map(|table| format!("JOIN d d{table} ON d.n = d{table}.n"))
        .collect();
    let query = format!("SELECT d.n FROM d {}", joins.join(" "));
    format!("{DIGITS} {}", vec![query; 200].join(" UNION ALL "))
}

#[test]
fn preparing_obeys_the_timeout_and_can_be_cancelled() {
    let _alone = ALONE.lock();
    let simulator = mailbox();
    let connection = connect(&simulator, "QueryTimeout=1");
    let sql = long_to_plan();
    let started = Instant::now();
    let prepared = connection.prepare(&sql);
    let took = started.elapsed();
    assert_eq!(
        prepared.map(drop).expect_err("it takes too long").state(),
        "HYT00"
    );
    assert!(took < Duration::from_secs(1) + AT_ONCE, "it took {took:?}");

    let connection = connect(&simulator, "");
    let mut statement = connection.statement().expect("a statement");
    let canceller = statement.canceller();
    let started = Instant::now();
    thread::scope(|scope| {
        scope.spawn(move || {
            thread::sleep(Duration::from_millis(300));
            canceller.cancel();
        });
        let prepared = statement.prepare(&sql);
        assert_eq!(prepared.expect_err("it is cancelled").state(), "HY008");
    });
    let took = started.elapsed();
    assert!(
        took < Duration::from_millis(300) + AT_ONCE,
        "it took {took:?}"
    );
    // Planning in the background neither creates nor drops a table.
    connection
        .execute("CREATE TEMPORARY TABLE kept (a INT)")
        .expect("it is made");
    let idle = until_idle();
    assert!(
        idle < Duration::from_secs(10),
        "planning went on for {idle:?}"
    );
    assert_eq!(run(&connection, "SELECT a FROM kept"), Ok(0));
}
