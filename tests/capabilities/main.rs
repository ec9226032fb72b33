//! Checks the promises of `SQLGetInfo`, `SQLGetTypeInfo` and `SQLGetFunctions`: each bit and each
//! answer about SQL or cursors has a statement or a call with its expected result.
//!
//! A set bit without a proof fails the test, and so does an unset bit whose proof works although it
//! should be refused.

mod batches;
mod convert;
mod cursor_calls;
mod cursors;
mod definitions;
mod functions;
mod limits;
mod predicates;
mod proof;
mod queries;
mod scalar;
mod types;
mod values;
mod world;

use driver_harness::client::Connection;
use proof::{Bitmap, Call};
use std::collections::BTreeSet;
use world::World;

/// Information types whose bits are proved by statements.
const STATEMENTS: &[&[Bitmap]] = &[
    scalar::BITMAPS,
    predicates::BITMAPS,
    queries::BITMAPS,
    definitions::BITMAPS,
];

/// Information types whose bits are proved by calls.
const CALLS: &[&[Bitmap<Call>]] = &[cursors::BITMAPS, batches::BITMAPS];

fn all<T>(lists: &'static [&'static [T]]) -> impl Iterator<Item = &'static T> {
    lists.iter().copied().flatten()
}

#[test]
fn every_bit_is_proved_by_a_statement() {
    let world = World::new();
    proof::no_complaints(all(STATEMENTS).flat_map(|bitmap| bitmap.complaints(&world)));
}

#[test]
fn every_bit_about_cursors_and_batches_is_proved_by_a_call() {
    let world = World::new();
    proof::no_complaints(all(CALLS).flat_map(|bitmap| bitmap.complaints(&world)));
}

#[test]
fn every_pair_of_types_is_converted_as_told() {
    proof::no_complaints(convert::complaints(&World::new()));
}

#[test]
fn every_answer_is_what_statements_show() {
    proof::no_complaints(values::complaints(&World::new()));
}

#[test]
fn every_limit_is_reached() {
    proof::no_complaints(limits::complaints(&World::new()));
}

/// Whether the driver answers to an information type.
fn answers(connection: &Connection, id: u16) -> bool {
    match connection.info_text(id) {
        Ok(_) => true,
        Err(failure) => {
            assert_eq!(failure.state(), "HY096", "{id}");
            false
        }
    }
}

#[test]
fn every_information_type_is_looked_at_here() {
    let statements = all(STATEMENTS).map(|bitmap| bitmap.id);
    let calls = all(CALLS).map(|bitmap| bitmap.id);
    let known: Vec<u16> = statements
        .chain(calls)
        .chain(convert::ids())
        .chain(values::ids())
        .collect();
    let distinct: BTreeSet<u16> = known.iter().copied().collect();
    assert_eq!(known.len(), distinct.len(), "each is looked at once");
    let world = World::new();
    let answered = (0..=u16::MAX).filter(|id| answers(&world.connection, *id));
    assert_eq!(answered.collect::<BTreeSet<u16>>(), distinct);
}
