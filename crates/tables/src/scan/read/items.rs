//! Rows read by their ids: one direct request, or batches of twenty.

use super::delivery::Flow;
use super::folder_places::{Folder, FolderPlace};
use super::listed::{self, Filed};
use super::reader::Reader;
use super::requests::present;
use crate::Error;
use crate::scan::plan::listing::{Each, Listing};
use crate::scan::plan::step::{Item, Rows};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_graph::{ErrorKind, MAX_BATCH};
use std::collections::HashSet;

/// The items in each of the parents.
pub async fn read_in_each(
    reader: &Reader,
    parents: Listing,
    items: &[Each],
    rows: &Rows,
) -> Result<Flow, Error> {
    let parents = reader.ids(parents).await?;
    let items = parents.iter().flat_map(|parent| {
        items.iter().map(|item| Item {
            listing: item.with(parent),
            is_row: true,
        })
    });
    read(reader, &items.collect::<Vec<_>>(), rows).await
}

pub async fn read(reader: &Reader, items: &[Item], listed: &Rows) -> Result<Flow, Error> {
    // Graph knows some rows under several names: users by ids in any case, folders by names like inbox
    // (docs/graph.md#direct-reads).
    let mut delivered = HashSet::new();
    for chunk in items.chunks(MAX_BATCH) {
        let listings: Vec<Listing> = chunk.iter().map(|item| item.listing.clone()).collect();
        let replies = reader.entities(&listings).await?;
        let mut rows = Vec::new();
        for (item, reply) in chunk.iter().zip(replies) {
            let reply = match reply {
                // Rows can be read without it.
                Err(error) if !item.is_row && error.kind() == ErrorKind::PermissionDenied => None,
                reply => present(reply)?,
            };
            let Some(reply) = reply else { continue };
            let batch = reader.decode_entity(&reply, &item.listing.context)?;
            let id = text(reader, &batch, 0);
            if !item.is_row {
                listed::remember_root(reader, id.clone());
            }
            let parents = match reader.scan.table.has_parents_in_key() {
                true => item.listing.context.parents.clone(),
                false => Vec::new(),
            };
            let is_new = id.is_none_or(|id| delivered.insert((parents, id)));
            if is_new && item.is_row {
                rows.push(batch);
            }
        }
        for batch in listed_rows(reader, listed, rows).await? {
            if reader.deliver(batch).await.flow == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
    }
    Ok(Flow::More)
}

/// A text that the reader decoded for its own use.
fn text(reader: &Reader, row: &RecordBatch, index: usize) -> Option<String> {
    let column = reader.own_column(row, index).as_string::<i32>();
    column.iter().next().flatten().map(str::to_owned)
}

/// The items that reading the whole table would also return.
async fn listed_rows(
    reader: &Reader,
    listed: &Rows,
    mut rows: Vec<RecordBatch>,
) -> Result<Vec<RecordBatch>, Error> {
    let text = |row: &RecordBatch, index: usize| text(reader, row, index);
    match listed {
        Rows::All => {}
        Rows::Messages(look_up) => {
            let filed = rows.iter().filter_map(|row| {
                Some(Filed {
                    id: text(row, 0)?,
                    folder: text(row, 1),
                })
            });
            let filed: Vec<Filed> = filed.collect();
            let listed = listed::filed_messages(reader, look_up, &filed).await?;
            rows.retain(|row| text(row, 0).is_some_and(|id| listed.contains(&id)));
        }
        Rows::Folders(look_up) => {
            let folders = rows.iter().filter_map(|row| {
                let is_hidden = reader.own_column(row, 3).as_boolean();
                Some(Folder {
                    id: text(row, 0)?,
                    parent_folder_id: text(row, 2),
                    is_hidden: is_hidden.iter().next().flatten(),
                })
            });
            let places = listed::read_folders(reader, look_up, folders.collect()).await?;
            rows.retain(|row| {
                let place = text(row, 0).map(|id| places.of(&id));
                matches!(
                    place,
                    Some(FolderPlace::Shown | FolderPlace::Hidden | FolderPlace::Unknown)
                )
            });
        }
        Rows::Occurrences => {
            rows.retain(|row| text(row, 1).as_deref() != Some("seriesMaster"));
        }
        Rows::OfSeries => {
            rows.retain(|row| matches!(text(row, 1).as_deref(), Some("occurrence" | "exception")));
        }
        Rows::Masters => {
            rows.retain(|row| !matches!(text(row, 1).as_deref(), Some("occurrence" | "exception")));
        }
    }
    Ok(rows)
}
