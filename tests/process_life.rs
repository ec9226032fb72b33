//! The driver's life in its process: threads, unloading, forks. There is only one test, because it
//! looks at the whole process.
#![cfg(target_os = "linux")]

use driver_harness::client::{Environment, Library, Login};
use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// The threads that the driver started.
fn threads() -> usize {
    let tasks = fs::read_dir("/proc/self/task").expect("Linux lists threads");
    tasks
        .flatten()
        .filter_map(|task| fs::read_to_string(task.path().join("comm")).ok())
        .filter(|name| name.starts_with("exch-odbc"))
        .count()
}

#[test]
fn the_driver_begins_and_ends_with_its_environments() {
    let login = Login::start();
    Library::get();
    assert_eq!(threads(), 0, "loading starts no thread");

    threads_end_with_the_last_environment(&login);
    unloading_changes_nothing(&login);
    ten_thousand_connections_leave_nothing_behind(&login);
    a_forked_child_connects_afresh(&login);
}

fn threads_end_with_the_last_environment(login: &Login) {
    for _ in 0..3 {
        let given = Login::given();
        let (first, second) = (Environment::default(), Environment::default());
        let connection = first
            .connect(&login.connection_string())
            .expect("it logs in");
        assert_eq!(
            Login::given(),
            given + 1,
            "no token outlives its environments"
        );
        assert!(threads() > 0);
        drop(connection);
        drop(first);
        assert!(threads() > 0, "another environment is there");
        drop(second);
        // The kernel lists a thread for a moment after it was joined.
        let joined = Instant::now();
        while threads() > 0 && joined.elapsed() < Duration::from_secs(2) {
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(threads(), 0);
    }
}

fn unloading_changes_nothing(login: &Login) {
    let environment = Environment::default();
    let connection = environment
        .connect(&login.connection_string())
        .expect("it logs in");
    let worked = connection.query("SELECT 1").expect("it works");
    assert_eq!(worked.len(), 1);
    let started = Instant::now();
    for _ in 0..100 {
        drop(Library::load());
    }
    assert!(started.elapsed() < Duration::from_secs(5));
    assert_eq!(
        connection.query("SELECT 1").expect("it still works"),
        [[Some("1".to_owned())]]
    );
    let maps = fs::read_to_string("/proc/self/maps").expect("Linux lists mappings");
    assert!(maps.contains("libexchange_odbc.so"));
}

/// Resources that a process could lose with every connection.
#[derive(Debug)]
struct Held {
    descriptors: usize,
    threads: usize,
    kilobytes: usize,
}

impl Held {
    fn now() -> Self {
        let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let digits = line.and_then(|line| line.split_whitespace().next());
            digits
                .and_then(|digits| digits.parse().ok())
                .expect("a number")
        };
        Self {
            descriptors: fs::read_dir("/proc/self/fd").expect("Linux lists").count(),
            threads: number("Threads:"),
            kilobytes: number("VmRSS:"),
        }
    }
}

fn ten_thousand_connections_leave_nothing_behind(login: &Login) {
    const TIMES: usize = 10_000;
    /// A leak of one page with every tenth connection would be more.
    const GROWTH: usize = 4 * TIMES / 10;
    let (string, environment) = (login.connection_string(), Environment::default());
    let mut handles = HashSet::new();
    let mut connect = || {
        let connection = environment.connect(&string).expect("it logs in");
        let statement = connection.statement().expect("a statement");
        for handle in [connection.handle(), statement.handle()] {
            // The low half is the index in the driver's table.
            handles.insert(handle.addr() as u32);
        }
    };
    (0..TIMES / 10).for_each(|_| connect());
    let before = Held::now();
    (0..TIMES).for_each(|_| connect());
    let after = Held::now();
    assert!(
        after.descriptors <= before.descriptors
            && after.threads <= before.threads
            && after.kilobytes <= before.kilobytes + GROWTH,
        "{before:?} became {after:?}"
    );
    assert!(handles.len() <= 12, "{} places were used", handles.len());
}

/// Other threads are inside the driver while the process forks, so that its locks are taken.
fn a_forked_child_connects_afresh(login: &Login) {
    let environment = Environment::default();
    let connection = environment
        .connect(&login.connection_string())
        .expect("it logs in");
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _end = SetOnDrop(&stop);
        for _ in 0..3 {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    drop(Environment::default());
                    drop(environment.unconnected());
                }
            });
        }
        for _ in 0..20 {
            // SAFETY: the child calls the driver, and nothing of the test harness.
            let child = unsafe { libc::fork() };
            if child == 0 {
                let code = i32::from(!works_in_a_child(login));
                // SAFETY: ends the child without running the harness's exit handlers.
                unsafe { libc::_exit(code) };
            }
            assert!(child > 0, "the process forks");
            wait_for(child);
        }
    });
    assert_eq!(
        connection.query("SELECT 2").expect("the parent goes on"),
        [[Some("2".to_owned())]]
    );
}

/// Also ends the other threads if a child fails, so that the test fails instead of hanging.
struct SetOnDrop<'a>(&'a AtomicBool);

impl Drop for SetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn works_in_a_child(login: &Login) -> bool {
    let environment = Environment::default();
    let Ok(connection) = environment.connect(&login.connection_string()) else {
        return false;
    };
    connection
        .query("SELECT 1")
        .is_ok_and(|rows| rows == [[Some("1".to_owned())]])
}

/// Waits for a child that must end by itself.
fn wait_for(child: libc::pid_t) {
    let started = Instant::now();
    let mut status = 0;
    loop {
        // SAFETY: the child is this process's own, and `status` is a place for its status.
        match unsafe { libc::waitpid(child, &raw mut status, libc::WNOHANG) } {
            0 if started.elapsed() < Duration::from_secs(20) => {
                thread::sleep(Duration::from_millis(2));
            }
            0 => {
                // SAFETY: as above.
                unsafe { libc::kill(child, libc::SIGKILL) };
                panic!("the child hangs");
            }
            _ => break,
        }
    }
    assert_eq!(status, 0, "the child could not connect");
}
