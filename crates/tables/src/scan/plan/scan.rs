//! The part of one table that a statement needs, as data.

use super::properties::{Properties, SINGLE, expand};
use super::window::Windowed;
use crate::definition::{Column, ColumnSource, Encoding, Table};
use crate::pushdown::Pushed;

/// A statement's requirements for one table.
#[derive(Clone, Debug)]
pub struct Scan {
    pub table: &'static Table,
    /// Indices of the columns to decode.
    pub columns: Vec<usize>,
    pub pushed: Pushed,
    pub order: Option<Order>,
    /// Maximum number of rows that meet the conditions and are needed.
    pub limit: Option<usize>,
    /// The number of the statement's conditions on rows.
    pub conditions: usize,
    /// Whether a join determines the mailboxes to read.
    pub joined_mailboxes: bool,
    /// Whether the statement needs no more of the rows than how many there are.
    pub only_number: bool,
    /// Whether Graph may be asked for windows of time.
    pub in_windows: bool,
    /// Whether to select properties that some mailboxes refuse.
    pub with_refusable: bool,
    /// The extended properties of its rows that are read.
    pub properties: Option<Properties>,
    pub lists: Lists,
}

/// The use of lists that are read.
#[derive(Clone, Copy, Debug, Default)]
pub enum Lists {
    /// To be shown.
    #[default]
    Shown,
    /// To be taken apart for the rows of this table.
    Elements(&'static Table),
    /// To be taken apart for tables that the statement joins with their parents.
    Joined,
}

impl Lists {
    /// Whether they are taken apart.
    pub fn are_taken_apart(self) -> bool {
        !matches!(self, Self::Shown)
    }
}

/// The order in which Graph returns the rows.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    pub column: &'static Column,
    pub descending: bool,
}

impl Scan {
    /// The properties in `$select`.
    pub fn select(&self) -> Vec<&'static str> {
        let columns = self.columns.iter().copied();
        let is_asked = |index: &usize| self.with_refusable || !self.is_refusable(*index);
        let columns: Vec<usize> = columns.filter(is_asked).collect();
        self.table.select(&columns)
    }

    fn is_refusable(&self, index: usize) -> bool {
        self.table.columns[index].may_be_refused
    }

    /// Whether properties are selected that some mailboxes refuse.
    pub fn selects_refusable(&self) -> bool {
        let mut columns = self.columns.iter();
        self.with_refusable && columns.any(|index| self.is_refusable(*index))
    }

    /// The object that `$expand` names, if the statement uses its properties.
    pub fn expanded(&self) -> Option<String> {
        if let Some(properties) = self.expanded_properties() {
            return Some(properties);
        }
        let columns = self.columns.iter();
        let mut expanded = columns
            .map(|index| &self.table.columns[*index])
            .filter(|column| column.is_expanded);
        let object = expanded.find_map(|column| column.select);
        object.map(str::to_owned)
    }

    /// `$expand` for extended properties, without percent-encoding.
    pub fn expanded_properties(&self) -> Option<String> {
        if let Some(properties) = &self.properties {
            return Some(properties.expand());
        }
        let columns = self.columns.iter();
        let mut texts: Vec<&str> = Vec::new();
        for source in columns.map(|index| self.table.columns[*index].source) {
            if let ColumnSource::PropertyValue(property) = source
                && !texts.contains(&property.text.as_str())
            {
                texts.push(&property.text);
            }
        }
        (!texts.is_empty()).then(|| expand(SINGLE, texts.into_iter()))
    }

    /// Whether the statement uses one of these columns.
    pub fn uses(&self, names: &[&str]) -> bool {
        self.columns
            .iter()
            .any(|index| names.contains(&self.table.columns[*index].name))
    }

    /// Whether bodies are read as plain text.
    pub fn reads_plain_text(&self) -> bool {
        let is_plain = |index: &usize| {
            matches!(
                self.table.columns[*index].source,
                ColumnSource::Property {
                    encoding: Encoding::PlainText,
                    ..
                }
            )
        };
        self.columns.iter().any(is_plain)
    }

    /// The columns whose values are large.
    pub fn heavy_columns(&self) -> impl Iterator<Item = &'static Column> {
        let columns = self.columns.iter();
        columns
            .map(|index| &self.table.columns[*index])
            .filter(|column| column.heavy.is_some())
    }

    /// How a collection of the table's rows is read in windows of time; `None` where Graph cannot.
    pub fn windowed(&self) -> Option<Windowed> {
        let column = self.time_of_windows()?;
        let is_possible = self
            .order
            .is_none_or(|order| order.column.name == column.name);
        let mut parts = self.pushed.each_part().into_iter();
        Windowed::of(self.table)
            .filter(|_| is_possible)
            .map(|by| Windowed {
                is_sorted: parts.all(|part| part.allows_order(column)),
                ..by
            })
    }

    fn time_of_windows(&self) -> Option<&'static Column> {
        let is_possible = self.in_windows && !self.pushed.searches_mail();
        let name = self.table.windows.filter(|_| is_possible)?;
        self.table.column(name)
    }

    /// The order of a list: that of the statement. Where all rows are needed, it is that of windows, so that the first page is
    /// already the first window; a filter on something else may leave only one page, which needs no order.
    pub fn order_of_list(&self) -> Option<Order> {
        let own = || {
            let column = self.time_of_windows()?;
            let mut terms = self.pushed.terms.iter().chain(&self.pushed.parts);
            let is_whole =
                self.limit.is_none() && terms.all(|term| term.is_only_about(column.name));
            is_whole.then_some(Order {
                column,
                descending: true,
            })
        };
        self.order.or_else(own)
    }

    /// The properties in `$select` of a list.
    pub fn selected_of_list(&self) -> Vec<&'static str> {
        let mut names = self.select();
        let sorted = self.order_of_list().and_then(|order| order.column.select);
        names.extend(sorted.filter(|name| !names.contains(name)));
        names
    }

    /// `$orderby`, without percent-encoding.
    pub fn order_by(&self) -> Option<String> {
        let order = self.order_of_list()?;
        let direction = if order.descending { " desc" } else { "" };
        Some(format!("{}{direction}", order.column.odata_path()?))
    }

    /// Whether requests to the directory need `ConsistencyLevel: eventual` and `$count=true`
    /// (docs/graph.md#advanced-queries).
    pub fn is_advanced(&self) -> bool {
        self.pushed
            .is_advanced(self.order.map(|order| order.column))
    }

    /// Whether requests to the directory need `ConsistencyLevel: eventual`, which is enough for its
    /// searches (docs/graph.md#directory-search).
    pub fn is_eventual(&self) -> bool {
        let searched = self.pushed.search.is_some() && !self.pushed.searches_mail();
        searched || self.is_advanced()
    }

    /// `$filter`, without percent-encoding: one for each part of a list that is too long for one.
    pub fn filters(&self) -> Vec<String> {
        let sorted = self.order_of_list().map(|order| order.column);
        let parts = self.pushed.each_part().into_iter();
        parts.filter_map(|part| part.filter(sorted)).collect()
    }
}
