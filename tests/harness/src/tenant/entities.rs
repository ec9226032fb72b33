//! Objects of Graph, and their ids.

use graph_simulator::model::Entity;
use serde_json::Value;

/// A text property, or an empty text.
pub fn text<'e>(entity: &'e Entity, name: &str) -> &'e str {
    entity.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Letters that mark what an id names.
pub(super) const MESSAGE: &str = "BGAAAM";
pub(super) const FOLDER: &str = "AuAAAF";
pub(super) const CALENDAR: &str = "AuAAAC";
pub(super) const EVENT: &str = "ENAAAE";
pub(super) const CONTACT_FOLDER: &str = "AuAAAD";
pub(super) const CONTACT: &str = "EOAAAT";

/// An id as Exchange makes them. Numbers 2n and 2n + 1 differ in the case of one letter only.
pub(super) fn id(seed: usize, kind: &str, number: usize) -> String {
    let twin = if number.is_multiple_of(2) { 'Q' } else { 'q' };
    let pair = number / 2;
    format!(
        "AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OA{seed}_{kind}AAAiQ8W967B7TKBjgx9rVEURB{twin}{pair:0>4}-Zz="
    )
}

pub(super) fn change_key(seed: usize, kind: &str, number: usize) -> String {
    format!("CQAAABYAAAAiQ8W967B7TKBjgx9rVEUR{seed}{kind}{number:0>3}+/")
}

pub(super) fn entity(value: Value) -> Entity {
    match value {
        Value::Object(map) => map,
        other => panic!("an entity is an object, not {other}"),
    }
}

/// Puts properties away that are null, as Graph often does.
pub(super) fn leave_out_nulls(entity: &mut Entity) {
    entity.retain(|_, value| !value.is_null());
}
