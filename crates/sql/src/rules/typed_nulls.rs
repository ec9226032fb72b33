//! Columns that contain only NULL.
//!
//! `SELECT NULL AS a` has no type for the engine. For its functions, a column without a type has no
//! nulls: COUNT(DISTINCT a) gives 1. After the types are settled such a column becomes a text, as
//! applications see it.

use crate::coercion::cast;
use crate::plans;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Expr, ExprSchemable, LogicalPlan, Union, Values};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

#[derive(Debug)]
pub struct TypedNulls;

impl AnalyzerRule for TypedNulls {
    fn name(&self) -> &str {
        "typed_nulls"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        if !plans::has(&plan, can_change, can_be_null)? {
            return Ok(plan);
        }
        let plan = plan.transform_up_with_subqueries(|node| {
            let node = match &node {
                LogicalPlan::Projection(_) | LogicalPlan::Aggregate(_) | LogicalPlan::Window(_) => {
                    typed(node)?
                }
                LogicalPlan::Values(values) if has_nulls(&values.schema) => {
                    return Ok(Transformed::yes(typed_values(values)?));
                }
                LogicalPlan::Union(union) if has_changed(union) => {
                    let inputs = union.inputs.clone();
                    let union = Union::try_new_with_loose_types(inputs)?;
                    return Ok(Transformed::yes(LogicalPlan::Union(union)));
                }
                _ => Transformed::no(node),
            };
            // Types can have changed below, too.
            node.map_data(LogicalPlan::recompute_schema)
        });
        plan.data()
    }
}

/// Whether the node may have columns without a type, or with changed types.
fn can_change(node: &LogicalPlan) -> bool {
    match node {
        LogicalPlan::Values(values) => has_nulls(&values.schema),
        LogicalPlan::Union(_) => true,
        _ => false,
    }
}

/// Whether expressions with this part may have no type: only a NULL, or a marker of unknown type,
/// has none by itself.
fn can_be_null(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(value, _) => value.data_type().is_null(),
        Expr::Placeholder(_) => true,
        _ => false,
    }
}

fn has_nulls(schema: &DFSchema) -> bool {
    let mut fields = schema.fields().iter();
    fields.any(|field| field.data_type().is_null())
}

/// Rows of a statement; the engine does not recompute their types.
fn typed_values(values: &Values) -> Result<LogicalPlan> {
    let empty = DFSchema::empty();
    let rows = values.values.iter().map(|row| {
        let row = row
            .iter()
            .map(|value| Ok(text(value.clone(), &empty)?.data));
        row.collect::<Result<Vec<Expr>>>()
    });
    let rows = rows.collect::<Result<Vec<_>>>()?;
    let fields = values.schema.iter().map(|(qualifier, field)| {
        let field = match field.data_type() {
            DataType::Null => Arc::new(field.as_ref().clone().with_data_type(DataType::Utf8)),
            _ => Arc::clone(field),
        };
        (qualifier.cloned(), field)
    });
    let schema = DFSchema::new_with_metadata(fields.collect(), values.schema.metadata().clone())?;
    Ok(LogicalPlan::Values(Values {
        schema: Arc::new(schema),
        values: rows,
    }))
}

/// Whether columns of the inputs have new types.
fn has_changed(union: &Union) -> bool {
    let types = |schema: &DFSchema| {
        let fields = schema.fields().iter();
        fields
            .map(|field| field.data_type().clone())
            .collect::<Vec<_>>()
    };
    let known = types(&union.schema);
    union
        .inputs
        .iter()
        .any(|input| types(input.schema()) != known)
}

fn typed(node: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    let schema = merge_schema(&node.inputs());
    let names = NamePreserver::new(&node);
    node.map_expressions(|expr| {
        let name = names.save(&expr);
        let expr = with_type(expr, &schema)?;
        Ok(match expr.transformed {
            true => expr.update_data(|expr| name.restore(expr)),
            false => expr,
        })
    })
}

fn with_type(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    match expr {
        Expr::Alias(mut alias) => {
            let inside = with_type(*alias.expr, schema)?;
            alias.expr = Box::new(inside.data);
            Ok(Transformed::new_transformed(
                Expr::Alias(alias),
                inside.transformed,
            ))
        }
        Expr::AggregateFunction(mut call) => {
            let args = texts(std::mem::take(&mut call.params.args), schema)?;
            call.params.args = args.data;
            Ok(Transformed::new_transformed(
                Expr::AggregateFunction(call),
                args.transformed,
            ))
        }
        Expr::WindowFunction(mut call) => {
            let args = texts(std::mem::take(&mut call.params.args), schema)?;
            call.params.args = args.data;
            Ok(Transformed::new_transformed(
                Expr::WindowFunction(call),
                args.transformed,
            ))
        }
        sets @ Expr::GroupingSet(_) => Ok(Transformed::no(sets)),
        other => text(other, schema),
    }
}

fn texts(exprs: Vec<Expr>, schema: &DFSchema) -> Result<Transformed<Vec<Expr>>> {
    let mut transformed = false;
    let texts = exprs.into_iter().map(|expr| {
        let text = text(expr, schema)?;
        transformed |= text.transformed;
        Ok(text.data)
    });
    let texts = texts.collect::<Result<_>>()?;
    Ok(Transformed::new_transformed(texts, transformed))
}

fn text(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    Ok(match expr.get_type(schema)?.is_null() {
        true => Transformed::yes(cast(expr, &DataType::Utf8)),
        false => Transformed::no(expr),
    })
}
