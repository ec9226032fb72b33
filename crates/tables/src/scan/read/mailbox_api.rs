//! Folders and items of the import and export API.

use super::delivery::Flow;
use super::reader::Reader;
use super::{branches, collections, index, tree};
use crate::Error;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::mailbox_api::Part;
use std::sync::Arc;

pub async fn read(reader: &Arc<Reader>, settings: &Listing, part: Part) -> Result<Flow, Error> {
    let reply = reader.object(settings).await?;
    let id = index::text(&reply.body, "primaryMailboxId");
    let id = id.ok_or_else(|| Error::NoMailboxId {
        mailbox: settings.context.mailbox.clone(),
    })?;
    match part.of_mailbox(&id) {
        Part::Folders { top, children } => tree::read(reader, None, top, &children).await,
        Part::Items {
            top,
            children,
            rows,
        } => branches::read(reader, top, &children, &rows).await,
        Part::ItemsOf(lists) => collections::read_each(reader, lists).await,
    }
}
