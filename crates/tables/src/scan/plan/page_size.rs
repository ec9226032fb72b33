//! How many rows a page has.

use super::scan::Scan;
use exchange_config::Settings;

/// Rows in a page if each may be large: a page of hundreds of bodies can take Graph too long
/// (docs/graph.md#large-pages).
const OF_HEAVY_ROWS: u32 = 100;

/// The first page has at least so many rows where a limit counts only some of them.
const OF_FEW_ROWS: u32 = 20;

/// Pages grow so many times where the ones before were not enough for a limit.
const GROWTH: u32 = 4;

/// Rows a page for this scan (docs/graph.md#page-sizes): never more than the statement can use, and fewer when each may
/// be large.
pub fn page_size(scan: &Scan, settings: &Settings) -> u32 {
    let largest = largest_page(scan, settings);
    match scan.limit {
        // Some of the rows that come count; windows may be larger later.
        Some(limit) if !scan.pushed.exact && scan.windowed().is_some() => {
            rows(limit).saturating_mul(2).max(OF_FEW_ROWS).min(largest)
        }
        _ => largest,
    }
}

/// Rows of the largest page for this scan.
pub fn largest_page(scan: &Scan, settings: &Settings) -> u32 {
    let largest = scan.table.max_page_size;
    let is_heavy = scan.heavy_columns().next().is_some();
    let usual = if is_heavy { OF_HEAVY_ROWS } else { largest };
    let size = settings.page_size.unwrap_or(usual).min(largest);
    match scan.limit {
        // Every row that Graph returns counts, so no more than the limit is needed.
        Some(limit) if scan.pushed.exact => size.min(rows(limit)),
        _ => size,
    }
}

/// Rows of the page after one that was not enough.
pub fn grown(size: u32, scan: &Scan, settings: &Settings) -> u32 {
    let largest = largest_page(scan, settings);
    size.saturating_mul(GROWTH).min(largest.max(size))
}

fn rows(limit: usize) -> u32 {
    u32::try_from(limit.max(1)).unwrap_or(u32::MAX)
}
