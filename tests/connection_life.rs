//! Connections that a pool passes on, and connections that break.

use driver_harness::client::{self, Connection};
use graph_simulator::{Action, Fault, Options, Simulator, generate};
use std::ptr;

const ATTR_AUTOCOMMIT: i32 = 102;
const ATTR_RESET_CONNECTION: i32 = 116;
const ATTR_CONNECTION_DEAD: i32 = 1209;
const RESET_CONNECTION_YES: usize = 1;

fn mailbox() -> Simulator {
    let tenant = generate::tenant(&generate::Options {
        users: 1,
        shared_mailboxes: 0,
        messages: 20,
        ..generate::Options::default()
    });
    Simulator::start(tenant, Options::default()).expect("a loopback port is free")
}

fn attribute(connection: &Connection, attribute: i32) -> u32 {
    let mut value = 77_u32;
    let at = (&raw mut value).cast();
    connection
        // SAFETY: `value` has the four bytes of an SQLUINTEGER.
        .call(|library, handle| unsafe {
            (library.SQLGetConnectAttrW)(handle, attribute, at, 4, ptr::null_mut())
        })
        .expect("it is read");
    value
}

#[test]
fn the_next_user_of_a_pooled_connection_finds_it_new() {
    let simulator = mailbox();
    let connection = client::connect(&simulator.connection_string()).expect("a connection");
    connection
        .execute("CREATE TABLE #mine (secret VARCHAR(20))")
        .expect("it is made");
    connection
        .execute("INSERT INTO #mine VALUES ('of the first user')")
        .expect("it is filled");
    connection
        .set_attribute(ATTR_AUTOCOMMIT, 0)
        .expect("it is set");
    let mut open = connection
        .execute("SELECT id FROM Messages")
        .expect("it runs");
    assert_eq!(open.fetch(), Ok(true));
    connection
        .set_attribute(ATTR_RESET_CONNECTION, RESET_CONNECTION_YES)
        .expect("it is reset");
    let failure = connection
        .query("SELECT * FROM #mine")
        .expect_err("it is gone");
    assert_eq!(failure.state(), "42S02", "{failure}");
    assert_eq!(attribute(&connection, ATTR_AUTOCOMMIT), 1);
    let tables = connection
        .tables(None, Some("LOCAL TEMPORARY"))
        .and_then(|mut tables| tables.rows());
    assert_eq!(tables, Ok(Vec::new()));
    assert!(
        open.fetch().is_err(),
        "the cursor of the first user is closed"
    );
    // The connection itself stays open.
    connection
        .execute("CREATE TABLE #mine (a INT)")
        .expect("the name is free");
    assert_eq!(
        connection
            .query("SELECT id FROM Messages")
            .map(|rows| rows.len()),
        Ok(20)
    );
}

#[test]
fn a_link_is_dead_as_long_as_the_last_exchange_says_so() {
    let simulator = mailbox();
    let string = format!("{};MaxRetries=0", simulator.connection_string());
    let connection = client::connect(&string).expect("a connection");
    let is_dead = || attribute(&connection, ATTR_CONNECTION_DEAD);
    assert_eq!(is_dead(), 0);
    simulator
        .faults()
        .add(Fault::once("*/messages", Action::Reset));
    let failure = connection
        .query("SELECT id FROM Messages")
        .expect_err("the connection breaks");
    assert_eq!(failure.state(), "08S01", "{failure}");
    assert_eq!(is_dead(), 1);
    // A statement without requests shows nothing about the link.
    assert_eq!(connection.query("SELECT 1").map(|rows| rows.len()), Ok(1));
    assert_eq!(is_dead(), 1);
    assert_eq!(
        connection
            .query("SELECT id FROM Messages")
            .map(|rows| rows.len()),
        Ok(20)
    );
    assert_eq!(is_dead(), 0);
    // A refusal is an answer, too.
    simulator.faults().add(Fault::once(
        "*/messages",
        Action::Refuse {
            status: 403,
            code: "ErrorAccessDenied".to_owned(),
            message: "No.".to_owned(),
            retry_after: None,
        },
    ));
    assert!(connection.query("SELECT id FROM Messages").is_err());
    assert_eq!(is_dead(), 0);
}

/// A failure to connect is 08001; if Graph disappears while a statement runs, that is a lost link.
#[test]
fn a_graph_that_is_gone_while_a_statement_runs_is_08s01() {
    let login = client::Login::start();
    let string = format!("{};MaxRetries=0", login.connection_string());
    let connection = client::connect(&string).expect("it logs in");
    let failure = connection
        .query("SELECT id FROM Messages")
        .expect_err("nobody listens");
    assert_eq!(failure.state(), "08S01", "{failure}");
    assert_eq!(attribute(&connection, ATTR_CONNECTION_DEAD), 1);
}
