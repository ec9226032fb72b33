//! Conditions on the outer row, pulled out of a subquery.
//!
//! `SELECT a FROM t WHERE t.b = o.b AND t.c > 1` becomes the rows `SELECT a, b FROM t WHERE c > 1`
//! and the condition `b = o.b`, which a join can check. Only filters, projections and inner joins
//! are taken apart, because below a limit, a group or an outer join the condition would have
//! another meaning.

use super::outer;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{DFSchemaRef, JoinType, NullEquality, Result};
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{
    Distinct, Expr, Filter, Join, LogicalPlan, LogicalPlanBuilder, Projection, Sort, SubqueryAlias,
};
use exchange_tables::conditions;
use std::sync::Arc;

/// A subquery taken apart.
pub struct Pulled {
    /// The rows without the conditions.
    pub rows: LogicalPlan,
    /// The conditions, over the rows and the outer query.
    pub conditions: Vec<Expr>,
    /// The subquery's columns, over the rows and the outer query.
    pub columns: Vec<Expr>,
    /// The subquery's schema.
    schema: DFSchemaRef,
}

/// Whether the number of copies of a row matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    Matter,
    DoNotMatter,
}

/// Takes the subquery apart; `None` if that could change its meaning.
pub fn pull(plan: &LogicalPlan, copies: Copies) -> Result<Option<Pulled>> {
    if !outer::depends(plan)? {
        return Ok(Some(Pulled::whole(plan)));
    }
    match plan {
        LogicalPlan::Filter(filter) => filtered(filter, copies),
        LogicalPlan::Projection(projection) => projected(projection, copies),
        LogicalPlan::SubqueryAlias(alias) => aliased(alias, copies),
        LogicalPlan::Join(join) => joined(join, copies),
        LogicalPlan::Sort(Sort {
            input, fetch: None, ..
        }) => pull(input, copies),
        LogicalPlan::Distinct(Distinct::All(input)) if copies == Copies::DoNotMatter => {
            pull(input, copies)
        }
        _ => Ok(None),
    }
}

impl Pulled {
    fn whole(plan: &LogicalPlan) -> Self {
        let columns = plan.schema().columns().into_iter().map(Expr::Column);
        Self {
            rows: plan.clone(),
            conditions: Vec::new(),
            columns: columns.collect(),
            schema: Arc::clone(plan.schema()),
        }
    }

    /// An expression over the subquery's columns as one over the rows.
    pub fn over_rows(&self, expr: Expr) -> Result<Expr> {
        expr.transform_up(|part| match &part {
            Expr::Column(column) => {
                let index = self.schema.index_of_column(column)?;
                Ok(Transformed::yes(self.columns[index].clone()))
            }
            _ => Ok(Transformed::no(part)),
        })
        .data()
    }

    /// Renames the rows, so that they can be joined with rows of the same table.
    fn renamed(self, prefix: &str) -> Result<Self> {
        let old = self.rows.schema().columns();
        let names: Vec<String> = (0..old.len())
            .map(|index| format!("{prefix}{index}"))
            .collect();
        let named = old.iter().zip(&names);
        let named = named.map(|(column, name)| Expr::Column(column.clone()).alias(name));
        let rows = LogicalPlanBuilder::from(self.rows)
            .project(named.collect::<Vec<_>>())?
            .build()?;
        let follow = |expr: Expr| {
            expr.transform_up(|part| match &part {
                Expr::Column(column) => {
                    let index = old.iter().position(|known| known == column);
                    Ok(match index {
                        Some(index) => {
                            Transformed::yes(Expr::Column(rows.schema().columns()[index].clone()))
                        }
                        None => Transformed::no(part),
                    })
                }
                _ => Ok(Transformed::no(part)),
            })
            .data()
        };
        Ok(Self {
            conditions: self
                .conditions
                .into_iter()
                .map(follow)
                .collect::<Result<_>>()?,
            columns: self
                .columns
                .into_iter()
                .map(follow)
                .collect::<Result<_>>()?,
            schema: self.schema,
            rows,
        })
    }
}

fn filtered(filter: &Filter, copies: Copies) -> Result<Option<Pulled>> {
    let Some(mut pulled) = pull(&filter.input, copies)? else {
        return Ok(None);
    };
    let mut kept = Vec::new();
    for condition in split_conjunction_owned(filter.predicate.clone()) {
        if condition.is_volatile() {
            return Ok(None);
        }
        let condition = pulled.over_rows(condition)?;
        match outer::is_in(&condition) {
            true => pulled.conditions.push(condition),
            false => kept.push(condition),
        }
    }
    if let Some(kept) = conditions::all(kept) {
        pulled.rows = LogicalPlanBuilder::from(pulled.rows)
            .filter(kept)?
            .build()?;
    }
    Ok(Some(pulled))
}

fn projected(projection: &Projection, copies: Copies) -> Result<Option<Pulled>> {
    let Some(pulled) = pull(&projection.input, copies)? else {
        return Ok(None);
    };
    if projection.expr.iter().any(Expr::is_volatile) {
        return Ok(None);
    }
    let columns = projection.expr.iter();
    let columns = columns.map(|expr| pulled.over_rows(expr.clone().unalias()));
    Ok(Some(Pulled {
        columns: columns.collect::<Result<_>>()?,
        schema: Arc::clone(&projection.schema),
        ..pulled
    }))
}

fn aliased(alias: &SubqueryAlias, copies: Copies) -> Result<Option<Pulled>> {
    let pulled = pull(&alias.input, copies)?;
    Ok(pulled.map(|pulled| Pulled {
        schema: Arc::clone(&alias.schema),
        ..pulled
    }))
}

fn joined(join: &Join, copies: Copies) -> Result<Option<Pulled>> {
    if join.join_type != JoinType::Inner || join.null_equality != NullEquality::NullEqualsNothing {
        return Ok(None);
    }
    let side = |side: &LogicalPlan, prefix| {
        let pulled = pull(side, copies)?;
        match outer::depends(side)? {
            true => pulled.map(|pulled| pulled.renamed(prefix)).transpose(),
            false => Ok(pulled),
        }
    };
    let (Some(left), Some(right)) = (side(&join.left, "__left_")?, side(&join.right, "__right_")?)
    else {
        return Ok(None);
    };
    let mut pulled = Pulled {
        rows: LogicalPlanBuilder::from(left.rows)
            .cross_join(right.rows)?
            .build()?,
        conditions: left
            .conditions
            .into_iter()
            .chain(right.conditions)
            .collect(),
        columns: left.columns.into_iter().chain(right.columns).collect(),
        schema: Arc::clone(&join.schema),
    };
    let equal = join
        .on
        .iter()
        .map(|(left, right)| left.clone().eq(right.clone()));
    let filter = join
        .filter
        .clone()
        .into_iter()
        .flat_map(split_conjunction_owned);
    let mut kept = Vec::new();
    for condition in equal.chain(filter) {
        if condition.is_volatile() {
            return Ok(None);
        }
        let condition = pulled.over_rows(condition)?;
        match outer::is_in(&condition) {
            true => pulled.conditions.push(condition),
            false => kept.push(condition),
        }
    }
    if let Some(kept) = conditions::all(kept) {
        pulled.rows = LogicalPlanBuilder::from(pulled.rows)
            .filter(kept)?
            .build()?;
    }
    Ok(Some(pulled))
}
