//! The whole tree of mail folders, including hidden ones, level by level.
//!
//! Nothing proves that `childFolderCount` counts hidden folders (docs/graph.md#mail-folders), so
//! the children of every folder are requested, twenty folders in each request.

use super::delivery::Flow;
use super::reader::Reader;
use super::requests::First;
use super::seen::Seen;
use super::values::Delivered;
use super::walk::Walk;
use crate::Error;
use crate::decode::{FolderContext, RowContext};
use crate::definitions::WELL_KNOWN_FOLDERS;
use crate::scan::plan::listing::{Each, Listing};
use datafusion::arrow::array::AsArray;
use datafusion::arrow::record_batch::RecordBatch;
use exchange_graph::MAX_BATCH;
use std::collections::HashMap;
use std::sync::Arc;

/// A folder whose children have not been read yet.
struct Parent {
    id: String,
    context: RowContext,
}

/// The state of reading the tree.
struct Tree<'r> {
    reader: &'r Reader,
    /// The listing of the folders in a folder.
    children: &'r Each,
    /// Folders whose children were read or will be. A folder that moves while the tree is read is
    /// found twice.
    known: Seen,
    /// Folders found on the current level.
    next: Vec<Parent>,
}

pub async fn read(
    reader: &Reader,
    names: Option<&Each>,
    mut top: Listing,
    children: &Each,
) -> Result<Flow, Error> {
    if let Some(names) = names {
        top.context.well_known_names = Arc::new(well_known_names(reader, names).await?);
    }
    top.context = inside(&top.context, "", 1);
    let mut tree = Tree {
        reader,
        children,
        known: Seen::default(),
        next: Vec::new(),
    };
    if tree.walk(&top, Walk::new(top.clone())).await? == Flow::Enough {
        return Ok(Flow::Enough);
    }
    while !tree.next.is_empty() {
        let level = std::mem::take(&mut tree.next);
        for parents in level.chunks(MAX_BATCH) {
            if tree.read_children(parents).await? == Flow::Enough {
                return Ok(Flow::Enough);
            }
        }
    }
    Ok(Flow::More)
}

impl Tree<'_> {
    /// Reads the folders inside these folders.
    async fn read_children(&mut self, parents: &[Parent]) -> Result<Flow, Error> {
        let reader = self.reader;
        let listings = parents.iter().map(|parent| {
            let children = self.children.with(&parent.id);
            children.in_context(parent.context.clone())
        });
        let listings: Vec<_> = listings.collect();
        for (listing, first) in listings.iter().zip(reader.first_pages(&listings).await?) {
            let walk = match first {
                // It has disappeared since it was listed, together with its content.
                First::Gone => continue,
                First::Unread => Walk::new(listing.clone()),
                First::Page(batch, link) => {
                    if self.deliver(batch, &listing.context).await.flow == Flow::Enough {
                        return Ok(Flow::Enough);
                    }
                    Walk::after(listing.clone(), link)
                }
            };
            match self.walk(listing, walk).await {
                Err(error) if error.is_missing_item() => {}
                Ok(Flow::More) => {}
                outcome => return outcome,
            }
        }
        Ok(Flow::More)
    }

    async fn walk(&mut self, listing: &Listing, mut walk: Walk) -> Result<Flow, Error> {
        let reader = self.reader;
        let context = &listing.context;
        let parse = |reply: &[u8]| reader.page(reply, context);
        while let Some(batch) = reader.next(&mut walk, parse).await? {
            let count = batch.num_rows();
            let delivered = self.deliver(batch, context).await;
            if delivered.flow == Flow::Enough {
                return Ok(Flow::Enough);
            }
            walk.brought(count, delivered.new)?;
        }
        Ok(Flow::More)
    }

    /// Delivers folders, and records those that were not found before.
    async fn deliver(&mut self, batch: RecordBatch, context: &RowContext) -> Delivered {
        let depth = context.folder.as_ref().map_or(0, |folder| folder.depth);
        let ids = self.reader.own_column(&batch, 0).as_string::<i32>();
        let paths = self.reader.own_column(&batch, 1).as_string::<i32>();
        for (row, id) in ids.iter().enumerate() {
            let Some(id) = id.filter(|id| self.known.insert(&[id])) else {
                continue;
            };
            self.next.push(Parent {
                id: id.to_owned(),
                context: inside(context, paths.value(row), depth + 1),
            });
        }
        self.reader.deliver(batch).await
    }
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

/// Ids of the default folders, read in one batch; a mailbox need not have all of them
/// (docs/graph.md#well-known-folders).
async fn well_known_names(reader: &Reader, names: &Each) -> Result<HashMap<String, String>, Error> {
    let folders = WELL_KNOWN_FOLDERS.iter().map(|name| names.with(name));
    let folders: Vec<Listing> = folders.collect();
    let replies = reader.batch(&folders).await?;
    let ids = WELL_KNOWN_FOLDERS
        .iter()
        .zip(replies)
        .filter_map(|(name, reply)| {
            let id = super::index::text(&reply?, "id")?;
            Some((id, (*name).to_owned()))
        });
    Ok(ids.collect())
}
