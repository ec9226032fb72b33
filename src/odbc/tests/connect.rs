//! Connecting and disconnecting.

use super::support::with_numbers;
use crate::odbc::attributes::connection::attribute;
use crate::odbc::calls::allocate;
use crate::odbc::calls::attributes::{AttributeIn, connection};
use crate::odbc::calls::connect::{self, Names};
use crate::odbc::connector::{ConnectWarning, Dialog, Target};
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::sqlstate;
use crate::odbc::handles::{
    ERROR, INVALID_HANDLE, NO_DATA, ReturnCode, SUCCESS, SUCCESS_WITH_INFO, Success,
    with_connection,
};
use crate::odbc::testing::{Application, FakeConnector, states};
use crate::odbc::text::{Counts, Encoding, Form, Spelling, TextOut, WideWidth};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

const NO_PROMPT: u16 = 0;
const COMPLETE: u16 = 1;
const PROMPT: u16 = 2;
const COMPLETE_REQUIRED: u16 = 3;

fn unconnected() -> Application {
    Application::unconnected(FakeConnector::default(), Encoding::default())
}

fn driver_connect(
    application: &Application,
    text: &str,
    out: &TextOut,
    completion: u16,
) -> ReturnCode {
    with_connection(application.connection, |scope| {
        let given = application.wide(text);
        connect::driver_connect(scope, &given, out, completion, None, &application.memory)
    })
}

/// The return code with the states of the connection's records.
fn with_states(application: &Application, code: ReturnCode) -> (ReturnCode, Vec<&'static str>) {
    (code, states(handle_type::DBC, application.connection))
}

#[test]
fn the_completed_string_may_be_cut() {
    let application = unconnected();
    let out = application.text_out(10);
    let code = driver_connect(&application, "UID=x;PWD=y", &out, NO_PROMPT);
    assert_eq!(
        with_states(&application, code),
        (SUCCESS_WITH_INFO, vec!["01004"])
    );
    assert_eq!(application.read_text(&out), "UID=x;PWD");
    assert_eq!(application.memory.i32(out.length_at), 24);
    // The connection is still made.
    let code = driver_connect(&application, "UID=x", &out, NO_PROMPT);
    assert_eq!(with_states(&application, code), (ERROR, vec!["08002"]));
}

#[test]
fn the_completed_string_is_counted_in_characters() {
    let application = unconnected();
    let memory = &application.memory;
    let out = TextOut {
        at: memory.allocate(20),
        capacity: 10,
        counts: Counts::Characters,
        spelling: Spelling::Wide,
        ..application.text_out(0)
    };
    let code = driver_connect(&application, "UID=x;PWD=y", &out, NO_PROMPT);
    assert_eq!(code, SUCCESS_WITH_INFO);
    assert_eq!(memory.i32(out.length_at), 24);
    let expected = crate::odbc::text::encode("UID=x;PWD\0", Form::Utf16);
    assert_eq!(memory.bytes(out.at, 20), expected);
}

#[test]
fn wrong_arguments_leave_the_connection_closed() {
    let application = unconnected();
    let out = application.text_out(10);
    let code = driver_connect(&application, "UID=x", &out, 9);
    assert_eq!(with_states(&application, code), (ERROR, vec!["HY110"]));
    let code = driver_connect(&application, " ", &out, PROMPT);
    assert_eq!(with_states(&application, code), (ERROR, vec!["IM008"]));
    let negative = TextOut {
        capacity: -1,
        ..out
    };
    let code = driver_connect(&application, "UID=x", &negative, NO_PROMPT);
    assert_eq!(with_states(&application, code), (ERROR, vec!["HY090"]));
    let code = driver_connect(&application, "UID=x;PWD=wrong", &out, NO_PROMPT);
    assert_eq!(with_states(&application, code), (ERROR, vec!["28000"]));
    let code = with_connection(application.connection, connect::disconnect);
    assert_eq!(with_states(&application, code), (ERROR, vec!["08003"]));
}

#[test]
fn warnings_of_the_connector_are_records() {
    let warning = ConnectWarning {
        state: sqlstate::S01S00,
        message: "No key Fwo".into(),
    };
    let connector = FakeConnector {
        warnings: vec![warning.clone(), warning],
        ..Default::default()
    };
    let application = Application::unconnected(connector, Encoding::default());
    let code = application.connect("Fwo=1");
    assert_eq!(
        with_states(&application, code),
        (SUCCESS_WITH_INFO, vec!["01S00", "01S00"])
    );
}

