//! Permissions: those that the pages name are enough, and one that the application lacks is named by the error.

use driver_harness::client::{self, Connection};
use driver_harness::required;
use exchange_tables::TABLES;
use graph_simulator::{Simulator, sample};

/// The mailbox of the sample, for an application with these permissions.
fn start(permissions: &[&str]) -> (Simulator, Connection) {
    let mut tenant = sample::tenant();
    let granted = permissions.iter().map(|name| (*name).to_owned());
    tenant.applications[0].permissions = Some(granted.collect());
    let simulator = driver_harness::simulator::start(tenant);
    let connection = client::connect(&simulator.connection_string()).expect("a connection");
    (simulator, connection)
}

/// The permissions in a text such as `Group.Read.All, and User.Read.All for the names of members`.
fn names(text: &str) -> Vec<&str> {
    text.split([' ', ',', ':'])
        .filter(|word| word.contains('.'))
        .collect()
}

#[test]
fn the_permission_of_a_table_is_enough() {
    let mut known = Vec::new();
    for permission in TABLES.iter().map(|table| table.permission.needed) {
        if known.contains(&permission) {
            continue;
        }
        known.push(permission);
        let (_simulator, connection) = start(&names(permission));
        for table in TABLES
            .iter()
            .filter(|table| table.permission.needed == permission)
        {
            let sql = required::all(table.name);
            let rows = connection.query(&sql);
            let rows = rows.unwrap_or_else(|failure| panic!("{sql} with {permission}: {failure}"));
            assert!(!rows.is_empty(), "{sql} with {permission}");
        }
    }
}

#[test]
fn a_missing_permission_is_named() {
    let (_simulator, connection) = start(&[]);
    for table in TABLES {
        let sql = required::all(table.name);
        let Err(failure) = connection.query(&sql) else {
            panic!("{sql} needs no permission");
        };
        assert_eq!(failure.state(), "42000", "{sql}: {failure}");
        let message = failure.to_string();
        let needed = names(table.permission.needed)[0];
        assert!(message.contains(needed), "{sql} needs {needed}: {message}");
        let usable = connection.query("SELECT 1");
        assert_eq!(usable.expect("the next statement runs").len(), 1);
    }
}
