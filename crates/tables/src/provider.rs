//! A table for DataFusion.

use super::arrow_schema;
use super::conditions;
use super::definition::{Collection, Column, Elements, Filter, Table};
use super::elements::{self, Asked, ElementsExec, Unfold};
use super::graph_source::GraphSource;
use super::local_times::LocalTimes;
use super::scan::{Lists, Mailboxes, Scan, ScanExec, Values, can_be_sorted, is_bounded, mailboxes};
use super::search::{Error, Search};
use super::{companion, definitions, pushdown};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::{self, Session};
use datafusion::common::tree_node::TreeNode;
use datafusion::common::{DFSchema, Result};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use exchange_config::{self as config, Pushdown, Settings};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One Exchange table of one connection.
#[derive(Clone, Debug)]
pub struct TableProvider {
    table: &'static Table,
    source: Arc<GraphSource>,
    schema: SchemaRef,
    /// Whether a join determines the mailboxes to read.
    joined_mailboxes: bool,
    /// The search in Graph's index.
    search: Option<Search>,
    lists: Lists,
}

impl TableProvider {
    pub fn new(table: &'static Table, source: Arc<GraphSource>) -> Self {
        let fields = table.columns.iter().map(|column| {
            // Lower case, as every identifier of a statement is.
            arrow_schema::schema_field(table, column).with_name(column.name.to_lowercase())
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        Self {
            table,
            source,
            schema,
            joined_mailboxes: false,
            search: None,
            lists: Lists::Shown,
        }
    }

    pub fn table(&self) -> &'static Table {
        self.table
    }

    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.table.column(name)
    }

    /// Whether the connection has mailboxes for its statements.
    pub fn has_mailboxes(&self) -> bool {
        let settings = self.source.settings();
        settings.user_id.is_some() || settings.mailboxes != config::Mailboxes::User
    }

    pub fn reads_joined_mailboxes(&self) -> bool {
        self.joined_mailboxes
    }

    pub fn with_joined_mailboxes(self) -> Self {
        Self {
            joined_mailboxes: true,
            ..self
        }
    }

    /// The table with only the rows that the search finds.
    pub fn searched(self, search: Search) -> Result<Self, Error> {
        let search = match self.search {
            Some(before) => before.and(search)?,
            None => search,
        };
        Ok(Self {
            search: Some(search),
            ..self
        })
    }

    /// Whether there is a companion of this kind among the conditions.
    pub fn has_companion(&self, conditions: &[Expr], kind: companion::Kind) -> bool {
        let mut conditions = conditions.iter();
        conditions.any(|condition| companion::kind(condition) == Some(kind))
    }
}

/// Whether a condition compares with a value of the outer query, which differs from row to row.
pub fn has_placeholder(filter: &Expr) -> bool {
    filter
        .exists(|part| Ok(matches!(part, Expr::Placeholder(_))))
        .unwrap_or(true)
}

#[async_trait::async_trait]
impl catalog::TableProvider for TableProvider {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    /// The scan accepts every condition. It sends conditions that Graph can answer, and checks all
    /// of them again on the received rows, so that limits and orders can be pushed together with
    /// them.
    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        let has_elements = matches!(self.table.collection, Collection::Elements(_));
        let filters = filters.iter().map(|filter| {
            if filter.is_volatile() || has_placeholder(filter) {
                TableProviderFilterPushDown::Unsupported
            } else if has_elements && !elements::is_of_parents(self.table, filter) {
                // The scan is one of the parents, so the engine checks the elements.
                TableProviderFilterPushDown::Inexact
            } else {
                TableProviderFilterPushDown::Exact
            }
        });
        Ok(filters.collect())
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let projection = match projection {
            Some(columns) => columns.clone(),
            None => (0..self.table.columns.len()).collect(),
        };
        match &self.table.collection {
            Collection::Elements(elements) => self.elements(state, projection, filters, elements),
            _ => self.rows(state, &projection, filters, limit, &[]),
        }
    }
}

impl TableProvider {
    /// Whether Graph can return the rows that meet the conditions in the order of this column.
    pub fn can_be_sorted(&self, column: &'static Column, conditions: &[Expr]) -> Result<bool> {
        let (scan, _) = self.scan_of(&[], conditions, None)?;
        Ok(can_be_sorted(&scan, column, self.source.settings()))
    }

    /// The mailboxes that are read; `None` if they are not known before the statement runs.
    pub fn mailboxes(&self, conditions: &[Expr]) -> Result<Option<Mailboxes>> {
        if self.joined_mailboxes {
            return Ok(None);
        }
        let (scan, _) = self.scan_of(&[], conditions, None)?;
        Ok(mailboxes(&scan, self.source.settings()).ok())
    }

    /// Whether there are conditions, and Graph can use none of them.
    pub fn is_only_checked(&self, conditions: &[Expr]) -> Result<bool> {
        let (scan, _) = self.scan_of(&[], conditions, None)?;
        Ok(scan.conditions > 0 && !is_bounded(&scan))
    }

    /// The table with lists that are taken apart for tables that the statement joins with it.
    pub fn with_joined_lists(self) -> Self {
        Self {
            lists: Lists::Joined,
            ..self
        }
    }

    pub fn settings(&self) -> &Settings {
        self.source.settings()
    }

