//! Columns of outer queries in a subquery.
//!
//! The SQL planner writes them as outer references. Here they become columns again if a subquery
//! becomes a join, or placeholders for an apply.

use crate::functions::external;
use crate::{Error, ErrorKind};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, ExprSchema, Result};
use datafusion::logical_expr::expr::Placeholder;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::{Expr, LogicalPlan};
use std::sync::Arc;

/// The distinct outer references of a plan.
pub fn references(plan: &LogicalPlan) -> Result<Vec<Expr>> {
    let mut found = Vec::new();
    plan.apply(|node| {
        node.apply_expressions(|expr| {
            expr.apply(|part| {
                if matches!(part, Expr::OuterReferenceColumn(..)) && !found.contains(part) {
                    found.push(part.clone());
                }
                Ok(TreeNodeRecursion::Continue)
            })
        })
    })?;
    Ok(found)
}

/// Whether the rows of a plan depend on the query around it.
pub fn depends(plan: &LogicalPlan) -> Result<bool> {
    Ok(!references(plan)?.is_empty())
}

/// Whether an expression uses a column of the query around it.
pub fn is_in(expr: &Expr) -> bool {
    expr.exists(|part| Ok(matches!(part, Expr::OuterReferenceColumn(..))))
        .unwrap_or(true)
}

/// The expression in the context of the outer query: references to its columns become columns.
/// References to queries further out stay.
pub fn seen_from(outside: &DFSchema, expr: Expr) -> Result<Expr> {
    expr.transform(|part| match part {
        Expr::OuterReferenceColumn(_, column) if outside.has_column(&column) => {
            Ok(Transformed::yes(Expr::Column(column)))
        }
        other => Ok(Transformed::no(other)),
    })
    .data()
}

/// The opposite: columns of the outer query become references to them.
pub fn seen_from_inside(outside: &DFSchema, expr: Expr) -> Result<Expr> {
    expr.transform(|part| match part {
        Expr::Column(column) => {
            let field = Arc::clone(outside.field_from_column(&column)?);
            Ok(Transformed::yes(Expr::OuterReferenceColumn(field, column)))
        }
        other => Ok(Transformed::no(other)),
    })
    .data()
}

/// A subquery whose outer references are placeholders.
pub struct Opened {
    pub plan: LogicalPlan,
    /// The name of each placeholder.
    pub names: Vec<String>,
    /// The value of each placeholder, as the outer query sees it.
    pub values: Vec<Expr>,
}

/// Replaces the outer references of a subquery. `fresh` returns names that no other placeholder
/// has.
pub fn open(
    plan: LogicalPlan,
    outside: &DFSchema,
    mut fresh: impl FnMut() -> String,
) -> Result<Opened> {
    let references = references(&plan)?;
    let names: Vec<String> = references.iter().map(|_| fresh()).collect();
    let values = references
        .iter()
        .map(|reference| seen_from(outside, reference.clone()));
    let values = values.collect::<Result<_>>()?;
    let placeholder = |expr: &Expr| {
        let index = references.iter().position(|reference| reference == expr)?;
        let Expr::OuterReferenceColumn(field, _) = expr else {
            return None;
        };
        let field = field.as_ref().clone().with_nullable(true);
        Some(Expr::Placeholder(Placeholder::new_with_field(
            names[index].clone(),
            Some(field.into()),
        )))
    };
    let plan = replaced(plan, &placeholder)?;
    Ok(Opened {
        plan,
        names,
        values,
    })
}

/// Replaces expressions everywhere in a plan; its columns keep their names.
pub fn replaced(
    plan: LogicalPlan,
    replacement: &impl Fn(&Expr) -> Option<Expr>,
) -> Result<LogicalPlan> {
    plan.transform_up(|node| {
        let names = NamePreserver::new(&node);
        let node = node.map_expressions(|expr| {
            let name = names.save(&expr);
            let expr = expr.transform(|part| match replacement(&part) {
                Some(replacement) => Ok(Transformed::yes(replacement)),
                None => Ok(Transformed::no(part)),
            })?;
            Ok(match expr.transformed {
                true => expr.update_data(|expr| name.restore(expr)),
                false => expr,
            })
        })?;
        match node.transformed {
            true => node.map_data(LogicalPlan::recompute_schema),
            false => Ok(node),
        }
    })
    .data()
}

/// An error if an outer reference remains that no outer query has.
pub fn refuse_unknown(plan: &LogicalPlan) -> Result<()> {
    match references(plan)?.first() {
        Some(Expr::OuterReferenceColumn(_, column)) => Err(external(Error::new(
            ErrorKind::NotSupported,
            format!(
                "a subquery uses the column {} of the query around it where that query has grouped its rows; select \
                 the column in a derived table first",
                column.name()
            ),
        ))),
        _ => Ok(()),
    }
}
