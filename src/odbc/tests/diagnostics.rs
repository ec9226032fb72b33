//! `SQLGetDiagRec`, `SQLGetDiagField`.

use super::support::{numbers, with_numbers};
use crate::odbc::calls::diagnostics::{self, Origin, RecordOut, Refused, field};
use crate::odbc::constants::{c_type, handle_type};
use crate::odbc::diagnostics::Diagnostics;
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, Success, read_records};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::{Application, FakeConnector, FakeStatement};
use crate::odbc::text::{Encoding, TextOut};

const ORIGIN: Origin<'_> = Origin {
    connection_name: "mail",
    server_name: "graph.example",
    is_statement: true,
    is_executed: true,
};

fn with_diagnostics<T>(application: &Application, read: impl FnOnce(&Diagnostics) -> T) -> T {
    let mut answer = None;
    let (kind, handle) = (handle_type::STMT, application.statement);
    read_records(kind, handle, Encoding::default, |records| {
        answer = Some(read(records.diagnostics));
        Ok(Success::Done)
    });
    answer.unwrap()
}

fn record(application: &Application, number: i16, out: &RecordOut) -> Result<Success, Refused> {
    with_diagnostics(application, |diagnostics| {
        diagnostics::record(
            diagnostics,
            number,
            out,
            &application.memory,
            Encoding::default(),
        )
    })
}

fn get(application: &Application, number: i16, id: i16, out: &TextOut) -> Result<Success, Refused> {
    with_diagnostics(application, |diagnostics| {
        diagnostics::field(
            diagnostics,
            ORIGIN,
            number,
            id,
            out,
            &application.memory,
            Encoding::default(),
        )
    })
}

fn text(application: &Application, number: i16, id: i16) -> String {
    let out = application.text_out(120);
    assert_eq!(get(application, number, id, &out).unwrap(), Success::Done);
    application.read_text(&out)
}

fn word(application: &Application, number: i16, id: i16) -> isize {
    let out = application.text_out(8);
    assert_eq!(get(application, number, id, &out).unwrap(), Success::Done);
    application.memory.len(out.at)
}

fn integer(application: &Application, number: i16, id: i16) -> i32 {
    let out = application.text_out(4);
    assert_eq!(get(application, number, id, &out).unwrap(), Success::Done);
    application.memory.i32(out.at)
}

#[test]
fn records_name_vendor_and_component_first() {
    let application = with_numbers(1);
    application.direct("nowhere");
    let memory = &application.memory;
    let out = RecordOut {
        state: application.text_out(6),
        native: memory.allocate(4),
        message: application.text_out(100),
    };
    assert_eq!(record(&application, 1, &out).unwrap(), Success::Done);
    assert_eq!(application.read_text(&out.state), "42S02");
    assert_eq!(memory.i32(out.native), 0);
    let message = "[exchange-odbc][ODBC driver]There is no table in nowhere";
    assert_eq!(application.read_text(&out.message), message);
    assert_eq!(memory.i32(out.message.length_at), message.len() as i32);
    assert_eq!(record(&application, 2, &out).unwrap(), Success::NoData);
    assert!(record(&application, 0, &out).is_err());
    // Reading leaves the record, and a short buffer gets its beginning.
    let short = RecordOut {
        message: application.text_out(8),
        ..out
    };
    assert_eq!(
        record(&application, 1, &short).unwrap(),
        Success::Information
    );
    assert_eq!(application.read_text(&short.message), "[exchan");
    let negative = RecordOut {
        message: TextOut {
            capacity: -1,
            ..out.message
        },
        ..out
    };
    assert!(record(&application, 1, &negative).is_err());
    let nowhere = RecordOut {
        state: application.no_text(),
        native: AppPtr::NULL,
        message: application.no_text(),
    };
    assert_eq!(record(&application, 1, &nowhere).unwrap(), Success::Done);
}

#[test]
fn the_header_speaks_of_the_last_call() {
    let connector = FakeConnector::default()
        .knows("SELECT 1", numbers(2))
        .knows("UPDATE x", FakeStatement::update(5, 0));
    let application = Application::new(connector);
    application.direct("UPDATE x");
    let function = |application: &Application| {
        (
            text(application, 0, field::DYNAMIC_FUNCTION),
            integer(application, 0, field::DYNAMIC_FUNCTION_CODE),
        )
    };
    assert_eq!(function(&application), ("UPDATE WHERE".to_owned(), 82));
    assert_eq!(word(&application, 0, field::ROW_COUNT), 5);
    assert_eq!(integer(&application, 0, field::NUMBER), 0);
    application.direct("SELECT 1");
    assert_eq!(function(&application), ("SELECT CURSOR".to_owned(), 85));
    assert_eq!(word(&application, 0, field::CURSOR_ROW_COUNT), 0);
    let code = |application: &Application| {
        let out = application.text_out(2);
        get(application, 0, field::RETURNCODE, &out).unwrap();
        application.memory.i16(out.at)
    };
    assert_eq!(code(&application), SUCCESS);
    application.direct("nowhere");
    assert_eq!(
        (code(&application), integer(&application, 0, field::NUMBER)),
        (ERROR, 1)
    );
    application.direct("SELECT 1");
    while application.fetch() != NO_DATA {}
    assert_eq!(
        (code(&application), integer(&application, 0, field::NUMBER)),
        (NO_DATA, 0)
    );
}

#[test]
fn records_have_fields() {
    let application = with_numbers(3);
    let memory = &application.memory;
    application.bind(2, c_type::CHAR, memory.allocate(30), 2, AppPtr::NULL);
    application.set(
        crate::odbc::attributes::statement::attribute::ROW_ARRAY_SIZE,
        2,
    );
    application.direct("numbers");
    application.fetch();
    assert_eq!(text(&application, 2, field::SQLSTATE), "01004");
    assert_eq!(text(&application, 2, field::CLASS_ORIGIN), "ISO 9075");
    assert_eq!(text(&application, 2, field::SUBCLASS_ORIGIN), "ISO 9075");
    assert_eq!(text(&application, 2, field::CONNECTION_NAME), "mail");
    assert_eq!(text(&application, 2, field::SERVER_NAME), "graph.example");
    assert_eq!(word(&application, 2, field::ROW_NUMBER), 2);
    assert_eq!(integer(&application, 2, field::COLUMN_NUMBER), 2);
    assert_eq!(integer(&application, 2, field::NATIVE), 0);
    application.direct("numbers");
    assert_eq!(word(&application, 1, field::ROW_NUMBER), -1);
    assert_eq!(integer(&application, 1, field::COLUMN_NUMBER), -1);
    let out = application.text_out(8);
    assert_eq!(
        get(&application, 9, field::SQLSTATE, &out).unwrap(),
        Success::NoData
    );
    assert!(get(&application, 0, field::SQLSTATE, &out).is_err());
    assert!(get(&application, 1, 777, &out).is_err());
}

#[test]
fn only_statements_have_the_fields_of_statements() {
    let application = with_numbers(1);
    application.direct("nowhere");
    let connection = Origin {
        is_statement: false,
        is_executed: false,
        ..ORIGIN
    };
    let out = application.text_out(8);
    for id in [
        field::ROW_COUNT,
        field::DYNAMIC_FUNCTION,
        field::ROW_NUMBER,
        field::COLUMN_NUMBER,
    ] {
        let answer = with_diagnostics(&application, |diagnostics| {
            diagnostics::field(
                diagnostics,
                connection,
                1,
                id,
                &out,
                &application.memory,
                Encoding::default(),
            )
        });
        assert!(answer.is_err(), "{id}");
    }
}
