//! Values of subqueries.
//!
//! `receivedDateTime > (SELECT MAX(received) FROM #kept)`: the engine runs such a subquery before
//! the outer query, so the scan knows the value when it begins to read. The engine compares again,
//! so the scan may read too much, never too little.

use super::example::Example;
use super::join_keys;
use crate::definition::{Column, Filter};
use crate::pushdown;
use crate::scan::plan::scan::Scan;
use datafusion::arrow::array::{RecordBatch, RecordBatchOptions};
use datafusion::arrow::datatypes::Schema;
use datafusion::common::tree_node::TreeNode;
use datafusion::common::{Column as Name, Result, ScalarValue};
use datafusion::logical_expr::{BinaryExpr as LogicalBinary, Expr, Operator};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::{BinaryExpr, Column as ColumnExpr};
use datafusion::physical_expr::scalar_subquery::ScalarSubqueryExpr;
use std::sync::Arc;

/// Placeholder for the value of a subquery.
const VALUE: &str = "{value of the subquery}";

/// The values that subqueries pass to a scan before it starts.
#[derive(Clone, Debug, Default)]
pub struct SubqueryValues {
    comparisons: Vec<Comparison>,
}

/// `column operator value`
#[derive(Clone, Debug)]
struct Comparison {
    column: &'static Column,
    operator: Operator,
    value: Arc<dyn PhysicalExpr>,
    whole: Arc<dyn PhysicalExpr>,
}

/// Whether a condition compares with a subquery's value, so that it is never true for a NULL.
pub fn is_comparison(condition: &Arc<dyn PhysicalExpr>) -> bool {
    use Operator::{Eq, Gt, GtEq, Lt, LtEq};
    let comparison = condition.downcast_ref::<BinaryExpr>();
    comparison.is_some_and(|binary| {
        matches!(binary.op(), Eq | Lt | LtEq | Gt | GtEq) && has::<ScalarSubqueryExpr>(condition)
    })
}

impl SubqueryValues {
    /// Accepts a comparison of a column; `false` if Graph could not use it.
    pub fn take(&mut self, scan: &Scan, condition: &Arc<dyn PhysicalExpr>) -> bool {
        let comparison = condition
            .downcast_ref::<BinaryExpr>()
            .filter(|_| is_comparison(condition))
            .and_then(|binary| comparison(scan, binary, condition));
        let useful = comparison.filter(|comparison| comparison.is_useful(scan));
        let is_taken = useful.is_some();
        self.comparisons.extend(useful);
        is_taken
    }

    pub fn is_empty(&self) -> bool {
        self.comparisons.is_empty()
    }

    pub fn expressions(&self) -> impl Iterator<Item = Arc<dyn PhysicalExpr>> {
        let comparisons = self.comparisons.iter();
        comparisons.map(|comparison| Arc::clone(&comparison.whole))
    }

    /// The columns that are compared.
    pub fn columns(&self) -> Vec<&'static str> {
        let comparisons = self.comparisons.iter();
        comparisons
            .map(|comparison| comparison.column.name)
            .collect()
    }

    /// Restricts the scan to rows that can meet the comparisons.
    pub fn narrow(&self, scan: &mut Scan) {
        for comparison in &self.comparisons {
            match comparison.value() {
                // Nothing compares with NULL.
                Ok(value) if value.is_null() => scan.pushed.ids = Some(Vec::new()),
                Ok(value) => comparison.confine(scan, value),
                Err(_) => tracing::debug!("the value of a subquery is not known yet"),
            }
        }
    }

    /// The effect of the comparisons on the requests, for `EXPLAIN`.
    pub fn show(&self, example: &mut Example) {
        for comparison in &self.comparisons {
            let scan = &mut example.scan;
            let value = vec![VALUE.to_owned()];
            match comparison.column.filter {
                Filter::Mailbox => scan.pushed.among_mailboxes = Some(value),
                Filter::Parent => scan.pushed.parents = Some(value),
                Filter::Grandparent => scan.pushed.grandparents = Some(value),
                Filter::Asked => scan.pushed.asked = Some(value),
                Filter::ParentFolder => scan.pushed.folders = Some(value),
                Filter::Id | Filter::CompositeKey | Filter::SafeKey => {
                    scan.pushed.ids = Some(value);
                }
                _ => example.compared.push(comparison.column.name),
            }
        }
    }
}

impl Comparison {
    /// Whether fewer rows have to be requested.
    fn is_useful(&self, scan: &Scan) -> bool {
        let is_asked = match self.column.filter {
            Filter::DateTimeOffset
            | Filter::QuotedDateTime
            | Filter::ViewStart
            | Filter::ViewEnd
            | Filter::Span
            | Filter::Directory(_) => true,
            // Its parts choose parents as well as rows.
            Filter::CompositeKey if scan.table.has_parents_in_key() => false,
            _ => self.operator == Operator::Eq,
        };
        is_asked && join_keys::is_useful(scan, self.column)
    }

    fn value(&self) -> Result<ScalarValue> {
        // No column is used, so any row will do.
        let one = RecordBatchOptions::new().with_row_count(Some(1));
        let row = RecordBatch::try_new_with_options(Arc::new(Schema::empty()), vec![], &one)?;
        let value = self.value.evaluate(&row)?.into_array(1)?;
        ScalarValue::try_from_array(&value, 0)
    }

    fn confine(&self, scan: &mut Scan, value: ScalarValue) {
        let condition = Expr::BinaryExpr(LogicalBinary::new(
            Box::new(Expr::Column(Name::from_name(self.column.name))),
            self.operator,
            Box::new(Expr::Literal(value, None)),
        ));
        let order = scan.order.map(|order| order.column);
        pushdown::confine(scan.table, &condition, &mut scan.pushed, order);
    }
}

fn comparison(
    scan: &Scan,
    binary: &BinaryExpr,
    whole: &Arc<dyn PhysicalExpr>,
) -> Option<Comparison> {
    let of = |column: &Arc<dyn PhysicalExpr>, operator: Operator, value: &Arc<dyn PhysicalExpr>| {
        let column = join_keys::column(scan, column)?;
        let is_value = has::<ScalarSubqueryExpr>(value) && !has::<ColumnExpr>(value);
        is_value.then(|| Comparison {
            column,
            operator,
            value: Arc::clone(value),
            whole: Arc::clone(whole),
        })
    };
    let (left, operator, right) = (binary.left(), *binary.op(), binary.right());
    of(left, operator, right).or_else(|| of(right, operator.swap()?, left))
}

/// Whether the expression contains an expression of this kind.
fn has<T: PhysicalExpr>(expr: &Arc<dyn PhysicalExpr>) -> bool {
    let found = expr.exists(|part| Ok(part.downcast_ref::<T>().is_some()));
    found.unwrap_or(false)
}