#[test]
fn connect_passes_names_and_attributes_on() {
    let connector = FakeConnector::default();
    let application = Application::unconnected(connector.clone(), Encoding::default());
    let set = |id, value| {
        let given = AttributeIn {
            value,
            text: application.absent(),
        };
        with_connection(application.connection, |scope| {
            connection::set(scope, id, &given, &application.memory)
        })
    };
    assert_eq!(set(attribute::LOGIN_TIMEOUT, 15), SUCCESS);
    assert_eq!(set(attribute::ACCESS_MODE, 1), SUCCESS);
    let names = Names {
        data_source: application.wide("mail"),
        user: application.wide("id"),
        password: application.absent(),
    };
    let code = with_connection(application.connection, |scope| {
        connect::connect(scope, &names, &application.memory)
    });
    assert_eq!(code, SUCCESS);
    let requests = connector.connected.lock().unwrap();
    let expected = Target::DataSource {
        name: "mail".into(),
        user: Some("id".into()),
        password: None,
    };
    assert!(requests[0].target == expected);
    assert_eq!(requests[0].login_timeout, Some(Duration::from_secs(15)));
    assert_eq!(requests[0].connection_timeout, None);
    assert!(requests[0].read_only);
}

#[test]
fn wide_text_has_the_width_of_the_connection() {
    let mut application = unconnected();
    application.encoding = WideWidth::Four.into();
    with_connection(application.connection, |scope| {
        scope.state.connection.encoding = WideWidth::Four.into();
        Ok(Success::Done)
    });
    let out = TextOut {
        at: application.memory.allocate(160),
        capacity: 40,
        counts: Counts::Characters,
        spelling: Spelling::Wide,
        ..application.text_out(0)
    };
    assert_eq!(
        driver_connect(&application, "UID=x;PWD=y", &out, NO_PROMPT),
        SUCCESS
    );
    let expected = crate::odbc::text::encode("UID=x;PWD=y;Complete=yes\0", Form::Utf32);
    assert_eq!(application.memory.bytes(out.at, expected.len()), expected);
}

#[test]
fn disconnecting_frees_what_was_allocated() {
    let application = with_numbers(3);
    let descriptor = application.child(handle_type::DESC, application.connection);
    application.direct("numbers");
    assert_eq!(
        allocate::free(handle_type::DBC, application.connection),
        ERROR
    );
    assert_eq!(with_states(&application, ERROR).1, ["HY010"]);
    assert_eq!(
        with_connection(application.connection, connect::disconnect),
        SUCCESS
    );
    assert_eq!(application.fetch(), INVALID_HANDLE);
    assert_eq!(
        allocate::free(handle_type::STMT, application.statement),
        INVALID_HANDLE
    );
    assert_eq!(
        allocate::free(handle_type::DESC, descriptor),
        INVALID_HANDLE
    );
    assert_eq!(
        application.child(handle_type::STMT, application.connection),
        0
    );
    assert_eq!(with_states(&application, ERROR).1, ["08003"]);
    // The same handle connects again.
    assert_eq!(application.connect("UID=x"), SUCCESS);
}

#[test]
fn transactions_end_without_effect() {
    let application = with_numbers(1);
    let end = |kind, handle, completion| connect::end_transaction(kind, handle, completion);
    let (env, dbc) = (application.environment, application.connection);
    for completion in [0, 1] {
        assert_eq!(end(handle_type::DBC, dbc, completion), SUCCESS);
        assert_eq!(end(handle_type::ENV, env, completion), SUCCESS);
    }
    assert_eq!(end(handle_type::DBC, dbc, 2), ERROR);
    assert_eq!(with_states(&application, ERROR).1, ["HY012"]);
    assert_eq!(end(handle_type::STMT, dbc, 0), ERROR);
    assert_eq!(with_states(&application, ERROR).1, ["HY092"]);
    assert_eq!(end(handle_type::DBC, env, 0), INVALID_HANDLE);
    let unconnected = unconnected();
    assert_eq!(end(handle_type::DBC, unconnected.connection, 0), ERROR);
    assert_eq!(with_states(&unconnected, ERROR).1, ["08003"]);
}

