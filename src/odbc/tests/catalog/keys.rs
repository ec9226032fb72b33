//! Keys, statistics, and features that Exchange lacks.

use super::{application, cells, table_arguments, texts};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::catalog::empty::{self, About};
use crate::odbc::calls::catalog::special::{self, Question};
use crate::odbc::calls::catalog::{keys, tables};
use crate::odbc::calls::results;
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS};
use crate::odbc::text::TextIn;

#[test]
fn keys_statistics_and_row_identifiers_agree() {
    let application = application();
    let memory = &application.memory;
    let messages = table_arguments(&application, [None, None, Some("messages")]);
    assert_eq!(
        application.call(|scope| keys::primary(scope, &messages, memory)),
        SUCCESS
    );
    let rows = cells(&application);
    assert_eq!(
        (texts(&rows, 3), texts(&rows, 4)),
        (vec!["Messages"], vec!["compositeKey"])
    );
    assert_eq!(
        (texts(&rows, 5), texts(&rows, 6)),
        (vec!["1"], vec!["Messages_PrimaryKey"])
    );
    let code = application.call(|scope| keys::statistics(scope, &messages, 0, 0, memory));
    assert_eq!(code, SUCCESS);
    let rows = cells(&application);
    assert_eq!(texts(&rows, 7), ["0", "3", "3"]);
    assert_eq!(texts(&rows, 4), ["NULL", "0", "0"]);
    assert_eq!(
        texts(&rows, 6),
        ["NULL", "Messages_PrimaryKey", "Messages_UniqueKey1"]
    );
    assert_eq!(texts(&rows, 9), ["NULL", "compositeKey", "id"]);
    let question = Question {
        identifier_type: 1,
        scope: 0,
        nullable: 0,
    };
    let code = application.call(|scope| special::list(scope, &messages, question, memory));
    assert_eq!(code, SUCCESS);
    let rows = cells(&application);
    assert_eq!(
        (texts(&rows, 2), texts(&rows, 1)),
        (vec!["compositeKey"], vec!["2"])
    );
    let versions = Question {
        identifier_type: 2,
        ..question
    };
    application.call(|scope| special::list(scope, &messages, versions, memory));
    assert!(cells(&application).is_empty());
}

#[test]
fn names_of_tables_must_be_given_where_one_is_asked_about() {
    let application = application();
    let memory = &application.memory;
    let nothing = table_arguments(&application, [None, None, None]);
    let some = table_arguments(&application, [None, None, Some("messages")]);
    let question = Question {
        identifier_type: 1,
        scope: 0,
        nullable: 0,
    };
    let state = |code| application.with_state(code);
    let primary = application.call(|scope| keys::primary(scope, &nothing, memory));
    assert_eq!(state(primary), (ERROR, "HY009"));
    let statistics = |unique, accuracy| {
        state(application.call(|scope| keys::statistics(scope, &some, unique, accuracy, memory)))
    };
    assert_eq!(statistics(2, 0), (ERROR, "HY100"));
    assert_eq!(statistics(0, 2), (ERROR, "HY101"));
    let special =
        |question| state(application.call(|scope| special::list(scope, &some, question, memory)));
    assert_eq!(
        special(Question {
            identifier_type: 3,
            ..question
        }),
        (ERROR, "HY097")
    );
    assert_eq!(
        special(Question {
            scope: 3,
            ..question
        }),
        (ERROR, "HY098")
    );
    assert_eq!(
        special(Question {
            nullable: 2,
            ..question
        }),
        (ERROR, "HY099")
    );
    application.set(attribute::METADATA_ID, 1);
    let any = application.absent();
    let listed = application.call(|scope| tables::list(scope, &nothing, &any, memory));
    assert_eq!(state(listed), (ERROR, "HY009"));
}

#[test]
fn what_exchange_does_not_have_has_the_right_columns() {
    let application = application();
    let memory = &application.memory;
    let count = memory.allocate(2);
    let named = [application.wide("messages")];
    let absent = [application.absent(), application.absent()];
    let cases: [(About, &[TextIn], i16); 4] = [
        (About::Procedures, &[], 8),
        (About::ProcedureColumns, &[], 19),
        (About::TablePrivileges, &[], 7),
        (About::ColumnPrivileges, &named, 8),
    ];
    for (about, required, columns) in cases {
        let code = application.call(|scope| empty::list(scope, about, required, memory));
        assert_eq!(code, SUCCESS);
        application.call(|scope| results::count_columns(scope, count, memory));
        assert_eq!(memory.i16(count), columns);
        assert_eq!(application.fetch(), NO_DATA);
        application.call(crate::odbc::calls::close::close_cursor);
    }
    let code =
        application.call(|scope| empty::list(scope, About::ColumnPrivileges, &absent, memory));
    assert_eq!(application.with_state(code), (ERROR, "HY009"));
}
