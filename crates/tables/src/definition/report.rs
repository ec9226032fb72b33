//! Reports of usage.

/// A report, which is a file of comma-separated values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The function of Graph that makes it, below `reports`.
    pub function: &'static str,
    /// The header of the field that tells the rows of a file apart.
    pub name: &'static str,
    /// The usual number of rows of a file.
    pub usual: usize,
}

/// The spans that reports cover, in days (docs/graph.md#reports).
pub const REPORT_PERIODS: &[i32] = &[7, 30, 90, 180];
