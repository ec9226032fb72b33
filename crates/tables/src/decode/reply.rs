//! A reply as a whole, from its first byte to its last.

use super::error::DecodeError;
use super::json::Reader;
use super::page::PageSeed;
use super::rows::Rows;
use super::visit::RowSeed;
use serde::de::DeserializeSeed;

/// Reads a reply that lists rows, and gives the link to the next one. `None` says nothing about the reply, which is then to
/// be read with [`read_page`].
pub(super) fn read_usual_page<'p>(
    mut rows: Rows<'p>,
    page: &[u8],
) -> Option<(Rows<'p>, Option<String>)> {
    let mut json = Reader::new(page)?;
    let next_link = PageSeed(&mut rows).deserialize(&mut json).ok()?;
    json.is_at_end().then_some((rows, next_link))
}

/// Reads any reply that lists rows.
pub(super) fn read_page<'p>(
    mut rows: Rows<'p>,
    page: &[u8],
) -> Result<(Rows<'p>, Option<String>), DecodeError> {
    rows.reading = Some(("the reply", "an object with a list of rows"));
    let mut json = serde_json::Deserializer::from_slice(page);
    let next_link = PageSeed(&mut rows)
        .deserialize(&mut json)
        .map_err(|e| rows.explain(&e))?;
    json.end().map_err(|e| rows.explain(&e))?;
    Ok((rows, next_link))
}

/// Reads a reply that is one row.
pub(super) fn read_object(rows: &mut Rows<'_>, object: &[u8]) -> Result<(), DecodeError> {
    let mut json = serde_json::Deserializer::from_slice(object);
    RowSeed { rows }
        .deserialize(&mut json)
        .map_err(|e| rows.explain(&e))?;
    json.end().map_err(|e| rows.explain(&e))
}
