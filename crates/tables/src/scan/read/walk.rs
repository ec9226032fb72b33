//! Reads one collection page by page, to its end.
//!
//! A walk continues in smaller pages if Graph takes too long (docs/graph.md#large-pages) or sends
//! too much, and gives up if the pages have nothing new. Starting again only costs time, because
//! the user of the pages knows its rows.

use crate::Error;
use crate::scan::plan::listing::Listing;
use exchange_graph::ErrorKind;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

/// The smallest page to request.
const SMALLEST_PAGE: u32 = 10;

/// Maximum consecutive pages that only have known rows, or a link that was followed before.
const KNOWN_PAGES: usize = 20;

/// Maximum consecutive empty pages: Graph sends them while it looks for rows that meet a filter
/// (docs/graph.md#paging).
const EMPTY_PAGES: usize = 1_000;

/// Maximum restarts because Graph has forgotten the position (docs/graph.md#lost-places).
const MOST_LOST: usize = 3;

/// A page, and the link to the next one.
pub type Linked<T> = (T, Option<String>);

#[derive(Clone)]
pub struct Walk {
    listing: Listing,
    place: Place,
    /// Rows that were new.
    rows: usize,
    progress: Progress,
    lost: usize,
}

#[derive(Clone)]
enum Place {
    Start,
    At(String),
    End,
}

impl Walk {
    pub fn new(listing: Listing) -> Self {
        Self {
            listing,
            place: Place::Start,
            rows: 0,
            progress: Progress::default(),
            lost: 0,
        }
    }

    /// A walk whose first page is known, with its link.
    pub fn after(listing: Listing, link: Option<String>) -> Self {
        let mut walk = Self::new(listing);
        walk.go_on(link);
        walk
    }

    /// The same walk, which may pass so many pages whose rows are known.
    pub fn passing(mut self, pages: usize) -> Self {
        self.progress.passed = pages;
        self
    }

    pub fn page_size(&self) -> Option<u32> {
        self.listing.page_size()
    }

    /// Where the next page is; `None` at the end.
    pub fn address(&self) -> Option<String> {
        match &self.place {
            Place::End => None,
            Place::Start => Some(self.listing.address()),
            Place::At(link) => Some(link.clone()),
        }
    }

    /// Records a page's rows, and the number of new ones. Fails if the walk makes no progress.
    pub fn brought(&mut self, rows: usize, new: usize) -> Result<(), Error> {
        self.rows += new;
        match self.place {
            Place::End => Ok(()),
            _ => self.progress.page(rows, new),
        }
    }

    /// Takes note of where a page leads.
    pub fn go_on(&mut self, link: Option<String>) {
        self.place = match link {
            Some(link) => {
                self.progress.follow(&link);
                Place::At(link)
            }
            None => Place::End,
        };
    }

    /// After some errors the same rows can be read in another way.
    pub fn start_again(&mut self, error: Error) -> Result<(), Error> {
        let rows = self
            .listing
            .page_size()
            .filter(|rows| *rows > SMALLEST_PAGE);
        let smaller = match (error.graph_kind(), rows) {
            (Some(ErrorKind::GatewayTimeout), Some(rows)) => Some((rows / 2).max(SMALLEST_PAGE)),
            // The right size is unknown.
            (Some(ErrorKind::TooLarge), Some(_)) => Some(SMALLEST_PAGE),
            (Some(ErrorKind::Gone), _) if self.lost < MOST_LOST => {
                self.lost += 1;
                None
            }
            _ => return Err(error),
        };
        tracing::warn!(
            error = error.for_log(),
            rows = smaller,
            "starting a collection again"
        );
        if let Some(rows) = smaller {
            self.listing = self.listing.clone().top(rows);
        }
        self.place = Place::Start;
        let page_size = self.listing.page_size().unwrap_or(SMALLEST_PAGE);
        self.progress = Progress::passing(self.rows / page_size.max(1) as usize);
        Ok(())
    }
}

/// Detects whether a walk makes progress.
#[derive(Clone, Default)]
struct Progress {
    keys: RandomState,
    /// Hashes of the links.
    followed: HashSet<u64>,
    /// Whether the next link was followed before.
    is_repeated: bool,
    known: usize,
    empty: usize,
    /// Pages whose rows are known because the walk has started again.
    passed: usize,
}

impl Progress {
    fn passing(pages: usize) -> Self {
        Self {
            passed: pages,
            ..Self::default()
        }
    }

    fn follow(&mut self, link: &str) {
        self.is_repeated = !self.followed.insert(self.keys.hash_one(link));
    }

    fn page(&mut self, rows: usize, new: usize) -> Result<(), Error> {
        match (rows, new) {
            (_, 1..) => (self.known, self.empty, self.passed) = (0, 0, 0),
            (0, _) if !self.is_repeated => self.empty += 1,
            _ => self.known += 1,
        }
        match self.known > KNOWN_PAGES + self.passed || self.empty > EMPTY_PAGES {
            true => Err(Error::NoProgress {
                pages: self.known + self.empty,
            }),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of pages until the lack of progress is detected.
    fn pages(mut page: impl FnMut(&mut Progress, usize) -> Result<(), Error>) -> usize {
        let mut progress = Progress::default();
        (0..5_000)
            .find(|number| page(&mut progress, *number).is_err())
            .unwrap_or(usize::MAX)
    }

    #[test]
    fn pages_without_news_end() {
        let known = pages(|progress, number| {
            progress.follow(&number.to_string());
            progress.page(10, 0)
        });
        assert_eq!(known, KNOWN_PAGES);
        let empty = pages(|progress, number| {
            progress.follow(&number.to_string());
            progress.page(0, 0)
        });
        assert_eq!(empty, EMPTY_PAGES);
        let same_link = pages(|progress, _| {
            progress.follow("same");
            progress.page(0, 0)
        });
        assert_eq!(same_link, KNOWN_PAGES + 1);
    }

    #[test]
    fn news_now_and_then_is_progress() {
        let slow = pages(|progress, number| {
            progress.follow(&number.to_string());
            progress.page(10, usize::from(number % KNOWN_PAGES == 0))
        });
        assert_eq!(slow, usize::MAX);
    }

    #[test]
    fn a_walk_that_starts_again_may_pass_what_it_has() {
        let mut progress = Progress::passing(100);
        let passed = (0..).take_while(|_| progress.page(10, 0).is_ok()).count();
        assert_eq!(passed, 100 + KNOWN_PAGES);
    }
}
