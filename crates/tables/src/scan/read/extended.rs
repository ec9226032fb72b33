//! From items with extended properties to the rows of these properties.

use crate::Error;
use crate::decode::DecodeError;
use crate::definition::{ColumnSource, Extended};
use crate::keys;
use crate::scan::plan::properties::{Properties, row_id};
use crate::scan::plan::scan::Scan;
use datafusion::arrow::array::{ArrayRef, AsArray, RecordBatchOptions, StringArray};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_config::PropertyId;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

/// A property of an item.
#[derive(Deserialize)]
struct Property {
    id: String,
    value: Value,
}

/// A row.
struct Row<'a> {
    item: &'a str,
    property: &'a str,
    value: Option<String>,
}

/// The rows of items: `ids`, and the lists of their properties.
pub fn rows(
    (of, schema): (&Scan, &SchemaRef),
    (kind, mailbox): (&str, &str),
    properties: &Properties,
    (ids, lists): (&ArrayRef, &ArrayRef),
) -> Result<RecordBatch, Error> {
    let (ids, lists) = (ids.as_string::<i32>(), lists.as_string::<i32>());
    let mut rows = Vec::new();
    for (id, list) in ids.iter().zip(lists) {
        if let (Some(item), Some(list)) = (id, list) {
            add(&mut rows, item, list, properties)?;
        }
    }
    let text = |write: &dyn Fn(&Row<'_>) -> Option<String>| {
        Arc::new(rows.iter().map(write).collect::<StringArray>()) as ArrayRef
    };
    let id = |row: &Row<'_>| row_id(kind, row.item, row.property);
    let with_id = |push: fn(&mut String, &str), row: &Row<'_>| {
        let mut key = String::new();
        push(&mut key, &id(row));
        Some(key)
    };
    let columns = of
        .columns
        .iter()
        .map(|column| match of.table.columns[*column].source {
            ColumnSource::CompositeKey => text(&|row| with_id(keys::push_part, row)),
            ColumnSource::SafeKey => text(&|row| with_id(keys::push_safe_key, row)),
            ColumnSource::Extended(Extended::RowId) => text(&|row| Some(id(row))),
            ColumnSource::Extended(Extended::Kind) => text(&|_| Some(kind.to_owned())),
            ColumnSource::Extended(Extended::ItemId) => text(&|row| Some(row.item.to_owned())),
            ColumnSource::Extended(Extended::PropertyId) => {
                text(&|row| Some(row.property.to_owned()))
            }
            ColumnSource::Extended(Extended::Value) => text(&|row| row.value.clone()),
            _ => text(&|_| Some(mailbox.to_owned())),
        });
    let columns: Vec<ArrayRef> = columns.collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    Ok(RecordBatch::try_new_with_options(
        Arc::clone(schema),
        columns,
        &options,
    )?)
}

fn add<'a>(
    rows: &mut Vec<Row<'a>>,
    item: &'a str,
    list: &str,
    properties: &'a Properties,
) -> Result<(), Error> {
    let wrong = || DecodeError::Value {
        column: properties.member(),
        expected: "a list of the properties that were asked for",
    };
    let found: Vec<Property> = serde_json::from_str(list).map_err(|_| wrong())?;
    for Property { id, value } in found {
        let id = PropertyId::parse(&id).ok();
        let wanted = match properties.wanted.as_slice() {
            [only] => only,
            wanted => {
                let mut wanted = wanted.iter();
                let wanted = wanted.find(|wanted| Some(&wanted.id) == id.as_ref());
                wanted.ok_or_else(wrong)?
            }
        };
        let value = match value {
            Value::Null => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        };
        // A statement may write an id in several ways.
        rows.extend(wanted.texts.iter().map(|property| Row {
            item,
            property,
            value: value.clone(),
        }));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::plan::properties::Wanted;

    fn found(list: &str, wanted: &[&[&str]]) -> Result<Vec<String>, Error> {
        let wanted = wanted.iter().map(|texts| Wanted {
            id: PropertyId::parse(texts[0]).expect("an id"),
            texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        });
        let properties = Properties {
            wanted: wanted.collect(),
            is_list: false,
        };
        let mut rows = Vec::new();
        add(&mut rows, "A", list, &properties)?;
        let shown = rows.iter().map(|row| {
            let value = row.value.as_deref().unwrap_or("NULL");
            format!("{}={value}", row.property)
        });
        Ok(shown.collect())
    }

    #[test]
    fn a_property_has_the_id_of_the_statement_however_graph_writes_it() {
        let list = r#"[{"id":"Integer 0xe08","value":"5"},{"id":"String 0x1A","value":null}]"#;
        let size: &[&str] = &["Integer 0x0E08", "Integer 0xE08"];
        assert_eq!(
            found(list, &[&["String 0x001A"], size]).expect("rows"),
            ["Integer 0x0E08=5", "Integer 0xE08=5", "String 0x001A=NULL"]
        );
        // Whatever its id, it is the only one that was asked for.
        let odd = r#"[{"id":"?","value":["a","b"]}]"#;
        assert_eq!(
            found(odd, &[&["String 0x001A"]]).expect("rows"),
            [r#"String 0x001A=["a","b"]"#]
        );
        assert_eq!(found("[]", &[size]).expect("no rows"), [] as [&str; 0]);
    }

    /// A row that belongs to no property of the statement would be lost.
    #[test]
    fn other_properties_are_an_error() {
        let two: &[&[&str]] = &[&["String 0x001A"], &["Integer 0x0E08"]];
        for list in [
            r#"[{"id":"Integer 0x1","value":"5"}]"#,
            r#"[{"id":"?","value":"5"}]"#,
            r#"[{"value":"5"}]"#,
            "{}",
        ] {
            assert!(matches!(found(list, two), Err(Error::Decode(_))), "{list}");
        }
    }
}
