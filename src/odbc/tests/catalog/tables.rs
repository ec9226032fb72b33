//! `SQLTables`.

use super::{Application, application, cells, table_arguments, texts};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::catalog::{self, tables};
use crate::odbc::handles::{ERROR, SUCCESS};

fn list_tables(
    application: &Application,
    arguments: [Option<&str>; 4],
) -> Vec<Vec<Option<String>>> {
    let [catalog, schema, table, types] = arguments;
    let arguments = table_arguments(application, [catalog, schema, table]);
    let types = application.optional(types);
    let code =
        application.call(|scope| tables::list(scope, &arguments, &types, &application.memory));
    assert_eq!(application.with_state(code), (SUCCESS, ""));
    cells(application)
}

#[test]
fn tables_come_by_type_and_name() {
    let application = application();
    let all = list_tables(&application, [None; 4]);
    assert_eq!(
        texts(&all, 3),
        ["Contacts", "Mail_Folders", "Messages", "MailXFolders"]
    );
    assert_eq!(texts(&all, 4), ["TABLE", "TABLE", "TABLE", "VIEW"]);
    assert_eq!(texts(&all, 5), ["NULL", "NULL", "Mail", "NULL"]);
    assert!(all.iter().all(|row| row[0].is_none() && row[1].is_none()));
}

#[test]
fn table_arguments_are_patterns() {
    let application = application();
    let names = |arguments| {
        let rows = list_tables(&application, arguments);
        texts(&rows, 3)
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let some = Some;
    assert_eq!(
        names([None, None, some("mail_f%"), None]),
        ["Mail_Folders", "MailXFolders"]
    );
    assert_eq!(
        names([None, None, some("mail\\_f%"), None]),
        ["Mail_Folders"]
    );
    assert_eq!(
        names([some(""), some(""), some("messages"), None]),
        ["Messages"]
    );
    assert_eq!(
        names([some("%"), some("%"), some("messages"), None]),
        ["Messages"]
    );
    assert_eq!(
        names([some("master"), None, some("messages"), None]),
        [""; 0]
    );
    assert_eq!(names([None, some("dbo"), some("messages"), None]), [""; 0]);
    assert_eq!(names([None, None, some(""), None]), [""; 0]);
    assert_eq!(names([None, None, None, some("VIEW")]), ["MailXFolders"]);
    assert_eq!(names([None, None, None, some("'TABLE','VIEW'")]).len(), 4);
    assert_eq!(names([None, None, None, some("SYNONYM")]), [""; 0]);
    application.set(attribute::METADATA_ID, 1);
    assert_eq!(
        names([None, None, some("mail_folders "), None]),
        ["Mail_Folders"]
    );
    assert_eq!(names([None, None, some("mail%"), None]), [""; 0]);
    assert_eq!(
        names([None, None, some("\"Messages\""), None]),
        ["Messages"]
    );
}

#[test]
fn enumerations_ask_with_a_percent_sign() {
    let application = application();
    let (empty, all) = (Some(""), Some("%"));
    assert!(list_tables(&application, [all, empty, empty, None]).is_empty());
    assert!(list_tables(&application, [empty, all, empty, None]).is_empty());
    let types = list_tables(&application, [empty, empty, empty, all]);
    assert_eq!(
        texts(&types, 4),
        ["LOCAL TEMPORARY", "SYSTEM VIEW", "TABLE", "VIEW"]
    );
    assert_eq!(texts(&types, 3), ["NULL"; 4]);
    // Not an enumeration: all the tables of every catalog.
    assert_eq!(list_tables(&application, [all, None, None, None]).len(), 4);
}

#[test]
fn system_views_are_listed_for_those_who_ask_for_them() {
    let application = application();
    let listed = |schema, types| {
        let rows = list_tables(&application, [None, schema, None, types]);
        let names = texts(&rows, 3).into_iter().map(str::to_owned);
        (
            names.collect::<Vec<_>>(),
            rows.last().and_then(|row| row[1].clone()),
        )
    };
    let view = (vec!["TABLES".to_owned()], Some("INFORMATION_SCHEMA".into()));
    assert_eq!(listed(None, Some("SYSTEM VIEW")), view);
    assert_eq!(listed(Some("%"), Some("'system view'")), view);
    assert_eq!(
        listed(Some("information\\_schema"), Some("SYSTEM VIEW")),
        view
    );
    assert_eq!(listed(Some(""), Some("SYSTEM VIEW")), (Vec::new(), None));
    assert_eq!(listed(Some("dbo"), Some("SYSTEM VIEW")), (Vec::new(), None));
    let (both, schema) = listed(None, Some("TABLE,SYSTEM VIEW"));
    assert_eq!(both, ["TABLES", "Contacts", "Mail_Folders", "Messages"]);
    assert_eq!(schema, None);
    for types in [None, Some(""), Some("%"), Some("TABLE,VIEW")] {
        assert!(!listed(None, types).0.contains(&"TABLES".to_owned()));
    }
}

#[test]
fn an_open_cursor_is_in_the_way_and_prepared_text_is_lost() {
    let application = application();
    let any = application.absent();
    let all = table_arguments(&application, [None; 3]);
    let list = || {
        let code = application.call(|scope| {
            catalog::call(scope, |scope| {
                tables::list(scope, &all, &any, &application.memory)
            })
        });
        application.with_state(code)
    };
    assert_eq!(list(), (SUCCESS, ""));
    assert_eq!(list(), (ERROR, "24000"));
    application.call(crate::odbc::calls::close::close_cursor);
    assert_eq!(
        application.with_state(application.execute()),
        (ERROR, "HY010")
    );
    application.set(attribute::MAX_ROWS, 1);
    assert_eq!(list(), (SUCCESS, ""));
    assert_eq!(cells(&application).len(), 1);
}