#[test]
fn native_sql_is_what_the_engine_reads() {
    use crate::odbc::calls::prepare;
    let application = with_numbers(1);
    let native = |text: &str, out: &TextOut| {
        with_connection(application.connection, |scope| {
            prepare::native_sql(scope, &application.wide(text), out, &application.memory)
        })
    };
    let out = application.text_out(40);
    assert_eq!(native("SELECT {fn PI()}", &out), SUCCESS);
    assert_eq!(application.read_text(&out), "SELECT PI()");
    let short = application.text_out(5);
    assert_eq!(native("SELECT {fn PI()}", &short), SUCCESS_WITH_INFO);
    assert_eq!(with_states(&application, 1).1, ["01004"]);
    assert_eq!(application.memory.i32(short.length_at), 11);
    let nothing = with_connection(application.connection, |scope| {
        prepare::native_sql(scope, &application.absent(), &out, &application.memory)
    });
    assert_eq!(with_states(&application, nothing), (ERROR, vec!["HY009"]));
    assert!(application.memory.is_untouched(out.at.plus(12), 28));
}

/// A question as a test sees it: the text, whether only what is required may change, and the problem.
type Asked = (String, bool, Option<String>);

/// A user who gives one answer after the other, and the questions.
fn user(answers: &[Option<&str>]) -> (Dialog, Rc<RefCell<Vec<Asked>>>) {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&asked);
    let answers: Vec<_> = answers.iter().map(|it| it.map(str::to_owned)).collect();
    let mut answers = answers.into_iter();
    let dialog: Dialog = Box::new(move |question| {
        let problem = question.problem.map(str::to_owned);
        let text = question.text.to_owned();
        log.borrow_mut()
            .push((text, question.required_only, problem));
        Ok(answers.next().expect("a question too many"))
    });
    (dialog, asked)
}

/// Connects with a user; the code, the completed string and the questions.
fn with_user(
    text: &str,
    completion: u16,
    answers: &[Option<&str>],
) -> (ReturnCode, String, Vec<Asked>) {
    let application = unconnected();
    let (dialog, asked) = user(answers);
    let out = application.text_out(100);
    let code = with_connection(application.connection, |scope| {
        let given = application.wide(text);
        let memory = &application.memory;
        connect::driver_connect(scope, &given, &out, completion, Some(dialog), memory)
    });
    let text = match code {
        SUCCESS => application.read_text(&out),
        // Nothing is written.
        _ => String::new(),
    };
    (code, text, asked.take())
}

fn asked(text: &str, required_only: bool, problem: Option<&str>) -> Asked {
    (text.to_owned(), required_only, problem.map(str::to_owned))
}

#[test]
fn a_dialog_opens_as_the_application_allows() {
    let whole = "UID=x;PWD=y;Port=1";
    // A complete string needs none.
    for completion in [NO_PROMPT, COMPLETE, COMPLETE_REQUIRED] {
        let (code, text, questions) = with_user(whole, completion, &[]);
        assert_eq!((code, questions), (SUCCESS, vec![]));
        assert_eq!(text, format!("{whole};Complete=yes"));
    }
    // The user may change it, though.
    let (code, text, questions) = with_user(whole, PROMPT, &[Some("UID=z;PWD=y")]);
    assert_eq!((code, text.as_str()), (SUCCESS, "UID=z;PWD=y;Complete=yes"));
    assert_eq!(questions, [asked(whole, false, None)]);
    for (completion, required_only) in [(COMPLETE, false), (COMPLETE_REQUIRED, true)] {
        let (code, text, questions) = with_user("UID=x", completion, &[Some(whole)]);
        assert_eq!((code, text), (SUCCESS, format!("{whole};Complete=yes")));
        assert_eq!(questions, [asked("UID=x", required_only, None)]);
    }
}

#[test]
fn a_user_who_cancels_leaves_no_data_and_no_connection() {
    for (text, completion) in [("UID=x;PWD=y", PROMPT), ("UID=x", COMPLETE), ("", PROMPT)] {
        let (code, _, questions) = with_user(text, completion, &[None]);
        assert_eq!((code, questions.len()), (NO_DATA, 1));
    }
}

#[test]
fn a_refused_login_is_asked_for_again() {
    let answers = [Some("UID=x;PWD=right")];
    let (code, text, questions) = with_user("UID=x;PWD=wrong", COMPLETE, &answers);
    assert_eq!(
        (code, text.as_str()),
        (SUCCESS, "UID=x;PWD=right;Complete=yes")
    );
    let reason = Some("The client secret is wrong");
    assert_eq!(questions, [asked("UID=x;PWD=wrong", false, reason)]);
    // Nobody is asked if the application wants no dialog.
    let (code, _, questions) = with_user("UID=x;PWD=wrong", NO_PROMPT, &[]);
    assert_eq!((code, questions), (ERROR, vec![]));
}
