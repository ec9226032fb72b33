//! Moves searches from WHERE to their tables.
//!
//! The rule runs at the end of the analyzer, after types are settled and before any optimizer could
//! move, copy or evaluate a condition that only Graph can answer.

use super::searched_table::{self, Found};
use crate::conditions;
use crate::search::function::{self, Call, Function, external};
use crate::search::{Error, Search};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::simplify::SimplifyContext;
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{BinaryExpr, Expr, Filter, LogicalPlan, Operator};
use datafusion::optimizer::AnalyzerRule;
use datafusion::optimizer::simplify_expressions::ExprSimplifier;
use std::sync::Arc;

#[derive(Debug)]
pub struct Searches;

impl AnalyzerRule for Searches {
    fn name(&self) -> &str {
        "searches"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        Ok(plan.transform_up_with_subqueries(place)?.data)
    }
}

fn place(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    let Some(function) = mentioned(&plan)? else {
        return Ok(Transformed::no(plan));
    };
    let LogicalPlan::Filter(Filter {
        predicate, input, ..
    }) = plan
    else {
        return Err(misplaced(function));
    };
    let mut input = input;
    let mut kept = Vec::new();
    for condition in split_conjunction_owned(predicate) {
        let Some(call) = call(&condition) else {
            if let Some(function) = mentioned_in(&condition)? {
                return Err(misplaced(function));
            }
            kept.push(condition);
            continue;
        };
        let call = call.map_err(external)?;
        let found = searched_table::find(&input, &call).map_err(external)?;
        match text(&call)? {
            Text::Known(text) => input = Arc::new(searched(&input, &call, found, &text)?),
            // A null finds nothing.
            Text::Null => kept.push(Expr::Literal(ScalarValue::Boolean(None), None)),
            // The statement is only prepared; it is planned again with values.
            Text::Open => kept.push(condition),
        }
    }
    Ok(Transformed::yes(match conditions::all(kept) {
        Some(predicate) => LogicalPlan::Filter(Filter::try_new(predicate, input)?),
        None => Arc::unwrap_or_clone(input),
    }))
}

/// The search in a condition, even if it is compared with true.
fn call(condition: &Expr) -> Option<Result<Call<'_>, Error>> {
    match condition {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Eq,
            right,
        }) => match (left.as_ref(), right.as_ref()) {
            (search, Expr::Literal(ScalarValue::Boolean(Some(true)), _))
            | (Expr::Literal(ScalarValue::Boolean(Some(true)), _), search) => Call::of(search),
            _ => None,
        },
        Expr::IsTrue(search) => Call::of(search),
        other => Call::of(other),
    }
}

fn searched(plan: &LogicalPlan, call: &Call, found: Found, text: &str) -> Result<LogicalPlan> {
    let table = found.provider.table();
    let search = match call.function {
        Function::Search => Search::written(table, text),
        Function::Contains => Search::words(table, &found.columns, text),
    };
    let provider = search.and_then(|search| found.provider.clone().searched(search));
    found.replace(plan, &provider.map_err(external)?)
}

enum Text {
    Known(String),
    Null,
    /// It depends on parameters.
    Open,
}

fn text(call: &Call) -> Result<Text> {
    let is_marker = |expr: &Expr| Ok(matches!(expr, Expr::Placeholder(_)));
    if call.text.exists(is_marker)? {
        return Ok(Text::Open);
    }
    let context = SimplifyContext::builder().with_current_time().build();
    let simplified = ExprSimplifier::new(context).simplify(call.text.clone())?;
    match simplified {
        Expr::Literal(value, _) if value.is_null() => Ok(Text::Null),
        Expr::Literal(ScalarValue::Utf8(Some(text)), _) => Ok(Text::Known(text)),
        _ => Err(external(Error::NotConstant {
            function: call.function.name(),
        })),
    }
}

fn mentioned(plan: &LogicalPlan) -> Result<Option<Function>> {
    let mut found = None;
    plan.apply_expressions(|expr| {
        found = found.or(mentioned_in(expr)?);
        Ok(match found {
            Some(_) => TreeNodeRecursion::Stop,
            None => TreeNodeRecursion::Continue,
        })
    })?;
    Ok(found)
}

fn mentioned_in(expr: &Expr) -> Result<Option<Function>> {
    let mut found = None;
    expr.apply(|expr| {
        found = function::of(expr);
        Ok(match found {
            Some(_) => TreeNodeRecursion::Stop,
            None => TreeNodeRecursion::Continue,
        })
    })?;
    Ok(found)
}

fn misplaced(function: Function) -> datafusion::error::DataFusionError {
    let function = function.name();
    external(Error::Misplaced { function })
}
