//! NULL and columns in the list of IN.
//!
//! The engine merges two lists: it turns `a NOT IN (1, 2) OR a NOT IN (2, NULL)` into `a NOT IN
//! (2)`, and so takes unknown for true where `a` is 1 (seen with DataFusion 55.2, in its rules for
//! lists). Without NULLs the merged lists are right, so NULL is taken out: `a IN (1, NULL)` becomes
//! `a IN (1) OR NULL`. Remove this when those rules no longer change lists with NULL.
//!
//! An item computed from columns is compared separately, too: for the engine `7 NOT IN (0, CASE
//! WHEN p THEN 1 WHEN q THEN 2 END)` is false where the CASE is 2.

use crate::plans;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{Expr, LogicalPlan, and, lit, or};
use datafusion::optimizer::AnalyzerRule;
use exchange_tables::conditions;

#[derive(Debug)]
pub struct ListsWithoutNull;

impl AnalyzerRule for ListsWithoutNull {
    fn name(&self) -> &str {
        "lists_without_null"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        let is_list = |expr: &Expr| matches!(expr, Expr::InList(_));
        plans::rewrite_expressions(plan, is_list, |expr, _| match expr {
            Expr::InList(list) => without_null(list),
            other => Ok(Transformed::no(other)),
        })
    }
}

fn without_null(list: InList) -> Result<Transformed<Expr>> {
    let mut values = Vec::new();
    let mut computed = Vec::new();
    let mut has_null = false;
    for item in list.list {
        match item {
            item if is_null(&item) => has_null = true,
            // A value computed from a null need not be null.
            item if item.any_column_refs() || item.exists(|part| Ok(is_null(part)))? => {
                computed.push(item);
            }
            item => values.push(item),
        }
    }
    let is_changed = has_null || !computed.is_empty();
    let InList { expr, negated, .. } = list;
    let is_changed = is_changed || values.len() == 1;
    let list = match (values.len(), negated) {
        (0, _) => lit(negated),
        (1, false) => expr.as_ref().clone().eq(values.remove(0)),
        (1, true) => expr.as_ref().clone().not_eq(values.remove(0)),
        _ => Expr::InList(InList {
            expr: expr.clone(),
            list: values,
            negated,
        }),
    };
    let computed = computed.into_iter().map(|item| match negated {
        true => expr.as_ref().clone().not_eq(item),
        false => expr.as_ref().clone().eq(item),
    });
    let unknown = has_null.then(|| lit(ScalarValue::Boolean(None)));
    let join = if negated { and } else { or };
    let all = std::iter::once(list).chain(computed).chain(unknown);
    let condition = conditions::joined(all.collect(), join).unwrap_or_else(|| lit(negated));
    Ok(match is_changed {
        true => Transformed::yes(condition),
        false => Transformed::no(condition),
    })
}

fn is_null(expr: &Expr) -> bool {
    matches!(expr, Expr::Literal(value, _) if value.is_null())
}
