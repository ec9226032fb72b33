//! The part of one table that a statement needs, as data.

use crate::definition::{Column, Table};
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
        self.table.select(&self.columns)
    }

    /// Whether the statement uses one of these columns.
    pub fn uses(&self, names: &[&str]) -> bool {
        self.columns
            .iter()
            .any(|index| names.contains(&self.table.columns[*index].name))
    }

    /// The columns whose values are large.
    pub fn heavy_columns(&self) -> impl Iterator<Item = &'static Column> {
        let columns = self.columns.iter();
        columns
            .map(|index| &self.table.columns[*index])
            .filter(|column| column.heavy.is_some())
    }

    /// `$orderby`, without percent-encoding.
    pub fn order_by(&self) -> Option<String> {
        let order = self.order?;
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
        let sorted = self.order.map(|order| order.column);
        let parts = self.pushed.each_part().into_iter();
        parts.filter_map(|part| part.filter(sorted)).collect()
    }
}
