//! Events of all calendars of a mailbox (docs/graph.md#events).

use super::delivery::Flow;
use super::reader::Reader;
use crate::Error;
use crate::definitions::CALENDARS;

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    let calendars = calendars(reader).await?;
    let listings = calendars.into_iter().map(|calendar| {
        let mut listing = reader.listing(reader.path(["calendars", &calendar, "events"]));
        listing.context.calendar_id = Some(calendar);
        listing
    });
    reader.read_each(listings.collect()).await
}

/// The calendars that the statement names, or all of them.
pub async fn calendars(reader: &Reader) -> Result<Vec<String>, Error> {
    if let Some(named) = &reader.scan.pushed.parents {
        return Ok(named.clone());
    }
    let path = reader.path(["calendars"]);
    reader.ids(path, CALENDARS.max_page_size).await
}
