//! NULL in the list of IN.
//!
//! The engine makes one list of two: of `a NOT IN (1, 2) OR a NOT IN (2, NULL)` it makes `a NOT IN (2)`, and so takes what
//! is unknown for true where `a` is 1 (seen with DataFusion 55.2, in its rules for lists). Without a NULL in them the
//! lists come to the same, so it is taken out: `a IN (1, NULL)` is `a IN (1) OR NULL`. Can go when those rules
//! leave lists with NULL alone.

use super::rewrite;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{Expr, LogicalPlan, and, lit, or};
use datafusion::optimizer::AnalyzerRule;

#[derive(Debug)]
pub struct ListsWithoutNull;

impl AnalyzerRule for ListsWithoutNull {
    fn name(&self) -> &str {
        "lists_without_null"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        rewrite::expressions(plan, |expr, _| match expr {
            Expr::InList(list) => without_null(list),
            other => Ok(Transformed::no(other)),
        })
    }
}

fn without_null(list: InList) -> Result<Transformed<Expr>> {
    let mut values = Vec::new();
    let mut apart = Vec::new();
    for item in list.list {
        match item.exists(|part| Ok(is_null(part)))? {
            true => apart.push(item),
            false => values.push(item),
        }
    }
    let InList { expr, negated, .. } = list;
    let inside = Expr::InList(InList {
        expr: expr.clone(),
        list: values,
        negated,
    });
    if apart.is_empty() {
        return Ok(Transformed::no(inside));
    }
    let mut condition = inside;
    let had_null = apart.iter().any(is_null);
    // What is computed of a null need not be one.
    for item in apart.into_iter().filter(|item| !is_null(item)) {
        condition = match negated {
            true => and(condition, expr.as_ref().clone().not_eq(item)),
            false => or(condition, expr.as_ref().clone().eq(item)),
        };
    }
    if had_null {
        let unknown = lit(ScalarValue::Boolean(None));
        condition = match negated {
            true => and(condition, unknown),
            false => or(condition, unknown),
        };
    }
    Ok(Transformed::yes(condition))
}

fn is_null(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(value, _) if value.is_null())
}
