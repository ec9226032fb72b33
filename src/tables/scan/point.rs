//! Rows read by their ids: one direct request, or batches of twenty.

use super::delivery::Flow;
use super::listed::{self, Filed, Place};
use super::reader::Reader;
use super::{Scan, calendars};
use crate::graph::MAX_BATCH;
use crate::tables::Error;
use crate::tables::decode::RowContext;
use crate::tables::definition::Collection;
use datafusion::arrow::array::AsArray;
use datafusion::arrow::record_batch::RecordBatch;
use std::collections::HashSet;

/// Reads the rows directly where the statement names their ids and the collection has a path for each;
/// `None` where they have to be listed.
pub async fn read(reader: &Reader) -> Option<Result<Flow, Error>> {
    let ids = reader.scan.pushed.ids.as_deref()?;
    let items = match collection(&reader.scan)? {
        Items::At(segment) => {
            let items = names(segment, ids).map(|id| Item {
                path: match segment {
                    "users" => super::listing::path(["users", id]),
                    _ => reader.path([segment, id]),
                },
                context: reader.context(),
                is_row: id != ROOT_FOLDER,
            });
            items.collect()
        }
        Items::InCalendars => match in_calendars(reader, ids).await {
            Ok(items) => items,
            Err(error) => return Some(Err(error)),
        },
    };
    Some(read_items(reader, items).await)
}

/// Where single rows of a collection are found.
pub enum Items {
    /// In this collection of the mailbox or the directory.
    At(&'static str),
    /// In one of the calendars.
    InCalendars,
}

pub fn collection(scan: &Scan) -> Option<Items> {
    match scan.table.collection {
        Collection::Users => Some(Items::At("users")),
        Collection::Messages => Some(Items::At("messages")),
        Collection::Calendars => Some(Items::At("calendars")),
        Collection::Contacts => Some(Items::At("contacts")),
        // A folder does not know its path, and an event not its calendar.
        Collection::MailFolders => {
            let alone = !scan.uses(&["path", "depth", "wellKnownName"]);
            alone.then_some(Items::At("mailFolders"))
        }
        Collection::Events => match scan.uses(&["calendarId"]) {
            true => Some(Items::InCalendars),
            false => Some(Items::At("events")),
        },
        // An attachment has no path without its message, and one request gives all of a message.
        Collection::MessageAttachments => None,
    }
}

struct Item {
    path: Vec<String>,
    context: RowContext,
    /// `false` for what is only read to know its id.
    is_row: bool,
}

/// The folder above all others. It has an id, which its children name, but is no row of the table.
const ROOT_FOLDER: &str = "msgfolderroot";

/// What is read of a collection for these ids.
pub fn names<'a>(segment: &str, ids: &'a [String]) -> impl Iterator<Item = &'a str> {
    let root = (segment == "mailFolders").then_some(ROOT_FOLDER);
    let others = ids.iter().map(String::as_str);
    root.into_iter()
        .chain(others.filter(|id| *id != ROOT_FOLDER))
}

async fn in_calendars(reader: &Reader, ids: &[String]) -> Result<Vec<Item>, Error> {
    let calendars = calendars::calendars(reader).await?;
    let items = calendars.iter().flat_map(|calendar| {
        ids.iter().map(|id| Item {
            path: reader.path(["calendars", calendar, "events", id]),
            context: RowContext {
                calendar_id: Some(calendar.clone()),
                ..reader.context()
            },
            is_row: true,
        })
    });
    Ok(items.collect())
}

/// What is read beside the columns, to tell whether the item is a row.
fn also_read(collection: Collection) -> Option<&'static str> {
    match collection {
        Collection::Messages => Some("parentFolderId"),
        Collection::Events => Some("type"),
        _ => None,
    }
}

/// What `$select` names when rows are read by their ids.
pub fn select(scan: &Scan) -> String {
    let mut select = scan.select();
    let also = also_read(scan.table.collection);
    select.extend(also.filter(|property| !scan.select().contains(property)));
    select.join(",")
}

async fn read_items(reader: &Reader, items: Vec<Item>) -> Result<Flow, Error> {
    let collection = reader.scan.table.collection;
    let options = [("$select", select(&reader.scan))];
    // Graph knows some rows under several names: users by ids in any case, folders by names like inbox.
    let mut delivered = HashSet::new();
    for chunk in items.chunks(MAX_BATCH) {
        let paths = chunk.iter().map(|item| item.path.clone()).collect();
        let replies = reader.batch(paths, &options).await?;
        let mut rows = Vec::new();
        for (item, reply) in chunk.iter().zip(replies) {
            let Some(reply) = reply else { continue };
            let batch = reader.decode_entity(&reply, &item.context)?;
            let ids = reader.own_column(&batch, 0).as_string::<i32>();
            let mut ids = ids.iter().flatten();
            if ids.all(|id| delivered.insert(id.to_owned())) && item.is_row {
                rows.push(batch);
            }
        }
        for batch in listed_rows(reader, collection, rows).await? {
            if reader.deliver(batch).await.flow == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
    }
    Ok(Flow::More)
}

/// Those of the items that reading the whole table would give, too.
async fn listed_rows(
    reader: &Reader,
    collection: Collection,
    mut rows: Vec<RecordBatch>,
) -> Result<Vec<RecordBatch>, Error> {
    let text = |batch: &RecordBatch, index: usize| {
        let column = reader.own_column(batch, index).as_string::<i32>();
        column.iter().next().flatten().map(str::to_owned)
    };
    match collection {
        Collection::Messages => {
            let filed = rows.iter().filter_map(|row| {
                Some(Filed {
                    id: text(row, 0)?,
                    folder: text(row, 1),
                })
            });
            let filed: Vec<Filed> = filed.collect();
            let listed = listed::filed_messages(reader, &filed).await?;
            rows.retain(|row| text(row, 0).is_some_and(|id| listed.contains(&id)));
        }
        Collection::MailFolders => {
            let ids: Vec<String> = rows.iter().filter_map(|row| text(row, 0)).collect();
            let places = listed::folders(reader, &ids).await?;
            rows.retain(|row| {
                let place = text(row, 0).map(|id| places.of(&id));
                matches!(place, Some(Place::Shown | Place::Hidden))
            });
        }
        Collection::Events => {
            // Lists have single events and masters of series.
            rows.retain(|row| !matches!(text(row, 1).as_deref(), Some("occurrence" | "exception")));
        }
        _ => {}
    }
    Ok(rows)
}
