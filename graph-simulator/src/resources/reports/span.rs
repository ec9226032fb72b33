//! The days of a report.

use crate::model::Tenant;
use chrono::{Days, NaiveDate, Utc};

/// The days that a report covers.
pub struct Span {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

pub fn span(tenant: &Tenant, period: u32) -> Span {
    let before_yesterday = Utc::now().date_naive() - Days::new(2);
    let last = tenant.reports.refreshed.parse().unwrap_or(before_yesterday);
    Span {
        first: last - Days::new(u64::from(period) - 1),
        last,
    }
}
