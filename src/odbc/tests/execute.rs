//! Preparing, executing, several results.

use super::support::{numbers, with_numbers};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::{close, results};
use crate::odbc::handles::{ERROR, NO_DATA, SUCCESS, SUCCESS_WITH_INFO};
use crate::odbc::testing::{Application, FakeConnector, FakeStatement};
use exchange_sql::{Error, ErrorKind, Warning};
use std::time::{Duration, Instant};

fn application() -> Application {
    let refused = FakeStatement {
        refuses: Some(Error::new(
            ErrorKind::PermissionDenied,
            "Mail.Read is missing",
        )),
        ..FakeStatement::default()
    };
    let warning = Warning {
        message: "One mailbox was skipped".into(),
    };
    let warned = FakeStatement {
        warnings: vec![warning],
        ..FakeStatement::update(1, 0)
    };
    Application::new(
        FakeConnector::default()
            .knows("numbers", numbers(3))
            .knows("update", FakeStatement::update(2, 0))
            .knows("UPDATE none", FakeStatement::update(0, 0))
            .knows("warned", warned)
            .knows("refused", refused),
    )
}

fn row_count(application: &Application) -> isize {
    let out = application.memory.allocate(8);
    application.call(|scope| results::row_count(scope, out, &application.memory));
    application.memory.len(out)
}

#[test]
fn a_prepared_statement_runs_again_and_again() {
    let application = application();
    assert_eq!(
        application.with_state(application.execute()),
        (ERROR, "HY010")
    );
    assert_eq!(application.prepare("numbers"), SUCCESS);
    for _ in 0..3 {
        assert_eq!(application.execute(), SUCCESS);
        assert_eq!(application.fetch(), SUCCESS);
        assert_eq!(
            application.with_state(application.execute()),
            (ERROR, "24000")
        );
        assert_eq!(application.call(|scope| close::free(scope, 0)), SUCCESS);
    }
    assert_eq!(
        application.with_state(application.direct("nowhere")),
        (ERROR, "42S02")
    );
    // The next text replaced the prepared one.
    assert_eq!(
        application.with_state(application.execute()),
        (ERROR, "HY010")
    );
}

#[test]
fn what_the_engine_refuses_leaves_the_statement_as_it_was() {
    let application = application();
    assert_eq!(application.prepare("refused"), SUCCESS);
    assert_eq!(
        application.with_state(application.execute()),
        (ERROR, "42000")
    );
    assert_eq!(
        application.with_state(application.execute()),
        (ERROR, "42000")
    );
    assert_eq!(
        application.with_state(application.direct("refused")),
        (ERROR, "42000")
    );
    assert_eq!(
        application.with_state(application.execute()),
        (ERROR, "HY010")
    );
    assert_eq!(
        application.with_state(application.direct(" ; ")),
        (ERROR, "42000")
    );
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HY010")
    );
}

#[test]
fn a_refused_statement_is_not_executed() {
    let application = application();
    assert_eq!(application.direct("refused"), ERROR);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HY010")
    );
    application.prepare("refused");
    assert_eq!(application.execute(), ERROR);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HY010")
    );
}

#[test]
fn closing_the_last_result_describes_the_first_again() {
    let application = application();
    let count = || {
        let out = application.memory.allocate(2);
        application.call(|scope| results::count_columns(scope, out, &application.memory));
        application.memory.i16(out)
    };
    application.prepare("numbers; update");
    assert_eq!(count(), 3);
    application.execute();
    application.more();
    assert_eq!(count(), 0);
    application.call(|scope| close::free(scope, 0));
    assert_eq!(count(), 3);
}

#[test]
fn counts_and_their_codes() {
    let application = application();
    assert_eq!(application.direct("update"), SUCCESS);
    assert_eq!(row_count(&application), 2);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "24000")
    );
    // A searched update that finds no row.
    assert_eq!(application.direct("UPDATE none"), NO_DATA);
    assert_eq!(row_count(&application), 0);
    assert_eq!(
        application.with_state(application.direct("warned")),
        (SUCCESS_WITH_INFO, "01000")
    );
}

#[test]
fn one_text_may_give_several_results() {
    let application = application();
    assert_eq!(
        application.direct("numbers; update ;UPDATE none; numbers"),
        SUCCESS
    );
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(application.more(), SUCCESS);
    assert_eq!(row_count(&application), 2);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "24000")
    );
    assert_eq!(application.more(), SUCCESS);
    assert_eq!(row_count(&application), 0);
    assert_eq!(application.more(), SUCCESS);
    let rows = std::iter::from_fn(|| (application.fetch() == SUCCESS).then_some(())).count();
    assert_eq!(rows, 3);
    assert_eq!(application.more(), NO_DATA);
    assert_eq!(application.more(), NO_DATA);
    assert_eq!(
        application.with_state(application.fetch()),
        (ERROR, "HY010")
    );
}

#[test]
fn a_statement_that_fails_ends_its_batch() {
    let application = application();
    assert_eq!(application.direct("update; refused; numbers"), SUCCESS);
    assert_eq!(application.with_state(application.more()), (ERROR, "42000"));
    assert_eq!(application.more(), NO_DATA);
    assert_eq!(application.direct("numbers"), SUCCESS);
}

#[test]
fn more_results_of_a_prepared_statement_end_where_it_is_prepared() {
    let application = application();
    application.prepare("numbers");
    application.execute();
    assert_eq!(application.more(), NO_DATA);
    assert_eq!(application.execute(), SUCCESS);
}

#[test]
fn timeouts_and_limits_reach_the_engine() {
    let statement = numbers(3);
    let options = statement.options.clone();
    let application = Application::new(FakeConnector::default().knows("numbers", statement));
    application.direct("numbers");
    {
        let seen = options.lock().unwrap();
        assert_eq!(seen.as_ref().unwrap().deadline, None);
        assert_eq!(seen.as_ref().unwrap().max_rows, None);
    }
    application.call(close::close_cursor);
    application.set(attribute::QUERY_TIMEOUT, 30);
    application.set(attribute::MAX_ROWS, 2);
    application.direct("numbers");
    let seen = options.lock().unwrap();
    let left = seen.as_ref().unwrap().deadline.unwrap() - Instant::now();
    assert!(left > Duration::from_secs(25) && left <= Duration::from_secs(30));
    assert_eq!(seen.as_ref().unwrap().max_rows, Some(2));
}

#[test]
fn closing_needs_a_cursor_but_freeing_does_not() {
    let application = with_numbers(1);
    let close_cursor = || application.with_state(application.call(close::close_cursor));
    let free =
        |option| application.with_state(application.call(|scope| close::free(scope, option)));
    assert_eq!(close_cursor(), (ERROR, "24000"));
    assert_eq!(free(0), (SUCCESS, ""));
    application.direct("numbers");
    assert_eq!(close_cursor(), (SUCCESS, ""));
    assert_eq!(close_cursor(), (ERROR, "24000"));
    assert_eq!(free(9), (ERROR, "HY092"));
}
