//! Collections of parents that are listed before, such as the events of every calendar (docs/graph.md#events).

use super::collections;
use super::delivery::Flow;
use super::reader::Reader;
use crate::Error;
use crate::scan::plan::listing::{Each, Listing};
use std::sync::Arc;

pub async fn read(reader: &Arc<Reader>, parents: Listing, rows: &[Each]) -> Result<Flow, Error> {
    let parents = reader.ids(parents).await?;
    let listings = rows
        .iter()
        .flat_map(|rows| parents.iter().map(|parent| rows.with(parent)));
    collections::read_each(reader, listings.collect()).await
}
