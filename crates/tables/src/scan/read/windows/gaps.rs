//! The part of time that was not read yet.

use crate::scan::plan::window::Window;

/// A window of which nothing was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    pub window: Window,
    /// Rows a second at its newer end, and at its older one, as far as they are known from what was read beside it.
    pub newer: Option<f64>,
    pub older: Option<f64>,
}

impl Gap {
    /// About how many rows it has; infinite where nothing tells.
    pub fn rows(&self) -> f64 {
        let density = match (self.newer, self.older) {
            // Between the two, for mail comes in bursts.
            (Some(newer), Some(older)) => (newer * older).sqrt(),
            _ => return f64::INFINITY,
        };
        if self.is_open() {
            return f64::INFINITY;
        }
        density * (self.window.before - self.window.from) as f64
    }

    /// Whether it has no beginning or no end.
    pub fn is_open(&self) -> bool {
        self.window.from == i64::MIN || self.window.before == i64::MAX
    }

    /// A second that leaves about as many rows on both sides; `None` where it cannot be divided.
    pub fn middle(&self) -> Option<i64> {
        let Window { from, before } = self.window;
        if self.is_open() || before - from < 2 {
            return None;
        }
        let (newer, older) = (self.newer?.sqrt(), self.older?.sqrt());
        // A guess only moves to a denser end, for the density in between is unknown.
        let part = (newer / (newer + older)).clamp(0.25, 0.75);
        let middle = from + ((before - from) as f64 * part) as i64;
        Some(middle.clamp(from + 1, before - 1))
    }
}

/// All gaps, newest first.
#[derive(Clone, Debug)]
pub struct Gaps(Vec<Gap>);

impl Gaps {
    pub fn new(window: Window) -> Self {
        Self(vec![Gap {
            window,
            newer: None,
            older: None,
        }])
    }

    pub fn iter(&self) -> impl Iterator<Item = &Gap> {
        self.0.iter()
    }

    /// Takes out a window that was read, with so many rows a second.
    pub fn cover(&mut self, covered: Window, density: Option<f64>) {
        if covered.is_empty() {
            return;
        }
        let rest = |gap: &Gap| {
            let newer = Gap {
                window: Window {
                    from: gap.window.from.max(covered.before),
                    ..gap.window
                },
                older: density.or(gap.older),
                ..*gap
            };
            let older = Gap {
                window: Window {
                    before: gap.window.before.min(covered.from),
                    ..gap.window
                },
                newer: density.or(gap.newer),
                ..*gap
            };
            let is_apart = covered.before <= gap.window.from || covered.from >= gap.window.before;
            let parts = match is_apart {
                true => [Some(*gap), None],
                false => [Some(newer), Some(older)],
            };
            parts
                .into_iter()
                .flatten()
                .filter(|gap| !gap.window.is_empty())
        };
        self.0 = self.0.iter().flat_map(rest).collect();
    }

    /// Divides the gap with this second.
    pub fn divide(&mut self, at: i64) {
        self.divide_with(at, None);
    }

    /// The same where rows on both sides are known to be so dense.
    pub fn divide_with(&mut self, at: i64, density: Option<f64>) {
        let divided = |gap: &Gap| {
            if !gap.window.contains(at) || gap.window.from == at {
                return vec![*gap];
            }
            let between = match (gap.newer, gap.older) {
                (Some(newer), Some(older)) => Some((newer * older).sqrt()),
                (newer, older) => newer.or(older),
            };
            let between = density.or(between);
            let newer = Gap {
                window: Window {
                    from: at,
                    ..gap.window
                },
                older: between,
                ..*gap
            };
            let older = Gap {
                window: Window {
                    before: at,
                    ..gap.window
                },
                newer: between,
                ..*gap
            };
            vec![newer, older]
        };
        self.0 = self.0.iter().flat_map(divided).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(gaps: &Gaps) -> Vec<(i64, i64)> {
        let windows = gaps.iter().map(|gap| gap.window);
        windows.map(|window| (window.from, window.before)).collect()
    }

    #[test]
    fn a_window_that_was_read_is_no_gap() {
        let mut gaps = Gaps::new(Window {
            from: 0,
            before: 100,
        });
        gaps.cover(
            Window {
                from: 90,
                before: 200,
            },
            Some(2.0),
        );
        assert_eq!(windows(&gaps), [(0, 90)]);
        gaps.cover(
            Window {
                from: 40,
                before: 50,
            },
            Some(8.0),
        );
        assert_eq!(windows(&gaps), [(50, 90), (0, 40)]);
        let newest = gaps.iter().next().expect("two gaps");
        assert_eq!((newest.newer, newest.older), (Some(2.0), Some(8.0)));
        assert_eq!(newest.rows(), 160.0);
        gaps.cover(
            Window {
                from: 60,
                before: 60,
            },
            None,
        );
        gaps.cover(
            Window {
                from: 30,
                before: 60,
            },
            None,
        );
        assert_eq!(windows(&gaps), [(60, 90), (0, 30)]);
        gaps.cover(Window::ALL, None);
        assert_eq!(windows(&gaps), []);
    }

    #[test]
    fn a_gap_is_divided_nearer_to_where_it_is_dense() {
        let gap = |newer, older| Gap {
            window: Window {
                from: 0,
                before: 100,
            },
            newer: Some(newer),
            older: Some(older),
        };
        assert_eq!(gap(1.0, 1.0).middle(), Some(50));
        assert_eq!(gap(1_000.0, 0.1).middle(), Some(75));
        let mut gaps = Gaps(vec![gap(1.0, 4.0)]);
        gaps.divide(30);
        assert_eq!(windows(&gaps), [(30, 100), (0, 30)]);
        gaps.divide(30);
        assert_eq!(windows(&gaps), [(30, 100), (0, 30)]);
        let endless = Gaps::new(Window::ALL);
        assert_eq!(endless.iter().next().and_then(Gap::middle), None);
    }
}
