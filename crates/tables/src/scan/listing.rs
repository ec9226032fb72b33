//! One collection to list: what stands in the URL of its first page.

use super::Scan;
use crate::decode::RowContext;
use std::{fmt, iter};

/// A collection and the query options of its first page; the later pages come as opaque links.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Segments after `/v1.0/`, without percent-encoding.
    pub path: Vec<String>,
    /// Names and values, in order, without percent-encoding.
    pub options: Vec<(&'static str, String)>,
    /// Other values of `$filter`, where the rows of a long list are read part by part.
    more_filters: Vec<String>,
    /// What holds for every row.
    pub context: RowContext,
}

impl Listing {
    pub fn new(path: Vec<String>, context: RowContext) -> Self {
        Self {
            path,
            options: Vec::new(),
            more_filters: Vec::new(),
            context,
        }
    }

    pub fn option(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.options.push((name, value.into()));
        self
    }

    /// The options that a scan gives every collection it lists itself.
    pub fn of(scan: &Scan, path: Vec<String>, context: RowContext, page_size: u32) -> Self {
        let select = scan.select().join(",");
        let mut listing = Self::new(path, context).option("$select", select);
        if let Some(search) = &scan.pushed.search {
            listing = listing.option("$search", search.option());
        }
        let mut filters = scan.filters().into_iter();
        if let Some(filter) = filters.next() {
            listing = listing.option("$filter", filter);
        }
        listing.more_filters = filters.collect();
        if let Some(order) = scan.order_by() {
            listing = listing.option("$orderby", order);
        }
        if scan.is_advanced() {
            listing = listing.option("$count", "true");
        }
        listing.top(page_size)
    }

    /// Sets the page size; 0 leaves it to Graph, where `$top` is not supported.
    pub fn top(mut self, rows: u32) -> Self {
        self.options.retain(|(name, _)| *name != "$top");
        match rows {
            0 => self,
            rows => self.option("$top", rows.to_string()),
        }
    }

    /// A listing for each part.
    pub fn parts(&self) -> Vec<Self> {
        let part = |filter: Option<&String>| {
            let mut part = self.clone();
            part.more_filters.clear();
            let filters = part
                .options
                .iter_mut()
                .filter(|(name, _)| *name == "$filter");
            for (old, new) in filters.zip(filter) {
                old.1.clone_from(new);
            }
            part
        };
        let others = self.more_filters.iter().map(Some);
        iter::once(None).chain(others).map(part).collect()
    }

    pub fn page_size(&self) -> Option<u32> {
        let top = self.options.iter().find(|(name, _)| *name == "$top");
        top.and_then(|(_, value)| value.parse().ok())
    }
}

/// Readable: what `EXPLAIN` shows.
impl fmt::Display for Listing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "GET /{}", self.path.join("/"))?;
        for (index, (name, value)) in self.options.iter().enumerate() {
            write!(
                formatter,
                "{}{name}={value}",
                if index == 0 { '?' } else { '&' }
            )?;
        }
        match self.more_filters.len() {
            0 => Ok(()),
            more => write!(formatter, ", and {more} more with other parts of the list"),
        }
    }
}

/// Path segments from their parts.
pub fn path<const N: usize>(segments: [&str; N]) -> Vec<String> {
    segments.map(str::to_owned).to_vec()
}

/// `users/{mailbox}/` and the rest.
pub fn in_mailbox<const N: usize>(mailbox: &str, segments: [&str; N]) -> Vec<String> {
    let mut path = vec!["users".to_owned(), mailbox.to_owned()];
    path.extend(segments.map(str::to_owned));
    path
}
