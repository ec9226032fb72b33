//! The times of a page's rows.

use crate::scan::plan::window::{Toward, Window};

const SECOND: i64 = 1_000_000;

/// The second of a time in microseconds.
pub fn second(time: i64) -> i64 {
    time.div_euclid(SECOND)
}

/// The times of the rows of a page, in full seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    pub rows: usize,
    /// The oldest and the newest; `None` without rows, or if a row has no time.
    pub ends: Option<(i64, i64)>,
    is_descending: bool,
    is_ascending: bool,
}

impl Times {
    /// Times in microseconds since 1970, in the order of the rows.
    pub fn of(times: impl IntoIterator<Item = Option<i64>>) -> Self {
        let mut found = Self {
            is_descending: true,
            is_ascending: true,
            ..Self::default()
        };
        let mut all = true;
        let mut last = None;
        for time in times {
            found.rows += 1;
            let Some(time) = time else {
                all = false;
                continue;
            };
            if let Some(last) = last {
                found.is_descending &= time <= last;
                found.is_ascending &= time >= last;
            }
            last = Some(time);
            let second = second(time);
            found.ends = Some(match found.ends {
                Some((oldest, newest)) => (oldest.min(second), newest.max(second)),
                None => (second, second),
            });
        }
        found.ends = found.ends.filter(|_| all);
        found
    }

    /// Whether the rows are in the order of a window, and belong to it.
    pub fn fit(&self, window: Window, toward: Toward) -> bool {
        let is_sorted = match toward {
            Toward::Older => self.is_descending,
            Toward::Newer => self.is_ascending,
        };
        let is_inside = |(oldest, newest)| window.contains(oldest) && window.contains(newest);
        is_sorted && self.ends.is_some_and(is_inside)
    }

    /// The seconds of which no row is missing if these are the first rows of a window: those before the last one.
    pub fn whole(&self, window: Window, toward: Toward) -> Window {
        match (self.ends, toward) {
            (Some((oldest, _)), Toward::Older) => Window {
                from: oldest.saturating_add(1),
                ..window
            },
            (Some((_, newest)), Toward::Newer) => Window {
                before: newest,
                ..window
            },
            (None, _) => Window {
                from: window.before,
                ..window
            },
        }
    }

    /// The last second in this order.
    pub fn last(&self, toward: Toward) -> Option<i64> {
        let (oldest, newest) = self.ends?;
        Some(match toward {
            Toward::Older => oldest,
            Toward::Newer => newest,
        })
    }

    /// Rows a second.
    pub fn density(&self) -> Option<f64> {
        let (oldest, newest) = self.ends?;
        Some(self.rows as f64 / (newest - oldest).max(1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: &[i64]) -> Times {
        Times::of(seconds.iter().map(|second| Some(second * SECOND)))
    }

    #[test]
    fn the_last_second_of_a_page_may_have_more_rows() {
        let window = Window {
            from: 0,
            before: 100,
        };
        let page = seconds(&[90, 80, 70]);
        assert!(page.fit(window, Toward::Older));
        assert!(!page.fit(window, Toward::Newer));
        assert_eq!(
            page.whole(window, Toward::Older),
            Window {
                from: 71,
                before: 100
            }
        );
        let page = seconds(&[10, 20, 20]);
        assert!(page.fit(window, Toward::Newer));
        assert_eq!(
            page.whole(window, Toward::Newer),
            Window {
                from: 0,
                before: 20
            }
        );
        assert!(
            seconds(&[5, 5])
                .whole(Window::second(5), Toward::Older)
                .is_empty()
        );
    }

    #[test]
    fn rows_of_another_window_or_without_a_time_do_not_fit() {
        let window = Window {
            from: 0,
            before: 80,
        };
        assert!(!seconds(&[90, 70]).fit(window, Toward::Older));
        let page = Times::of([Some(70 * SECOND), None]);
        assert_eq!((page.rows, page.ends), (2, None));
        assert!(!page.fit(window, Toward::Older));
    }

    #[test]
    fn parts_of_a_second_are_cut_off() {
        let page = Times::of([Some(1_999_999), Some(-1)]);
        assert_eq!(page.ends, Some((-1, 1)));
    }
}
