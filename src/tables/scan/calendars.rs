//! Events of all calendars of a mailbox.

use super::delivery::Flow;
use super::reader::{Named, Reader};
use crate::tables::Error;
use crate::tables::definitions::CALENDARS;

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    let (calendars, named) = calendars(reader).await?;
    let listings = calendars.into_iter().map(|calendar| {
        let mut listing = reader.listing(reader.path(["calendars", &calendar, "events"]));
        listing.context.calendar_id = Some(calendar);
        listing
    });
    reader.read_each(listings.collect(), named).await
}

/// The calendars that the statement names, or all of them.
pub async fn calendars(reader: &Reader) -> Result<(Vec<String>, Named), Error> {
    if let Some(named) = &reader.scan.pushed.parents {
        return Ok((named.clone(), Named::ByStatement));
    }
    let path = reader.path(["calendars"]);
    let all = reader.ids(path, CALENDARS.max_page_size).await?;
    Ok((all, Named::ByGraph))
}
