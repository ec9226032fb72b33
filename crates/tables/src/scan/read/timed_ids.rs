//! The ids of all messages or events, newest first, as far as they are needed.

use super::index::{self, first_of_each};
use super::walk::{Linked, Walk};
use super::windows::in_order::InOrder;
use super::windows::task::Timed;
use super::windows::times::Times;
use crate::decode::DecodeError;
use crate::scan::plan::listing::Listing;
use crate::{Error, datetime};

/// A list that is read page after page.
pub enum TimedIds {
    Windows {
        pages: Box<InOrder>,
        /// The property with the time of the windows.
        time: &'static str,
    },
    /// Where no windows may be asked for.
    Links(Box<Walk>),
}

impl TimedIds {
    pub fn new(list: Listing) -> Self {
        let Some(by) = list.windowed else {
            return Self::Links(Box::new(Walk::new(list)));
        };
        let largest = list.page_size().unwrap_or_default();
        Self::Windows {
            pages: Box::new(InOrder::new(list, by, largest)),
            time: by.path[0],
        }
    }

    /// Records a page's ids, and how many of them are new. Fails if the list has no end.
    pub fn brought(&mut self, ids: usize, new: usize) -> Result<(), Error> {
        match self {
            Self::Windows { pages, .. } => pages.brought(ids, new),
            Self::Links(walk) => walk.brought(ids, new),
        }
    }
}

/// The ids of a page, and the times of their rows.
pub fn timed(reply: &[u8], time: &str) -> Result<Linked<Timed<Vec<String>>>, DecodeError> {
    let page = index::page(reply, ["id", time])?;
    let time = |[_, time]: &index::Row<2>| datetime::parse_timestamp(time.as_deref()?);
    let times = Times::of(page.rows.iter().map(time));
    let rows = first_of_each(page.rows).collect();
    Ok((Timed { rows, times }, page.next_link))
}

/// The ids of a page.
pub fn alone(reply: &[u8]) -> Result<Linked<Vec<String>>, DecodeError> {
    let page = index::page(reply, ["id"])?;
    Ok((first_of_each(page.rows).collect(), page.next_link))
}
