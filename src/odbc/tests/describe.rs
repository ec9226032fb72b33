//! `SQLNumResultCols`, `SQLDescribeCol`, `SQLColAttribute`, `SQLRowCount`.

use super::support::{TEXT, numbers, with_numbers};
use crate::odbc::attributes::environment::attribute;
use crate::odbc::calls::attributes::environment;
use crate::odbc::calls::columns::{self, ColumnOut};
use crate::odbc::calls::descriptor::fields::field;
use crate::odbc::calls::results;
use crate::odbc::constants::handle_type;
use crate::odbc::handles::{ERROR, SUCCESS, SUCCESS_WITH_INFO, with_environment};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement, column};
use crate::odbc::text::{Encoding, TextOut};
use exchange_sql::{Column, ColumnType};

fn column_out(application: &Application, capacity: usize) -> ColumnOut {
    let memory = &application.memory;
    ColumnOut {
        name: application.text_out(capacity),
        data_type: memory.allocate(2),
        size: memory.allocate(8),
        decimal_digits: memory.allocate(2),
        nullable: memory.allocate(2),
    }
}

fn describe(application: &Application, number: u16, out: &ColumnOut) -> (i16, &'static str) {
    let code = application.call(|scope| columns::describe(scope, number, out, &application.memory));
    application.with_state(code)
}

fn attribute_of(application: &Application, number: u16, id: i16) -> (i16, isize, String) {
    let text = application.text_out(60);
    let numeric = application.memory.word(-7);
    application.memory.allocate(0);
    let code = application.call(|scope| {
        columns::attribute(
            scope,
            number,
            id as u16,
            &text,
            numeric,
            &application.memory,
        )
    });
    let memory = &application.memory;
    let read = if memory.is_untouched(text.at, 60) {
        String::new()
    } else {
        application.read_text(&text)
    };
    (code, memory.len(numeric), read)
}

/// A statement with a column of every type and no rows.
fn every_type() -> FakeStatement {
    let types = [
        ColumnType::Bit,
        ColumnType::TinyInt,
        ColumnType::SmallInt,
        ColumnType::Integer,
        ColumnType::BigInt,
        ColumnType::Real,
        ColumnType::Double,
        ColumnType::Decimal {
            precision: 12,
            scale: 3,
        },
        TEXT,
        ColumnType::LongVarchar,
        ColumnType::Varbinary { length: 9 },
        ColumnType::LongVarbinary,
        ColumnType::Date,
        ColumnType::Time { fraction_digits: 0 },
        ColumnType::Timestamp { fraction_digits: 6 },
        ColumnType::Guid,
        ColumnType::IntervalYearMonth,
        ColumnType::IntervalDaySecond,
    ];
    FakeStatement::query(types.map(|kind| column("c", kind)).to_vec(), Vec::new())
}

#[test]
fn columns_are_known_before_and_after_execution() {
    let application = with_numbers(3);
    let out = application.memory.allocate(2);
    let count = |code| {
        let called =
            application.call(|scope| results::count_columns(scope, out, &application.memory));
        assert_eq!(called, code);
        application.memory.i16(out)
    };
    count(ERROR);
    assert_eq!(application.states(), ["HY010"]);
    application.prepare("numbers");
    assert_eq!(count(SUCCESS), 3);
    application.execute();
    assert_eq!(count(SUCCESS), 3);
    application.call(crate::odbc::calls::close::close_cursor);
    assert_eq!(count(SUCCESS), 3);
}

#[test]
fn describe_col_writes_everything_there_is() {
    let connector = FakeConnector::default().knows("all", every_type());
    let application = Application::new(connector);
    let memory = &application.memory;
    let out = column_out(&application, 20);
    assert_eq!(describe(&application, 1, &out), (ERROR, "HY010"));
    application.prepare("all");
    let mut seen = Vec::new();
    for number in 1..=18 {
        assert_eq!(describe(&application, number, &out), (SUCCESS, ""));
        assert_eq!(application.read_text(&out.name), "c");
        assert_eq!(memory.i16(out.nullable), 1);
        seen.push((
            memory.i16(out.data_type),
            memory.ulen(out.size),
            memory.i16(out.decimal_digits),
        ));
    }
    let expected = [
        (-7, 1, 0),
        (-6, 3, 0),
        (5, 5, 0),
        (4, 10, 0),
        (-5, 19, 0),
        (7, 7, 0),
        (8, 15, 0),
        (3, 12, 3),
        (-9, 20, 0),
        (-10, 0, 0),
        (-3, 9, 0),
        (-4, 0, 0),
        (91, 10, 0),
        (92, 8, 0),
        (93, 26, 6),
        (-11, 36, 0),
        (107, 12, 0),
        (110, 25, 6),
    ];
    assert_eq!(seen, expected);
    assert_eq!(describe(&application, 0, &out), (ERROR, "07009"));
    assert_eq!(describe(&application, 19, &out), (ERROR, "07009"));
}

#[test]
fn names_may_be_cut_or_not_asked_for() {
    let statement = FakeStatement::query(vec![column("subject", TEXT)], Vec::new());
    let application = Application::new(FakeConnector::default().knows("q", statement));
    application.prepare("q");
    let out = column_out(&application, 4);
    assert_eq!(
        describe(&application, 1, &out),
        (SUCCESS_WITH_INFO, "01004")
    );
    assert_eq!(application.read_text(&out.name), "sub");
    assert_eq!(application.memory.i32(out.name.length_at), 7);
    // ADO asks with a length of 0.
    let nothing = ColumnOut {
        name: TextOut {
            ..application.no_text()
        },
        ..out
    };
    assert_eq!(describe(&application, 1, &nothing), (SUCCESS, ""));
}

