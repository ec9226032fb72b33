//! Cancelling and timeouts.

use super::support::numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::attributes::{AttributeIn, connection};
use crate::odbc::calls::{allocate, cancel, close};
use crate::odbc::constants::handle_type;
use crate::odbc::handles::{ERROR, INVALID_HANDLE, NO_DATA, SUCCESS, Success, with_connection};
use crate::odbc::testing::{Application, Behaviour, FakeConnector, FakeStatement};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// A query that has no rows and never ends by itself.
fn endless() -> Application {
    let statement = FakeStatement {
        then: Behaviour::Waits,
        ..numbers(0)
    };
    let update = FakeStatement {
        then: Behaviour::Waits,
        ..FakeStatement::update(1, 0)
    };
    let known = FakeConnector::default()
        .knows("endless", statement)
        .knows("slow update", update);
    Application::new(known)
}

/// Runs `call` while another thread cancels the statement again and again.
fn cancelled(application: &Application, call: impl FnOnce() -> i16) -> i16 {
    let statement = application.statement;
    thread::scope(|threads| {
        let canceller = threads.spawn(move || {
            thread::sleep(Duration::from_millis(20));
            assert_eq!(cancel::statement(statement), SUCCESS);
        });
        let begun = Instant::now();
        let code = call();
        assert!(begun.elapsed() < Duration::from_secs(5));
        canceller.join().unwrap();
        code
    })
}

#[test]
fn a_fetch_that_waits_is_cancelled_from_another_thread() {
    let application = endless();
    application.direct("endless");
    let code = cancelled(&application, || application.fetch());
    assert_eq!(application.with_state(code), (ERROR, "HY008"));
    assert_eq!(application.call(close::close_cursor), SUCCESS);
    assert_eq!(application.direct("endless"), SUCCESS);
}

#[test]
fn an_execution_that_waits_is_cancelled_from_another_thread() {
    let application = endless();
    let code = cancelled(&application, || application.direct("slow update"));
    assert_eq!(application.with_state(code), (ERROR, "HY008"));
}

#[test]
fn cancelling_when_nothing_runs_does_nothing() {
    let application = endless();
    assert_eq!(cancel::statement(application.statement), SUCCESS);
    application.direct("endless");
    assert_eq!(cancel::statement(application.statement), SUCCESS);
    assert!(application.states().is_empty());
    let code = cancelled(&application, || application.fetch());
    assert_eq!(application.with_state(code), (ERROR, "HY008"));
    allocate::free(handle_type::STMT, application.statement);
    assert_eq!(cancel::statement(application.statement), INVALID_HANDLE);
}

#[test]
fn cancelling_between_two_fetches_leaves_the_cursor_alone() {
    let statement = FakeStatement {
        then: Behaviour::Waits,
        ..numbers(2)
    };
    let application = Application::new(FakeConnector::default().knows("endless", statement));
    application.set(attribute::QUERY_TIMEOUT, 1);
    application.direct("endless");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(cancel::statement(application.statement), SUCCESS);
    assert_eq!(application.fetch(), SUCCESS);
    // The timeout ends it.
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HYT00")
    );
}

#[test]
fn freeing_a_statement_ends_what_it_waits_for() {
    let application = endless();
    application.direct("endless");
    let statement = application.statement;
    thread::scope(|threads| {
        threads.spawn(move || {
            thread::sleep(Duration::from_millis(20));
            assert_eq!(allocate::free(handle_type::STMT, statement), SUCCESS);
        });
        assert_eq!(application.fetch(), ERROR);
    });
    assert_eq!(application.fetch(), INVALID_HANDLE);
}

#[test]
fn the_query_timeout_ends_a_fetch() {
    let application = endless();
    application.set(attribute::QUERY_TIMEOUT, 1);
    application.direct("endless");
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HYT00")
    );
}

#[test]
fn every_call_has_the_whole_query_timeout() {
    let statement = numbers(3);
    let patience = statement.patience.clone();
    let application = Application::new(FakeConnector::default().knows("numbers", statement));
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    application.set(attribute::QUERY_TIMEOUT, 60);
    for _ in 0..2 {
        thread::sleep(Duration::from_millis(600));
        assert_eq!(application.fetch(), SUCCESS);
    }
    assert_eq!(application.fetch(), NO_DATA);
    let patience = patience.lock().unwrap();
    assert_eq!(patience[0], None);
    let nearly = Duration::from_millis(59_500)..=Duration::from_secs(60);
    assert!(patience.len() >= 3, "{patience:?}");
    assert!(
        patience[1..]
            .iter()
            .all(|left| nearly.contains(&left.unwrap())),
        "{patience:?}"
    );
}

#[test]
fn preparing_has_the_timeout_of_the_statement_and_shares_it_with_what_follows() {
    let connector = FakeConnector::default().knows("numbers", numbers(1));
    let planned = Arc::clone(&connector.planned);
    let application = Application::new(connector);
    assert_eq!(application.prepare("numbers"), SUCCESS);
    assert_eq!(planned.lock().unwrap()[0].deadline, None);
    application.set(attribute::QUERY_TIMEOUT, 7);
    let began = Instant::now();
    assert_eq!(application.prepare("numbers"), SUCCESS);
    let deadline = planned.lock().unwrap()[1].deadline.expect("a deadline");
    let most = began + Duration::from_secs(7);
    assert!(deadline >= most && deadline < most + Duration::from_secs(5));
}

#[test]
fn the_connection_string_has_a_query_timeout_for_statements_that_set_none() {
    let known = FakeConnector {
        query_timeout: Some(Duration::from_secs(7)),
        ..FakeConnector::default()
    };
    let mut application = Application::new(known.knows("numbers", numbers(1)));
    let deadline = |application: &Application| {
        let mut found = None;
        application.call(|scope| {
            found = scope.statement.attributes.deadline(scope.began);
            Ok(Success::Done)
        });
        found.map(|deadline| (deadline - Instant::now()).as_secs_f64().ceil())
    };
    assert_eq!(deadline(&application), Some(7.0));
    application.set(attribute::QUERY_TIMEOUT, 0);
    assert_eq!(deadline(&application), None);
    with_connection(application.connection, |scope| {
        let given = AttributeIn {
            value: 0,
            text: application.absent(),
        };
        connection::set(scope, attribute::QUERY_TIMEOUT, &given, &application.memory)
    });
    application.statement = application.child(handle_type::STMT, application.connection);
    assert_eq!(deadline(&application), None);
}
