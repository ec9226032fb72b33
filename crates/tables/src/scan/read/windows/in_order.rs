//! A long collection page after page, in its own order, as far as it is needed.

use super::task::Task;
use super::times::Times;
use crate::Error;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::window::{Toward, Window, Windowed};
use crate::scan::read::seen::Unread;
use crate::scan::read::walk::Walk;

/// A listing that Graph sorts by the time of its windows.
pub struct InOrder {
    listing: Listing,
    by: Windowed,
    toward: Toward,
    largest: u32,
    /// The part that was not read yet.
    left: Window,
    /// Pages that came.
    pages: usize,
    /// Rows that only links lead to: those of a crowded second, or all where Graph does not keep to the order.
    links: Option<Walk>,
}

impl InOrder {
    pub fn new(listing: Listing, by: Windowed, largest: u32) -> Self {
        let order = listing.value("$orderby");
        let is_descending = order.is_some_and(|order| order.ends_with(" desc"));
        Self {
            toward: match is_descending {
                true => Toward::Older,
                false => Toward::Newer,
            },
            listing,
            by,
            largest,
            left: Window::ALL,
            pages: 0,
            links: None,
        }
    }

    /// Changes the size of the pages to come.
    pub fn resize(&mut self, size: impl FnOnce(u32) -> u32) {
        self.listing.resize(size);
    }

    /// The rest of the rows that only links lead to.
    pub fn links(&mut self) -> Option<&mut Walk> {
        self.links.as_mut()
    }

    pub fn end_links(&mut self) {
        self.links = None;
    }

    /// The rest as one window; `None` at the end.
    pub fn task(&self) -> Option<Task> {
        let is_left = !self.left.is_empty();
        is_left.then(|| Task::new(&self.listing, self.by, self.left, self.toward))
    }

    pub fn is_at_start(&self) -> bool {
        self.left == Window::ALL
    }

    /// Takes note of the first page of the rest.
    pub fn came(&mut self, task: &Task, times: &Times) {
        self.pages += 1;
        if !task.goes_on() {
            self.left.from = self.left.before;
            return;
        }
        if !times.fit(task.window, task.toward) {
            tracing::warn!("rows came in another order; following links");
            self.only_links();
            return;
        }
        let whole = times.whole(task.window, task.toward);
        let (from, before) = match times.last(task.toward) {
            // One second fills the page.
            Some(second) if whole.is_empty() => {
                let second_task =
                    Task::second(&self.listing, self.by, second, self.toward, self.largest);
                self.links = Some(second_task.walk);
                (second, second.saturating_add(1))
            }
            _ => (whole.from, whole.before),
        };
        match self.toward {
            Toward::Older => self.left.before = from,
            Toward::Newer => self.left.from = before,
        }
    }

    /// Reads everything by links, because Graph does not keep to windows.
    pub fn only_links(&mut self) {
        self.links = Some(Walk::new(self.listing.clone()).passing(self.pages));
        self.left.from = self.left.before;
    }

    /// Where rows may still come; `None` if links may lead anywhere.
    pub fn unread(&self) -> Option<Unread> {
        self.links.is_none().then(|| Unread(vec![self.left]))
    }

    /// Records a page's rows, and how many of them are new. Fails if links lead nowhere.
    pub fn brought(&mut self, rows: usize, new: usize) -> Result<(), Error> {
        match &mut self.links {
            Some(walk) => walk.brought(rows, new),
            None => Ok(()),
        }
    }
}
