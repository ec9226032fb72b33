//! The one way into a handle, whatever the body does.

use super::parameters::with_update;
use super::put_data::wait;
use super::support::with_numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::allocate;
use crate::odbc::constants::{c_type, handle_type};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{
    Allowed, ERROR, INVALID_HANDLE, Outcome, SUCCESS, Success, read_records, with_connection,
    with_descriptor, with_environment, with_statement,
};
use crate::odbc::testing::{Application, states};
use crate::odbc::text::Encoding;

fn panics() -> Outcome {
    panic!("this panic is part of the test")
}

#[test]
fn a_panic_is_recorded_at_its_handle() {
    let application = with_numbers(1);
    let always = Allowed::Always;
    let (environment, connection) = (application.environment, application.connection);
    let statement = application.statement;
    let descriptor = application.child(handle_type::DESC, connection);
    let codes = [
        with_environment(environment, |_, _| panics()),
        with_connection(connection, |_| panics()),
        with_statement(statement, always, |_| panics()),
        with_descriptor(descriptor, always, |_| panics()),
    ];
    assert_eq!(codes, [ERROR; 4]);
    for (kind, handle) in [
        (handle_type::ENV, environment),
        (handle_type::DBC, connection),
        (handle_type::STMT, statement),
        (handle_type::DESC, descriptor),
    ] {
        assert_eq!(states(kind, handle), ["HY000"], "{kind}");
    }
    assert_eq!(application.direct("numbers"), SUCCESS);
}

#[test]
fn reading_records_leaves_them() {
    let application = with_numbers(1);
    application.direct("nowhere");
    let before = application.states();
    assert_ne!(before, [""; 0]);
    let (kind, handle) = (handle_type::STMT, application.statement);
    for body in [panics, || Err(Error::of(sqlstate::HY090))] {
        let code = read_records(kind, handle, Encoding::default, |_| body());
        assert_eq!(code, ERROR);
        assert_eq!(application.states(), before);
    }
    let other = read_records(handle_type::DESC, handle, Encoding::default, |_| panics());
    assert_eq!(other, INVALID_HANDLE);
}

/// An application with a descriptor of its own, whose statement collects parameters.
fn collecting() -> (Application, usize) {
    let (application, _) = with_update(2);
    let own = application.child(handle_type::DESC, application.connection);
    assert_eq!(application.set(attribute::APP_ROW_DESC, own), SUCCESS);
    wait(&application, c_type::CHAR);
    (application, own)
}

#[test]
fn what_collects_parameters_is_not_freed() {
    let (application, own) = collecting();
    let code = allocate::free(handle_type::STMT, application.statement);
    assert_eq!(application.with_state(code), (ERROR, "HY010"));
    // The descriptor is still freed, and the statement uses its own again.
    assert_eq!(allocate::free(handle_type::DESC, own), SUCCESS);
    assert_eq!(allocate::free(handle_type::DESC, own), INVALID_HANDLE);
    with_statement(application.statement, Allowed::Always, |scope| {
        assert_eq!(scope.statement.ard, scope.statement.implicit[0]);
        Ok(Success::Done)
    });
}
