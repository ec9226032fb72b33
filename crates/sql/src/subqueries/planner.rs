//! Plans an apply: its subquery is optimized, the parts that are read once are marked, and
//! expressions get a place for the values of the outer row.

use super::apply::Apply;
use super::exec::{ApplyExec, Asked};
use super::kept::{Kept, KeptExec};
use super::outer::replaced;
use super::outer_row::{OuterRow, OuterValue};
use crate::rules::Unkeyed;
use async_trait::async_trait;
use datafusion::catalog::Session;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{Result, internal_datafusion_err};
use datafusion::execution::context::QueryPlanner;
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{
    BinaryExpr, Expr, ExprSchemable, Extension, Filter, LogicalPlan, Operator, ScalarUDF,
    Signature, Subquery, UserDefinedLogicalNode, Volatility,
};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_planner::{DefaultPhysicalPlanner, ExtensionPlanner, PhysicalPlanner};
use exchange_tables::conditions;
use std::sync::Arc;

/// The engine's planner with the nodes of this module.
pub fn query_planner() -> Arc<dyn QueryPlanner + Send + Sync> {
    Arc::new(Planner)
}

#[derive(Debug)]
struct Planner;

#[async_trait]
impl QueryPlanner for Planner {
    async fn create_physical_plan(
        &self,
        plan: &LogicalPlan,
        state: &dyn Session,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let planner = DefaultPhysicalPlanner::with_extension_planners(vec![Arc::new(Nodes)]);
        planner.create_physical_plan(plan, state).await
    }
}

struct Nodes;

#[async_trait]
impl ExtensionPlanner for Nodes {
    async fn plan_extension(
        &self,
        planner: &dyn PhysicalPlanner,
        node: &dyn UserDefinedLogicalNode,
        _: &[&LogicalPlan],
        inputs: &[Arc<dyn ExecutionPlan>],
        state: &dyn Session,
        context: &PhysicalPlanningContext,
    ) -> Result<Option<Arc<dyn ExecutionPlan>>> {
        if let Some(apply) = node.as_any().downcast_ref::<Apply>() {
            let input = Arc::clone(&inputs[0]);
            return Ok(Some(
                self.apply(planner, apply, input, state, context).await?,
            ));
        }
        if let Some(kept) = node.as_any().downcast_ref::<Kept>() {
            return Ok(Some(self.kept(planner, kept, state, context).await?));
        }
        // Keys that are hidden from the optimizer need no physical step.
        let is_unkeyed = node.as_any().is::<Unkeyed>();
        Ok(is_unkeyed.then(|| Arc::clone(&inputs[0])))
    }
}

impl Nodes {
    async fn apply(
        &self,
        planner: &dyn PhysicalPlanner,
        apply: &Apply,
        input: Arc<dyn ExecutionPlan>,
        state: &dyn Session,
        context: &PhysicalPlanningContext,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let rows = optimized(&apply.rows, state)?;
        let row = Arc::new(OuterRow::default());
        let rows = match apply.outer.is_empty() {
            true => rows,
            false => kept_once(rows, state)?,
        };
        let rows = filled(rows, apply, &row)?;
        let physical =
            |expr: &Expr| planner.create_physical_expr(expr, apply.input.schema(), state, context);
        let asked = Asked {
            question: apply.question,
            rows: planner.create_physical_plan(&rows, state).await?,
            row,
            outer: apply.outer.iter().map(physical).collect::<Result<_>>()?,
            operand: apply.operand.as_ref().map(physical).transpose()?,
            failures: apply.failures.clone(),
        };
        let schema = Arc::new(apply.schema.as_arrow().clone());
        Ok(Arc::new(ApplyExec::new(input, Arc::new(asked), schema)))
    }

    async fn kept(
        &self,
        planner: &dyn PhysicalPlanner,
        kept: &Kept,
        state: &dyn Session,
        context: &PhysicalPlanningContext,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let rows = planner.create_physical_plan(&kept.rows, state).await?;
        let over = |exprs: &[Expr], schema| {
            let exprs = exprs.iter();
            let exprs =
                exprs.map(|expr| planner.create_physical_expr(expr, schema, state, context));
            exprs.collect::<Result<Vec<_>>>()
        };
        let keys = over(&kept.keys, kept.rows.schema())?;
        let probes = over(&kept.probes, &datafusion::common::DFSchema::empty())?;
        Ok(Arc::new(KeptExec::new(rows, keys, probes)))
    }
}

/// The optimizer has not seen the subquery, because it is not a child of the plan.
fn optimized(rows: &LogicalPlan, state: &dyn Session) -> Result<LogicalPlan> {
    let state = state
        .as_any()
        .downcast_ref::<SessionState>()
        .ok_or_else(|| internal_datafusion_err!("the session has no optimizer"))?;
    state.optimizer().optimize(rows.clone(), state, |_, _| {})
}

/// Marks the largest parts of a subquery that do not depend on the outer row.
fn kept_once(plan: LogicalPlan, state: &dyn Session) -> Result<LogicalPlan> {
    let plan = with_kept_values(plan)?;
    if !depends(&plan)? {
        return Ok(keep(plan));
    }
    let plan = plan.map_children(|child| Ok(Transformed::yes(kept_once(child, state)?)));
    match with_kept_rows(plan.data()?, state)? {
        LogicalPlan::Filter(filter) => found_by_keys(filter),
        other => Ok(other),
    }
}

