//! The types of CASE, and of LAG and LEAD with a default.
//!
//! The planner takes the type of the first branch for that of a CASE, and settles it after the types of everything around it. A
//! subquery or a UNION that reads the column would keep the first type. So the branches get their common type before.
//! It converts the default of LAG and LEAD to the type of the value, which may be too small for it.

use super::cast::cast;
use super::comparison::{all_as_moments, all_as_numbers, types_of};
use super::numbers;
use crate::functions::external;
use crate::functions::type_families::{common, is_moment};
use crate::plans;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::{Case, WindowFunction};
use datafusion::logical_expr::type_coercion::other::get_coerce_type_for_case_expression;
use datafusion::logical_expr::{Expr, LogicalPlan};
use datafusion::optimizer::AnalyzerRule;

#[derive(Debug)]
pub struct AlikeBranches;

impl AnalyzerRule for AlikeBranches {
    fn name(&self) -> &str {
        "alike_branches"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        let chooses = |expr: &Expr| matches!(expr, Expr::Case(_)) || has_default(expr);
        plans::rewrite_expressions(plan, chooses, |expr, schema| match expr {
            Expr::Case(case) => Ok(alike(case, schema)?.update_data(Expr::Case)),
            Expr::WindowFunction(call) => {
                Ok(with_default(call, schema)?.update_data(Expr::WindowFunction))
            }
            other => Ok(Transformed::no(other)),
        })
    }
}

/// Whether the expression is LAG or LEAD of a value, with an offset and a default.
fn has_default(expr: &Expr) -> bool {
    let Expr::WindowFunction(call) = expr else {
        return false;
    };
    matches!(call.fun.name(), "lag" | "lead") && call.params.args.len() == 3
}

fn with_default(
    mut call: Box<WindowFunction>,
    schema: &DFSchema,
) -> Result<Transformed<Box<WindowFunction>>> {
    let [value, _, default] = call.params.args.as_mut_slice() else {
        return Ok(Transformed::no(call));
    };
    let results = of_one_type(vec![value.clone(), default.clone()], schema)?;
    let has_changed = results.transformed;
    if let Ok([first, second]) = <[Expr; 2]>::try_from(results.data) {
        (*value, *default) = (first, second);
    }
    Ok(Transformed::new_transformed(call, has_changed))
}

fn alike(case: Case, schema: &DFSchema) -> Result<Transformed<Case>> {
    let Case {
        expr,
        when_then_expr,
        else_expr,
    } = case;
    let (whens, mut results): (Vec<_>, Vec<Expr>) = when_then_expr
        .into_iter()
        .map(|(when, then)| (when, *then))
        .unzip();
    results.extend(else_expr.map(|otherwise| *otherwise));
    let results = of_one_type(results, schema)?;
    Ok(results.update_data(|mut results| {
        let otherwise = results.split_off(whens.len()).pop();
        let results = results.into_iter().map(Box::new);
        Case::new(
            expr,
            whens.into_iter().zip(results).collect(),
            otherwise.map(Box::new),
        )
    }))
}

/// Converts values to their common type, if there is one.
pub fn of_one_type(results: Vec<Expr>, schema: &DFSchema) -> Result<Transformed<Vec<Expr>>> {
    let results = results_alike(results, schema)?;
    let types = types_of(&results.data, schema)?;
    let mut known = types.iter().filter(|each| !each.is_null());
    let first = known.next();
    if known.all(|each| Some(each) == first) {
        return Ok(results);
    }
    // The engine has a message where there is no common type.
    let Some(target) = get_coerce_type_for_case_expression(&types, None) else {
        return Ok(results);
    };
    let converted = results.data.into_iter().zip(&types);
    let converted = converted.map(|(result, data_type)| match *data_type == target {
        true => result,
        false => cast(result, &target),
    });
    Ok(Transformed::yes(converted.collect()))
}

/// Converts dates, times and timestamps to one type, and numbers as well.
fn results_alike(results: Vec<Expr>, schema: &DFSchema) -> Result<Transformed<Vec<Expr>>> {
    let types = types_of(&results, schema)?;
    if let Some(target) = numbers::combined(&types) {
        return Ok(all_as_numbers(results, &types, &target));
    }
    if !types.iter().any(is_moment) || !types.iter().all(|each| is_moment(each) || each.is_null()) {
        return Ok(Transformed::no(results));
    }
    match common(&types) {
        Some(target) => all_as_moments(results, &types, &target).map_err(external),
        None => Ok(Transformed::no(results)),
    }
}
