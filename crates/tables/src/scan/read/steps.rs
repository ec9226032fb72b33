//! Executes the steps of a scan in one mailbox, or in the directory.

use super::delivery::Flow;
use super::reader::Reader;
use super::{
    ask, branches, collections, count, each, items, listed, mailbox_api, nested, owners, reports,
    tree,
};
use crate::Error;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::look_ups::FolderLookUp;
use crate::scan::plan::step::Step;
use crate::scan::plan::steps;
use std::sync::Arc;

pub async fn read(reader: &Arc<Reader>) -> Result<Flow, Error> {
    let settings = reader.shared.source.settings();
    for step in steps::of(&reader.scan, settings, reader.mailbox.as_deref()) {
        let flow = execute(reader, step).await?;
        if let Some(failure) = reader.failure() {
            return Err(failure);
        }
        if flow == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

async fn execute(reader: &Arc<Reader>, step: Step) -> Result<Flow, Error> {
    match step {
        Step::Endless(missing) => Err(Error::Endless(missing)),
        Step::NotInCloud => Err(Error::NotInCloud {
            table: reader.scan.table.name,
        }),
        Step::Ask(inquiries) => ask::read(reader, inquiries).await,
        Step::Count { number, rows } => counted(reader, &number, rows).await,
        Step::Single(object) => single(reader, &object).await,
        Step::All(rows) => collections::read(reader, rows).await,
        Step::Named(collections) => collections::read_each(reader, collections).await,
        Step::Folders {
            folders,
            look_up,
            all,
        } => messages_of(reader, folders, &look_up, all).await,
        Step::Items { items, rows } => items::read(reader, &items, &rows).await,
        Step::ItemsOfEach {
            parents,
            items,
            rows,
        } => items::read_in_each(reader, parents, &items, &rows).await,
        Step::OfEach { parents, rows } => each::read(reader, parents, &rows).await,
        Step::Nested(lists) => nested::read(reader, lists).await,
        Step::Branches {
            top,
            children,
            rows,
        } => branches::read(reader, top, &children, &rows).await,
        Step::Tree {
            names,
            top,
            children,
        } => tree::read(reader, names.as_ref(), top, &children).await,
        Step::MailboxApi { settings, part } => mailbox_api::read(reader, &settings, *part).await,
        Step::OfOwners {
            owners,
            rows,
            look_up,
        } => owners::read(reader, &owners, &rows, look_up.as_ref()).await,
        Step::Reports(files) => reports::read(reader, &files).await,
        Step::OfEachOwner { owners, rows } => owners::read_all(reader, owners, &rows).await,
    }
}

async fn single(reader: &Arc<Reader>, object: &Listing) -> Result<Flow, Error> {
    let reply = reader.object(object).await?;
    let row = reader.decode_entity(&reply.body, &object.context)?;
    Ok(reader.deliver(row).await.flow)
}

async fn counted(reader: &Arc<Reader>, number: &Listing, rows: Listing) -> Result<Flow, Error> {
    match count::read(reader, number).await {
        Err(error) if error.is_refused_query() => {
            tracing::warn!(
                error = error.for_log(),
                "Graph did not count; reading the rows"
            );
            collections::read(reader, rows).await
        }
        outcome => outcome,
    }
}

async fn messages_of(
    reader: &Arc<Reader>,
    folders: Vec<(String, Listing)>,
    look_up: &FolderLookUp,
    all: Listing,
) -> Result<Flow, Error> {
    let (folders, listings): (Vec<String>, Vec<Listing>) = folders.into_iter().unzip();
    // A message that the list of all messages leaves out is not a row, even if its folder has it.
    let places = listed::folders(reader, look_up, &folders).await?;
    if !places.all_sure() {
        match collections::read(reader, all).await {
            // The application cannot read more of the mailbox than this.
            Err(error) if error.is_kept_back() && places.none_doubtful() => {}
            outcome => return outcome,
        }
    }
    collections::read_each(reader, listings).await
}
