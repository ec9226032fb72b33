//! Hides unreliable keys.
//!
//! A group by `a` has one row for each `a`, and DataFusion records that `a` is its key. After a
//! join, in which `a` occurs several times, it still takes `a` for the key of any group by `a` and
//! more. Then it drops DISTINCT, and sorts and groups by fewer columns than the statement says
//! (docs/engine.md). So the keys of groups are hidden from a group over their join.

use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNodeRecursion};
use datafusion::common::{DFSchemaRef, Dependency, FunctionalDependencies, Result};
use datafusion::logical_expr::{
    Aggregate, Distinct, Expr, Extension, LogicalPlan, UserDefinedLogicalNodeCore,
};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

/// The plan with [`Unkeyed`] below each group whose input has keys that may occur several times.
pub fn forgotten(plan: LogicalPlan) -> Result<LogicalPlan> {
    if groups(&plan)? < 2 {
        return Ok(plan);
    }
    plan.transform_up_with_subqueries(|node| {
        // The nodes below may have keys now.
        let node = node.recompute_schema()?;
        Ok(match node {
            LogicalPlan::Distinct(Distinct::All(rows)) => Transformed::yes(once(rows)?),
            LogicalPlan::Aggregate(group) if has_repeated_keys(&group.input) => {
                let input = unkeyed(Arc::unwrap_or_clone(group.input))?;
                let group = Aggregate::try_new(Arc::new(input), group.group_expr, group.aggr_expr)?;
                Transformed::yes(LogicalPlan::Aggregate(group))
            }
            other => Transformed::no(other),
        })
    })
    .data()
}

fn groups(plan: &LogicalPlan) -> Result<usize> {
    let mut count = 0;
    plan.apply_with_subqueries(|node| {
        let is_group = matches!(node, LogicalPlan::Aggregate(_) | LogicalPlan::Distinct(_));
        count += usize::from(is_group);
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(count)
}

/// DISTINCT as the group that the optimizer would make from it, because only a group shows its
/// keys.
fn once(rows: Arc<LogicalPlan>) -> Result<LogicalPlan> {
    let columns = rows.schema().columns();
    let differ = columns.iter().collect::<HashSet<_>>().len() == columns.len();
    if columns.is_empty() || !differ {
        return Ok(LogicalPlan::Distinct(Distinct::All(rows)));
    }
    let rows = match has_repeated_keys(&rows) {
        true => Arc::new(unkeyed(Arc::unwrap_or_clone(rows))?),
        false => rows,
    };
    let columns = columns.into_iter().map(Expr::Column).collect();
    Ok(LogicalPlan::Aggregate(Aggregate::try_new(
        rows,
        columns,
        Vec::new(),
    )?))
}

fn has_repeated_keys(plan: &LogicalPlan) -> bool {
    let keys = plan.schema().functional_dependencies();
    keys.iter().any(|key| key.mode == Dependency::Multi)
}

fn unkeyed(rows: LogicalPlan) -> Result<LogicalPlan> {
    let node = Arc::new(Unkeyed::new(rows)?);
    Ok(LogicalPlan::Extension(Extension { node }))
}

/// Rows whose keys are hidden.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unkeyed {
    pub rows: LogicalPlan,
    schema: DFSchemaRef,
}

impl Unkeyed {
    fn new(rows: LogicalPlan) -> Result<Self> {
        let schema = rows.schema().as_ref().clone();
        let schema = schema.with_functional_dependencies(FunctionalDependencies::empty())?;
        Ok(Self {
            rows,
            schema: Arc::new(schema),
        })
    }
}

impl PartialOrd for Unkeyed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.rows.partial_cmp(&other.rows)
    }
}

impl UserDefinedLogicalNodeCore for Unkeyed {
    fn name(&self) -> &str {
        "Unkeyed"
    }

    fn inputs(&self) -> Vec<&LogicalPlan> {
        vec![&self.rows]
    }

    fn schema(&self) -> &DFSchemaRef {
        &self.schema
    }

    fn expressions(&self) -> Vec<Expr> {
        Vec::new()
    }

    fn prevent_predicate_push_down_columns(&self) -> HashSet<String> {
        HashSet::new()
    }

    fn fmt_for_explain(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Unkeyed")
    }

    fn with_exprs_and_inputs(&self, _: Vec<Expr>, mut inputs: Vec<LogicalPlan>) -> Result<Self> {
        inputs.pop().map_or_else(|| Ok(self.clone()), Unkeyed::new)
    }

    fn necessary_children_exprs(&self, columns: &[usize]) -> Option<Vec<Vec<usize>>> {
        Some(vec![columns.to_vec()])
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::session;

    #[test]
    fn a_group_over_a_join_of_groups_hears_of_no_key() {
        let groups = "(SELECT x.a, y.b, COUNT(*) AS n FROM (SELECT DISTINCT a FROM (VALUES (1), (2)) t(a)) x \
                      CROSS JOIN (VALUES (1), (2)) y(b) GROUP BY x.a, y.b) z";
        let session = session();
        for (sql, rows) in [
            (
                format!("SELECT DISTINCT a FROM {groups} ORDER BY a"),
                vec!["1", "2"],
            ),
            (
                format!("SELECT b FROM {groups} ORDER BY a, b DESC"),
                vec!["2", "1", "2", "1"],
            ),
            (
                format!("SELECT COUNT(*) FROM {groups} GROUP BY a, b"),
                vec!["1"; 4],
            ),
            (
                format!("SELECT COUNT(*) FROM {groups} GROUP BY a"),
                vec!["2"; 2],
            ),
        ] {
            assert_eq!(session.column(&sql).unwrap(), rows, "{sql}");
        }
    }

    #[test]
    fn subqueries_hear_of_no_key_either() {
        let groups = "(SELECT x.a, y.b, COUNT(*) AS n FROM (SELECT DISTINCT a FROM (VALUES (1), (2)) t(a)) x \
                      CROSS JOIN (VALUES (1), (2)) y(b) GROUP BY x.a, y.b) z";
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM (SELECT DISTINCT z.a FROM {groups} WHERE z.n < o.v + 1) d) \
             FROM (VALUES (1), (2)) o(v)"
        );
        assert_eq!(session().column(&sql).unwrap(), ["2", "2"]);
    }

    #[test]
    fn a_plain_group_stays_as_it_is() {
        let plan = session().plan("SELECT a, COUNT(*) FROM (VALUES (1), (2)) t(a) GROUP BY a");
        assert!(!plan.contains("Unkeyed"), "{plan}");
    }
}
