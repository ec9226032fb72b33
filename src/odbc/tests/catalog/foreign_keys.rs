//! Foreign keys, in both directions.

use super::{cells, table, table_arguments, texts};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::catalog::foreign_keys;
use crate::odbc::handles::{ERROR, ReturnCode, SUCCESS};
use crate::odbc::testing::{Application, FakeConnector, column};
use exchange_sql::{ColumnType, ForeignKey, TableInfo};
use std::sync::Arc;

fn with_keys(name: &str, keys: &[(&str, &str)]) -> Arc<TableInfo> {
    let key = column("key", ColumnType::Varchar { length: 450 });
    let mut info = Arc::unwrap_or_clone(table(name, "TABLE", vec![key]));
    info.foreign_keys = keys
        .iter()
        .map(|(column, table)| ForeignKey {
            column: (*column).to_owned(),
            table: (*table).to_owned(),
            referenced: "id".to_owned(),
        })
        .collect();
    Arc::new(info)
}

fn application() -> Application {
    let tables = vec![
        with_keys(
            "Messages",
            &[
                ("parentFolderId", "MailFolders"),
                ("calendarId", "Calendars"),
            ],
        ),
        with_keys("Attachments", &[("messageId", "Messages")]),
        with_keys("MailFolders", &[("parentFolderId", "MailFolders")]),
        with_keys("Calendars", &[]),
    ];
    Application::new(FakeConnector {
        tables,
        ..FakeConnector::default()
    })
}

type Names<'a> = [Option<&'a str>; 3];

fn ask(application: &Application, referenced: Names<'_>, referring: Names<'_>) -> ReturnCode {
    let referenced = table_arguments(application, referenced);
    let referring = table_arguments(application, referring);
    application
        .call(|scope| foreign_keys::list(scope, &referenced, &referring, &application.memory))
}

/// `(table, column)` of the found keys and of the columns that they refer to.
fn found(
    application: &Application,
    referenced: Option<&str>,
    referring: Option<&str>,
) -> Vec<String> {
    let code = ask(
        application,
        [None, None, referenced],
        [None, None, referring],
    );
    assert_eq!(code, SUCCESS);
    let rows = cells(application);
    let [targets, tables, columns] = [3, 7, 8].map(|column| texts(&rows, column));
    (0..rows.len())
        .map(|row| format!("{}.{} -> {}", tables[row], columns[row], targets[row]))
        .collect()
}

#[test]
fn a_row_says_all_about_a_key() {
    let application = application();
    ask(&application, [None; 3], [None, None, Some("attachments")]);
    let rows = cells(&application);
    let row: Vec<_> = (1..=14).map(|column| texts(&rows, column)).collect();
    let expected = [
        "NULL",
        "NULL",
        "Messages",
        "id",
        "NULL",
        "NULL",
        "Attachments",
        "messageId",
        "1",
        "3",
        "0",
        "Attachments_ForeignKey_messageId",
        "Messages_UniqueKey1",
        "7",
    ];
    assert_eq!(row, expected.map(|cell| vec![cell]));
}

#[test]
fn keys_that_refer_to_a_table_are_ordered_by_the_tables_they_are_in() {
    assert_eq!(
        found(&application(), Some("mailfolders"), None),
        [
            "MailFolders.parentFolderId -> MailFolders",
            "Messages.parentFolderId -> MailFolders"
        ]
    );
}

#[test]
fn keys_of_a_table_are_ordered_by_the_tables_they_refer_to() {
    let expected = [
        "Messages.calendarId -> Calendars",
        "Messages.parentFolderId -> MailFolders",
    ];
    assert_eq!(found(&application(), None, Some("Messages")), expected);
    assert_eq!(found(&application(), Some(""), Some("Messages")), expected);
}

#[test]
fn with_both_tables_only_the_keys_between_them_are_found() {
    let application = application();
    assert_eq!(
        found(&application, Some("MailFolders"), Some("Messages")),
        ["Messages.parentFolderId -> MailFolders"]
    );
    assert!(found(&application, Some("Messages"), Some("MailFolders")).is_empty());
    assert!(found(&application, Some("Nothing"), None).is_empty());
    // Names are not patterns.
    assert!(found(&application, Some("Mail%"), None).is_empty());
}

#[test]
fn catalogs_and_schemas_hold_no_tables() {
    let application = application();
    assert_eq!(
        ask(&application, [Some("c"), None, Some("Messages")], [None; 3]),
        SUCCESS
    );
    assert!(cells(&application).is_empty());
    assert_eq!(
        ask(&application, [None; 3], [None, Some("s"), Some("Messages")]),
        SUCCESS
    );
    assert!(cells(&application).is_empty());
    assert_eq!(
        ask(
            &application,
            [Some(""), Some(""), Some("Messages")],
            [None; 3]
        ),
        SUCCESS
    );
    assert_eq!(cells(&application).len(), 1);
}

#[test]
fn one_of_the_tables_must_be_given() {
    let application = application();
    let code = ask(&application, [None; 3], [None; 3]);
    assert_eq!(application.with_state(code), (ERROR, "HY009"));
}

#[test]
fn quoted_names_are_identifiers_where_the_application_says_so() {
    let application = application();
    application.set(attribute::METADATA_ID, 1);
    assert_eq!(
        found(&application, Some("\"MESSAGES\""), None),
        ["Attachments.messageId -> Messages"]
    );
}
