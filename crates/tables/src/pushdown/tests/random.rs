//! Random rows of Graph, and random conditions on their columns.

use super::*;
use crate::definition::{ColumnSource, Encoding};
use datafusion::common::Column as Name;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

const TEXTS: &[&str] = &[
    "Red",
    "red",
    "RED",
    "Red 1",
    "",
    " ",
    "a_b",
    "aXb",
    "a%b",
    "100%",
    "it's",
    "''",
    "é",
    "É",
    "e\u{301}",
    "İ",
    "ı",
    "straße",
    "STRASSE",
    "ſ",
    "K",
    "😀",
    "[x]",
    "[\"Red\"]",
    "a; b",
    "a;b",
    "\"q\"",
    "a <b>",
    "ann@x.org",
    "Ann@X.org",
    "Ann <ann@x.org>",
    "bob@x.org",
    "\\",
    "a\\%b",
    "a\nb",
    "\u{feff}",
    "null",
    "true",
    " Red",
    "Red ",
];

const MOMENTS: &[&str] = &[
    "0001-01-01T00:00:00",
    "1899-12-31T23:59:59",
    "1970-01-01T00:00:00",
    "2026-11-23T10:00:00",
    "2026-11-23T10:00:00.1",
    "2026-11-23T10:00:00.1234567",
    "2026-11-23T10:00:01",
    "9999-12-31T23:59:59",
];

/// Mostly one of a few, so that they match.
fn text() -> impl Strategy<Value = &'static str> {
    prop_oneof![select(&TEXTS[..4]), select(TEXTS)]
}

