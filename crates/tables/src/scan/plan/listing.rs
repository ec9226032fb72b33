//! The URL of one collection to list, or of one object to read.

use super::scan::Scan;
use super::window::Windowed;
use crate::decode::RowContext;
use crate::definition::Context;
use exchange_graph::{self as graph, Query};
use std::{fmt, iter};

/// A path and the query options of its first page; the later pages come as opaque links.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Segments after `/v1.0/`, without percent-encoding.
    path: Vec<String>,
    /// Names and values, in order, without percent-encoding.
    options: Vec<(&'static str, String)>,
    /// Other values of `$filter`, if the rows of a long list are read part by part.
    more_filters: Vec<String>,
    /// How the collection is read completely while it changes; `None` where links are all there is.
    pub windowed: Option<Windowed>,
    /// Facts about every row.
    pub context: RowContext,
    /// JSON that is sent to an action, instead of options.
    pub question: Option<String>,
}

impl Listing {
    pub fn new(path: Vec<String>, context: RowContext) -> Self {
        Self {
            path,
            options: Vec::new(),
            more_filters: Vec::new(),
            windowed: None,
            context,
            question: None,
        }
    }

    pub fn asking(self, question: String) -> Self {
        Self {
            question: Some(question),
            ..self
        }
    }

    pub fn option(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.options.push((name, value.into()));
        self
    }

    /// A list with these options at a place inside an object of this one.
    pub fn inside(&self, (parent, id): (Context, &str), segments: &[&str], list: &Self) -> Self {
        let mut inside = list.clone();
        let segments = [id].into_iter().chain(segments.iter().copied());
        inside.path.clone_from(&self.path);
        inside.path.extend(segments.map(str::to_owned));
        inside.context.clone_from(&self.context);
        inside.context.parents.push((parent, id.to_owned()));
        inside
    }

    /// With this id in place of a placeholder.
    pub fn filled(mut self, placeholder: &str, id: &str) -> Self {
        for segment in self
            .path
            .iter_mut()
            .filter(|segment| *segment == placeholder)
        {
            id.clone_into(segment);
        }
        self
    }

    pub fn in_context(self, context: RowContext) -> Self {
        Self { context, ..self }
    }

    /// With the options that a scan gives every collection that has rows of its table.
    pub fn of(mut self, scan: &Scan, page_size: u32) -> Self {
        self = self.option("$select", scan.selected_of_list().join(","));
        if let Some(object) = scan.expanded() {
            self = self.option("$expand", object);
        }
        self.windowed = scan.windowed();
        if let Some(search) = &scan.pushed.search {
            self = self.option("$search", search.option());
        }
        let mut filters = scan.filters().into_iter();
        if let Some(filter) = filters.next() {
            self = self.option("$filter", filter);
        }
        self.more_filters = filters.collect();
        if let Some(order) = scan.order_by() {
            self = self.option("$orderby", order);
        }
        if scan.is_advanced() {
            self = self.option("$count", "true");
        }
        self.top(page_size)
    }

    /// Sets the page size; 0 leaves it to Graph, for collections without `$top`.
    pub fn top(mut self, rows: u32) -> Self {
        self.options.retain(|(name, _)| *name != "$top");
        match rows {
            0 => self,
            rows => self.option("$top", rows.to_string()),
        }
    }

    /// With other values of these options, or without them.
    pub fn with<const N: usize>(mut self, options: [(&'static str, Option<String>); N]) -> Self {
        // In the order in which a listing has them.
        const ORDER: [&str; 7] = [
            "$select", "$expand", "$search", "$filter", "$orderby", "$count", "$top",
        ];
        for (name, value) in options {
            self.options.retain(|(known, _)| *known != name);
            self.options.extend(value.map(|value| (name, value)));
        }
        let place = |name: &str| ORDER.iter().position(|known| *known == name);
        self.options.sort_by_key(|(name, _)| place(name));
        self
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        let mut options = self.options.iter();
        options.find_map(|(known, value)| (*known == name).then_some(value.as_str()))
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
        self.value("$top")?.parse().ok()
    }

    /// Changes the page size, if there is one.
    pub fn resize(&mut self, size: impl FnOnce(u32) -> u32) {
        if let Some(before) = self.page_size() {
            *self = self.clone().top(size(before));
        }
    }

    /// The path below `/v1.0` with its options, encoded.
    pub fn address(&self) -> String {
        let options = self.options.iter();
        let query = options.fold(Query::new(), |query, (name, value)| {
            query.option(name, value)
        });
        query.on(&graph::path(self.path.iter().map(String::as_str)))
    }
}

/// Stands for ids that only replies tell.
pub const EACH: &str = "{each}";

/// The first part in readable form, for `EXPLAIN`.
impl fmt::Display for Listing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.join("/");
        if let Some(question) = &self.question {
            return write!(formatter, "POST /{path} {question}");
        }
        write!(formatter, "GET /{path}")?;
        for (index, (name, value)) in self.options.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            write!(formatter, "{mark}{name}={value}")?;
        }
        Ok(())
    }
}

/// Collections or objects that differ in one id.
#[derive(Clone, Debug)]
pub struct Each {
    /// With a placeholder for the id.
    listing: Listing,
    /// The place of the id in the path.
    at: usize,
    /// The parent whose id it is, if the rows have it in a column.
    parent: Option<Context>,
}

impl Each {
    pub fn new(listing: Listing, at: usize) -> Self {
        Self {
            listing,
            at,
            parent: None,
        }
    }

    pub fn map(mut self, options: impl FnOnce(Listing) -> Listing) -> Self {
        self.listing = options(self.listing);
        self
    }

    /// The id is that of the rows' parent.
    pub fn parent(mut self, parent: Context) -> Self {
        self.parent = Some(parent);
        self
    }

    /// The collection or object with this id.
    pub fn with(&self, id: &str) -> Listing {
        let mut listing = self.listing.clone();
        id.clone_into(&mut listing.path[self.at]);
        let parent = self.parent.map(|parent| (parent, id.to_owned()));
        listing.context.parents.extend(parent);
        listing
    }

    /// With the placeholder, to be shown.
    pub fn shown(&self) -> &Listing {
        &self.listing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_takes_the_place_of_the_placeholder_alone() {
        let path = ["users", "{each}", "calendars", "{each}", "events"];
        let listing = Listing::new(path.map(str::to_owned).to_vec(), RowContext::default());
        let each = Each::new(listing.option("$select", "{each}"), 3).parent(Context::CalendarId);
        let one = each.with("a/b");
        assert_eq!(
            one.to_string(),
            "GET /users/{each}/calendars/a/b/events?$select={each}"
        );
        assert!(one.address().contains("/calendars/a%2Fb/events?"));
        assert_eq!(one.context.parent(Context::CalendarId), Some("a/b"));
    }
}
