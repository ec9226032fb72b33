//! Descriptions of grouping and windows.

use super::step::Step;
use datafusion::common::ScalarValue;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::aggregate::AggregateFunctionExpr;
use datafusion::physical_expr::expressions::Literal;
use datafusion::physical_expr::window::WindowExpr;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateInputMode};
use datafusion::physical_plan::windows::{BoundedWindowAggExec, WindowAggExec};
use exchange_tables::expression;
use std::sync::Arc;

/// A grouping; `None` if the plan is something else.
pub fn aggregate(plan: &dyn ExecutionPlan, input: &[String]) -> Option<Step> {
    let aggregate = plan.downcast_ref::<AggregateExec>()?;
    let groups = aggregate.group_expr().expr().iter();
    let groups: Vec<String> = groups
        .map(|(expr, _)| expression::sql(expr, input))
        .collect();
    // The second of two steps receives the results of the first, which already describes the group.
    if aggregate.mode().input_mode() == AggregateInputMode::Partial {
        return Some(Step {
            words: None,
            names: input.to_vec(),
        });
    }
    let filters = aggregate.filter_expr().iter();
    let results = aggregate.aggr_expr().iter().zip(filters);
    let results: Vec<String> = results
        .map(|(function, filter)| call(function, filter.as_ref(), input))
        .collect();
    let sets = match aggregate.group_expr().has_grouping_set() {
        true => "sets of ",
        false => "",
    };
    let words = match (groups.is_empty(), results.is_empty()) {
        (true, _) => format!("Compute {} of all rows", results.join(", ")),
        (false, true) => format!("Each {sets}{} once", groups.join(", ")),
        (false, false) => {
            format!(
                "Group by {sets}{}: {}",
                groups.join(", "),
                results.join(", ")
            )
        }
    };
    let mut names = groups;
    if !sets.is_empty() {
        names.push("GROUPING".to_owned());
    }
    names.extend(results);
    Some(Step {
        words: Some(words),
        names,
    })
}

fn call(
    function: &AggregateFunctionExpr,
    filter: Option<&Arc<dyn PhysicalExpr>>,
    input: &[String],
) -> String {
    let distinct = if function.is_distinct() {
        "DISTINCT "
    } else {
        ""
    };
    let expressions = function.expressions();
    let arguments = arguments(function.fun().name(), &expressions, input);
    let order = match function.order_bys() {
        [] => String::new(),
        order => format!(" ORDER BY {}", expression::order(order, input)),
    };
    let name = function.fun().name().to_uppercase();
    let filter = filter.map(|filter| {
        let condition = expression::sql(filter, input);
        format!(" FILTER (WHERE {condition})")
    });
    let filter = filter.unwrap_or_default();
    let call = percentile(&name, &expressions, input)
        .unwrap_or_else(|| format!("{name}({distinct}{arguments}{order})"));
    format!("{call}{filter}")
}

/// A percentile as statements write it; `None` if the function is another one.
fn percentile(
    name: &str,
    expressions: &[Arc<dyn PhysicalExpr>],
    input: &[String],
) -> Option<String> {
    let (Some(name), [value, fraction, descending]) = (name.strip_prefix('='), expressions) else {
        return None;
    };
    let value = expression::sql(value, input);
    let fraction = expression::sql(fraction, input);
    let descending = if is_true(descending) { " DESC" } else { "" };
    Some(format!(
        "{name}({fraction}) WITHIN GROUP (ORDER BY {value}{descending})"
    ))
}

fn is_true(expr: &Arc<dyn PhysicalExpr>) -> bool {
    let literal = expr.downcast_ref::<Literal>();
    literal.is_some_and(|literal| *literal.value() == ScalarValue::Boolean(Some(true)))
}

/// The arguments, without the number that replaces the star of COUNT(*).
fn arguments(function: &str, arguments: &[Arc<dyn PhysicalExpr>], input: &[String]) -> String {
    match arguments {
        [only] if function == "count" && only.downcast_ref::<Literal>().is_some() => "*".to_owned(),
        _ => expression::list(arguments, input),
    }
}

/// Window functions; `None` if the plan has none.
pub fn window(plan: &dyn ExecutionPlan, input: &[String]) -> Option<Step> {
    let bounded = plan.downcast_ref::<BoundedWindowAggExec>();
    let functions = match (bounded, plan.downcast_ref::<WindowAggExec>()) {
        (Some(plan), _) => plan.window_expr(),
        (None, plan) => plan?.window_expr(),
    };
    let functions = functions.iter().map(|function| over(function, input));
    let functions: Vec<String> = functions.collect();
    Some(Step {
        words: Some(format!("Compute {}", functions.join(", "))),
        names: input.iter().cloned().chain(functions).collect(),
    })
}

fn over(function: &Arc<dyn WindowExpr>, input: &[String]) -> String {
    // The name that the planner made from the whole expression.
    let name = function.name().split('(').next().unwrap_or_default();
    let expressions = function.expressions();
    let call = percentile(&name.to_uppercase(), &expressions, input).unwrap_or_else(|| {
        let arguments = arguments(name, &expressions, input);
        format!("{}({arguments})", name.to_uppercase())
    });
    let mut window = Vec::new();
    if !function.partition_by().is_empty() {
        let columns = expression::list(function.partition_by(), input);
        window.push(format!("PARTITION BY {columns}"));
    }
    if !function.order_by().is_empty() {
        let order = expression::order(function.order_by(), input);
        window.push(format!("ORDER BY {order}"));
    }
    format!("{call} OVER ({})", window.join(" "))
}
