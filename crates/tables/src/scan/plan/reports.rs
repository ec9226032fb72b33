//! Reports of usage: a request for each span of days.

use super::scan::Scan;
use crate::decode::RowContext;
use crate::definition::{REPORT_PERIODS, Report};
use std::fmt;

/// A report of some days, which Graph answers with a link to its file.
#[derive(Clone, Debug)]
pub struct ReportFile {
    pub report: &'static Report,
    /// The days that it covers.
    period: i32,
}

impl ReportFile {
    /// The path below `/v1.0`. Brackets and quotes stay as Microsoft's documentation has them.
    pub fn address(&self) -> String {
        let Self { report, period } = self;
        format!("/reports/{}(period='D{period}')", report.function)
    }

    /// The facts about its rows.
    pub fn context(&self) -> RowContext {
        RowContext {
            report_period: Some(self.period),
            ..RowContext::default()
        }
    }
}

impl fmt::Display for ReportFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "GET {}, then the file", self.address())
    }
}

/// The reports that can have rows of the scan: those that the statement names by their days or by the ids of rows.
pub fn files(scan: &Scan, report: &'static Report) -> Vec<ReportFile> {
    let pushed = &scan.pushed;
    let of_ids = pushed.ids.as_ref().map(|ids| {
        let periods = ids.iter().filter_map(|id| period_of(id));
        periods.collect::<Vec<i32>>()
    });
    let is_asked = |period: &i32| {
        let mut named = pushed.report_periods.iter().chain(&of_ids);
        named.all(|periods| periods.contains(period))
    };
    let periods = REPORT_PERIODS.iter().copied().filter(is_asked);
    periods
        .map(|period| ReportFile { report, period })
        .collect()
}

/// The days of the report whose row has this id.
fn period_of(id: &str) -> Option<i32> {
    let (period, _) = id.split_once('-')?;
    period.parse().ok()
}
