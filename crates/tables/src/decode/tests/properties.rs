//! Properties of the decoder for all replies.

use super::*;
use crate::ColumnType;
use crate::datetime;
use crate::definition::{Column, ColumnSource, Encoding};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use datafusion::arrow::datatypes::Int64Type;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// A value as Graph could send it for this column.
fn value_of(column: &Column, encoding: Encoding) -> BoxedStrategy<Value> {
    let text = "\\PC{0,12}|[a-zäß😀\"\\\\\n\u{0}]{0,6}";
    match encoding {
        Encoding::Strings => prop::collection::vec(text, 0..4).prop_map(|v| json!(v)).boxed(),
        Encoding::Recipients | Encoding::Attendees => {
            prop::collection::vec((text, text), 0..3)
                .prop_map(|people| {
                    let person = |(name, address)| {
                        json!({"type": "required", "emailAddress": {"name": name, "address": address}})
                    };
                    Value::Array(people.into_iter().map(person).collect())
                })
                .boxed()
        }
        Encoding::EmailAddresses => prop::collection::vec((text, text), 0..3)
            .prop_map(|people| {
                let person = |(name, address)| json!({"name": name, "address": address});
                Value::Array(people.into_iter().map(person).collect())
            })
            .boxed(),
        Encoding::Json => prop::collection::vec((text, any::<i32>()), 0..3)
            .prop_map(|members| json!(members))
            .boxed(),
        Encoding::Base64 => {
            any::<Vec<u8>>().prop_map(|bytes| json!(STANDARD.encode(bytes))).boxed()
        }
        Encoding::DateTimeTimeZone => {
            Just(json!("2017-04-21T10:00:00.0000000")).boxed()
        }
        Encoding::Scalar | Encoding::PlainText => match column.column_type {
            ColumnType::Bit => any::<bool>().prop_map(|v| json!(v)).boxed(),
            ColumnType::Integer => any::<i32>().prop_map(|v| json!(v)).boxed(),
            ColumnType::Double => any::<i32>().prop_map(|v| json!(f64::from(v) / 8.0)).boxed(),
            ColumnType::Timestamp { .. } => {
                (1_i32..=9999, 0_u32..1_000_000)
                    .prop_map(|(year, fraction)| {
                        json!(format!("{year:04}-02-03T04:05:06.{fraction:06}Z"))
                    })
                    .boxed()
            }
            ColumnType::Date => (1_i32..=9999).prop_map(|y| json!(format!("{y:04}-02-03"))).boxed(),
            _ => text.prop_map(|v| json!(v)).boxed(),
        },
    }
}

/// The value of a column: absent, null, or as Graph sends it.
fn member(column: &'static Column) -> Option<BoxedStrategy<Option<Value>>> {
    let ColumnSource::Property { encoding, .. } = column.source else {
        return None;
    };
    let zone = column.name.ends_with("_timeZone");
    let value = if zone {
        Just(json!("UTC")).boxed()
    } else {
        value_of(column, encoding)
    };
    let required = column.name == "id";
    Some(if required {
        value.prop_map(Some).boxed()
    } else {
        prop_oneof![Just(None), Just(Some(Value::Null)), value.prop_map(Some)].boxed()
    })
}

/// Rows of a table, with members that no column knows.
fn rows(table: &'static Table) -> impl Strategy<Value = Vec<Value>> {
    let members: Vec<_> = table.columns.iter().filter_map(member).collect();
    let paths: Vec<_> = table
        .columns
        .iter()
        .filter_map(|column| match column.source {
            ColumnSource::Property { path, .. } => Some(path),
            _ => None,
        })
        .collect();
    let row = members.prop_map(move |values| {
        let mut row = json!({"@odata.etag": "W/\"x\"", "unknown": [{"id": "no"}]});
        for (path, value) in paths.iter().zip(values) {
            if let Some(value) = value {
                put(&mut row, path, value);
            }
        }
        row
    });
    prop::collection::vec(row, 0..4)
}

