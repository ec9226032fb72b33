//! `SQLBrowseConnect`.

use crate::odbc::calls::{allocate, browse, connect};
use crate::odbc::connector::ConnectWarning;
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::sqlstate;
use crate::odbc::handles::{
    ERROR, NEED_DATA, ReturnCode, SUCCESS, SUCCESS_WITH_INFO, with_connection,
};
use crate::odbc::testing::{self, Application, FakeConnector};
use crate::odbc::text::Encoding;

const ALL: &str = "UID:User=?;PWD:Password=?;*Color:Colour={Red,Blue}";

fn unconnected() -> Application {
    Application::unconnected(FakeConnector::default(), Encoding::default())
}

/// One step: return code, states of the records, output text.
fn step(application: &Application, text: &str) -> (ReturnCode, Vec<&'static str>, String) {
    step_into(application, text, 100)
}

fn step_into(
    application: &Application,
    text: &str,
    capacity: usize,
) -> (ReturnCode, Vec<&'static str>, String) {
    let out = application.text_out(capacity);
    let given = application.wide(text);
    let memory = &application.memory;
    let code = with_connection(application.connection, |scope| {
        browse::connect(scope, &given, &out, memory)
    });
    // An error writes nothing.
    let text = match code {
        ERROR => String::new(),
        _ => application.read_text(&out),
    };
    (code, states(application), text)
}

fn states(application: &Application) -> Vec<&'static str> {
    testing::states(handle_type::DBC, application.connection)
}

fn asks(text: &str) -> (ReturnCode, Vec<&'static str>, String) {
    (NEED_DATA, vec![], text.to_owned())
}

#[test]
fn keys_are_asked_for_until_the_string_is_complete() {
    let connector = FakeConnector::default();
    let application = Application::unconnected(connector.clone(), Encoding::default());
    assert_eq!(step(&application, "DRIVER=x"), asks(ALL));
    let rest = "PWD:Password=?;*Color:Colour={Red,Blue}";
    assert_eq!(step(&application, "UID=ann"), asks(rest));
    assert!(connector.connected.lock().unwrap().is_empty());
    let (code, states, completed) = step(&application, "PWD=y");
    assert_eq!((code, states), (SUCCESS, vec![]));
    assert_eq!(completed, "PWD=y;UID=ann;DRIVER=x;Complete=yes");
    assert_ne!(
        application.child(handle_type::STMT, application.connection),
        0
    );
    assert_eq!(step(&application, "UID=x").1, ["08002"]);
}

#[test]
fn a_complete_string_connects_at_once() {
    let (code, states, _) = step(&unconnected(), "UID=x;PWD=y");
    assert_eq!((code, states), (SUCCESS, vec![]));
}

#[test]
fn what_was_wrong_can_be_corrected() {
    let application = unconnected();
    assert_eq!(step(&application, "DRIVER=x"), asks(ALL));
    let refused = (NEED_DATA, vec!["28000"], ALL.to_owned());
    assert_eq!(step(&application, "UID=x;PWD=wrong"), refused);
    let malformed = (NEED_DATA, vec!["08001"], ALL.to_owned());
    assert_eq!(step(&application, "PWD="), malformed);
    assert_eq!(step(&application, "PWD=right").0, SUCCESS);
}

#[test]
fn a_mistake_in_the_first_step_is_an_error() {
    let application = unconnected();
    let (code, states, _) = step(&application, "UID=x;PWD=wrong");
    assert_eq!((code, states), (ERROR, vec!["28000"]));
    let (code, states, _) = step(&application, "PWD=");
    assert_eq!((code, states), (ERROR, vec!["08001"]));
    assert_eq!(step(&application, "DRIVER=x"), asks(ALL));
}

#[test]
fn unknown_keys_are_told_of() {
    let connector = FakeConnector {
        warnings: vec![ConnectWarning {
            state: sqlstate::S01S00,
            message: "No key Fwo".into(),
        }],
        ..FakeConnector::default()
    };
    let application = Application::unconnected(connector, Encoding::default());
    assert_eq!(
        step(&application, "Fwo=1"),
        (NEED_DATA, vec!["01S00"], ALL.to_owned())
    );
    assert_eq!(step(&application, "UID=x;PWD=y").0, SUCCESS_WITH_INFO);
}

#[test]
fn what_does_not_fit_is_asked_for_again() {
    let application = unconnected();
    let (code, states, text) = step_into(&application, "DRIVER=x", 9);
    assert_eq!(
        (code, states, text.as_str()),
        (NEED_DATA, vec!["01004"], "UID:User")
    );
    assert_eq!(step(&application, ""), asks(ALL));
}

#[test]
fn a_connection_that_is_browsed_for_is_in_use_until_it_is_disconnected() {
    let application = unconnected();
    step(&application, "DRIVER=x");
    assert_eq!(application.connect("UID=x;PWD=y"), ERROR);
    assert_eq!(states(&application), ["08002"]);
    assert_eq!(
        application.child(handle_type::STMT, application.connection),
        0
    );
    assert_eq!(states(&application), ["08003"]);
    assert_eq!(
        allocate::free(handle_type::DBC, application.connection),
        ERROR
    );
    assert_eq!(states(&application), ["HY010"]);
    let disconnect = || with_connection(application.connection, connect::disconnect);
    assert_eq!(disconnect(), SUCCESS);
    assert_eq!(disconnect(), ERROR);
    // The earlier input is forgotten.
    assert_eq!(
        step(&application, "UID=x").2,
        "PWD:Password=?;*Color:Colour={Red,Blue}"
    );
    assert_eq!(disconnect(), SUCCESS);
    assert_eq!(
        step(&application, "PWD=x").2,
        "UID:User=?;*Color:Colour={Red,Blue}"
    );
}
