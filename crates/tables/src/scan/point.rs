//! Rows read by their ids: one direct request, or batches of twenty.

use super::delivery::Flow;
use super::listed::{self, Filed, Folder, Place};
use super::reader::Reader;
use super::requests::present;
use super::{Scan, calendars};
use crate::Error;
use crate::decode::RowContext;
use crate::definition::Collection;
use datafusion::arrow::array::AsArray;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_graph::{ErrorKind, MAX_BATCH};
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
                is_row: id != listed::ROOT,
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

/// What is read of a collection for these ids.
pub fn names<'a>(segment: &str, ids: &'a [String]) -> impl Iterator<Item = &'a str> {
    let root = (segment == "mailFolders").then_some(listed::ROOT);
    let others = ids.iter().map(String::as_str);
    root.into_iter()
        .chain(others.filter(|id| *id != listed::ROOT))
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
fn also_read(collection: Collection) -> &'static [&'static str] {
    match collection {
        Collection::Messages => &["parentFolderId"],
        Collection::MailFolders => &["parentFolderId", "isHidden"],
        Collection::Events => &["type"],
        _ => &[],
    }
}

/// What `$select` names when rows are read by their ids.
pub fn select(scan: &Scan) -> String {
    let mut select = scan.select();
    let also = also_read(scan.table.collection).iter();
    let also: Vec<_> = also
        .filter(|property| !select.contains(*property))
        .collect();
    select.extend(also);
    select.join(",")
}

async fn read_items(reader: &Reader, items: Vec<Item>) -> Result<Flow, Error> {
    let collection = reader.scan.table.collection;
    let options = [("$select", select(&reader.scan))];
    // Graph knows some rows under several names: users by ids in any case, folders by names like inbox
    // (docs/graph.md#direct-reads).
    let mut delivered = HashSet::new();
    for chunk in items.chunks(MAX_BATCH) {
        let paths = chunk.iter().map(|item| item.path.clone()).collect();
        let replies = reader.entities(paths, &options).await?;
        let mut rows = Vec::new();
        for (item, reply) in chunk.iter().zip(replies) {
            let reply = match reply {
                // Rows can be read without it.
                Err(error) if !item.is_row && error.kind() == ErrorKind::PermissionDenied => None,
                reply => present(reply)?,
            };
            let Some(reply) = reply else { continue };
            let batch = reader.decode_entity(&reply, &item.context)?;
            let id = text(reader, &batch, 0);
            if !item.is_row {
                listed::remember_root(reader, id.clone());
            }
            if id.is_none_or(|id| delivered.insert(id)) && item.is_row {
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

/// A text that the reader had decoded for itself.
fn text(reader: &Reader, row: &RecordBatch, index: usize) -> Option<String> {
    let column = reader.own_column(row, index).as_string::<i32>();
    column.iter().next().flatten().map(str::to_owned)
}

/// Those of the items that reading the whole table would give, too.
async fn listed_rows(
    reader: &Reader,
    collection: Collection,
    mut rows: Vec<RecordBatch>,
) -> Result<Vec<RecordBatch>, Error> {
    let text = |row: &RecordBatch, index: usize| text(reader, row, index);
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
            let folders = rows.iter().filter_map(|row| {
                let is_hidden = reader.own_column(row, 3).as_boolean();
                Some(Folder {
                    id: text(row, 0)?,
                    parent_folder_id: text(row, 2),
                    is_hidden: is_hidden.iter().next().flatten(),
                })
            });
            let places = listed::read_folders(reader, folders.collect()).await?;
            rows.retain(|row| {
                let place = text(row, 0).map(|id| places.of(&id));
                matches!(place, Some(Place::Shown | Place::Hidden | Place::Unknown))
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