/// Columns that choose rows by a filter, and a few that do not.
pub fn columns(table: &'static Table) -> Vec<&'static Column> {
    let columns = table.columns.iter();
    let is_scalar = |column: &&Column| {
        let by_path = matches!(
            column.filter,
            Filter::ParentFolder
                | Filter::Parent
                | Filter::Grandparent
                | Filter::Asked
                | Filter::Id
        );
        let encodings = [
            Encoding::Scalar,
            Encoding::DateTimeTimeZone,
            Encoding::Strings,
            Encoding::EmailAddresses,
        ];
        !by_path
            && matches!(column.source, ColumnSource::Property { encoding, .. } if encodings.contains(&encoding))
            && matches!(
                arrow_type(column),
                DataType::Utf8 | DataType::Boolean | DataType::Timestamp(..)
            )
    };
    let scalars: Vec<&Column> = columns.filter(is_scalar).collect();
    let (filtered, others): (Vec<&Column>, Vec<&Column>) = scalars
        .into_iter()
        .partition(|column| column.filter != Filter::None);
    filtered
        .into_iter()
        .chain(others.into_iter().take(2))
        .collect()
}

fn arrow_type(column: &Column) -> DataType {
    crate::column_type::arrow_type(column.column_type)
}

/// A value of a property as Graph writes it.
fn value(column: &'static Column) -> BoxedStrategy<Value> {
    let ColumnSource::Property { encoding, .. } = column.source else {
        unreachable!("only properties are chosen");
    };
    let some = match (encoding, column.filter, arrow_type(column)) {
        (Encoding::Strings, ..) => prop::collection::vec(text(), 0..3)
            .prop_map(|texts| json!(texts))
            .boxed(),
        (Encoding::EmailAddresses, ..) => prop::collection::vec((text(), text()), 0..4)
            .prop_map(|people| {
                people
                    .into_iter()
                    .map(|(name, address)| json!({"name": name, "address": address}))
                    .collect()
            })
            .boxed(),
        (_, Filter::Enumeration(members), _) => select(members).prop_map(Value::from).boxed(),
        (_, _, DataType::Boolean) => any::<bool>().prop_map(Value::from).boxed(),
        (Encoding::DateTimeTimeZone, ..) => select(MOMENTS)
            .prop_map(|moment| json!(seven_digits(moment)))
            .boxed(),
        (_, Filter::DateTimeOffset, _) => {
            // Outlook shows whole seconds, even if it stores more digits.
            let whole = MOMENTS.iter().filter(|moment| !moment.contains('.'));
            select(whole.copied().collect::<Vec<_>>())
                .prop_map(|moment| json!(format!("{moment}Z")))
                .boxed()
        }
        (_, _, DataType::Timestamp(..)) => select(MOMENTS)
            .prop_map(|moment| json!(format!("{moment}Z")))
            .boxed(),
        _ => text().prop_map(Value::from).boxed(),
    };
    // Every message has a received time, at the latest that of its creation.
    let is_always_there = column.sortable && column.filter == Filter::DateTimeOffset;
    match is_always_there {
        true => some,
        false => prop_oneof![4 => some, 1 => Just(Value::Null)].boxed(),
    }
}

fn seven_digits(moment: &str) -> String {
    let (seconds, fraction) = moment.split_once('.').unwrap_or((moment, ""));
    format!("{seconds}.{fraction:0<7}")
}

pub fn row(table: &'static Table) -> impl Strategy<Value = Map<String, Value>> {
    let columns = columns(table);
    let values: Vec<BoxedStrategy<Value>> = columns.iter().map(|column| value(column)).collect();
    values.prop_map(move |values| {
        let mut row = json!({});
        for (column, value) in columns.iter().zip(values) {
            let ColumnSource::Property { path, encoding } = column.source else {
                unreachable!("only properties are chosen");
            };
            let place = path.iter().fold(&mut row, |place, name| &mut place[*name]);
            *place = value;
            if encoding == Encoding::DateTimeTimeZone {
                row[path[0]]["timeZone"] = json!("UTC");
            }
        }
        if std::ptr::eq(table, &CONTACTS) {
            name_addresses(&mut row);
        }
        match row {
            Value::Object(row) => row,
            _ => unreachable!("an object was made"),
        }
    })
}

/// A contact's three addresses are those of its list.
fn name_addresses(contact: &mut Value) {
    for (at, name) in [
        "primaryEmailAddress",
        "secondaryEmailAddress",
        "tertiaryEmailAddress",
    ]
    .iter()
    .enumerate()
    {
        contact[*name] = contact["emailAddresses"]
            .get(at)
            .cloned()
            .unwrap_or_default();
    }
}

fn constant(column: &'static Column) -> BoxedStrategy<Expr> {
    match (column.filter, arrow_type(column)) {
        (Filter::Enumeration(members), _) => select(members).prop_map(lit).boxed(),
        (_, DataType::Boolean) => any::<bool>().prop_map(lit).boxed(),
        (_, DataType::Timestamp(..)) => (select(MOMENTS), select(vec![0, 1, -1, 1_000_000]))
            .prop_map(|(text, offset)| {
                let moment =
                    chrono::DateTime::parse_from_rfc3339(&format!("{text}Z")).expect("a moment");
                let micros = moment.timestamp_micros() + offset;
                lit(ScalarValue::TimestampMicrosecond(Some(micros), None))
            })
            .boxed(),
        _ => text().prop_map(lit).boxed(),
    }
}

/// A text with wildcards in it or around it.
fn pattern() -> impl Strategy<Value = String> {
    (text(), 0..4_usize).prop_map(|(text, shape)| match shape {
        0 => text.to_owned(),
        1 => format!("{text}%"),
        2 => format!("%{text}"),
        _ => format!("%{text}%"),
    })
}

fn leaf(column: &'static Column) -> BoxedStrategy<Expr> {
    let name = || Expr::Column(Name::from_name(column.name));
    let value = || constant(column);
    let operators = [
        Expr::eq,
        Expr::eq,
        Expr::not_eq,
        Expr::lt,
        Expr::lt_eq,
        Expr::gt,
        Expr::gt_eq,
    ];
    let compared = (select(operators.to_vec()), value(), any::<bool>()).prop_map(
        move |(operator, value, swapped)| match swapped {
            true => operator(value, name()),
            false => operator(name(), value),
        },
    );
    let listed = (prop::collection::vec(value(), 1..24), any::<bool>())
        .prop_map(move |(values, negated)| in_list(name(), values, negated));
    let between = (value(), value()).prop_map(move |(low, high)| name().between(low, high));
    let null = any::<bool>().prop_map(move |is| {
        if is {
            name().is_null()
        } else {
            name().is_not_null()
        }
    });
    let general = prop_oneof![4 => compared, 2 => listed, 1 => between, 1 => null];
    match arrow_type(column) {
        DataType::Boolean => {
            let truths = [
                name(),
                not(name()),
                name().is_true(),
                name().is_false(),
                name().is_not_true(),
            ];
            prop_oneof![1 => general, 1 => select(truths.to_vec())].boxed()
        }
        DataType::Utf8 => {
            let like =
                (pattern(), any::<bool>()).prop_map(move |(pattern, negated)| match negated {
                    true => name().not_like(lit(pattern)),
                    false => name().like(lit(pattern)),
                });
            let included = text().prop_map(move |item| includes(name(), item));
            prop_oneof![4 => general, 2 => like, 1 => included].boxed()
        }
        _ => general.boxed(),
    }
}

pub fn condition(table: &'static Table) -> impl Strategy<Value = Expr> {
    // Lists are rare, and have the strangest rules.
    let weight = |column: &Column| if column.filter == Filter::Items { 6 } else { 1 };
    let columns = columns(table).into_iter();
    let leaves: Vec<(u32, BoxedStrategy<Expr>)> = columns
        .map(|column| (weight(column), leaf(column)))
        .collect();
    proptest::strategy::Union::new_weighted(leaves).prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            2 => (inner.clone(), inner.clone()).prop_map(|(left, right)| and(left, right)),
            2 => (inner.clone(), inner.clone()).prop_map(|(left, right)| or(left, right)),
            1 => inner.prop_map(not),
        ]
    })
}
