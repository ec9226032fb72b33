//! Values of subqueries that depend on the outer row only by `=`, as a left join with one group for
//! each key.
//!
//! `(SELECT COUNT(*) FROM t WHERE t.k = o.k)` groups `t` by `k` once and looks up the outer row's
//! group. A row without a group gets the aggregate's value for no rows: 0 for COUNT, null for the
//! others.

use super::answer;
use super::joins::{self, Names, Side};
use super::outer;
use super::pulled::{Copies, Pulled, pull};
use crate::aggregates::percentile::{CONTINUOUS, DISCRETE};
use crate::fallible::can_fail;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Column, DFSchema, JoinType, Result};
use datafusion::functions_aggregate::expr_fn::{count, first_value};
use datafusion::logical_expr::{
    Aggregate, BinaryExpr, Expr, ExprSchemable, LogicalPlan, LogicalPlanBuilder, Operator, lit,
    when,
};
use exchange_tables::conditions;

/// The input with the columns of a left join, and the value over them.
pub struct Joined {
    pub input: LogicalPlan,
    pub value: Expr,
}

/// Aggregates that are null for no rows.
const NULL_WITHOUT_ROWS: &[&str] = &[
    "avg",
    "bool_and",
    "bool_or",
    "max",
    "median",
    "min",
    "stddev",
    "stddev_pop",
    "string_agg",
    "sum",
    "var",
    "var_pop",
    CONTINUOUS,
    DISCRETE,
];

/// The value of a subquery. `None` if it needs an apply.
pub fn value(input: &LogicalPlan, subquery: &LogicalPlan, name: &str) -> Result<Option<Joined>> {
    match aggregated(subquery)? {
        Some(aggregated) => of_aggregate(input, aggregated, name),
        None => of_one_row(input, subquery, name),
    }
}

/// Whether a subquery has rows.
pub fn exists(input: &LogicalPlan, subquery: &LogicalPlan, name: &str) -> Result<Option<Joined>> {
    let Some(pulled) = pull(subquery, Copies::DoNotMatter)? else {
        return Ok(None);
    };
    let Some(keys) = Keys::of(&pulled, input)? else {
        return Ok(None);
    };
    let groups = LogicalPlanBuilder::from(pulled.rows)
        .aggregate(keys.inner.clone(), Vec::<Expr>::new())?
        .build()?;
    let joined = keys.joined(input, groups, Vec::new(), name)?;
    // A null finds no group, so the key of a found group is not null.
    let value = joined.keys[0].clone().is_not_null();
    Ok(Some(Joined {
        input: joined.input,
        value,
    }))
}

/// A subquery that is one aggregate over all its rows.
struct Aggregated<'a> {
    aggregate: &'a Aggregate,
    /// The value, over the aggregate's columns.
    value: Expr,
}

fn aggregated(subquery: &LogicalPlan) -> Result<Option<Aggregated<'_>>> {
    Ok(match subquery {
        LogicalPlan::Aggregate(aggregate) if aggregate.group_expr.is_empty() => {
            let columns = aggregate.schema.columns();
            columns.into_iter().next().map(|column| Aggregated {
                aggregate,
                value: Expr::Column(column),
            })
        }
        LogicalPlan::Projection(projection) => {
            let Some(inside) = aggregated(&projection.input)? else {
                return Ok(None);
            };
            let is_plain = matches!(projection.input.as_ref(), LogicalPlan::Aggregate(_));
            let expr = projection.expr.first().filter(|_| is_plain);
            expr.map(|expr| Aggregated {
                value: expr.clone().unalias(),
                ..inside
            })
        }
        _ => None,
    })
}

fn of_aggregate(
    input: &LogicalPlan,
    aggregated: Aggregated<'_>,
    name: &str,
) -> Result<Option<Joined>> {
    let Aggregated { aggregate, value } = aggregated;
    let Some(pulled) = pull(&aggregate.input, Copies::Matter)? else {
        return Ok(None);
    };
    let Some(keys) = Keys::of(&pulled, input)? else {
        return Ok(None);
    };
    let mut empty = Vec::new();
    let mut calls = Vec::new();
    for call in &aggregate.aggr_expr {
        let call = call.clone().unalias();
        let Expr::AggregateFunction(function) = &call else {
            return Ok(None);
        };
        empty.push(match function.func.name() {
            "count" => Some(lit(0_i64)),
            name if NULL_WITHOUT_ROWS.contains(&name) => None,
            _ => return Ok(None),
        });
        if can_fail_inside(&call, aggregate.input.schema())? {
            return Ok(None);
        }
        // A column may have turned out to be one of the outer row.
        let call = pulled.over_rows(call)?;
        if outer::is_in(&call) {
            return Ok(None);
        }
        let number = calls.len();
        calls.push(call.alias(format!("{name}_call_{number}")));
    }
    let groups = LogicalPlanBuilder::from(pulled.rows)
        .aggregate(keys.inner.clone(), calls)?
        .build()?;
    let results: Vec<Expr> = (0..empty.len())
        .map(|number| Expr::Column(Column::from_name(format!("{name}_call_{number}"))))
        .collect();
    let groups = keys.joined(input, groups, results, name)?;
    let (input, columns) = (groups.input, groups.values);
    let results: Vec<Expr> = columns
        .into_iter()
        .zip(empty)
        .map(|(column, empty)| match empty {
            Some(empty) => when(column.clone().is_null(), empty).otherwise(column),
            None => Ok(column),
        })
        .collect::<Result<_>>()?;
    let own = aggregate.schema.columns();
    let value = outer::seen_from(input.schema(), value)?;
    let value = value.transform_up(|part| {
        let index = match &part {
            Expr::Column(column) => own.iter().position(|known| known == column),
            _ => None,
        };
        Ok(match index {
            Some(index) => Transformed::yes(results[index].clone()),
            None => Transformed::no(part),
        })
    });
    Ok(Some(Joined {
        input,
        value: value.data()?,
    }))
}