#[test]
fn every_attribute_of_every_column_has_an_answer() {
    let connector = FakeConnector::default().knows("all", every_type());
    let application = Application::new(connector);
    application.prepare("all");
    // 2 to 18 are those of ODBC 2 or older than 3; Power Query requests 32.
    let ids = (1..=18)
        .chain([22, 23, 26, 27, 28, 29, 32, 35])
        .chain([1002, 1003, 1005, 1006, 1007, 1008, 1011, 1012, 1013]);
    for id in ids {
        for number in 1..=18 {
            assert_eq!(
                attribute_of(&application, number, id).0,
                SUCCESS,
                "{id} of {number}"
            );
        }
    }
    for id in [19, 33, 1004, 1009, 1010, 1099, 5000] {
        let pointers_and_unknown = attribute_of(&application, 1, id).0;
        let expected = if id == 33 { SUCCESS } else { ERROR };
        assert_eq!(pointers_and_unknown, expected, "{id}");
    }
}

#[test]
fn attributes_say_what_a_column_is() {
    let mut renamed = column("Subject line", TEXT);
    renamed.base = Some(("Messages".into(), "subject".into()));
    renamed.nullable = false;
    let number = Column {
        case_sensitive: false,
        ..column("", ColumnType::Integer)
    };
    let statement = FakeStatement::query(vec![renamed, number], Vec::new());
    let application = Application::new(FakeConnector::default().knows("q", statement));
    application.prepare("q");
    let text = |number, id| attribute_of(&application, number, id).2;
    let value = |number, id| attribute_of(&application, number, id).1;
    assert_eq!(text(1, field::NAME), "Subject line");
    assert_eq!(text(1, field::LABEL), "Subject line");
    assert_eq!(text(1, field::BASE_COLUMN_NAME), "subject");
    assert_eq!(text(1, field::BASE_TABLE_NAME), "Messages");
    assert_eq!(text(1, field::TABLE_NAME), "Messages");
    assert_eq!(text(1, field::TYPE_NAME), "VARCHAR");
    assert_eq!(text(1, field::LITERAL_PREFIX), "'");
    assert_eq!(
        [
            value(1, field::CASE_SENSITIVE),
            value(2, field::CASE_SENSITIVE)
        ],
        [1, 0]
    );
    assert_eq!(
        [value(1, field::NULLABLE), value(2, field::NULLABLE)],
        [0, 1]
    );
    assert_eq!([value(1, field::UNNAMED), value(2, field::UNNAMED)], [0, 1]);
    assert_eq!(
        [value(1, field::UNSIGNED), value(2, field::UNSIGNED)],
        [1, 0]
    );
    assert_eq!(
        [
            value(1, field::NUM_PREC_RADIX),
            value(2, field::NUM_PREC_RADIX)
        ],
        [0, 10]
    );
    assert_eq!(
        [value(1, field::OCTET_LENGTH), value(2, field::OCTET_LENGTH)],
        [80, 4]
    );
    assert_eq!(
        [value(1, field::DISPLAY_SIZE), value(2, field::DISPLAY_SIZE)],
        [20, 11]
    );
    assert_eq!(value(1, field::SEARCHABLE), 3);
    assert_eq!(value(1, field::UPDATABLE), 0);
    assert_eq!(value(0, field::COUNT), 2);
}

#[test]
fn statements_without_columns_have_none() {
    let connector = FakeConnector::default().knows("update", FakeStatement::update(3, 0));
    let application = Application::new(connector);
    application.prepare("update");
    let out = column_out(&application, 4);
    assert_eq!(describe(&application, 1, &out), (ERROR, "07005"));
    assert_eq!(attribute_of(&application, 1, field::NAME).0, ERROR);
    assert_eq!(
        attribute_of(&application, 0, field::COUNT),
        (SUCCESS, 0, String::new())
    );
}

#[test]
fn an_application_of_odbc_2_sees_its_date_types() {
    let connector = FakeConnector::default().knows("all", every_type());
    let mut application = Application::unconnected(connector, Encoding::default());
    // The version counts when the connection handle is made.
    crate::odbc::calls::allocate::free(handle_type::DBC, application.connection);
    with_environment(application.environment, |_, state| {
        environment::set(state, attribute::ODBC_VERSION, 2)
    });
    application.connection = application.child(handle_type::DBC, application.environment);
    application.connect("UID=x");
    application.statement = application.child(handle_type::STMT, application.connection);
    application.prepare("all");
    let out = column_out(&application, 4);
    let types = [13, 14, 15].map(|number| {
        assert_eq!(describe(&application, number, &out).0, SUCCESS);
        application.memory.i16(out.data_type)
    });
    assert_eq!(types, [9, 10, 11]);
}

#[test]
fn row_counts() {
    let connector = FakeConnector::default()
        .knows("update", FakeStatement::update(3, 0))
        .knows("numbers", numbers(2));
    let application = Application::new(connector);
    let out = application.memory.allocate(8);
    let count = || {
        let code = application.call(|scope| results::row_count(scope, out, &application.memory));
        (application.with_state(code), application.memory.len(out))
    };
    assert_eq!(count().0, (ERROR, "HY010"));
    application.direct("update");
    assert_eq!(count(), ((SUCCESS, ""), 3));
    application.direct("numbers");
    assert_eq!(count(), ((SUCCESS, ""), -1));
}
