//! `SQL_C_CHAR` and the ANSI spelling in processes whose code page is not UTF-8.

use super::parameters::{Executions, bind, buffer, text};
use super::support::single;
use crate::odbc::calls::{execute, put_data};
use crate::odbc::constants::{c_type, indicator, row_status, sql_type};
use crate::odbc::handles::{
    Allowed, ERROR, NEED_DATA, NO_DATA, SUCCESS, SUCCESS_WITH_INFO, with_statement,
};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::code_pages::{japanese, western};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement};
use crate::odbc::text::{CodePage, Counts, Encoding, Narrow, Spelling, TextIn, WideWidth};
use datafusion::arrow::array::{ArrayRef, StringArray};
use exchange_sql::ColumnType;
use std::sync::Arc;

fn encoding(page: CodePage) -> Encoding {
    Encoding {
        narrow: Narrow::CodePage(page),
        wide: WideWidth::Two,
    }
}

/// An application of the code page, before the first row of a column with these texts.
fn on_texts(page: CodePage, texts: &[&str]) -> Application {
    let array: ArrayRef = Arc::new(StringArray::from(texts.to_vec()));
    let statement = single(ColumnType::LongVarchar, array);
    let connector = FakeConnector::default().knows("single", statement);
    let application = Application::with_encoding(connector, encoding(page));
    assert_eq!(application.direct("single"), SUCCESS);
    application
}

fn with_update(page: CodePage, parameters: usize) -> (Application, Executions) {
    let statement = FakeStatement::update(1, parameters);
    let executions = Arc::clone(&statement.executions);
    let connector = FakeConnector::default().knows("update", statement);
    (
        Application::with_encoding(connector, encoding(page)),
        executions,
    )
}

#[test]
fn a_bound_column_has_the_bytes_of_the_code_page() {
    let application = on_texts(japanese(), &["日本a", "日本語"]);
    let memory = &application.memory;
    let (data, length) = (memory.allocate(6), memory.allocate(8));
    assert_eq!(application.bind(1, c_type::CHAR, data, 6, length), SUCCESS);
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(memory.bytes(data, 6), b"\x93\xFA\x96\x7Ba\0");
    assert_eq!(memory.len(length), 5);
    // The next row is cut between characters.
    assert_eq!(
        application.with_state(application.fetch()),
        (SUCCESS_WITH_INFO, "01004")
    );
    assert_eq!(memory.bytes(data, 5), b"\x93\xFA\x96\x7B\0");
    assert_eq!(memory.len(length), 6);
}

#[test]
fn characters_that_the_page_lacks_become_question_marks_with_a_warning() {
    use crate::odbc::attributes::statement::attribute;
    let application = on_texts(western(), &["Größe 5 €", "日本 €", "plain"]);
    let memory = &application.memory;
    let statuses = memory.allocate(6);
    application.set(attribute::ROW_ARRAY_SIZE, 3);
    application.set(attribute::ROW_STATUS_PTR, statuses.address());
    let (data, lengths) = (memory.allocate(60), memory.allocate(24));
    application.bind(1, c_type::CHAR, data, 20, lengths);
    assert_eq!(application.fetch(), SUCCESS_WITH_INFO);
    assert_eq!(application.places(), [("01000", 2, 1)]);
    assert_eq!(memory.bytes(data, 10), b"Gr\xF6\xDFe 5 \x80\0");
    assert_eq!(memory.bytes(data.plus(20), 5), b"?? \x80\0");
    let status = |row: usize| memory.u16(statuses.plus(row * 2));
    assert_eq!(
        [status(0), status(1), status(2)],
        [
            row_status::SUCCESS,
            row_status::SUCCESS_WITH_INFO,
            row_status::SUCCESS
        ]
    );
}

#[test]
fn wide_text_has_all_characters() {
    let application = on_texts(western(), &["日😀"]);
    let memory = &application.memory;
    let (data, length) = (memory.allocate(8), memory.allocate(8));
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(
        application.get_data(1, c_type::WCHAR, data, 8, length),
        SUCCESS
    );
    let units: Vec<u8> = "日😀\0".encode_utf16().flat_map(u16::to_ne_bytes).collect();
    assert_eq!(memory.bytes(data, 8), units);
}

