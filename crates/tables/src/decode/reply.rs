//! A reply as a whole, from its first byte to its last.

use super::error::DecodeError;
use super::page::PageSeed;
use super::rows::Rows;
use super::visit::RowSeed;
use serde::de::DeserializeSeed;

/// Reads a reply that lists rows, and gives the link to the next one.
pub(super) fn read_page(rows: &mut Rows<'_>, page: &[u8]) -> Result<Option<String>, DecodeError> {
    rows.reading = Some(("the reply", "an object with a list of rows"));
    let mut json = serde_json::Deserializer::from_slice(page);
    let next_link = PageSeed(rows)
        .deserialize(&mut json)
        .map_err(|e| rows.explain(&e))?;
    json.end().map_err(|e| rows.explain(&e))?;
    Ok(next_link)
}

/// Reads a reply that is one row.
pub(super) fn read_object(rows: &mut Rows<'_>, object: &[u8]) -> Result<(), DecodeError> {
    let mut json = serde_json::Deserializer::from_slice(object);
    RowSeed { rows }
        .deserialize(&mut json)
        .map_err(|e| rows.explain(&e))?;
    json.end().map_err(|e| rows.explain(&e))
}