fn of_one_row(input: &LogicalPlan, subquery: &LogicalPlan, name: &str) -> Result<Option<Joined>> {
    let Some(pulled) = pull(subquery, Copies::Matter)? else {
        return Ok(None);
    };
    let Some(keys) = Keys::of(&pulled, input)? else {
        return Ok(None);
    };
    let value = pulled.columns[0].clone();
    if outer::is_in(&value) || can_fail(&value, pulled.rows.schema()) {
        return Ok(None);
    }
    let (value_name, rows_name) = (format!("{name}_value"), format!("{name}_rows"));
    let groups = LogicalPlanBuilder::from(pulled.rows)
        .aggregate(
            keys.inner.clone(),
            [
                first_value(value, Vec::new()).alias(&value_name),
                count(lit(1_i64)).alias(&rows_name),
            ],
        )?
        .build()?;
    let results = vec![
        Expr::Column(Column::from_name(value_name)),
        Expr::Column(Column::from_name(rows_name)),
    ];
    let groups = keys.joined(input, groups, results, name)?;
    let (input, columns) = (groups.input, groups.values);
    let value = answer::of_one_row(columns[0].clone(), columns[1].clone());
    Ok(Some(Joined { input, value }))
}

/// Whether the argument of an aggregate can fail for a row.
fn can_fail_inside(call: &Expr, schema: &DFSchema) -> Result<bool> {
    let mut fails = false;
    call.apply_children(|part| {
        fails |= can_fail(part, schema);
        Ok(datafusion::common::tree_node::TreeNodeRecursion::Continue)
    })?;
    Ok(fails)
}

/// The equalities that link a subquery to the outer row.
struct Keys {
    /// Over the subquery's rows, without duplicates.
    inner: Vec<Expr>,
    /// Over the outer row.
    outer: Vec<Expr>,
}

impl Keys {
    fn of(pulled: &Pulled, input: &LogicalPlan) -> Result<Option<Self>> {
        let mut keys = Self {
            inner: Vec::new(),
            outer: Vec::new(),
        };
        for condition in &pulled.conditions {
            let Expr::BinaryExpr(BinaryExpr {
                left,
                op: Operator::Eq,
                right,
            }) = condition
            else {
                return Ok(None);
            };
            let (inner, outer) = match (outer::is_in(left), outer::is_in(right)) {
                (false, true) => (left.as_ref(), right.as_ref()),
                (true, false) => (right.as_ref(), left.as_ref()),
                _ => return Ok(None),
            };
            // A key that mixes both, or that has columns of neither, cannot be grouped.
            if !outer.column_refs().is_empty()
                || inner.column_refs().is_empty()
                || can_fail(inner, pulled.rows.schema())
                || keys.inner.contains(inner)
            {
                return Ok(None);
            }
            let outer = outer::seen_from(input.schema(), outer.clone())?;
            // References to queries further out have no columns to join by here.
            let has_type = outer.get_type(input.schema()).ok();
            if has_type != inner.get_type(pulled.rows.schema()).ok()
                || outer.column_refs().is_empty()
            {
                return Ok(None);
            }
            keys.inner.push(inner.clone());
            keys.outer.push(outer);
        }
        Ok((!keys.inner.is_empty()).then_some(keys))
    }

    /// Joins the groups to the input. Returns the groups' values as columns of the join.
    fn joined(
        &self,
        input: &LogicalPlan,
        groups: LogicalPlan,
        values: Vec<Expr>,
        name: &str,
    ) -> Result<Groups> {
        let count = self.inner.len();
        let keys = groups.schema().columns().into_iter().take(count);
        let mut columns: Vec<Expr> = keys
            .enumerate()
            .map(|(number, key)| Expr::Column(key).alias(format!("{name}_key_{number}")))
            .collect();
        columns.extend(values);
        let groups = LogicalPlanBuilder::from(groups).project(columns)?.build()?;
        let mut names = Names::new(&groups, name);
        let renamed = groups.schema().columns().into_iter();
        let renamed = renamed.map(|column| names.renamed(Expr::Column(column)));
        let renamed: Vec<Expr> = renamed.collect::<Result<_>>()?;
        let (keys, values) = renamed.split_at(count);
        let equal = self.outer.iter().zip(keys);
        let equal = equal.map(|(outer, key)| outer.clone().eq(key.clone()));
        let condition = conditions::all(equal).unwrap_or_else(|| lit(true));
        let side = Side {
            rows: names.rows()?,
            condition,
        };
        Ok(Groups {
            input: joins::join(input, side, JoinType::Left)?,
            keys: keys.to_vec(),
            values: values.to_vec(),
        })
    }
}

/// The input with its groups, and the groups' columns.
struct Groups {
    input: LogicalPlan,
    keys: Vec<Expr>,
    values: Vec<Expr>,
}
