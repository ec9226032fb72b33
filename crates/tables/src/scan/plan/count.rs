//! Counting rows without reading them.
//!
//! The directory answers paths such as `/users/$count`. Outlook's counts of its collections are wrong too often
//! (docs/graph.md#count), so their rows are read.

use super::listing::Listing;
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use crate::definition::Collection;
use exchange_config::{Pushdown, Settings};

/// The request for the number of rows, if the statement needs nothing else.
pub fn listing(scan: &Scan, settings: &Settings) -> Option<Listing> {
    let pushed = &scan.pushed;
    let Collection::List(list) = scan.table.collection else {
        return None;
    };
    let counted = list.has_count
        && scan.only_number
        && settings.pushdown == Pushdown::Full
        && scan.limit.is_none()
        && scan.order.is_none()
        && pushed.exact
        && pushed.search.is_none()
        && pushed.ids.is_none();
    counted.then(|| {
        let listing = ResourceRoot::DIRECTORY.at(&[list.path, &["$count"]].concat());
        match scan.filters().into_iter().next() {
            Some(filter) => listing.option("$filter", filter),
            None => listing,
        }
    })
}
