//! The list of all messages, as far as a scan needs it to tell which messages are rows.

use super::index;
use super::listing::Listing;
use super::reader::Reader;
use super::seen::Seen;
use super::walk::Walk;
use crate::Error;
use crate::decode::RowContext;
use crate::definitions::MESSAGES;
use std::collections::HashSet;

/// A walk through the list that stops where enough is known, and goes on from there when more is asked: however often
/// a scan doubts, it reads the list once.
pub struct AllMessages {
    walk: Walk,
    /// Messages that the list has.
    listed: Seen,
    is_at_end: bool,
}

impl AllMessages {
    pub fn new(reader: &Reader) -> Self {
        let listing = Listing::new(reader.path(["messages"]), RowContext::default())
            .option("$select", "id")
            .top(MESSAGES.max_page_size);
        Self {
            walk: Walk::new(listing),
            listed: Seen::default(),
            is_at_end: false,
        }
    }

    /// Those of these messages that the list has.
    pub async fn among(
        &mut self,
        reader: &Reader,
        mut wanted: HashSet<String>,
    ) -> Result<HashSet<String>, Error> {
        let mut found: HashSet<String> = wanted
            .extract_if(|id| self.listed.contains(&[id]))
            .collect();
        let parse = |reply: &[u8]| {
            let page = index::page(reply, ["id"])?;
            Ok((page.rows, page.next_link))
        };
        while !wanted.is_empty() && !self.is_at_end {
            let Some(rows) = self.walk.next(reader, parse).await? else {
                self.is_at_end = true;
                break;
            };
            let count = rows.len();
            let mut new = 0;
            for id in index::first_of_each(rows) {
                new += usize::from(self.listed.insert(&[&id]));
                found.extend(wanted.take(&id));
            }
            self.walk.brought(count, new)?;
        }
        Ok(found)
    }
}
