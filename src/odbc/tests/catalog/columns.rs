//! `SQLColumns`.

use super::{application, cells, table_arguments, texts};
use crate::odbc::calls::catalog::columns;
use crate::odbc::calls::connect;
use crate::odbc::constants::handle_type;
use crate::odbc::handles::{SUCCESS, with_connection};
use crate::odbc::text::{Spelling, TextIn};

#[test]
fn columns_have_eighteen_facts() {
    let application = application();
    let arguments = table_arguments(&application, [None, None, Some("Messages")]);
    let any = application.absent();
    let code =
        application.call(|scope| columns::list(scope, &arguments, &any, &application.memory));
    assert_eq!(code, SUCCESS);
    let rows = cells(&application);
    let expected: [[&str; 18]; 7] = [
        [
            "-",
            "-",
            "Messages",
            "compositeKey",
            "-9",
            "VARCHAR",
            "450",
            "1800",
            "-",
            "-",
            "0",
            "-",
            "-",
            "-9",
            "-",
            "1800",
            "1",
            "NO",
        ],
        [
            "-",
            "-",
            "Messages",
            "subject",
            "-9",
            "VARCHAR",
            "255",
            "1020",
            "-",
            "-",
            "1",
            "The subject",
            "-",
            "-9",
            "-",
            "1020",
            "2",
            "YES",
        ],
        [
            "-",
            "-",
            "Messages",
            "body_content",
            "-10",
            "TEXT",
            "0",
            "0",
            "-",
            "-",
            "1",
            "-",
            "-",
            "-10",
            "-",
            "0",
            "3",
            "YES",
        ],
        [
            "-", "-", "Messages", "size", "-5", "BIGINT", "19", "8", "0", "10", "1", "-", "-",
            "-5", "-", "-", "4", "YES",
        ],
        [
            "-",
            "-",
            "Messages",
            "received",
            "93",
            "TIMESTAMP",
            "26",
            "16",
            "6",
            "-",
            "1",
            "-",
            "-",
            "9",
            "3",
            "-",
            "5",
            "YES",
        ],
        [
            "-", "-", "Messages", "isRead", "-7", "BOOLEAN", "1", "1", "-", "-", "1", "-", "-",
            "-7", "-", "-", "6", "YES",
        ],
        [
            "-", "-", "Messages", "score", "3", "DECIMAL", "10", "12", "2", "10", "1", "-", "-",
            "3", "-", "-", "7", "YES",
        ],
    ];
    let found: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| cell.as_deref().unwrap_or("-"))
                .collect()
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn columns_are_chosen_by_patterns_and_ordered_by_table() {
    let application = application();
    let list = |table: Option<&str>, name: Option<&str>| {
        let arguments = table_arguments(&application, [None, None, table]);
        let name = application.optional(name);
        let code =
            application.call(|scope| columns::list(scope, &arguments, &name, &application.memory));
        assert_eq!(code, SUCCESS);
        let rows = cells(&application);
        rows.iter()
            .map(|row| format!("{}.{}", row[2].as_ref().unwrap(), row[3].as_ref().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        list(None, Some("%key%")),
        ["Mail_Folders.key", "Messages.compositeKey"]
    );
    assert_eq!(list(Some("m%"), Some("N_ME")), ["Mail_Folders.name"]);
    assert_eq!(list(Some("nothing"), None), [""; 0]);
}

#[test]
fn columns_of_system_views_are_listed_for_those_who_name_the_schema() {
    let application = application();
    let list = |catalog, schema| {
        let arguments = table_arguments(&application, [catalog, schema, Some("TABLES")]);
        let any = application.absent();
        let code =
            application.call(|scope| columns::list(scope, &arguments, &any, &application.memory));
        assert_eq!(code, SUCCESS);
        let rows = cells(&application);
        let row = rows.first();
        row.map(|row| [row[1].clone(), row[3].clone()].map(Option::unwrap_or_default))
    };
    let found = Some(["INFORMATION_SCHEMA", "TABLE_NAME"].map(str::to_owned));
    assert_eq!(list(None, Some("INFORMATION_SCHEMA")), found);
    assert_eq!(list(Some(""), Some("information%")), found);
    for schema in [None, Some(""), Some("%"), Some("dbo")] {
        assert_eq!(list(None, schema), None);
    }
    assert_eq!(list(Some("c"), Some("INFORMATION_SCHEMA")), None);
}

#[test]
fn the_ansi_spelling_sees_narrow_text() {
    let mut application = application();
    with_connection(application.connection, connect::disconnect);
    let given = TextIn {
        at: application.memory.text("UID=x"),
        spelling: Spelling::Ansi,
        ..application.wide("")
    };
    let code = with_connection(application.connection, |scope| {
        connect::driver_connect(
            scope,
            &given,
            &application.no_text(),
            0,
            None,
            &application.memory,
        )
    });
    assert_eq!(code, SUCCESS);
    application.statement = application.child(handle_type::STMT, application.connection);
    let arguments = table_arguments(&application, [None, None, Some("Messages")]);
    let name = application.wide("subject");
    application.call(|scope| columns::list(scope, &arguments, &name, &application.memory));
    let rows = cells(&application);
    assert_eq!(texts(&rows, 5), ["12"]);
    assert_eq!(texts(&rows, 16), ["1020"]);
}
