//! Keys of joins.
//!
//! Once the engine has read one side of a join, it knows which values the rows of the other side
//! can match. It passes them to the scan of that side, which waits for them. So the scan reads the
//! attachments of the found messages, and not those of the whole mailbox. The join compares again,
//! so the scan may read too much, never too little.

use super::example::Example;
use crate::definition::{Collection, Column, Filter};
use crate::pushdown;
use crate::scan::plan::items;
use crate::scan::plan::scan::Scan;
use crate::scan::plan::values::Values;
use datafusion::common::{Column as Name, Result, ScalarValue};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{Expr, Operator};
use datafusion::physical_expr::expressions::{
    BinaryExpr, Column as ColumnExpr, DynamicFilterPhysicalExpr, InListExpr, Literal,
};
use datafusion::physical_expr::{PhysicalExpr, ScalarFunctionExpr};
use std::collections::HashSet;
use std::sync::Arc;

/// Maximum number of rows that are read one by one instead of listing their collection: ten
/// requests of twenty.
const MOST_POINT_READS: usize = 200;

/// Maximum number of folders that are listed separately instead of all mail: one folder can take as
/// many pages as all mail.
const MOST_FOLDERS: usize = 3;

/// The keys that a statement's joins pass to a scan while it runs.
#[derive(Clone, Debug, Default)]
pub struct JoinKeys {
    filters: Vec<Arc<DynamicFilterPhysicalExpr>>,
}

impl JoinKeys {
    /// Accepts a condition that a join will complete; `false` for other conditions, or if Graph
    /// could not use it.
    pub fn take(&mut self, scan: &Scan, condition: &Arc<dyn PhysicalExpr>) -> bool {
        let condition = Arc::clone(condition);
        let Ok(filter) = Arc::downcast::<DynamicFilterPhysicalExpr>(condition) else {
            return false;
        };
        let useful = filter
            .children()
            .into_iter()
            .filter_map(|child| column(scan, child))
            .any(|column| is_useful(scan, column));
        if useful {
            self.filters.push(filter);
        }
        useful
    }

    pub fn is_empty(&self) -> bool {
        self.filters.is_empty()
    }

    pub fn expressions(&self) -> impl Iterator<Item = Arc<dyn PhysicalExpr>> {
        let filters = self.filters.iter();
        filters.map(|filter| Arc::clone(filter) as Arc<dyn PhysicalExpr>)
    }

    /// The scan as if the joins had provided one key with this name, for `EXPLAIN`.
    pub fn example(&self, scan: &Scan, key: &str) -> Example {
        let filters = self.filters.iter();
        let children = filters.flat_map(|filter| filter.children());
        let columns = children
            .filter_map(|child| column(scan, child))
            .filter(|column| is_useful(scan, column));
        let mut example = Example::new(scan);
        for column in columns {
            example.confine(column, most(scan, column), key);
        }
        example
    }

    /// The columns whose values the joins provide.
    pub fn columns(&self, scan: &Scan) -> Vec<&'static str> {
        let filters = self.filters.iter();
        let children = filters.flat_map(|filter| filter.children());
        children
            .filter_map(|child| column(scan, child))
            .filter(|column| is_useful(scan, column))
            .map(|column| column.name)
            .collect()
    }

    /// Waits for the joins and restricts the scan to rows that can match.
    pub async fn narrow(&self, scan: &mut Scan) -> Result<()> {
        for filter in &self.filters {
            filter.wait_complete().await;
            for (column, values) in memberships(scan, &filter.current()?) {
                confine(scan, column, values);
            }
        }
        Ok(())
    }
}

pub(super) fn column(scan: &Scan, expr: &Arc<dyn PhysicalExpr>) -> Option<&'static Column> {
    let index = expr.downcast_ref::<ColumnExpr>()?.index();
    Some(&scan.table.columns[*scan.columns.get(index)?])
}

