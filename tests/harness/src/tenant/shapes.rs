//! Entities of any type, filled with odd values, nulls among them.

use super::entities::{entity, leave_out_nulls};
use super::texts::{by_turns, exact_moment, list, moment, odd, recipients, some, zoned};
use graph_simulator::model::Entity;
use serde_json::{Map, Value, json};

/// The kind of a property's values.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Text,
    /// A short text, as enumerations have them.
    Word,
    Bit,
    Number,
    /// A number of bytes.
    Size,
    Fraction,
    /// A `DateTimeOffset`.
    Moment,
    /// A `dateTimeTimeZone`.
    Zoned,
    /// The name of a zone.
    Zone,
    Day,
    TimeOfDay,
    Texts,
    People,
    /// A list of structures.
    Structures,
}

/// An entity with these properties, and with others that are given.
pub fn shape(properties: &[(&str, Kind)], number: usize, others: Value) -> Entity {
    let mut object = entity(others);
    for ((path, kind), place) in properties.iter().zip(0..) {
        let mut parent = &mut object;
        let mut segments: Vec<&str> = path.split('/').collect();
        let last = segments.pop().expect("a path has a last segment");
        for segment in segments {
            let child = parent
                .entry(segment)
                .or_insert_with(|| Value::Object(Map::new()));
            parent = child.as_object_mut().expect("an object");
        }
        parent.insert(last.to_owned(), value(*kind, number + place * 3));
    }
    if number % 4 == 3 {
        leave_out_nulls(&mut object);
    }
    object
}

fn value(kind: Kind, number: usize) -> Value {
    let some_are_null = |value: Value| match number % 7 {
        6 => Value::Null,
        _ => value,
    };
    match kind {
        Kind::Text => odd(number),
        Kind::Word => some_are_null(json!(by_turns(
            &["none", "High", "other", "o'ther", "%"],
            number
        ))),
        Kind::Bit => some_are_null(json!(number.is_multiple_of(2))),
        Kind::Number => some_are_null(json!(by_turns(
            &[0, 1, -1, 2_147_483_647, -2_147_483_648],
            number
        ))),
        Kind::Size => some_are_null(json!(by_turns(
            &[0_u64, 1, 107_374_182_400, 4_398_046_511_104],
            number
        ))),
        Kind::Fraction => some_are_null(json!(by_turns(
            &[0.0, -1.5, 48.137_154_3, 1e-7, 1.5e10],
            number
        ))),
        Kind::Moment => exact_moment(number),
        Kind::Zoned => some_are_null(zoned(moment(number))),
        Kind::Zone => json!("UTC"),
        Kind::Day => some_are_null(json!(by_turns(
            &["2026-03-01", "0001-01-01", "9999-12-31", "2024-02-29"],
            number
        ))),
        Kind::TimeOfDay => some_are_null(json!(by_turns(
            &["08:00:00.0000000", "00:00:00", "23:59:59.0000000"],
            number
        ))),
        Kind::Texts => list(number),
        Kind::People => recipients(number),
        Kind::Structures => (0..number % 3)
            .map(|index| json!({ "type": some(number), "number": index }))
            .collect(),
    }
}
