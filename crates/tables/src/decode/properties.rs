//! Values of extended properties in typed columns. Graph writes all of them as texts (docs/graph.md#extended-properties).

use super::cells::{Cells, Refusal};
use super::error::DecodeError;
use crate::datetime;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use exchange_config::{PropertyColumn, PropertyId, PropertyType};
use serde::Deserialize;

#[derive(Deserialize)]
struct Property {
    id: String,
    value: Option<String>,
}

/// A value of its column's type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Bytes(Vec<u8>),
    Boolean(bool),
    Number(i64),
    Double(f64),
    Microseconds(i64),
}

impl Value {
    pub(super) fn push(&self, cells: &mut Cells) -> Result<(), Refusal> {
        match self {
            Self::Text(text) => cells.push_text(text),
            Self::Bytes(bytes) => cells.push_bytes(bytes),
            Self::Boolean(value) => cells.push_boolean(*value),
            Self::Number(value) => cells.push_integer(*value),
            Self::Double(value) => cells.push_double(*value),
            Self::Microseconds(value) => cells.push_microseconds(*value),
        }
    }
}

/// The value of a property, if it is among those of an item.
pub(super) fn value(
    property: &'static PropertyColumn,
    list: &str,
) -> Result<Option<Value>, DecodeError> {
    let wrong = |expected| DecodeError::Value {
        column: &property.name,
        expected,
    };
    let found: Vec<Property> =
        serde_json::from_str(list).map_err(|_| wrong("a list of properties"))?;
    let is_it = |found: &Property| PropertyId::parse(&found.id).is_ok_and(|id| id == property.id);
    let text = found.into_iter().find(is_it).and_then(|found| found.value);
    let Some(text) = text else { return Ok(None) };
    let kind = property.id.value_type();
    let value = typed(kind, text).ok_or_else(|| wrong(expected(kind)))?;
    Ok(Some(value))
}

fn typed(kind: PropertyType, text: String) -> Option<Value> {
    let trimmed = text.trim();
    Some(match kind {
        PropertyType::Boolean if trimmed.eq_ignore_ascii_case("true") => Value::Boolean(true),
        PropertyType::Boolean if trimmed.eq_ignore_ascii_case("false") => Value::Boolean(false),
        PropertyType::Boolean => return None,
        PropertyType::Integer => Value::Number(trimmed.parse::<i32>().ok()?.into()),
        PropertyType::BigInt => Value::Number(trimmed.parse().ok()?),
        PropertyType::Double => Value::Double(trimmed.parse().ok()?),
        PropertyType::Timestamp => Value::Microseconds(datetime::parse_timestamp(trimmed)?),
        PropertyType::Binary => Value::Bytes(STANDARD.decode(trimmed).ok()?),
        PropertyType::Text => Value::Text(text),
    })
}

/// The expected form, for messages.
fn expected(kind: PropertyType) -> &'static str {
    match kind {
        PropertyType::Boolean => "true or false",
        PropertyType::Integer | PropertyType::BigInt => "a whole number in the range of its column",
        PropertyType::Double => "a number",
        PropertyType::Timestamp => "an ISO 8601 date and time with an offset",
        PropertyType::Binary => "base64",
        PropertyType::Text => "a text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_values_of_their_type() {
        use PropertyType::{BigInt, Binary, Boolean, Double, Integer, Text, Timestamp};
        for (kind, text, value) in [
            (Boolean, "True", Some(Value::Boolean(true))),
            (Boolean, "1", None),
            (Integer, " -5 ", Some(Value::Number(-5))),
            (Integer, "3000000000", None),
            (BigInt, "3000000000", Some(Value::Number(3_000_000_000))),
            (BigInt, "9223372036854775808", None),
            (Double, "1e3", Some(Value::Double(1_000.0))),
            (Double, "x", None),
            (
                Timestamp,
                "1970-01-01T00:00:01Z",
                Some(Value::Microseconds(1_000_000)),
            ),
            (Timestamp, "yesterday", None),
            (Binary, "AAE=", Some(Value::Bytes(vec![0, 1]))),
            (Binary, "?", None),
            (Text, " a ", Some(Value::Text(" a ".to_owned()))),
        ] {
            assert_eq!(typed(kind, text.to_owned()), value, "{kind:?} {text}");
        }
    }
}
