//! The whole tree of mail folders, hidden ones included, level by level.

use super::delivery::Flow;
use super::listing::Listing;
use super::pages::Seen;
use super::reader::Reader;
use crate::tables::Error;
use crate::tables::decode::{FolderContext, RowContext};
use crate::tables::definitions::WELL_KNOWN_FOLDERS;
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::Int32Type;
use datafusion::arrow::record_batch::RecordBatch;
use futures::stream::{self, StreamExt, TryStreamExt};
use std::collections::HashMap;
use std::sync::Arc;

/// Requests at once: Graph allows four for each mailbox.
const AT_ONCE: usize = 4;

/// A folder whose children are still to be read.
struct Parent {
    id: String,
    context: RowContext,
}

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    let mut context = reader.context();
    if reader.scan.uses(&["wellKnownName"]) {
        context.well_known_names = Arc::new(well_known_names(reader).await?);
    }
    let mut seen = Seen::default();
    let top = listing(
        reader,
        reader.path(["mailFolders"]),
        inside(&context, "", 1),
    );
    let mut level = deliver(reader, pages(reader, top).await?, &mut seen).await;
    loop {
        let Some(parents) = level else {
            return Ok(Flow::Enough);
        };
        if parents.is_empty() {
            return Ok(Flow::More);
        }
        let listings = parents.into_iter().map(|parent| {
            let path = reader.path(["mailFolders", &parent.id, "childFolders"]);
            listing(reader, path, parent.context)
        });
        let replies = stream::iter(listings).map(|listing| pages(reader, listing));
        let pages: Vec<_> = replies.buffered(AT_ONCE).try_collect().await?;
        level = deliver(reader, pages.into_iter().flatten().collect(), &mut seen).await;
    }
}

fn listing(reader: &Reader, path: Vec<String>, context: RowContext) -> Listing {
    let mut select = reader.scan.select();
    for property in ["displayName", "childFolderCount"] {
        if !select.contains(&property) {
            select.push(property);
        }
    }
    // The tree needs every folder, so conditions are checked on the rows only.
    Listing::new(path, context)
        .option("includeHiddenFolders", "true")
        .option("$select", select.join(","))
        .top(reader.scan.table.max_page_size)
}

/// All pages of one level of one folder.
async fn pages(reader: &Reader, listing: Listing) -> Result<Vec<(RecordBatch, RowContext)>, Error> {
    let mut batches = Vec::new();
    let mut reply = reader.first_page(&listing).await?;
    loop {
        let page = reader.decode(&reply, &listing.context)?;
        batches.push((page.batch, listing.context.clone()));
        let Some(link) = page.next_link else {
            return Ok(batches);
        };
        reply = reader.next_page(&link).await?;
    }
}

/// Delivers folders and gives those that have children; `None` when no more rows are wanted.
async fn deliver(
    reader: &Reader,
    pages: Vec<(RecordBatch, RowContext)>,
    seen: &mut Seen,
) -> Option<Vec<Parent>> {
    let mut parents = Vec::new();
    for (batch, context) in pages {
        parents.extend(children(reader, &batch, &context));
        if reader.deliver(batch, seen).await == Flow::Enough {
            return None;
        }
    }
    Some(parents)
}

fn children(reader: &Reader, batch: &RecordBatch, context: &RowContext) -> Vec<Parent> {
    let ids = reader.own_column(batch, 0).as_string::<i32>();
    let counts = reader.own_column(batch, 1).as_primitive::<Int32Type>();
    let paths = reader.own_column(batch, 2).as_string::<i32>();
    let depth = context.folder.as_ref().map_or(0, |folder| folder.depth);
    let with_children = (0..batch.num_rows()).filter(|row| {
        // An unknown number may be any number.
        counts.is_null(*row) || counts.value(*row) > 0
    });
    with_children
        .map(|row| Parent {
            id: ids.value(row).to_owned(),
            context: inside(context, paths.value(row), depth + 1),
        })
        .collect()
}

fn inside(context: &RowContext, parent_path: &str, depth: i32) -> RowContext {
    let folder = FolderContext {
        parent_path: parent_path.to_owned(),
        depth,
    };
    RowContext {
        folder: Some(folder),
        ..context.clone()
    }
}

/// Ids of the default folders, read in one batch; a mailbox need not have all of them.
async fn well_known_names(reader: &Reader) -> Result<HashMap<String, String>, Error> {
    let paths = WELL_KNOWN_FOLDERS
        .iter()
        .map(|name| reader.path(["mailFolders", name]));
    let options = [("$select", "id".to_owned())];
    let replies = reader.batch(paths.collect(), &options).await?;
    let ids = WELL_KNOWN_FOLDERS
        .iter()
        .zip(replies)
        .filter_map(|(name, reply)| {
            let id = super::index::id(&reply?)?;
            Some((id, (*name).to_owned()))
        });
    Ok(ids.collect())
}
