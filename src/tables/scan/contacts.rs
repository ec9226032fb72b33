//! Contacts of the default folder and of every other contact folder.

use super::delivery::Flow;
use super::listing::Listing;
use super::pages;
use super::reader::{Reader, none_if_missing};
use crate::tables::Error;
use futures::stream::{self, StreamExt, TryStreamExt};

/// Requests at once: Graph allows four for each mailbox.
const AT_ONCE: usize = 4;

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    if let Some(folders) = &reader.scan.pushed.folders {
        return read_folders(reader, folders, true).await;
    }
    // Graph does not list the default folder among the folders.
    let default = reader.listing(reader.path(["contacts"]));
    if pages::read(reader, default).await? == Flow::Enough {
        return Ok(Flow::Enough);
    }
    let mut level = folder_ids(reader, reader.path(["contactFolders"])).await?;
    while !level.is_empty() {
        if read_folders(reader, &level, false).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        let children = level.iter().map(|folder| {
            folder_ids(
                reader,
                reader.path(["contactFolders", folder, "childFolders"]),
            )
        });
        let children: Vec<_> = children.collect();
        let children: Vec<Vec<String>> = stream::iter(children)
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        level = children.into_iter().flatten().collect();
    }
    Ok(Flow::More)
}

async fn read_folders(reader: &Reader, folders: &[String], named: bool) -> Result<Flow, Error> {
    for folder in folders {
        let listing = reader.listing(reader.path(["contactFolders", folder, "contacts"]));
        let outcome = pages::read(reader, listing).await;
        let flow = if named {
            none_if_missing(outcome)?
        } else {
            outcome?
        };
        if flow == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

async fn folder_ids(reader: &Reader, path: Vec<String>) -> Result<Vec<String>, Error> {
    let listing = Listing::new(path, reader.context())
        .option("$select", "id")
        .top(reader.scan.table.max_page_size);
    let rows = reader.values(listing, &["id"]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| row.into_iter().next().flatten())
        .collect())
}
