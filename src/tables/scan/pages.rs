//! Pages of one collection, one after the other.

use super::delivery::Flow;
use super::listing::Listing;
use super::reader::Reader;
use crate::tables::Error;
use crate::tables::search::MOST_MESSAGES;
use std::collections::{HashSet, VecDeque};

/// The smallest page that is still asked for when Graph does not answer in time.
const SMALLEST_PAGE: u32 = 10;

/// Pages whose ids are remembered. Mail that arrives while a mailbox is read pushes rows from one page
/// into the next, so a repeated row was seen one or two pages before.
const PAGES_REMEMBERED: usize = 3;

/// Reads a collection to its end. A page may be empty and still have a next one.
pub async fn read(reader: &Reader, listing: Listing) -> Result<Flow, Error> {
    let parts = listing.parts();
    let mut seen = match parts.len() {
        1 => Seen::default(),
        // A row may meet several parts of a list.
        _ => Seen::everything(),
    };
    for part in parts {
        if read_part(reader, part, &mut seen).await? == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

async fn read_part(reader: &Reader, listing: Listing, seen: &mut Seen) -> Result<Flow, Error> {
    let mut delivered = 0;
    let mut listing = listing;
    loop {
        match read_from_start(reader, &listing, delivered, seen).await {
            Ok(flow) => return Ok(flow),
            Err((rows, error)) => {
                delivered = rows;
                listing = smaller(listing, error)?;
            }
        }
    }
}

/// After a time-out, the same collection in pages of half the size.
fn smaller(listing: Listing, error: Error) -> Result<Listing, Error> {
    match listing.page_size() {
        Some(rows) if error.is_gateway_timeout() && rows > SMALLEST_PAGE => {
            tracing::warn!(
                rows = rows / 2,
                "Graph timed out; reading on in smaller pages"
            );
            Ok(listing.top((rows / 2).max(SMALLEST_PAGE)))
        }
        _ => Err(error),
    }
}

/// Reads from the first page, passing over the rows that an earlier attempt delivered. An error comes
/// with the number of rows read so far.
async fn read_from_start(
    reader: &Reader,
    listing: &Listing,
    skip: usize,
    seen: &mut Seen,
) -> Result<Flow, (usize, Error)> {
    let mut rows = 0;
    let mut reply = reader
        .first_page(listing)
        .await
        .map_err(|error| (skip, error))?;
    loop {
        let page = reader
            .decode(&reply, &listing.context)
            .map_err(|error| (rows, error))?;
        let next = page.next_link.clone();
        let passed = skip.saturating_sub(rows).min(page.batch.num_rows());
        let fresh = page.batch.slice(passed, page.batch.num_rows() - passed);
        rows += page.batch.num_rows();
        if reader.deliver(fresh, seen).await == Flow::Enough {
            return Ok(Flow::Enough);
        }
        let Some(link) = next else {
            tell_of_limit(reader, rows);
            return Ok(Flow::More);
        };
        reply = reader
            .next_page(&link)
            .await
            .map_err(|error| (rows.max(skip), error))?;
    }
}

/// Says so when a search ended because Graph gives no more.
fn tell_of_limit(reader: &Reader, rows: usize) {
    if reader.scan.pushed.searches_mail() && rows >= MOST_MESSAGES {
        let mailbox = reader.mailbox.as_deref().unwrap_or_default();
        reader.warnings.add(format!(
            "a search of mailbox {mailbox} found {MOST_MESSAGES} messages, the most that Microsoft Graph gives \
             for one search, so that others may be missing; search for less, for example with \
             received>=2026-01-01 in SEARCH"
        ));
    }
}

/// Ids of the rows of the last pages.
pub struct Seen {
    pages: VecDeque<HashSet<String>>,
    remembered: usize,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            pages: VecDeque::new(),
            remembered: PAGES_REMEMBERED,
        }
    }
}

impl Seen {
    /// Of all pages.
    pub fn everything() -> Self {
        Self {
            remembered: usize::MAX,
            ..Self::default()
        }
    }

    /// Begins a page.
    pub fn page(&mut self) {
        if self.pages.len() == self.remembered {
            self.pages.pop_front();
        }
        self.pages.push_back(HashSet::new());
    }

    /// Whether the id is new.
    pub fn insert(&mut self, id: &str) -> bool {
        if self.pages.iter().any(|page| page.contains(id)) {
            return false;
        }
        if let Some(page) = self.pages.back_mut() {
            page.insert(id.to_owned());
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_moved_to_the_next_page_is_known() {
        let mut seen = Seen::default();
        seen.page();
        assert!(seen.insert("a"));
        seen.page();
        assert!(!seen.insert("a"));
        assert!(seen.insert("A"), "ids that differ in case are different");
    }

    #[test]
    fn memory_does_not_grow_with_the_pages() {
        let mut seen = Seen::default();
        for page in 0..100 {
            seen.page();
            assert!(seen.insert(&page.to_string()));
        }
        assert_eq!(seen.pages.len(), PAGES_REMEMBERED);
    }
}