fn put(row: &mut Value, path: &[&str], value: Value) {
    let mut place = row;
    for segment in path {
        let object = place.as_object_mut().unwrap();
        place = object
            .entry(*segment)
            .or_insert_with(|| Value::Object(Map::new()));
    }
    *place = value;
}

/// The same cell, computed from a tree of values.
fn expected(row: &Value, column: &Column) -> Value {
    let ColumnSource::Property { path, encoding } = column.source else {
        unreachable!()
    };
    let mut value = row;
    for segment in path {
        value = value.get(segment).unwrap_or(&Value::Null);
    }
    if value.is_null() {
        return Value::Null;
    }
    let person = |person: &Value| {
        let text = |key| person[key].as_str().unwrap().to_owned();
        (text("name"), text("address"))
    };
    let list = |write: &mut dyn FnMut(&mut String, &Value, bool)| {
        let mut text = String::new();
        for (index, element) in value.as_array().unwrap().iter().enumerate() {
            write(&mut text, element, index == 0);
        }
        json!(text)
    };
    use crate::text;
    match encoding {
        Encoding::Strings => list(&mut |list, element, first| {
            text::push_string(list, element.as_str().unwrap(), first)
        }),
        Encoding::Recipients | Encoding::Attendees => list(&mut |list, element, first| {
            let (name, address) = person(&element["emailAddress"]);
            text::push_address(list, &name, &address, first);
        }),
        Encoding::EmailAddresses => list(&mut |list, element, first| {
            let (name, address) = person(element);
            text::push_address(list, &name, &address, first);
        }),
        Encoding::Json => json!(value.to_string()),
        Encoding::Base64 => json!(STANDARD.decode(value.as_str().unwrap()).unwrap()),
        Encoding::DateTimeTimeZone => json!(1_492_768_800_000_000_i64),
        Encoding::Scalar | Encoding::PlainText => match column.column_type {
            ColumnType::Timestamp { .. } => {
                json!(datetime::parse_timestamp(value.as_str().unwrap()))
            }
            ColumnType::Date => json!(datetime::parse_date(value.as_str().unwrap())),
            _ => value.clone(),
        },
    }
}

fn actual(values: &dyn Array, row: usize, column_type: ColumnType) -> Value {
    if values.is_null(row) {
        return Value::Null;
    }
    match column_type {
        ColumnType::Bit => json!(values.as_boolean().value(row)),
        ColumnType::Integer => json!(values.as_primitive::<Int32Type>().value(row)),
        ColumnType::BigInt => json!(values.as_primitive::<Int64Type>().value(row)),
        ColumnType::Double => json!(values.as_primitive::<Float64Type>().value(row)),
        ColumnType::Date => json!(values.as_primitive::<Date32Type>().value(row)),
        ColumnType::Timestamp { .. } => {
            json!(values.as_primitive::<TimestampMicrosecondType>().value(row))
        }
        ColumnType::LongVarbinary => json!(values.as_binary::<i32>().value(row)),
        _ => json!(values.as_string::<i32>().value(row)),
    }
}

fn property_columns(table: &Table) -> Vec<usize> {
    let is_property =
        |&index: &usize| matches!(table.columns[index].source, ColumnSource::Property { .. });
    (0..table.columns.len()).filter(is_property).collect()
}

fn decodes_like_a_tree(table: &'static Table, rows: &[Value]) -> Result<(), TestCaseError> {
    let columns = property_columns(table);
    let reply = serde_json::to_vec(&json!({ "value": rows })).unwrap();
    let decoder = Decoder::new(table, &columns, DecodeOptions::default());
    let batch = decoder.page(&reply, &context()).unwrap().batch;
    prop_assert_eq!(batch.num_rows(), rows.len());
    for (place, &index) in columns.iter().enumerate() {
        let column = &table.columns[index];
        for (number, row) in rows.iter().enumerate() {
            let value = actual(batch.column(place), number, column.column_type);
            prop_assert_eq!(value, expected(row, column), "{}", column.name);
        }
    }
    Ok(())
}

