//! The rights of a forked child over its parent's handles, while a thread of the parent is inside
//! one of them. There is only one test, because it forks the whole process.
#![cfg(target_os = "linux")]

use driver_harness::client::constants::{
    C_BINARY, ERROR, HANDLE_DBC, HANDLE_DESC, HANDLE_ENV, HANDLE_STMT, INVALID_HANDLE, NTS, SUCCESS,
};
use driver_harness::client::{Environment, Handle, Library};
use driver_harness::simulator::{alice, start_with};
use driver_harness::tenant;
use graph_simulator::{Action, Fault, Options};
use std::ptr;
use std::thread;
use std::time::{Duration, Instant};

/// The parent's handles, as the child finds them.
struct Inherited<'a> {
    environment: Handle,
    /// A connection in the middle of a fetch, and the statement that fetches.
    busy: Handle,
    fetching: Handle,
    /// Another statement of that connection.
    second: Handle,
    /// An idle connection.
    idle: Handle,
    string: &'a str,
}

// SAFETY: handles are only looked up.
unsafe impl Sync for Inherited<'_> {}

#[test]
fn a_child_frees_what_it_inherited_without_waiting_for_the_parents_threads() {
    const STALL: f64 = 3.0;
    let simulator = start_with(tenant::odd(), Options::default());
    let string = alice(&simulator, "PageSize=10");
    let environment = Environment::default();
    let busy = environment.connect(&string).expect("it logs in");
    let idle = environment.connect(&string).expect("it logs in");
    let expected = idle.query("SELECT id FROM Messages").expect("it reads");
    assert!(expected.len() > 10, "a second page is there to stall");
    let stall = Action::Stall { seconds: STALL };
    simulator
        .faults()
        .add(Fault::once("*/messages", stall).after(1));

    let second = busy.statement().expect("a statement");
    let mut fetching = busy.statement().expect("a statement");
    let inherited = Inherited {
        environment: environment.handle(),
        busy: busy.handle(),
        fetching: fetching.handle(),
        second: second.handle(),
        idle: idle.handle(),
        string: &string,
    };
    let rows = thread::scope(|scope| {
        let reading = scope.spawn(|| {
            fetching.execute_direct("SELECT id FROM Messages")?;
            fetching.rows()
        });
        thread::sleep(Duration::from_millis(700));
        assert!(!reading.is_finished(), "the fetch stalls during the fork");
        // SAFETY: the child calls the driver, and nothing of the test harness.
        let child = unsafe { libc::fork() };
        if child == 0 {
            let failed = in_the_child(&inherited);
            // SAFETY: ends the child without running the harness's exit handlers.
            unsafe { libc::_exit(failed) };
        }
        assert!(child > 0, "the process forks");
        wait_for(child);
        reading.join().expect("the thread ends")
    });
    assert_eq!(rows.expect("the fetch goes on").len(), expected.len());
    drop((fetching, second));
    for connection in [busy, idle] {
        let again = connection.query("SELECT id FROM Messages");
        assert_eq!(again.expect("the parent reads on").len(), expected.len());
    }
}

