//! Steps of a plan in the terms of SQL.

use super::aggregates::{aggregate, window};
use super::joins;
use super::step::{Step, projected};
use crate::result_columns;
use crate::subqueries;
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::{Column, DynamicFilterPhysicalExpr};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::filter::FilterExec;
use datafusion::physical_plan::limit::{GlobalLimitExec, LocalLimitExec};
use datafusion::physical_plan::projection::ProjectionExec;
use datafusion::physical_plan::sorts::sort::SortExec;
use exchange_tables::arrow_schema::SCHEMA;
use exchange_tables::expression;
use std::sync::Arc;

/// A step over inputs whose columns have these names.
pub fn step(plan: &dyn ExecutionPlan, inputs: &[&[String]]) -> Step {
    let input = inputs.first().copied().unwrap_or_default();
    if let Some(filter) = plan.downcast_ref::<FilterExec>() {
        return self::filter(filter, input);
    }
    if let Some(projection) = plan.downcast_ref::<ProjectionExec>() {
        return self::projection(projection, input);
    }
    if let Some(step) = aggregate(plan, input).or_else(|| window(plan, input)) {
        return step;
    }
    if let Some(words) = subqueries::words(plan, |expr| expression::sql(expr, input)) {
        return Step {
            words: Some(words),
            names: names_over(input, &plan.schema()),
        };
    }
    if let [left, right] = inputs
        && let Some(step) = joins::step(plan, left, right)
    {
        return step;
    }
    Step {
        words: simple(plan, input),
        names: match input.len() == plan.schema().fields().len() {
            true => input.to_vec(),
            false => column_names(&plan.schema()),
        },
    }
}

/// The names of the input's columns, then those that the step adds.
fn names_over(input: &[String], schema: &Schema) -> Vec<String> {
    let mut names = input.to_vec();
    names.extend(column_names(schema).drain(input.len().min(schema.fields().len())..));
    names
}

/// The names of a schema's columns, as their tables spell them.
pub fn column_names(schema: &Schema) -> Vec<String> {
    let spelled = |field: &Arc<Field>| {
        let declared = result_columns::column_from_field(field);
        let (_, name) = declared?.base?;
        name.eq_ignore_ascii_case(field.name()).then_some(name)
    };
    let fields = schema.fields().iter();
    fields
        .map(|field| spelled(field).unwrap_or_else(|| field.name().clone()))
        .collect()
}

/// The description of a step that does not change the columns; `None` if it does nothing.
fn simple(plan: &dyn ExecutionPlan, input: &[String]) -> Option<String> {
    if let Some(sort) = plan.downcast_ref::<SortExec>() {
        let order = expression::order(sort.expr(), input);
        return Some(match sort.fetch() {
            Some(rows) => format!("Sort by {order}, the first {rows} rows"),
            None => format!("Sort by {order}"),
        });
    }
    if let Some(limit) = plan.downcast_ref::<GlobalLimitExec>() {
        return Some(self::limit(limit.skip(), limit.fetch()));
    }
    if let Some(limit) = plan.downcast_ref::<LocalLimitExec>() {
        return Some(self::limit(0, Some(limit.fetch())));
    }
    let words = match plan.name() {
        "UnionExec" | "InterleaveExec" => "All rows of each",
        "EmptyExec" => "No rows",
        "PlaceholderRowExec" => "One row",
        "DataSourceExec" => return Some(rows_in_memory(plan)),
        "RecursiveQueryExec" => {
            "Repeat the second with the rows of the previous round, until it returns none"
        }
        "WorkTableExec" => "The rows of the previous round",
        "ScalarSubqueryExec" => "With the values of the subqueries, listed after the first",
        // Steps that only pass rows on.
        "CooperativeExec"
        | "WatchedExec"
        | "CoalescePartitionsExec"
        | "CoalesceBatchesExec"
        | "RepartitionExec"
        | "SortPreservingMergeExec"
        | "BufferExec"
        | "OrderExec" => return None,
        other => return Some(other.trim_end_matches("Exec").to_owned()),
    };
    Some(words.to_owned())
}

fn rows_in_memory(plan: &dyn ExecutionPlan) -> String {
    let schema = plan.schema();
    let mut fields = schema.fields().iter();
    let known = fields.find_map(|field| {
        let (table, _) = result_columns::column_from_field(field)?.base?;
        Some((field.metadata().get(SCHEMA).cloned(), table))
    });
    match known {
        Some((Some(schema), view)) => format!("Read {schema}.{view}"),
        Some((None, table)) => format!("Read temporary table {table}"),
        None => "Rows in memory".to_owned(),
    }
}

fn limit(skip: usize, most: Option<usize>) -> String {
    match (skip, most) {
        (0, Some(most)) => format!("At most {most} rows"),
        (skip, Some(most)) => format!("Skip {skip} rows, then at most {most}"),
        (skip, None) => format!("Skip {skip} rows"),
    }
}

fn filter(filter: &FilterExec, input: &[String]) -> Step {
    let predicate = filter.predicate();
    // A condition that a join added is not one of the statement's.
    let is_own = predicate
        .downcast_ref::<DynamicFilterPhysicalExpr>()
        .is_none();
    let words = || format!("Keep rows with {}", expression::sql(predicate, input));
    Step {
        words: is_own.then(words),
        names: projected(input.to_vec(), filter.projection().as_deref()),
    }
}

fn projection(projection: &ProjectionExec, input: &[String]) -> Step {
    let mut computed = Vec::new();
    let mut names = Vec::new();
    for column in projection.expr() {
        let text = expression::sql(&column.expr, input);
        if column.expr.downcast_ref::<Column>().is_some() && !is_chosen(&column.alias, &text) {
            names.push(text);
            continue;
        }
        let is_named = is_chosen(&column.alias, &text);
        if !is_plain(&column.expr) {
            computed.push(match is_named {
                true => format!("{text} AS {}", column.alias),
                false => text.clone(),
            });
        }
        names.push(if is_named { column.alias.clone() } else { text });
    }
    let all = computed.len();
    computed.truncate(expression::SHOWN);
    let shown = expression::shortened(computed, all, ", ");
    Step {
        words: (all > 0).then(|| format!("Compute {shown}")),
        names,
    }
}

fn is_plain(expr: &Arc<dyn PhysicalExpr>) -> bool {
    expr.downcast_ref::<Column>().is_some()
}

/// Whether a person chose the name, and not the planner or the driver.
fn is_chosen(name: &str, text: &str) -> bool {
    let is_word = name
        .chars()
        .all(|letter| letter.is_alphanumeric() || letter == '_');
    let own = text.rsplit('.').next().unwrap_or(text);
    is_word && !name.starts_with("__") && !name.eq_ignore_ascii_case(own)
}
