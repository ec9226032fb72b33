//! Lists in each row of other lists.

use super::batches;
use super::delivery::Flow;
use super::reader::Reader;
use crate::Error;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::nested::Lists;
use exchange_graph::PER_MAILBOX;
use futures::stream::{self, StreamExt, TryStreamExt};
use std::sync::Arc;

pub async fn read(reader: &Arc<Reader>, lists: Lists) -> Result<Flow, Error> {
    let mut top = lists.top;
    let mut may_be_absent = lists.are_of_named;
    for level in &lists.levels {
        let ids = top
            .iter()
            .map(|list| ids(reader, list.clone(), may_be_absent));
        let ids: Vec<_> = ids.collect();
        let ids = stream::iter(ids).buffered(PER_MAILBOX as usize);
        let ids: Vec<Vec<String>> = ids.try_collect().await?;
        let inside = |(list, ids): (&Listing, Vec<String>)| {
            let ids = ids.into_iter().filter(|id| level.takes(id));
            let lists = ids.map(|id| level.list(list, &id));
            lists.collect::<Vec<_>>()
        };
        top = top.iter().zip(ids).flat_map(inside).collect();
        may_be_absent = true;
    }
    batches::read(reader, &top).await
}

/// The ids of a list; none if it has disappeared since its parent was listed, or never was there.
async fn ids(reader: &Reader, list: Listing, may_be_absent: bool) -> Result<Vec<String>, Error> {
    match reader.ids(list).await {
        Err(error) if may_be_absent && error.is_missing_item() => Ok(Vec::new()),
        outcome => outcome,
    }
}
