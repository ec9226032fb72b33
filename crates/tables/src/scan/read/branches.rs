//! The rows of every folder of a tree whose folders are no rows: contacts of every contact folder.

use super::collections;
use super::delivery::Flow;
use super::reader::Reader;
use super::seen::Seen;
use crate::Error;
use crate::scan::plan::listing::{Each, Listing};
use exchange_graph::PER_MAILBOX;
use futures::stream::{self, StreamExt, TryStreamExt};
use std::sync::Arc;

pub async fn read(
    reader: &Arc<Reader>,
    top: Listing,
    children: &Each,
    rows: &Each,
) -> Result<Flow, Error> {
    let mut level = reader.ids(top).await?;
    // A folder that moves while the tree is read is found twice.
    let mut known = Seen::default();
    level.retain(|folder| known.insert(&[folder]));
    while !level.is_empty() {
        let listings = level.iter().map(|folder| rows.with(folder));
        if collections::read_each(reader, listings.collect()).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        let next = level
            .iter()
            .map(|folder| folders_in(reader, children.with(folder)));
        let next: Vec<_> = next.collect();
        let next: Vec<Vec<String>> = stream::iter(next)
            .buffered(PER_MAILBOX as usize)
            .try_collect()
            .await?;
        level = next.into_iter().flatten().collect();
        level.retain(|folder| known.insert(&[folder]));
    }
    Ok(Flow::More)
}

/// Folders in a folder; none if it has disappeared since it was listed.
async fn folders_in(reader: &Arc<Reader>, children: Listing) -> Result<Vec<String>, Error> {
    match reader.ids(children).await {
        Err(error) if error.is_missing_item() => Ok(Vec::new()),
        outcome => outcome,
    }
}
