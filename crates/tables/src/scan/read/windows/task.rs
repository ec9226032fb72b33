//! One window to read: usually its first page, which is all that is asked of it.

use super::times::Times;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::window::{Toward, Window, Windowed};
use crate::scan::plan::windows;
use crate::scan::read::walk::Walk;

/// Rows of a page with their times.
pub struct Timed<T> {
    pub rows: T,
    pub times: Times,
}

/// A window of a listing.
pub struct Task {
    pub window: Window,
    pub toward: Toward,
    /// Whether it is a second with more rows than a page, of which every page is read: links are the only way in there.
    pub is_second: bool,
    listing: Listing,
    pub walk: Walk,
    size: Option<u32>,
    /// Whether links led over empty pages to the rows, so that those before them may be missing.
    pub has_followed: bool,
}

impl Task {
    pub fn new(of: &Listing, by: Windowed, window: Window, toward: Toward) -> Self {
        let listing = windows::listing(of, by, window, toward);
        Self {
            window,
            toward,
            is_second: false,
            walk: Walk::new(listing.clone()),
            size: listing.page_size(),
            listing,
            has_followed: false,
        }
    }

    /// All rows of a second, in pages of the largest size.
    pub fn second(of: &Listing, by: Windowed, second: i64, toward: Toward, largest: u32) -> Self {
        let of = of.clone().top(largest);
        Self {
            is_second: true,
            ..Self::new(&of, by, Window::second(second), toward)
        }
    }

    /// Whether the window has more rows than those that came.
    pub fn goes_on(&self) -> bool {
        self.walk.address().is_some()
    }

    /// The size of its pages if they took too long in the size that was asked for first.
    pub fn shrunk(&self) -> Option<u32> {
        self.walk.page_size().filter(|size| Some(*size) < self.size)
    }

    /// Asks for the first page once more.
    pub fn start_again(&mut self) {
        self.walk = Walk::new(self.listing.clone());
    }
}