/// The number of the step that failed; zero for success.
fn in_the_child(inherited: &Inherited<'_>) -> i32 {
    type Step = fn(&Inherited<'_>) -> bool;
    const STEPS: [Step; 7] = [
        other_calls_are_refused,
        statements_are_freed,
        a_disconnected_handle_is_unconnected,
        a_connection_is_freed_as_it_is,
        the_environment_connects,
        a_new_environment_connects,
        the_environment_is_freed,
    ];
    let failed = STEPS.iter().position(|step| !step(inherited));
    failed.map_or(0, |index| index as i32 + 1)
}

fn other_calls_are_refused(inherited: &Inherited<'_>) -> bool {
    let library = Library::get();
    let mut number = [0_u8; 8];
    let mut made = ptr::null_mut();
    // SAFETY: all outputs have room.
    let codes = unsafe {
        [
            (library.SQLFetch)(inherited.fetching),
            (library.SQLCancel)(inherited.fetching),
            (library.SQLFreeStmt)(inherited.second, 0),
            (library.SQLAllocHandle)(HANDLE_STMT, inherited.busy, &raw mut made),
            (library.SQLGetData)(
                inherited.fetching,
                1,
                C_BINARY,
                number.as_mut_ptr().cast(),
                8,
                ptr::null_mut(),
            ),
        ]
    };
    codes == [ERROR; 5]
        && [
            (HANDLE_DBC, inherited.busy),
            (HANDLE_DBC, inherited.idle),
            (HANDLE_STMT, inherited.fetching),
        ]
        .into_iter()
        .all(|(kind, handle)| state(kind, handle) == *b"08S01")
}

/// The first record's SQLSTATE.
fn state(kind: i16, handle: Handle) -> [u8; 5] {
    let (mut state, mut message) = ([0_u8; 6], [0_u8; 256]);
    // SAFETY: the buffers have the sizes that are given.
    unsafe {
        (Library::get().SQLGetDiagRec)(
            kind,
            handle,
            1,
            state.as_mut_ptr(),
            ptr::null_mut(),
            message.as_mut_ptr(),
            256,
            ptr::null_mut(),
        )
    };
    [state[0], state[1], state[2], state[3], state[4]]
}

fn free(kind: i16, handle: Handle) -> i16 {
    // SAFETY: handles are only looked up.
    unsafe { (Library::get().SQLFreeHandle)(kind, handle) }
}

fn disconnect(handle: Handle) -> i16 {
    // SAFETY: as above.
    unsafe { (Library::get().SQLDisconnect)(handle) }
}

fn statements_are_freed(inherited: &Inherited<'_>) -> bool {
    let wrong_kind = free(HANDLE_DESC, inherited.fetching);
    let freed = [(); 2].map(|()| free(HANDLE_STMT, inherited.fetching));
    wrong_kind == INVALID_HANDLE && freed == [SUCCESS, INVALID_HANDLE]
}

fn a_disconnected_handle_is_unconnected(inherited: &Inherited<'_>) -> bool {
    let first = disconnect(inherited.busy);
    let again = disconnect(inherited.busy);
    first == SUCCESS
        && again == ERROR
        && state(HANDLE_DBC, inherited.busy) == *b"08003"
        && free(HANDLE_STMT, inherited.second) == INVALID_HANDLE
        && connects(inherited.busy, inherited.string)
        && disconnect(inherited.busy) == SUCCESS
        && free(HANDLE_DBC, inherited.busy) == SUCCESS
}

fn connects(handle: Handle, string: &str) -> bool {
    let mut given = [string.as_bytes(), &[0]].concat();
    // SAFETY: the text has a terminator, and nothing is written.
    let code = unsafe {
        (Library::get().SQLDriverConnect)(
            handle,
            ptr::null_mut(),
            given.as_mut_ptr(),
            NTS,
            ptr::null_mut(),
            0,
            ptr::null_mut(),
            0,
        )
    };
    code >= SUCCESS
}

fn a_connection_is_freed_as_it_is(inherited: &Inherited<'_>) -> bool {
    free(HANDLE_ENV, inherited.environment) == ERROR
        && [(); 2].map(|()| free(HANDLE_DBC, inherited.idle)) == [SUCCESS, INVALID_HANDLE]
}

fn the_environment_connects(inherited: &Inherited<'_>) -> bool {
    let mut handle = ptr::null_mut();
    // SAFETY: `handle` is a place for a handle.
    let code = unsafe {
        (Library::get().SQLAllocHandle)(HANDLE_DBC, inherited.environment, &raw mut handle)
    };
    code == SUCCESS
        && connects(handle, inherited.string)
        && disconnect(handle) == SUCCESS
        && free(HANDLE_DBC, handle) == SUCCESS
}

fn a_new_environment_connects(inherited: &Inherited<'_>) -> bool {
    let connection = Environment::default().connect(inherited.string);
    connection
        .and_then(|connection| connection.query("SELECT id FROM Messages"))
        .is_ok_and(|rows| rows.len() > 10)
}

fn the_environment_is_freed(inherited: &Inherited<'_>) -> bool {
    free(HANDLE_ENV, inherited.environment) == SUCCESS
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
                unsafe {
                    libc::kill(child, libc::SIGKILL);
                    libc::waitpid(child, &raw mut status, 0);
                }
                panic!("the child hangs");
            }
            _ => break,
        }
    }
    assert!(libc::WIFEXITED(status), "the child dies: {status}");
    assert_eq!(libc::WEXITSTATUS(status), 0, "a step fails in the child");
}
