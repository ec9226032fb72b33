//! Conditions that name mailboxes.
//!
//! `m.mailbox = 'ann@x.org'` chooses a mailbox only if the statement itself has it. The optimizer
//! infers the same condition from `u.userPrincipalName = 'ann@x.org'` and a join with `m.mailbox`.
//! That one only restricts which rows of the connection's mailboxes are read, like any other
//! condition of a join. To distinguish the two, each condition of the statement gets a [companion]
//! before the optimizer works. When the optimizer copies a condition to an equal column, such as
//! the mailbox of attachments, it copies the companion, too.
//!
//! `m.mailbox IN (SELECT ...)` chooses mailboxes as well. Its companion is another one, because the optimizer makes the
//! same joins of other conditions.

use super::lineage::{column_of, definition_of, input_of};
use crate::companion::{self, Kind};
use crate::conditions;
use crate::definition::Filter;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, Result};
use datafusion::logical_expr::utils::split_conjunction;
use datafusion::logical_expr::{BinaryExpr, Expr, LogicalPlan, Operator};
use datafusion::optimizer::AnalyzerRule;

#[derive(Debug)]
pub struct NamedMailboxes;

impl AnalyzerRule for NamedMailboxes {
    fn name(&self) -> &str {
        "named_mailboxes"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        Ok(plan.transform_up_with_subqueries(accompanied)?.data)
    }
}

fn accompanied(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    let conditions = match &plan {
        LogicalPlan::Filter(filter) => Some(&filter.predicate),
        LogicalPlan::Join(join) => join.filter.as_ref(),
        _ => None,
    };
    let Some(conditions) = conditions.map(split_conjunction) else {
        return Ok(Transformed::no(plan));
    };
    let mut companions: Vec<Expr> = Vec::new();
    let known = |companion: &Expr| conditions.contains(&companion);
    let named = |condition: &&Expr| Some((named(condition)?.clone(), Kind::Named));
    let listed = |condition: &&Expr| Some((listed(condition)?.clone(), Kind::Listed));
    let marked = conditions
        .iter()
        .filter_map(|condition| named(condition).or_else(|| listed(condition)));
    for (column, kind) in marked {
        let (column, inputs) = (&column, plan.inputs());
        let companion = companion::of(column, kind);
        if inputs.iter().any(|input| is_mailbox(input, column))
            && !known(&companion)
            && !companions.contains(&companion)
        {
            companions.push(companion);
        }
    }
    let Some(companions) = conditions::all(companions) else {
        return Ok(Transformed::no(plan));
    };
    Ok(Transformed::yes(match plan {
        LogicalPlan::Filter(mut filter) => {
            filter.predicate = filter.predicate.and(companions);
            LogicalPlan::Filter(filter)
        }
        LogicalPlan::Join(mut join) => {
            join.filter = join.filter.map(|filter| filter.and(companions));
            LogicalPlan::Join(join)
        }
        other => other,
    }))
}

/// The column that a condition restricts to the values of a query.
fn listed(condition: &Expr) -> Option<&Column> {
    match condition {
        Expr::InSubquery(list) if !list.negated => column_of(&list.expr),
        _ => None,
    }
}

/// The column that a condition restricts to constants.
fn named(condition: &Expr) -> Option<&Column> {
    match condition {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Eq,
            right,
        }) => match (left.as_ref(), right.as_ref()) {
            (Expr::Column(column), value) | (value, Expr::Column(column)) => {
                is_constant(value).then_some(column)
            }
            _ => None,
        },
        Expr::InList(list) if !list.negated && list.list.iter().all(is_constant) => {
            column_of(&list.expr)
        }
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Or,
            right,
        }) => named(left).filter(|column| named(right) == Some(column)),
        _ => None,
    }
}

fn is_constant(expr: &Expr) -> bool {
    // A column of the outer query is not a constant.
    expr.column_refs().is_empty() && !expr.contains_outer()
}

/// Whether the column is the `mailbox` of a table, under any alias.
fn is_mailbox(plan: &LogicalPlan, column: &Column) -> bool {
    match plan {
        LogicalPlan::TableScan(scan) => {
            definition_of(scan, column).is_some_and(|column| column.filter == Filter::Mailbox)
        }
        LogicalPlan::Union(union) => {
            let Some(index) = union.schema.maybe_index_of_column(column) else {
                return false;
            };
            let mut inputs = union.inputs.iter();
            inputs.any(|input| {
                let column = Column::from(input.schema().qualified_field(index));
                is_mailbox(input, &column)
            })
        }
        LogicalPlan::Aggregate(aggregate) => {
            let index = aggregate.schema.maybe_index_of_column(column);
            let key = index.and_then(|index| column_of(aggregate.group_expr.get(index)?));
            key.is_some_and(|key| is_mailbox(&aggregate.input, key))
        }
        // A later condition does not change the rows of a limit.
        LogicalPlan::Limit(_) => false,
        _ => input_of(plan, column)
            .is_some_and(|(index, column)| is_mailbox(plan.inputs()[index], &column)),
    }
}