/// Some complete replies, to be damaged.
fn full_reply() -> Vec<u8> {
    serde_json::to_vec(&json!({
        "@odata.count": 2, "@odata.nextLink": "https://x", "value": [{
            "id": "A", "changeKey": "C", "subject": "é\"\u{1}😀", "isRead": true,
            "categories": ["Red"], "receivedDateTime": "2017-04-21T10:00:00Z",
            "toRecipients": [{"emailAddress": {"name": "A", "address": "a@x"}}],
            "from": {"emailAddress": {"name": "A\n", "address": "a@x"}},
            "flag": {"dueDateTime": {"dateTime": "2017-04-21T10:00:00", "timeZone": "UTC"}},
            "internetMessageHeaders": [{"name": "X", "value": "é"}], "conversationIndex": "AQID",
        }, {"id": "B"}]
    }))
    .unwrap()
}

fn decoders() -> Vec<Decoder> {
    let collections = [Collections::Text, Collections::Json];
    collections
        .into_iter()
        .flat_map(|collections| {
            TABLES.iter().map(move |table| {
                let all: Vec<usize> = (0..table.columns.len()).collect();
                Decoder::new(table, &all, DecodeOptions { collections })
            })
        })
        .collect()
}

#[test]
fn a_reply_cut_off_anywhere_is_an_error() {
    let reply = full_reply();
    let all: Vec<usize> = (0..MESSAGES.columns.len()).collect();
    let decoder = Decoder::new(&MESSAGES, &all, DecodeOptions::default());
    assert_eq!(
        decoder.page(&reply, &context()).unwrap().batch.num_rows(),
        2
    );
    for length in 0..reply.len() {
        let error = decoder.page(&reply[..length], &context()).unwrap_err();
        assert!(
            matches!(error, DecodeError::Syntax { .. }),
            "{length}: {error}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn messages_decode_like_a_tree_of_values(rows in rows(&MESSAGES)) {
        decodes_like_a_tree(&MESSAGES, &rows)?;
    }

    #[test]
    fn events_decode_like_a_tree_of_values(rows in rows(&EVENTS)) {
        decodes_like_a_tree(&EVENTS, &rows)?;
    }

    #[test]
    fn contacts_decode_like_a_tree_of_values(rows in rows(&CONTACTS)) {
        decodes_like_a_tree(&CONTACTS, &rows)?;
    }

    #[test]
    fn users_decode_like_a_tree_of_values(rows in rows(&USERS)) {
        decodes_like_a_tree(&USERS, &rows)?;
    }

    #[test]
    fn attachments_decode_like_a_tree_of_values(rows in rows(&MESSAGE_ATTACHMENTS)) {
        decodes_like_a_tree(&MESSAGE_ATTACHMENTS, &rows)?;
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in any::<Vec<u8>>()) {
        for decoder in decoders() {
            let _ = (decoder.page(&bytes, &context()), decoder.entity(&bytes, &context()));
        }
    }

    #[test]
    fn no_damage_makes_the_decoder_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)
    ) {
        let mut reply = full_reply();
        for (place, byte) in damage {
            let place = place.index(reply.len());
            reply[place] = byte;
        }
        for decoder in decoders() {
            let _ = decoder.page(&reply, &context());
        }
    }

    #[test]
    fn no_json_makes_the_decoder_panic(
        values in prop::collection::vec(("[a-z]{1,6}|id|subject|start|from|categories",
            prop_oneof![
                Just(json!(null)), Just(json!([])), Just(json!({})), Just(json!(-1)), Just(json!(1e300)),
                Just(json!(u64::MAX)), Just(json!("x")), Just(json!([{"emailAddress": 1}])),
                Just(json!({"dateTime": "9999-99-99T99:99:99Z", "timeZone": 5})),
            ]), 0..6)
    ) {
        let row: Map<String, Value> = values.into_iter().collect();
        let reply = json!({ "value": [row] }).to_string();
        for decoder in decoders() {
            let _ = decoder.page(reply.as_bytes(), &context());
        }
    }
}
