//! Handles that are stale, foreign, or of another kind.

use super::support::with_numbers;
use crate::odbc::calls::{allocate, cancel};
use crate::odbc::constants::handle_type;
use crate::odbc::handles::{
    Allowed, ERROR, INVALID_HANDLE, SUCCESS, Success, with_connection, with_descriptor,
    with_environment, with_statement,
};
use crate::odbc::memory::AppPtr;
use crate::odbc::testing::Application;
use proptest::prelude::*;

/// The kinds that accept the handle.
fn kinds_of(handle: usize) -> Vec<i16> {
    let codes = [
        (
            handle_type::ENV,
            with_environment(handle, |_, _| Ok(Success::Done)),
        ),
        (
            handle_type::DBC,
            with_connection(handle, |_| Ok(Success::Done)),
        ),
        (
            handle_type::STMT,
            with_statement(handle, Allowed::Always, |_| Ok(Success::Done)),
        ),
        (
            handle_type::DESC,
            with_descriptor(handle, Allowed::OutsideDataAtExecution, |_| {
                Ok(Success::Done)
            }),
        ),
    ];
    codes
        .into_iter()
        .filter(|(_, code)| *code != INVALID_HANDLE)
        .map(|(kind, _)| kind)
        .collect()
}

fn descriptor(application: &Application) -> usize {
    application.child(handle_type::DESC, application.connection)
}

#[test]
fn a_handle_is_of_one_kind() {
    let application = with_numbers(1);
    assert_eq!(kinds_of(application.environment), [handle_type::ENV]);
    assert_eq!(kinds_of(application.connection), [handle_type::DBC]);
    assert_eq!(kinds_of(application.statement), [handle_type::STMT]);
    assert_eq!(kinds_of(descriptor(&application)), [handle_type::DESC]);
    for kind in [handle_type::DBC, handle_type::STMT, handle_type::DESC, 9] {
        assert_eq!(
            allocate::free(kind, application.environment),
            INVALID_HANDLE
        );
    }
    assert_eq!(cancel::statement(application.connection), INVALID_HANDLE);
}

#[test]
fn a_freed_handle_stays_invalid_when_its_place_is_used_again() {
    let application = with_numbers(1);
    let mut old = Vec::new();
    for _ in 0..20 {
        let statement = application.child(handle_type::STMT, application.connection);
        assert!(!old.contains(&statement));
        assert_eq!(allocate::free(handle_type::STMT, statement), SUCCESS);
        assert_eq!(allocate::free(handle_type::STMT, statement), INVALID_HANDLE);
        old.push(statement);
    }
    assert!(old.iter().all(|handle| kinds_of(*handle).is_empty()));
}

#[test]
fn parents_outlive_their_children() {
    let application = with_numbers(1);
    assert_eq!(
        allocate::free(handle_type::ENV, application.environment),
        ERROR
    );
    assert_eq!(kinds_of(application.environment), [handle_type::ENV]);
    let lonely = application.child(handle_type::DBC, application.environment);
    assert_eq!(allocate::free(handle_type::DBC, lonely), SUCCESS);
    assert_eq!(allocate::free(handle_type::DBC, lonely), INVALID_HANDLE);
}

#[test]
fn children_need_a_parent_of_the_right_kind_and_a_place_for_the_handle() {
    let application = with_numbers(1);
    let child = |kind, parent, out| allocate::child(kind, parent, out, &application.memory);
    let out = application.memory.allocate(8);
    assert_eq!(
        child(handle_type::DBC, application.connection, out),
        INVALID_HANDLE
    );
    assert_eq!(
        child(handle_type::STMT, application.environment, out),
        INVALID_HANDLE
    );
    assert_eq!(application.memory.ulen(out), 0);
    assert_eq!(child(7, application.environment, out), ERROR);
    assert_eq!(child(7, application.connection, out), ERROR);
    assert_eq!(child(7, 12345, out), INVALID_HANDLE);
    for (kind, parent) in [
        (handle_type::DBC, application.environment),
        (handle_type::STMT, application.connection),
        (handle_type::DESC, application.connection),
    ] {
        assert_eq!(child(kind, parent, AppPtr::NULL), ERROR);
    }
}

proptest! {
    #[test]
    fn no_number_is_taken_for_a_handle(handle in any::<usize>(), small in 0_usize..64) {
        // Other tests use small generations of slots, so these are not their tokens.
        let forged = handle | 1 << (usize::BITS - 1);
        prop_assert!(kinds_of(forged).is_empty());
        prop_assert_eq!(allocate::free(handle_type::STMT, forged), INVALID_HANDLE);
        prop_assert!(kinds_of(small << (usize::BITS / 2)).is_empty());
    }
}

#[test]
fn descriptors_that_were_not_allocated_cannot_be_freed() {
    let application = with_numbers(1);
    let mut own = 0;
    application.call(|scope| {
        own = scope.ard().token;
        Ok(Success::Done)
    });
    assert_eq!(allocate::free(handle_type::DESC, own), ERROR);
    assert_eq!(kinds_of(own), [handle_type::DESC]);
}

#[test]
fn threads_share_a_connection() {
    let application = with_numbers(50);
    let statements: Vec<usize> = (0..4)
        .map(|_| application.child(handle_type::STMT, application.connection))
        .collect();
    std::thread::scope(|threads| {
        for statement in &statements {
            threads.spawn(move || {
                for _ in 0..200 {
                    let code = with_statement(*statement, Allowed::Always, |_| Ok(Success::Done));
                    assert_eq!(code, SUCCESS);
                }
                assert_eq!(allocate::free(handle_type::STMT, *statement), SUCCESS);
            });
        }
    });
}
