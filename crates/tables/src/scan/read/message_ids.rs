//! The ids of all messages, newest first, as far as they are needed.

use super::index::{self, first_of_each};
use super::walk::{Linked, Walk};
use super::windows::in_order::InOrder;
use super::windows::task::Timed;
use super::windows::times::Times;
use crate::decode::DecodeError;
use crate::definitions::MESSAGES;
use crate::scan::plan::listing::Listing;
use crate::{Error, datetime};

/// A list that is read page after page.
pub enum MessageIds {
    Windows(Box<InOrder>),
    /// Where no windows may be asked for.
    Links(Box<Walk>),
}

impl MessageIds {
    pub fn new(list: Listing) -> Self {
        match list.windowed {
            Some(by) => Self::Windows(Box::new(InOrder::new(list, by, MESSAGES.max_page_size))),
            None => Self::Links(Box::new(Walk::new(list))),
        }
    }

    /// Records a page's ids, and how many of them are new. Fails if the list has no end.
    pub fn brought(&mut self, ids: usize, new: usize) -> Result<(), Error> {
        match self {
            Self::Windows(pages) => pages.brought(ids, new),
            Self::Links(walk) => walk.brought(ids, new),
        }
    }
}

/// The ids of a page, and when their messages were received.
pub fn parse(reply: &[u8]) -> Result<Linked<Timed<Vec<String>>>, DecodeError> {
    let page = index::page(reply, ["id", "receivedDateTime"])?;
    let time = |[_, time]: &index::Row<2>| datetime::parse_timestamp(time.as_deref()?);
    let times = Times::of(page.rows.iter().map(time));
    let rows = first_of_each(page.rows).collect();
    Ok((Timed { rows, times }, page.next_link))
}
