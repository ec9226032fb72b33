//! Descriptions of Graph's work for a statement: the part that a scan pushes down.

use super::used::counted;
use crate::definition::{Collection, ColumnSource};
use crate::scan::plan::count;
use crate::scan::plan::scan::Scan;
use crate::scan::read::shared_scan::SharedScan;

/// The shown part of a long filter.
const LONGEST: usize = 500;

/// A line for each kind of work.
pub fn lines(shared: &SharedScan) -> Vec<String> {
    let scan = &shared.scan;
    let mut lines = vec![match count::listing(scan, shared.source.settings()) {
        Some(_) => "the number of rows".to_owned(),
        None if matches!(scan.table.collection, Collection::Report(_)) => {
            "columns: all of the report".to_owned()
        }
        None if matches!(scan.table.collection, Collection::Traces(_)) => "columns: all".to_owned(),
        None if scan.table.collection == Collection::ExtendedProperties => {
            "columns: extended properties".to_owned()
        }
        None => format!("columns: {}", columns(scan)),
    }];
    lines.extend(places(scan));
    let search = scan.pushed.search.as_ref();
    lines.extend(search.map(|search| format!("search: {}", shortened(&search.option()))));
    lines.extend(filters(scan));
    match shared.joins.columns(scan) {
        columns if columns.is_empty() => {}
        columns => lines.push(format!("keys of a join: {}", columns.join(", "))),
    }
    match shared.subqueries.columns() {
        columns if columns.is_empty() => {}
        columns => lines.push(format!("value of a subquery: {}", columns.join(", "))),
    }
    if let Some(order) = scan.order {
        let direction = if order.descending { " DESC" } else { "" };
        lines.push(format!("order: {}{direction}", order.column.name));
    }
    // Any other limit ends the reading, which is the driver's work.
    let limit = scan.limit.filter(|_| scan.pushed.exact);
    lines.extend(limit.map(|limit| format!("limit: {limit}")));
    lines
}

fn columns(scan: &Scan) -> String {
    let columns = scan.columns.iter();
    let names: Vec<&str> = columns
        .map(|index| &scan.table.columns[*index])
        .filter(|column| {
            column.select.is_some() || matches!(column.source, ColumnSource::PropertyValue(_))
        })
        .map(|column| column.name)
        .collect();
    match names.is_empty() {
        true => "id".to_owned(),
        false => names.join(", "),
    }
}

/// Conditions that become paths.
fn places(scan: &Scan) -> Vec<String> {
    let pushed = &scan.pushed;
    let count = |values: &Option<Vec<String>>, noun| {
        let values = values.as_ref()?;
        Some(counted(values.len() as u64, noun))
    };
    let by_id = count(&pushed.ids, "id").map(|ids| format!("rows: by {ids}"));
    let folders = count(&pushed.folders, "folder").map(|folders| format!("rows: of {folders}"));
    let parents = count(&pushed.parents, "parent").map(|parents| format!("rows: of {parents}"));
    let periods = pushed.report_periods.as_ref();
    let reports = periods.map(|days| format!("rows: of {}", counted(days.len() as u64, "report")));
    let above = count(&pushed.grandparents, "parent");
    let above = above.map(|parents| format!("rows: of parents in {parents}"));
    let places = [by_id, folders, parents, above, reports];
    places.into_iter().flatten().collect()
}

fn filters(scan: &Scan) -> Vec<String> {
    let mut filters = scan.filters();
    if scan.pushed.excludes_inline {
        filters.push("messages with hasAttachments eq true".to_owned());
    }
    let more = filters.len().saturating_sub(2);
    let shown = filters.into_iter().take(2);
    let mut lines: Vec<String> = shown
        .map(|filter| format!("filter: {}", shortened(&filter)))
        .collect();
    if more > 0 {
        lines.push(format!("and {more} more filters"));
    }
    lines
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
