//! Reports of usage: tables as files (docs/graph.md#reports).

mod columns;
mod computed;
mod span;
mod table;

use super::ask::Ask;
use crate::model::{Entity, Tenant};
use crate::refusal::Refusal;
use columns::{Function, function};
use span::span;

/// The spans of days that reports cover.
const PERIODS: &[u32] = &[7, 30, 90, 180];

/// A request for a report.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    function: &'static Function,
    period: u32,
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.function, other.function) && self.period == other.period
    }
}

impl Eq for Report {}

/// The report of a segment such as `getMailboxUsageDetail(period='D7')`.
pub fn report(segment: &str) -> Result<Report, Refusal> {
    let unknown =
        || Refusal::bad_request(format!("Resource not found for the segment '{segment}'."));
    let (name, rest) = segment.split_once('(').ok_or_else(unknown)?;
    let function = function(name).ok_or_else(unknown)?;
    let period = rest
        .strip_suffix(')')
        .and_then(|rest| rest.strip_prefix("period="));
    let period = period
        .and_then(|text| text.strip_prefix("'D")?.strip_suffix('\'')?.parse().ok())
        .filter(|period| PERIODS.contains(period))
        .ok_or_else(|| Refusal::bad_request("Invalid value for the parameter period."))?;
    Ok(Report { function, period })
}

/// The file of a report.
pub fn file(ask: &Ask, tenant: &Tenant, report: Report) -> Result<Vec<u8>, Refusal> {
    if !ask.pairs.is_empty() {
        return Err(Refusal::not_simulated("options of reports"));
    }
    let mut given = tenant.reports.given.iter();
    let given =
        given.find(|given| given.function == report.function.name && given.period == report.period);
    let mut rows = match given {
        Some(given) => given.rows.clone(),
        None => (report.function.rows)(tenant, &span(tenant, report.period)),
    };
    for row in &mut rows {
        row.insert("reportPeriod".to_owned(), report.period.into());
        if tenant.reports.conceals_names {
            conceal(row);
        }
    }
    Ok(table::write(report.function.columns, &rows))
}

/// Names become hashes of 32 hexadecimal digits in capitals.
fn conceal(row: &mut Entity) {
    for name in ["userPrincipalName", "displayName"] {
        if let Some(text) = row.get(name).and_then(|name| name.as_str()) {
            let hash = |key| {
                use std::hash::Hasher;
                let mut hasher = siphasher::sip::SipHasher24::new_with_keys(key, 0);
                hasher.write(text.as_bytes());
                hasher.finish()
            };
            let hidden = format!("{:016X}{:016X}", hash(1), hash(2));
            row.insert(name.to_owned(), hidden.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_function_and_a_span() {
        let whole = report("getMailboxUsageDetail(period='D30')").expect("a report");
        assert_eq!(whole.period, 30);
        assert!(report("GETMAILBOXUSAGEDETAIL(period='D7')").is_ok());
        for wrong in [
            "getMailboxUsageDetail",
            "getMailboxUsageDetail(period=D7)",
            "getMailboxUsageDetail(period='D8')",
            "getMailboxUsageDetail(date=2026-11-29)",
            "getNothing(period='D7')",
        ] {
            assert_eq!(report(wrong).expect_err(wrong).status, 400);
        }
    }

    #[test]
    fn concealed_names_are_hexadecimal_and_stay_the_same() {
        let mut row = Entity::new();
        row.insert("userPrincipalName".to_owned(), "ann@x.org".into());
        row.insert("itemCount".to_owned(), 1.into());
        let mut again = row.clone();
        conceal(&mut row);
        conceal(&mut again);
        assert_eq!(row, again);
        let name = row["userPrincipalName"].as_str().expect("a text");
        assert_eq!(name.len(), 32);
        assert!(name.bytes().all(|byte| b"0123456789ABCDEF".contains(&byte)));
        assert_eq!(row["itemCount"], 1);
    }
}
