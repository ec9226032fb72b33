//! Descriptors that several statements share, and copies of them.

use super::descriptors::{get, of_statement, state};
use super::support::with_numbers;
use crate::odbc::attributes::statement::attribute;
use crate::odbc::calls::allocate;
use crate::odbc::calls::descriptor::copy;
use crate::odbc::calls::descriptor::fields::field;
use crate::odbc::constants::{c_type, handle_type};
use crate::odbc::handles::{ERROR, SUCCESS};
use crate::odbc::memory::AppPtr;

#[test]
fn an_explicit_descriptor_serves_several_statements() {
    let mut application = with_numbers(2);
    let first = application.statement;
    let explicit = application.child(handle_type::DESC, application.connection);
    assert_eq!(application.set(attribute::APP_ROW_DESC, explicit), SUCCESS);
    assert_eq!(
        of_statement(&application, attribute::APP_ROW_DESC),
        explicit
    );
    let number = application.memory.allocate(4);
    application.bind(1, c_type::SLONG, number, 0, AppPtr::NULL);
    application.statement = application.child(handle_type::STMT, application.connection);
    assert_eq!(application.set(attribute::APP_ROW_DESC, explicit), SUCCESS);
    application.direct("numbers");
    assert_eq!(
        [application.fetch(), application.fetch()],
        [SUCCESS, SUCCESS]
    );
    assert_eq!(application.memory.i32(number), 2);
    application.statement = first;
    application.direct("numbers");
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(application.memory.i32(number), 1);
    // After it is freed, the statement uses its own again, without bindings.
    assert_eq!(allocate::free(handle_type::DESC, explicit), SUCCESS);
    assert_ne!(
        of_statement(&application, attribute::APP_ROW_DESC),
        explicit
    );
    assert_eq!(application.fetch(), SUCCESS);
    assert_eq!(application.memory.i32(number), 1);
}

#[test]
fn only_fitting_descriptors_are_associated() {
    let application = with_numbers(1);
    let set = |id, token| application.with_state(application.set(id, token));
    let own = of_statement(&application, attribute::APP_ROW_DESC);
    let apd = of_statement(&application, attribute::APP_PARAM_DESC);
    assert_eq!(set(attribute::APP_ROW_DESC, own), (SUCCESS, ""));
    assert_eq!(set(attribute::APP_ROW_DESC, 0), (SUCCESS, ""));
    assert_eq!(set(attribute::APP_ROW_DESC, apd), (ERROR, "HY017"));
    assert_eq!(set(attribute::APP_ROW_DESC, 4711), (ERROR, "HY024"));
    let elsewhere = with_numbers(1);
    let foreign = elsewhere.child(handle_type::DESC, elsewhere.connection);
    assert_eq!(set(attribute::APP_ROW_DESC, foreign), (ERROR, "HY024"));
    assert_eq!(set(attribute::IMP_ROW_DESC, own), (ERROR, "HY017"));
}

#[test]
fn copies_take_everything_but_how_a_descriptor_was_allocated() {
    let application = with_numbers(1);
    let source = of_statement(&application, attribute::APP_ROW_DESC);
    application.bind(
        2,
        c_type::CHAR,
        AppPtr::new(0x1000),
        20,
        AppPtr::new(0x2000),
    );
    application.set(attribute::USE_BOOKMARKS, 2);
    application.bind(0, c_type::UBIGINT, AppPtr::new(0x3000), 0, AppPtr::NULL);
    application.set(attribute::ROW_ARRAY_SIZE, 9);
    application.set(attribute::ROW_BIND_TYPE, 64);
    let elsewhere = with_numbers(1);
    let target = elsewhere.child(handle_type::DESC, elsewhere.connection);
    let put = |target, source| (copy::copy(source, target), state(target));
    assert_eq!(put(target, source), (SUCCESS, ""));
    assert_eq!(get(&elsewhere, target, 0, field::ARRAY_SIZE).1, 9);
    assert_eq!(get(&elsewhere, target, 0, field::BIND_TYPE).1, 64);
    assert_eq!(get(&elsewhere, target, 2, field::DATA_PTR).1, 0x1000);
    assert_eq!(get(&elsewhere, target, 0, field::DATA_PTR).1, 0x3000);
    assert_eq!(get(&elsewhere, target, 0, field::ALLOC_TYPE).1, 2);
    let ird = of_statement(&application, attribute::IMP_ROW_DESC);
    assert_eq!(put(ird, source), (ERROR, "HY016"));
    assert_eq!(put(target, ird), (ERROR, "HY007"));
}
