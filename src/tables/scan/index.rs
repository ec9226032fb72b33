//! Short lists that lead to rows: ids of folders, calendars, messages.

use crate::tables::Error;
use crate::tables::decode::DecodeError;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A page of such a list, with the wanted properties of each object.
pub struct IndexPage {
    pub rows: Vec<Vec<Option<String>>>,
    pub next_link: Option<String>,
}

#[derive(Deserialize)]
struct Reply {
    value: Vec<Map<String, Value>>,
    #[serde(rename = "@odata.nextLink")]
    next_link: Option<String>,
}

/// The id of a single object.
pub fn id(reply: &[u8]) -> Option<String> {
    let object: Map<String, Value> = serde_json::from_slice(reply).ok()?;
    object.get("id")?.as_str().map(str::to_owned)
}

pub fn page(reply: &[u8], properties: &[&str]) -> Result<IndexPage, Error> {
    let reply: Reply = serde_json::from_slice(reply).map_err(|error| DecodeError::Syntax {
        line: error.line(),
        column: error.column(),
    })?;
    let rows = reply.value.iter().map(|object| {
        let text = |name: &&str| object.get(*name).and_then(Value::as_str).map(str::to_owned);
        properties.iter().map(text).collect()
    });
    Ok(IndexPage {
        rows: rows.collect(),
        next_link: reply.next_link,
    })
}

/// The first property of each row that has it.
pub fn first_of_each(
    rows: impl IntoIterator<Item = Vec<Option<String>>>,
) -> impl Iterator<Item = String> {
    rows.into_iter()
        .filter_map(|row| row.into_iter().next().flatten())
}
