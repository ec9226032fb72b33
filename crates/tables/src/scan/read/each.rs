//! Collections of parents that are listed before, such as the events of every calendar (docs/graph.md#events).

use super::delivery::Flow;
use super::pages;
use super::reader::Reader;
use crate::Error;
use crate::scan::plan::listing::{Each, Listing};

pub async fn read(reader: &Reader, parents: Listing, rows: &Each) -> Result<Flow, Error> {
    let parents = reader.ids(parents).await?;
    let listings = parents.iter().map(|parent| rows.with(parent));
    pages::read_each(reader, listings.collect()).await
}
