//! How many rows a page has.

use super::scan::Scan;
use exchange_config::Settings;

/// Rows in a page if each may be large: a page of hundreds of bodies can take Graph too long
/// (docs/graph.md#large-pages).
const OF_HEAVY_ROWS: u32 = 100;

/// Rows a page for this scan (docs/graph.md#page-sizes): never more than the statement can use, and fewer when each may
/// be large.
pub fn page_size(scan: &Scan, settings: &Settings) -> u32 {
    let largest = scan.table.max_page_size;
    let is_heavy = scan.heavy_columns().next().is_some();
    let usual = if is_heavy { OF_HEAVY_ROWS } else { largest };
    let mut size = settings.page_size.unwrap_or(usual).min(largest);
    // Every row that Graph returns counts, so no more than the limit is needed.
    if let Some(limit) = scan.limit.filter(|_| scan.pushed.exact) {
        size = size.min(u32::try_from(limit.max(1)).unwrap_or(u32::MAX));
    }
    size
}
