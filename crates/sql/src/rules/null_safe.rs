//! `x IS NOT DISTINCT FROM y` between two tables.
//!
//! The engine makes it a key of the join and records for the whole join that nulls are equal. It
//! loses that when it joins the join with others, and it also applies it to keys that are added
//! later. So the condition becomes two plain keys: whether the values are null, and the values with
//! a replacement for null.

use crate::plans;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::utils::{merge_schema, split_conjunction_owned};
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, LogicalPlan, Operator, lit, when};
use datafusion::optimizer::AnalyzerRule;
use exchange_tables::conditions;
use std::collections::HashSet;

#[derive(Debug)]
pub struct NullSafeKeys;

impl AnalyzerRule for NullSafeKeys {
    fn name(&self) -> &str {
        "null_safe_keys"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        if !plans::has_part(&plan, is_null_safe)? {
            return Ok(plan);
        }
        plan.transform_up_with_subqueries(|node| {
            if !matches!(node, LogicalPlan::Filter(_) | LogicalPlan::Join(_)) {
                return Ok(Transformed::no(node));
            }
            let schema = merge_schema(&node.inputs());
            node.map_expressions(|condition| {
                let is_one = condition.exists(|part| Ok(is_null_safe(part)))?;
                if !is_one {
                    return Ok(Transformed::no(condition));
                }
                let conditions = split_conjunction_owned(condition).into_iter();
                let conditions = conditions.map(|condition| without_nulls(condition, &schema));
                let conditions = conditions.collect::<Result<Vec<_>>>()?.into_iter();
                let condition = conditions::all(conditions).unwrap_or_else(|| lit(true));
                Ok(Transformed::yes(condition))
            })
        })
        .data()
    }
}

fn is_null_safe(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::BinaryExpr(BinaryExpr {
            op: Operator::IsNotDistinctFrom,
            ..
        })
    )
}

/// The condition as two conditions without nulls, if it concerns two tables.
fn without_nulls(condition: Expr, schema: &DFSchema) -> Result<Expr> {
    let Expr::BinaryExpr(BinaryExpr {
        left,
        op: Operator::IsNotDistinctFrom,
        right,
    }) = condition
    else {
        return Ok(condition);
    };
    let (left_tables, right_tables) = (tables(&left), tables(&right));
    let is_key = !left_tables.is_empty()
        && !right_tables.is_empty()
        && left_tables.is_disjoint(&right_tables);
    let default = ScalarValue::new_default(&left.get_type(schema)?);
    match default {
        Ok(default) if is_key => {
            let nulls = left.clone().is_null().eq(right.clone().is_null());
            let values = value(*left, &default)?.eq(value(*right, &default)?);
            Ok(nulls.and(values))
        }
        _ => Ok(Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::IsNotDistinctFrom,
            right,
        })),
    }
}

fn value(expr: Expr, default: &ScalarValue) -> Result<Expr> {
    when(expr.clone().is_null(), lit(default.clone())).otherwise(expr)
}

fn tables(expr: &Expr) -> HashSet<String> {
    let columns = expr.column_refs().into_iter();
    columns
        .map(|column| column.relation.as_ref().map(ToString::to_string))
        .map(Option::unwrap_or_default)
        .collect()
}
