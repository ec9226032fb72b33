//! Which windows of a collection are asked for next.
//!
//! A sorted window is read from both ends, page by page, each page from the last second of the one before. While there is room for
//! more requests, the largest gap is divided, so that the rows are found wherever they are: mail comes in bursts. A window that
//! Graph does not sort is only known if it fits in one page; otherwise it is divided.
//!
//! Whatever the replies are, time is taken out of the gaps only where no row is missing.

use super::gaps::{Gap, Gaps};
use super::task::Task;
use super::times::Times;
use crate::scan::plan::listing::Listing;
use crate::scan::plan::window::{Toward, Window, Windowed};
use crate::scan::read::seen::Unread;

/// The part of a page that an unsorted window should fill: a window with more rows is read twice.
const FILLED: f64 = 0.7;

/// A gap with less than this part of a page is left to the request that is on its way there.
const WORTH_A_REQUEST: f64 = 0.5;

/// A gap is divided if it has as many pages beside those on their way.
const WORTH_DIVIDING: f64 = 2.0;

/// The first second of the year 1, before which there is no mail.
const BEGINNING: i64 = -62_135_596_800;

/// The last second that Graph can write.
const LAST: i64 = 253_402_300_799;

/// The rows do not follow the order, or the window, that Graph was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Unfit;

pub struct Planner {
    listing: Listing,
    by: Windowed,
    /// The size of the largest page that Graph allows.
    largest: u32,
    gaps: Gaps,
    /// Windows on their way.
    running: Vec<(Window, Toward)>,
    /// Crowded seconds to go on with.
    seconds: Vec<Task>,
    /// All crowded seconds, whose pages may have the same rows.
    crowded: Vec<i64>,
}

impl Planner {
    pub fn new(listing: Listing, by: Windowed, largest: u32) -> Self {
        Self {
            listing,
            by,
            largest,
            gaps: Gaps::new(Window::ALL),
            running: Vec::new(),
            seconds: Vec::new(),
            crowded: Vec::new(),
        }
    }

    /// Rows of a page.
    pub fn page_size(&self) -> usize {
        self.listing.page_size().unwrap_or(self.largest).max(1) as usize
    }

    /// Where rows may still come: in gaps, and in crowded seconds.
    pub fn unread(&self) -> Unread {
        let gaps = self.gaps.iter().map(|gap| gap.window);
        let crowded = self.crowded.iter().map(|second| Window::second(*second));
        Unread(gaps.chain(crowded).collect())
    }

    /// Changes the size of the pages to come.
    pub fn resize(&mut self, size: impl FnOnce(u32) -> u32) {
        self.listing.resize(size);
    }

    /// The next window to ask for; `None` if nothing is left but what is on its way.
    pub fn next(&mut self) -> Option<Task> {
        let task = match self.seconds.pop() {
            Some(second) => second,
            None => {
                let (window, toward) = match self.by.is_sorted {
                    true => self.end_of_a_gap()?,
                    false => (self.part_of_a_gap()?, Toward::Older),
                };
                self.running.push((window, toward));
                Task::new(&self.listing, self.by, window, toward)
            }
        };
        Some(task)
    }

    /// The end of a gap that nobody reads from.
    fn end_of_a_gap(&mut self) -> Option<(Window, Toward)> {
        let page = self.page_size() as f64;
        let mut best: Option<(f64, Gap, Option<Toward>)> = None;
        for gap in self.gaps.iter() {
            let is_read = |toward: Toward| {
                let same_end = |window: &Window| match toward {
                    Toward::Older => window.before == gap.window.before,
                    Toward::Newer => window.from == gap.window.from,
                };
                let mut running = self.running.iter();
                running.any(|(window, way)| *way == toward && same_end(window))
            };
            let left = |on_their_way: f64| gap.rows() - on_their_way * page;
            let (worth, way) = match (is_read(Toward::Older), is_read(Toward::Newer)) {
                (false, false) => (f64::INFINITY, Some(Toward::Older)),
                (true, false) if left(1.0) > WORTH_A_REQUEST * page => {
                    (left(1.0), Some(Toward::Newer))
                }
                // How many rows an open gap has is known as soon as its older end is.
                (false, true) if !gap.is_open() && left(1.0) > WORTH_A_REQUEST * page => {
                    (left(1.0), Some(Toward::Older))
                }
                (true, true) if left(2.0) > WORTH_DIVIDING * page && gap.middle().is_some() => {
                    (left(2.0), None)
                }
                _ => continue,
            };
            if best.as_ref().is_none_or(|(before, ..)| worth > *before) {
                best = Some((worth, *gap, way));
            }
        }
        match best? {
            (_, gap, Some(toward)) => Some((gap.window, toward)),
            (_, gap, None) => {
                self.gaps.divide(gap.middle()?);
                self.end_of_a_gap()
            }
        }
    }

