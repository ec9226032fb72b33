//! `SQLGetInfo`, `SQLGetFunctions`.

use super::support::with_numbers;
use crate::odbc::calls::{functions, info};
use crate::odbc::constants::handle_type;
use crate::odbc::handles::{ERROR, SUCCESS, SUCCESS_WITH_INFO, with_connection};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::{Application, FakeConnector, first_state};
use crate::odbc::text::{Encoding, TextOut};

fn get(application: &Application, id: u16, out: &TextOut) -> (i16, &'static str) {
    let code = with_connection(application.connection, |scope| {
        info::get(scope, id, out, &application.memory)
    });
    (code, first_state(handle_type::DBC, application.connection))
}

const DATA_SOURCE_NAME: u16 = 2;
const DRIVER_NAME: u16 = 6;
const SERVER_NAME: u16 = 13;
const DATABASE_NAME: u16 = 16;
const READ_ONLY: u16 = 25;
const USER_NAME: u16 = 47;
const DRIVER_ODBC_VER: u16 = 77;

#[test]
fn every_assigned_type_has_an_answer_that_writes_no_more_than_it_says() {
    let application = with_numbers(1);
    for id in (0..=173)
        .chain([180])
        .chain(10_000..=10_005)
        .chain(10_021..=10_025)
    {
        let out = TextOut {
            length_word: crate::odbc::text::LengthWord::Short,
            ..application.text_out(100)
        };
        assert_eq!(get(&application, id, &out).0, SUCCESS, "{id}");
        let length = application.memory.i16(out.length_at) as usize;
        assert!(
            application
                .memory
                .is_untouched(out.at.plus(length + 1), 99 - length),
            "{id}"
        );
        // Without a buffer the length is still returned.
        let nothing = TextOut {
            at: AppPtr::NULL,
            capacity: 0,
            ..out
        };
        assert_eq!(get(&application, id, &nothing).0, SUCCESS, "{id}");
        assert_eq!(application.memory.i16(out.length_at) as usize, length);
    }
    let out = application.text_out(100);
    for id in [174, 179, 999, 20_000] {
        assert_eq!(get(&application, id, &out), (ERROR, "HY096"));
    }
}

#[test]
fn the_connection_answers_for_itself() {
    let application = with_numbers(1);
    let text = |id| {
        let out = application.text_out(60);
        assert_eq!(get(&application, id, &out).0, SUCCESS);
        application.read_text(&out)
    };
    assert_eq!(text(DATA_SOURCE_NAME), "");
    assert_eq!(text(SERVER_NAME), "graph.example");
    assert_eq!(text(DATABASE_NAME), "contoso");
    assert_eq!(text(USER_NAME), "ann@contoso.com");
    assert_eq!(text(READ_ONLY), "N");
    assert!(text(DRIVER_NAME).contains("exchange_odbc"));
    let short = application.text_out(6);
    assert_eq!(
        get(&application, SERVER_NAME, &short),
        (SUCCESS_WITH_INFO, "01004")
    );
    assert_eq!(application.read_text(&short), "graph");
}

#[test]
fn driver_managers_ask_for_the_version_before_connecting() {
    let application = Application::unconnected(FakeConnector::default(), Encoding::default());
    let out = application.text_out(10);
    assert_eq!(get(&application, DRIVER_ODBC_VER, &out).0, SUCCESS);
    assert_eq!(application.read_text(&out), "03.80");
    assert_eq!(get(&application, SERVER_NAME, &out), (ERROR, "08003"));
}

#[test]
fn functions_that_are_not_there_are_not_listed() {
    let application = with_numbers(1);
    let out = application.memory.allocate(2);
    let exists = |id| {
        let code = with_connection(application.connection, |_| {
            functions::get(id, out, &application.memory)
        });
        assert_eq!(code, SUCCESS);
        application.memory.u16(out)
    };
    const FETCH: u16 = 13;
    const ERROR_OF_ODBC2: u16 = 10;
    assert_eq!((exists(FETCH), exists(ERROR_OF_ODBC2)), (1, 0));
    let nowhere = with_connection(application.connection, |_| {
        functions::get(FETCH, AppPtr::NULL, &application.memory)
    });
    assert_eq!(nowhere, ERROR);
    let unassigned = with_connection(application.connection, |_| {
        functions::get(5000, out, &application.memory)
    });
    assert_eq!(unassigned, ERROR);
}