    /// The rows of the table. Graph may use the hints, but rows need not meet them.
    pub fn rows(
        &self,
        state: &dyn Session,
        projection: &[usize],
        filters: &[Expr],
        limit: Option<usize>,
        hints: &[Expr],
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let (mut scan, filters) = self.scan_of(projection, filters, limit)?;
        if self.source.settings().pushdown == Pushdown::Full {
            for hint in hints {
                pushdown::confine(self.table, hint, &mut scan.pushed, None);
            }
        }
        scan.conditions += hints.len();
        scan.only_number = projection.is_empty();
        let read = Arc::new(self.schema.project(&scan.columns)?);
        let predicate = match conditions::all(filters) {
            Some(filter) => {
                let schema = DFSchema::try_from(read.as_ref().clone())?;
                Some(state.create_physical_expr(unqualified(filter)?, &schema)?)
            }
            None => None,
        };
        let source = Arc::clone(&self.source);
        let exec = ScanExec::new(source, scan, read, projection.len(), predicate);
        Ok(Arc::new(exec))
    }

    /// The table of the rows that have the lists.
    pub fn parents(&self, elements: &Elements) -> Result<Self> {
        let parents = definitions::table(elements.parents)
            .ok_or_else(|| DataFusionError::Internal(format!("no table {}", elements.parents)))?;
        Ok(Self {
            joined_mailboxes: self.joined_mailboxes,
            lists: Lists::Elements(self.table),
            ..Self::new(parents, Arc::clone(&self.source))
        })
    }

    /// The elements of lists of another table's rows. How many rows a limit needs is not known before their lists are.
    fn elements(
        &self,
        state: &dyn Session,
        projection: Vec<usize>,
        filters: &[Expr],
        elements: &'static Elements,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let asked = Asked::of(self.table, elements, filters)?;
        let provider = self.parents(elements)?;
        let parents = provider.table;
        let unfold = Unfold::new(self.table, parents, asked.lists, projection)
            .in_zone(self.source.settings().time_zone);
        let columns = unfold.columns_of_parents();
        let input = provider.rows(state, &columns, &asked.conditions, None, &asked.hints)?;
        Ok(Arc::new(ElementsExec::new(input, Arc::new(unfold))))
    }

    /// The scan for these conditions, and the conditions about rows.
    fn scan_of(
        &self,
        projection: &[usize],
        conditions: &[Expr],
        limit: Option<usize>,
    ) -> Result<(Scan, Vec<Expr>)> {
        let settings = self.source.settings();
        let (companions, filters): (Vec<Expr>, Vec<Expr>) =
            (conditions.iter().cloned()).partition(|part| companion::kind(part).is_some());
        let mut pushed =
            pushdown::push(self.table, &filters, settings.pushdown, settings.time_zone);
        if !self.has_companion(&companions, companion::Kind::Named) {
            pushed.confine_mailboxes();
        }
        if let Some(search) = &self.search {
            pushed.add_search(search.clone());
        }
        let scan = Scan {
            table: self.table,
            columns: self.columns(projection, &filters)?,
            pushed,
            order: None,
            limit,
            conditions: self.conditions(&filters),
            joined_mailboxes: self.joined_mailboxes,
            only_number: false,
            in_windows: settings.pushdown != Pushdown::Off,
            with_refusable: true,
            properties: None,
            lists: self.lists,
        };
        Ok((scan, filters))
    }

    /// The number of conditions that choose rows, including searches.
    fn conditions(&self, filters: &[Expr]) -> usize {
        let filters = filters.iter();
        let choosing = filters.filter(|filter| self.chooses_rows(filter)).count();
        choosing + self.search.as_ref().map_or(0, Search::count)
    }

    /// Whether a condition concerns more than the mailbox.
    fn chooses_rows(&self, condition: &Expr) -> bool {
        let columns = condition.column_refs();
        let mut columns = columns
            .iter()
            .filter_map(|column| self.column(&column.name));
        columns.any(|column| column.filter != Filter::Mailbox)
    }

    /// The columns to read: those of the result, in its order, then those that only the conditions
    /// use, then one that others depend on.
    fn columns(&self, projection: &[usize], filters: &[Expr]) -> Result<Vec<usize>> {
        let mut columns = projection.to_vec();
        // Sorted, because the same statement should always send the same request.
        let mut used = BTreeSet::new();
        for column in filters.iter().flat_map(Expr::column_refs) {
            used.insert(self.schema.index_of(&column.name)?);
        }
        columns.extend(used.into_iter().filter(|index| !projection.contains(index)));
        let zone = self.source.settings().time_zone;
        columns.extend(LocalTimes::needed(self.table, &columns, zone));
        columns.extend(Values::needed(self.table, &columns));
        Ok(columns)
    }
}

/// Conditions of a scan concern one table, so its name in the statement is removed.
fn unqualified(filter: Expr) -> Result<Expr> {
    use datafusion::common::tree_node::{Transformed, TreeNode};
    let renamed = filter.transform(|expr| match expr {
        Expr::Column(mut column) if column.relation.is_some() => {
            column.relation = None;
            Ok(Transformed::yes(Expr::Column(column)))
        }
        other => Ok(Transformed::no(other)),
    })?;
    Ok(renamed.data)
}