    /// The newest part of a gap that nobody reads, which probably fits in a page.
    fn part_of_a_gap(&self) -> Option<Window> {
        self.gaps.iter().find_map(|gap| {
            let Window { from, before } = gap.window;
            let running = self.running.iter().map(|(window, _)| window);
            let inside = running.filter(|window| window.from < before && window.before > from);
            let before = inside.map(|window| window.from).min().unwrap_or(before);
            if from >= before {
                return None;
            }
            let length = match gap.newer {
                Some(density) if before != i64::MAX => FILLED * self.page_size() as f64 / density,
                _ => f64::INFINITY,
            };
            let begin = before as f64 - length.max(1.0);
            let begin = match begin > BEGINNING as f64 {
                true => begin as i64,
                false => i64::MIN,
            };
            Some(Window {
                from: from.max(begin),
                before,
            })
        })
    }

    /// Takes note of a page of a window.
    pub fn came(&mut self, task: Task, times: &Times) -> Result<(), Unfit> {
        if task.is_second {
            if task.goes_on() {
                self.seconds.push(task);
            }
            return Ok(());
        }
        let same =
            |(window, toward): &(Window, Toward)| *window == task.window && *toward == task.toward;
        if let Some(at) = self.running.iter().position(same) {
            self.running.swap_remove(at);
        }
        // A page that took too long is smaller the next time.
        if let Some(size) = task.shrunk() {
            self.resize(|_| size);
        }
        match self.by.is_sorted {
            true => self.sorted(&task, times),
            false => self.unsorted(&task, times),
        }
    }

    fn sorted(&mut self, task: &Task, times: &Times) -> Result<(), Unfit> {
        if times.rows > 0 && !times.fit(task.window, task.toward) {
            return Err(Unfit);
        }
        let mut whole = match task.goes_on() {
            true => times.whole(task.window, task.toward),
            false => task.window,
        };
        if let (true, Some((oldest, newest))) = (task.has_followed, times.ends) {
            match task.toward {
                Toward::Older if newest < LAST => whole.before = whole.before.min(newest + 1),
                Toward::Older => {}
                Toward::Newer => whole.from = whole.from.max(oldest),
            }
        }
        match times.last(task.toward) {
            Some(second) if whole.is_empty() => self.read_by_links(second),
            _ => self.gaps.cover(whole, times.density()),
        }
        Ok(())
    }

    fn unsorted(&mut self, task: &Task, times: &Times) -> Result<(), Unfit> {
        let Window { from, before } = task.window;
        if !task.goes_on() {
            let is_open = from == i64::MIN || before == i64::MAX;
            let density = match is_open {
                true => times.density(),
                // An empty window, too, tells how large the next may be.
                false => Some((times.rows + 1) as f64 / (before - from) as f64),
            };
            self.gaps.cover(task.window, density);
            return Ok(());
        }
        let Some((oldest, newest)) = times.ends else {
            return Err(Unfit);
        };
        if !task.window.contains(oldest) || !task.window.contains(newest) {
            return Err(Unfit);
        }
        // Most lists are sorted all the same, and then what is newer than the oldest row fits in a page.
        let is_sorted = times.fit(task.window, Toward::Older);
        let at = match is_sorted && oldest < newest {
            true => oldest + 1,
            false => oldest + (newest - oldest) / 2 + i64::from(oldest < newest),
        };
        let at = if at > from {
            at
        } else {
            from.saturating_add(1)
        };
        match at < before {
            true => self.gaps.divide_with(at, times.density()),
            false => self.read_by_links(oldest),
        }
        Ok(())
    }

    /// Reads a second that has more rows than a page by links.
    fn read_by_links(&mut self, second: i64) {
        // Another request may have brought all of it meanwhile.
        if !self.gaps.iter().any(|gap| gap.window.contains(second)) {
            return;
        }
        self.gaps.cover(Window::second(second), None);
        self.crowded.push(second);
        let task = Task::second(&self.listing, self.by, second, Toward::Older, self.largest);
        self.seconds.push(task);
    }
}

#[cfg(test)]
#[path = "planner_tests.rs"]
mod tests;
