//! Appendix B of the ODBC reference: every function in every state of its handle, called directly, as a
//! driver manager calls the driver, and in more states than one lets through.
//!
//! States S11 and S12 are those of asynchronous execution, which the driver does not offer (docs/deviations.md), C3 is
//! that of SQLBrowseConnect, C6 that of a transaction, which a source that only reads never begins.

mod catalog;
mod connections;
mod environments;
mod neighbours;
mod place;
mod sequences;
mod statements;
#[path = "../support/mod.rs"]
mod support;

use std::sync::OnceLock;
use support::{Connection, Login};

/// Something that connections log in to.
fn login() -> Login {
    static LOGIN: OnceLock<Login> = OnceLock::new();
    *LOGIN.get_or_init(Login::start)
}

/// A connection with a table of its own.
fn connection() -> Connection {
    let connection = support::connect(&login().connection_string()).expect("a connection");
    for sql in [
        "CREATE TABLE #t (a INTEGER)",
        "INSERT INTO #t VALUES (1), (2), (3), (4), (5), (6), (7), (8)",
    ] {
        connection.execute(sql).expect(sql);
    }
    connection
}