#[test]
fn parts_split_characters_and_the_last_one_tells_the_loss() {
    let application = on_texts(japanese(), &["€日本"]);
    let memory = &application.memory;
    assert_eq!(application.fetch(), SUCCESS);
    let mut found = Vec::new();
    for (size, code, state) in [
        (3, SUCCESS_WITH_INFO, "01004"),
        (2, SUCCESS_WITH_INFO, "01004"),
        (9, SUCCESS_WITH_INFO, "01000"),
    ] {
        let (data, length) = (memory.allocate(size), memory.allocate(8));
        let answer = application.get_data(1, c_type::CHAR, data, size as isize, length);
        assert_eq!(application.with_state(answer), (code, state));
        assert_eq!(memory.len(length) as usize, 5 - found.len());
        let part = (5 - found.len()).min(size - 1);
        found.extend(memory.bytes(data, part));
    }
    assert_eq!(found, b"?\x93\xFA\x96\x7B");
    let end = application.get_data(1, c_type::CHAR, memory.allocate(9), 9, AppPtr::NULL);
    assert_eq!(end, NO_DATA);
}

#[test]
fn parameters_are_read_in_the_code_page() {
    let (application, executions) = with_update(western(), 1);
    let memory = &application.memory;
    let value = memory.place(b"5 \x80\0");
    let parameter = buffer(1, c_type::CHAR, sql_type::VARCHAR, value, AppPtr::NULL);
    assert_eq!(bind(&application, &parameter).0, SUCCESS);
    assert_eq!(application.direct("update"), SUCCESS);
    assert_eq!(*executions.lock().unwrap(), [vec![text("5 €")]]);
}

#[test]
fn bytes_that_are_no_characters_are_refused() {
    let (application, executions) = with_update(japanese(), 1);
    let memory = &application.memory;
    // Half a character at the end.
    let value = memory.place(b"a\x93\0");
    let parameter = buffer(1, c_type::CHAR, sql_type::VARCHAR, value, AppPtr::NULL);
    bind(&application, &parameter);
    let answer = application.direct("update");
    assert_eq!(application.with_state(answer), (ERROR, "22018"));
    assert!(executions.lock().unwrap().is_empty());
}

#[test]
fn pieces_of_a_parameter_may_split_characters() {
    let (application, executions) = with_update(japanese(), 1);
    let memory = &application.memory;
    let late = memory.word(indicator::DATA_AT_EXEC);
    let parameter = buffer(1, c_type::CHAR, sql_type::VARCHAR, AppPtr::new(1), late);
    assert_eq!(bind(&application, &parameter).0, SUCCESS);
    assert_eq!(application.direct("update"), NEED_DATA);
    let ask = || {
        let out = memory.allocate(8);
        with_statement(application.statement, Allowed::Always, |scope| {
            put_data::param_data(scope, out, memory)
        })
    };
    assert_eq!(ask(), NEED_DATA);
    // The second byte of the second character is a backslash in ASCII.
    for piece in [&b"\x93"[..], b"\xFA\x95", b"\x5Ca"] {
        let at = memory.place(piece);
        let code = with_statement(application.statement, Allowed::Always, |scope| {
            put_data::put_data(scope, at, piece.len() as isize, memory)
        });
        assert_eq!(code, SUCCESS);
    }
    assert_eq!(ask(), SUCCESS);
    assert_eq!(*executions.lock().unwrap(), [vec![text("日表a")]]);
}

#[test]
fn the_ansi_spelling_is_read_in_the_code_page() {
    let statement = FakeStatement::update(1, 0);
    let executions = Arc::clone(&statement.executions);
    let connector = FakeConnector::default().knows("表", statement);
    let application = Application::with_encoding(connector, encoding(japanese()));
    let given = TextIn {
        at: application.memory.place(b"\x95\x5C\0"),
        length: indicator::NTS,
        counts: Counts::Characters,
        spelling: Spelling::Ansi,
    };
    let code = application.call(|scope| execute::direct(scope, &given, &application.memory));
    assert_eq!(code, SUCCESS);
    assert_eq!(executions.lock().unwrap().len(), 1);
}
