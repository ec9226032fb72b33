//! Events of all calendars of a mailbox.

use super::delivery::Flow;
use super::listing::Listing;
use super::pages;
use super::reader::{Reader, none_if_missing};
use crate::tables::Error;
use crate::tables::definitions::CALENDARS;

pub async fn read(reader: &Reader) -> Result<Flow, Error> {
    let named = reader.scan.pushed.parents.is_some();
    for calendar in calendars(reader).await? {
        let mut listing = reader.listing(reader.path(["calendars", &calendar, "events"]));
        listing.context.calendar_id = Some(calendar.clone());
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

/// The calendars that the statement names, or all of them.
pub async fn calendars(reader: &Reader) -> Result<Vec<String>, Error> {
    if let Some(named) = &reader.scan.pushed.parents {
        return Ok(named.clone());
    }
    let listing = Listing::new(reader.path(["calendars"]), reader.context())
        .option("$select", "id")
        .top(CALENDARS.max_page_size);
    let rows = reader.values(listing, &["id"]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| row.into_iter().next().flatten())
        .collect())
}
