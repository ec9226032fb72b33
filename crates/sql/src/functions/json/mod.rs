//! `JSON_VALUE`, `JSON_QUERY`: values from a text with JSON.
//!
//! Numbers, objects and arrays are returned as they are written, so they lose no digits. The result
//! is null if a path finds nothing or a value of the other kind: `JSON_VALUE` returns texts,
//! numbers and truth values, `JSON_QUERY` objects and arrays. A text that is not JSON is an error.

mod path;

use super::call::{Call, Written};
use super::definition::Parameter::Text;
use super::definition::{Function, Returns};
use super::latest::Latest;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::ArrayRef;
use path::{Path, Step};
use serde_json::value::RawValue;
use std::collections::HashMap;

pub const FUNCTIONS: &[Function] = &[
    Function::new("json_value", &[Text, Text], Returns::Text, |call| {
        each(call, write_value)
    }),
    Function::new("json_query", &[Text, Text], Returns::Text, |call| {
        each(call, write_query)
    }),
];

fn each(
    call: &Call,
    write: fn(&RawValue, &mut String) -> Result<Written, Error>,
) -> Result<ArrayRef, Error> {
    let (texts, paths) = (call.text(0), call.text(1));
    let mut known = Latest::new();
    call.write(|row, out| {
        let path = known.of(paths.value(row), |path| Path::parse(path))?;
        let document: &RawValue = serde_json::from_str(texts.value(row)).map_err(|_| not_json())?;
        match only(document, path)? {
            Some(value) => write(value, out),
            None => Ok(Written::Null),
        }
    })
}

/// The value that a path leads to, if it is a single one. In the standard's lax mode, a name
/// applies to each item of an array, and any other value counts as an array with a single item.
fn only<'a>(document: &'a RawValue, path: &Path) -> Result<Option<&'a RawValue>, Error> {
    let mut values = vec![document];
    for step in &path.0 {
        let mut next = Vec::new();
        for value in values {
            match step {
                Step::Member(name) => match kind(value) {
                    Kind::Object => next.extend(member(value, name)?),
                    Kind::Array => {
                        for item in items(value)? {
                            if kind(item) == Kind::Object {
                                next.extend(member(item, name)?);
                            }
                        }
                    }
                    Kind::Plain => {}
                },
                Step::Index(_) | Step::Last if kind(value) != Kind::Array => {
                    let is_first = !matches!(step, Step::Index(1..));
                    next.extend(is_first.then_some(value));
                }
                Step::Index(index) => next.extend(items(value)?.get(*index).copied()),
                Step::Last => next.extend(items(value)?.last().copied()),
            }
        }
        values = next;
    }
    Ok(match values.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    Array,
    Plain,
}

fn kind(value: &RawValue) -> Kind {
    match value.get().as_bytes().first() {
        Some(b'{') => Kind::Object,
        Some(b'[') => Kind::Array,
        _ => Kind::Plain,
    }
}

fn member<'a>(value: &'a RawValue, name: &str) -> Result<Option<&'a RawValue>, Error> {
    let mut members: HashMap<String, &RawValue> =
        serde_json::from_str(value.get()).map_err(|_| not_json())?;
    Ok(members.remove(name))
}

fn items(value: &RawValue) -> Result<Vec<&RawValue>, Error> {
    serde_json::from_str(value.get()).map_err(|_| not_json())
}

fn write_value(value: &RawValue, out: &mut String) -> Result<Written, Error> {
    let text = value.get();
    if kind(value) != Kind::Plain || text == "null" {
        return Ok(Written::Null);
    }
    match text.starts_with('"') {
        true => out.push_str(&serde_json::from_str::<String>(text).map_err(|_| not_json())?),
        false => out.push_str(text),
    }
    Ok(Written::Text)
}

fn write_query(value: &RawValue, out: &mut String) -> Result<Written, Error> {
    if kind(value) == Kind::Plain {
        return Ok(Written::Null);
    }
    out.push_str(value.get());
    Ok(Written::Text)
}

fn not_json() -> Error {
    Error::new(
        ErrorKind::InvalidCast,
        "a text is not JSON; JSON_VALUE and JSON_QUERY read the columns that docs/tables.md marks as JSON, and lists of \
         addresses with Collections=Json",
    )
}

#[cfg(test)]
mod tests {
    use crate::ErrorKind;
    use crate::testing::session;

    /// The expected values are PostgreSQL 17's.
    const CASES: &[(&str, &str, &str)] = &[
        (r#"{"a": {"b": [1.50, "x"]}}"#, "$.a.b[0]", "1.50"),
        (r#"{"a": {"b": [1.50, "x"]}}"#, "lax $.a.b[1]", "x"),
        (r#"{"a": {"b": [1.50, "x"]}}"#, "$.a.b[last]", "x"),
        (r#"{"a": {"b": [1.50, "x"]}}"#, "$.a.b[2]", "NULL"),
        (r#"{"a": {"b": [1.50, "x"]}}"#, "$.a.b", "NULL"),
        (r#"{"a": {"b": [1.50, "x"]}}"#, "$.a.c.d", "NULL"),
        (r#"{"a b": true, "n": null}"#, r#"$."a b""#, "true"),
        (r#"{"a b": true, "n": null}"#, "$.n", "NULL"),
        (r#"[{"name": "A"}]"#, "$.name", "A"),
        (r#"[{"name": "A"}, {"name": "B"}]"#, "$.name", "NULL"),
        (r#"[{"name": "A"}, {"name": "B"}]"#, "$[1].name", "B"),
        (r#"{"a": 5}"#, "$.a[0]", "5"),
        (r#"{"a": "l\u00f6\n"}"#, "$.a", "lö\n"),
        ("12345678901234567890.10", "$", "12345678901234567890.10"),
    ];

    #[test]
    fn paths_lead_to_values() {
        let session = session();
        for (document, path, expected) in CASES {
            let value = session.value(&format!("SELECT json_value('{document}', '{path}')"));
            assert_eq!(value.as_deref(), Ok(*expected), "{document} {path}");
        }
    }

    #[test]
    fn objects_and_arrays_are_given_as_they_are_written() {
        let session = session();
        for (path, expected) in [
            ("$.a", r#"{"b": [1.50, "x"]}"#),
            ("$.a.b", r#"[1.50, "x"]"#),
            ("$.a.b[0]", "NULL"),
            ("$", r#"{"a": {"b": [1.50, "x"]}}"#),
        ] {
            let document = r#"{"a": {"b": [1.50, "x"]}}"#;
            let value = session.value(&format!("SELECT json_query('{document}', '{path}')"));
            assert_eq!(value.as_deref(), Ok(expected), "{path}");
        }
    }

    #[test]
    fn what_is_no_json_and_no_path_is_an_error() {
        let session = session();
        let kind = |document: &str, path: &str| {
            let value = session.value(&format!("SELECT json_value('{document}', '{path}')"));
            value.unwrap_err().kind
        };
        assert_eq!(kind("Dear Ann", "$.a"), ErrorKind::InvalidCast);
        for path in [
            "a",
            "$.",
            "$a",
            "strict $.a",
            "$.a[*]",
            "$.*",
            "$..a",
            "$.a[-1]",
            "$.a ? (@ > 1)",
        ] {
            assert_eq!(kind("{}", path), ErrorKind::Syntax, "{path}");
        }
    }
}