fn keep(plan: LogicalPlan) -> LogicalPlan {
    let is_cheap = matches!(
        plan,
        LogicalPlan::EmptyRelation(_) | LogicalPlan::Values(_) | LogicalPlan::Extension(_)
    ) && plan.inputs().is_empty();
    match is_cheap {
        true => plan,
        false => with_keys(plan, Vec::new(), Vec::new()),
    }
}

fn with_keys(rows: LogicalPlan, keys: Vec<Expr>, probes: Vec<Expr>) -> LogicalPlan {
    let rows = Arc::new(rows);
    LogicalPlan::Extension(Extension {
        node: Arc::new(Kept { rows, keys, probes }),
    })
}

/// Values of subqueries inside the subquery that are the same for all outer rows.
fn with_kept_values(plan: LogicalPlan) -> Result<LogicalPlan> {
    let plan = plan.map_expressions(|expr| {
        expr.transform(|part| match part {
            Expr::ScalarSubquery(subquery) if !is_kept(&subquery.subquery) => {
                let rows = keep(subquery.subquery.as_ref().clone());
                let kept = Subquery {
                    subquery: Arc::new(rows),
                    ..subquery
                };
                Ok(Transformed::yes(Expr::ScalarSubquery(kept)))
            }
            other => Ok(Transformed::no(other)),
        })
    });
    plan.data()
}

/// A subquery inside the subquery that depends on neither's rows.
fn with_kept_rows(plan: LogicalPlan, state: &dyn Session) -> Result<LogicalPlan> {
    let LogicalPlan::Extension(extension) = &plan else {
        return Ok(plan);
    };
    let Some(apply) = extension.node.as_any().downcast_ref::<Apply>() else {
        return Ok(plan);
    };
    if !apply.outer.is_empty() || is_kept(&apply.rows) || depends(&apply.rows)? {
        return Ok(plan);
    }
    let rows = Arc::new(keep(optimized(&apply.rows, state)?));
    let node = Arc::new(Apply {
        rows,
        ..apply.clone()
    });
    Ok(LogicalPlan::Extension(Extension { node }))
}

fn is_kept(plan: &LogicalPlan) -> bool {
    match plan {
        LogicalPlan::Extension(extension) => extension.node.as_any().is::<Kept>(),
        _ => false,
    }
}

/// Conditions `column = outer value` on kept rows become a lookup by the column.
fn found_by_keys(filter: Filter) -> Result<LogicalPlan> {
    let LogicalPlan::Extension(extension) = filter.input.as_ref() else {
        return Ok(LogicalPlan::Filter(filter));
    };
    let Some(kept) = extension.node.as_any().downcast_ref::<Kept>() else {
        return Ok(LogicalPlan::Filter(filter));
    };
    let (mut keys, mut probes, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for condition in split_conjunction_owned(filter.predicate.clone()) {
        match key_and_probe(&condition, &kept.rows)? {
            Some((key, probe)) => {
                keys.push(key);
                probes.push(probe);
            }
            None => left.push(condition),
        }
    }
    if keys.is_empty() || !kept.keys.is_empty() {
        return Ok(LogicalPlan::Filter(filter));
    }
    let found = with_keys(kept.rows.as_ref().clone(), keys, probes);
    match conditions::all(left) {
        Some(left) => Ok(LogicalPlan::Filter(Filter::try_new(left, Arc::new(found))?)),
        None => Ok(found),
    }
}

fn key_and_probe(condition: &Expr, rows: &LogicalPlan) -> Result<Option<(Expr, Expr)>> {
    let Expr::BinaryExpr(BinaryExpr {
        left,
        op: Operator::Eq,
        right,
    }) = condition
    else {
        return Ok(None);
    };
    let (key, probe) = match (is_outer(left), is_outer(right)) {
        (false, true) => (left.as_ref(), right.as_ref()),
        (true, false) => (right.as_ref(), left.as_ref()),
        _ => return Ok(None),
    };
    let schema = rows.schema();
    let is_usable = probe.column_refs().is_empty()
        && !key.column_refs().is_empty()
        && !key.is_volatile()
        && key.get_type(schema)? == probe.get_type(schema)?;
    Ok(is_usable.then(|| (key.clone(), probe.clone())))
}

fn is_outer(expr: &Expr) -> bool {
    expr.exists(|part| Ok(matches!(part, Expr::Placeholder(_))))
        .unwrap_or(true)
}

/// Whether the rows depend on the outer row.
fn depends(plan: &LogicalPlan) -> Result<bool> {
    let mut found = false;
    plan.apply(|node| {
        node.apply_expressions(|expr| {
            found |= is_outer(expr) || expr.is_volatile();
            Ok(TreeNodeRecursion::Continue)
        })
    })?;
    Ok(found)
}

/// The plan with expressions that read the outer row instead of placeholders.
fn filled(plan: LogicalPlan, apply: &Apply, row: &Arc<OuterRow>) -> Result<LogicalPlan> {
    replaced(plan, &|expr| {
        let Expr::Placeholder(placeholder) = expr else {
            return None;
        };
        let names = &apply.placeholders;
        let index = names.iter().position(|name| *name == placeholder.id)?;
        let function = ScalarUDF::new_from_impl(OuterValue {
            row: Arc::clone(row),
            index,
            name: format!("outer {}", apply.outer[index]),
            field: placeholder.field.clone()?,
            signature: Signature::nullary(Volatility::Volatile),
        });
        Some(Expr::ScalarFunction(ScalarFunction::new_udf(
            Arc::new(function),
            Vec::new(),
        )))
    })
}
