//! Contacts of the default folder and of every other contact folder.

use super::delivery::Flow;
use super::pages;
use super::reader::Reader;
use super::seen::Seen;
use crate::Error;
use futures::stream::{self, StreamExt, TryStreamExt};

/// Requests at once: Graph allows four for each mailbox (docs/graph.md#throttling).
const AT_ONCE: usize = 4;

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    if let Some(folders) = &reader.scan.pushed.folders {
        return read_folders(reader, folders).await;
    }
    // Graph does not list the default folder among the folders (docs/graph.md#contacts).
    let default = reader.listing(reader.path(["contacts"]));
    if pages::read(reader, default).await? == Flow::Enough {
        return Ok(Flow::Enough);
    }
    let page_size = reader.scan.table.max_page_size;
    let mut level = reader
        .ids(reader.path(["contactFolders"]), page_size)
        .await?;
    // A folder that moves while the tree is read is met twice.
    let mut known = Seen::default();
    level.retain(|folder| known.insert(&[folder]));
    while !level.is_empty() {
        if read_folders(reader, &level).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
        let children = level.iter().map(|folder| children(reader, folder));
        let children: Vec<_> = children.collect();
        let children: Vec<Vec<String>> = stream::iter(children)
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        level = children.into_iter().flatten().collect();
        level.retain(|folder| known.insert(&[folder]));
    }
    Ok(Flow::More)
}

/// Folders in a folder; none in one that is gone since it was listed.
async fn children(reader: &Reader, folder: &str) -> Result<Vec<String>, Error> {
    let path = reader.path(["contactFolders", folder, "childFolders"]);
    match reader.ids(path, reader.scan.table.max_page_size).await {
        Err(error) if error.is_missing_item() => Ok(Vec::new()),
        outcome => outcome,
    }
}

async fn read_folders(reader: &Reader, folders: &[String]) -> Result<Flow, Error> {
    let path = |folder: &String| reader.path(["contactFolders", folder, "contacts"]);
    let listings = folders.iter().map(|folder| reader.listing(path(folder)));
    reader.read_each(listings.collect()).await
}