/// Whether values of the column make requests fewer or smaller, and the statement does not name
/// values itself.
pub(super) fn is_useful(scan: &Scan, column: &Column) -> bool {
    let pushed = &scan.pushed;
    match column.filter {
        _ if !pushed.takes(column) => false,
        Filter::None => false,
        // Graph does not accept several of them at once.
        Filter::Items | Filter::Item | Filter::ContactAddress => false,
        // There are only four reports.
        Filter::ReportPeriod => false,
        // A span is not a list of moments.
        Filter::ViewStart | Filter::ViewEnd => true,
        // Each key would take a request for each span of time.
        Filter::Id | Filter::CompositeKey | Filter::SafeKey
            if matches!(scan.table.collection, Collection::Traces(_)) =>
        {
            false
        }
        Filter::Mailbox => pushed.mailboxes.is_none(),
        Filter::Parent => pushed.parents.is_none(),
        Filter::Grandparent => pushed.grandparents.is_none(),
        // Each property is checked before anything is read.
        Filter::Asked | Filter::Kind if scan.table.collection == Collection::ExtendedProperties => {
            false
        }
        Filter::Asked => pushed.asked.is_none(),
        Filter::ParentFolder => pushed.folders.is_none(),
        Filter::CompositeKey if scan.table.has_parents_in_key() => pushed.parents.is_none(),
        Filter::Id | Filter::CompositeKey | Filter::SafeKey => {
            pushed.ids.is_none() && items::have_paths(scan)
        }
        _ => true,
    }
}

/// The conjuncts of the form `column IN (...)`, including those of several columns, split by
/// column.
fn memberships(
    scan: &Scan,
    condition: &Arc<dyn PhysicalExpr>,
) -> Vec<(&'static Column, Vec<ScalarValue>)> {
    if let Some(binary) = condition.downcast_ref::<BinaryExpr>()
        && *binary.op() == Operator::And
    {
        let mut found = memberships(scan, binary.left());
        found.extend(memberships(scan, binary.right()));
        return found;
    }
    let Some(list) = condition.downcast_ref::<InListExpr>() else {
        return Vec::new();
    };
    let literals = list.list().iter();
    let values: Option<Vec<&ScalarValue>> = literals
        .map(|item| Some(item.downcast_ref::<Literal>()?.value()))
        .collect();
    let Some(values) = values.filter(|_| !list.negated()) else {
        return Vec::new();
    };
    match list.expr().downcast_ref::<ScalarFunctionExpr>() {
        Some(row) if row.name() == "struct" => {
            let parts = row.args().iter().enumerate();
            parts
                .filter_map(|(index, part)| Some((column(scan, part)?, parts_of(&values, index)?)))
                .collect()
        }
        _ => column(scan, list.expr())
            .map(|column| (column, each_once(values.into_iter().cloned())))
            .into_iter()
            .collect(),
    }
}

/// The values at one position of rows of several values.
fn parts_of(rows: &[&ScalarValue], index: usize) -> Option<Vec<ScalarValue>> {
    let parts = rows.iter().map(|row| match row {
        ScalarValue::Struct(row) => ScalarValue::try_from_array(row.column(index), 0).ok(),
        _ => None,
    });
    Some(each_once(parts.collect::<Option<Vec<_>>>()?.into_iter()))
}

fn each_once(values: impl Iterator<Item = ScalarValue>) -> Vec<ScalarValue> {
    let mut seen = HashSet::new();
    values
        .filter(|value| !value.is_null() && seen.insert(value.clone()))
        .collect()
}

fn confine(scan: &mut Scan, column: &'static Column, values: Vec<ScalarValue>) {
    if values.len() > most(scan, column) || !scan.pushed.takes(column) {
        return;
    }
    let literals = values.into_iter().map(|value| Expr::Literal(value, None));
    let membership = Expr::InList(InList {
        expr: Box::new(Expr::Column(Name::from_name(column.name))),
        list: literals.collect(),
        negated: false,
    });
    let order = scan.order.map(|order| order.column);
    pushdown::confine(scan.table, &membership, &mut scan.pushed, order);
}

/// The number of values of the column up to which reading by them takes fewer requests.
fn most(scan: &Scan, column: &Column) -> usize {
    match column.filter {
        // Each row of a list would take a request as well.
        Filter::Id | Filter::CompositeKey | Filter::SafeKey if Values::of(scan).is_some() => {
            usize::MAX
        }
        Filter::Id | Filter::CompositeKey | Filter::SafeKey => MOST_POINT_READS,
        Filter::ParentFolder if scan.table.collection == Collection::Messages => MOST_FOLDERS,
        _ => usize::MAX,
    }
}
