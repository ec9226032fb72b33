//! Passes conditions that become known while a statement runs to the scans.
//!
//! A hash join that has read one side knows the keys that can match, and keeps them in a filter
//! that is completed then. A condition that compares with a subquery knows its value before the
//! steps below it start. This rule follows the columns of both through the plan, and adds them to
//! the scans that they reach.
//!
//! DataFusion's own rule (`FilterPushdown`) does the same, and more, by the columns' names. If both
//! sides of a join below have a column of that name, the filter reaches the wrong one, and rows are
//! lost (seen with DataFusion 55.2: `FilterRemapper::try_remap` looks for the name in the child's
//! schema). Once it follows columns by their position, it can replace this module; the statements
//! in tests/differential/handwritten/queries.rs under "columns of these names" show it.

use super::lineage::keeps_only_matches;
use crate::ElementsExec;
use crate::scan::{ScanExec, is_comparison};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{JoinSide, JoinType, Result};
use datafusion::physical_expr::expressions::Column;
use datafusion::physical_expr::{PhysicalExpr, split_conjunction};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::aggregates::AggregateExec;
use datafusion::physical_plan::execution_plan::replace_children_if_necessary;
use datafusion::physical_plan::filter::FilterExec;
use datafusion::physical_plan::filter_pushdown::{
    ChildPushdownResult, FilterPushdownPhase, PushedDownPredicate,
};
use datafusion::physical_plan::joins::utils::build_join_schema;
use datafusion::physical_plan::joins::{CrossJoinExec, HashJoinExec, NestedLoopJoinExec};
use datafusion::physical_plan::projection::ProjectionExec;
use std::sync::Arc;

#[derive(Debug)]
pub struct LateConditions;

type Plan = Arc<dyn ExecutionPlan>;
type Filter = Arc<dyn PhysicalExpr>;

impl PhysicalOptimizerRule for LateConditions {
    fn optimize(&self, plan: Plan, config: &ConfigOptions) -> Result<Plan> {
        Ok(descend(plan, &[], config)?.plan)
    }

    fn name(&self) -> &'static str {
        "LateConditions"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

struct Descended {
    plan: Plan,
    /// For each filter, whether a scan has taken it.
    taken: Vec<bool>,
}

/// Passes the filters, and the plan's own ones, to the scans of the plan.
fn descend(plan: Plan, filters: &[Filter], config: &ConfigOptions) -> Result<Descended> {
    if plan.fetch().is_some() && !filters.is_empty() {
        // Fewer rows would let other rows into the limit.
        let plan = descend(plan, &[], config)?.plan;
        let taken = vec![false; filters.len()];
        return Ok(Descended { plan, taken });
    }
    if let Some(scan) = plan.downcast_ref::<ScanExec>() {
        let (scan, taken) = scan.with_late_conditions(filters);
        let plan = scan.unwrap_or(plan);
        return Ok(Descended { plan, taken });
    }
    let own = Own::of(&plan, config)?;
    let mut taken = vec![false; filters.len()];
    let mut own_is_taken = false;
    let mut children = Vec::new();
    let mut is_changed = false;
    for (number, child) in plan.children().into_iter().enumerate() {
        let mut sent = Vec::new();
        for (place, filter) in filters.iter().enumerate() {
            let mapped = through(&plan, number, filter)?;
            sent.extend(mapped.map(|filter| (Some(place), filter)));
        }
        if number == own.child {
            sent.extend(own.filters.iter().map(|filter| (None, Arc::clone(filter))));
        }
        let (places, sent): (Vec<Option<usize>>, Vec<Filter>) = sent.into_iter().unzip();
        let below = descend(Arc::clone(child), &sent, config)?;
        let used = places.into_iter().zip(below.taken);
        for (place, _) in used.filter(|(_, is_taken)| *is_taken) {
            match place {
                Some(place) => taken[place] = true,
                None => own_is_taken = true,
            }
        }
        is_changed |= !Arc::ptr_eq(child, &below.plan);
        children.push(below.plan);
    }
    let mut plan = match is_changed {
        true => replace_children_if_necessary(plan, children)?,
        false => plan,
    };
    if own_is_taken {
        plan = own.complete(plan, config)?;
    }
    Ok(Descended { plan, taken })
}

/// A plan's own future conditions on the columns of a child.
#[derive(Default)]
struct Own {
    child: usize,
    filters: Vec<Filter>,
}

impl Own {
    fn of(plan: &Plan, config: &ConfigOptions) -> Result<Self> {
        if let Some(filter) = plan.downcast_ref::<FilterExec>() {
            let conditions = split_conjunction(filter.predicate()).into_iter();
            let compared = conditions.filter(|condition| is_comparison(condition));
            return Ok(Self {
                child: 0,
                filters: compared.cloned().collect(),
            });
        }
        if plan.downcast_ref::<HashJoinExec>().is_none() {
            return Ok(Self::default());
        }
        let phase = FilterPushdownPhase::Post;
        let offered = plan.gather_filters_for_pushdown(phase, vec![], config)?;
        Ok(Self {
            child: PROBE,
            filters: offered.self_filters().swap_remove(PROBE),
        })
    }

    /// The plan; if it is a join, one that completes its filter while it runs.
    fn complete(self, plan: Plan, config: &ConfigOptions) -> Result<Plan> {
        if plan.downcast_ref::<HashJoinExec>().is_none() {
            return Ok(plan);
        }
        let filters = self.filters.into_iter();
        let answer = ChildPushdownResult {
            parent_filters: vec![],
            self_filters: vec![
                vec![],
                filters.map(PushedDownPredicate::supported).collect(),
            ],
        };
        let phase = FilterPushdownPhase::Post;
        let updated = plan.handle_child_pushdown_result(phase, answer, config)?;
        Ok(updated.updated_node.unwrap_or(plan))
    }
}

/// The child of a hash join that is read last.
const PROBE: usize = 1;

/// The filter in terms of a child's columns; `None` if it does not concern only the child, or if
/// rows that it excludes would be missed.
fn through(plan: &Plan, child: usize, filter: &Filter) -> Result<Option<Filter>> {
    let mut is_reached = true;
    let mapped = Arc::clone(filter).transform_down(|expr| {
        let Some(column) = expr.downcast_ref::<Column>() else {
            return Ok(Transformed::no(expr));
        };
        match column_of_child(plan, child, column.index()) {
            Some(index) => {
                let schema = plan.children()[child].schema();
                let column = Column::new(schema.field(index).name(), index);
                Ok(Transformed::new(
                    Arc::new(column),
                    true,
                    TreeNodeRecursion::Jump,
                ))
            }
            None => {
                is_reached = false;
                Ok(Transformed::new(expr, false, TreeNodeRecursion::Stop))
            }
        }
    });
    let mapped = mapped.data()?;
    Ok(is_reached.then_some(mapped))
}

/// The index of an output column in a child, if rows of the child may be excluded by its value.
fn column_of_child(plan: &Plan, child: usize, index: usize) -> Option<usize> {
    if let Some(projection) = plan.downcast_ref::<ProjectionExec>() {
        let column = projection
            .expr()
            .get(index)?
            .expr
            .downcast_ref::<Column>()?;
        return Some(column.index());
    }
    if let Some(filter) = plan.downcast_ref::<FilterExec>() {
        return projected(filter.projection().as_deref(), index);
    }
    if let Some(elements) = plan.downcast_ref::<ElementsExec>() {
        return elements.column_of_input(index);
    }
    if let Some(join) = plan.downcast_ref::<HashJoinExec>() {
        let index = projected(join.projection.as_deref(), index)?;
        return column_of_side(plan, *join.join_type(), child, index);
    }
    if let Some(join) = plan.downcast_ref::<NestedLoopJoinExec>() {
        let index = projected(join.projection().as_deref(), index)?;
        return column_of_side(plan, *join.join_type(), child, index);
    }
    if plan.downcast_ref::<CrossJoinExec>().is_some() {
        return column_of_side(plan, JoinType::Inner, child, index);
    }
    if let Some(aggregate) = plan.downcast_ref::<AggregateExec>() {
        let groups = aggregate.group_expr();
        // With grouping sets, some groups have one row for all values of a column.
        let (group, _) = groups.expr().get(index).filter(|_| groups.is_single())?;
        return Some(group.downcast_ref::<Column>()?.index());
    }
    let is_input = child == 0 || plan.name() == UNION;
    let is_of_child = is_input && index < plan.children()[child].schema().fields().len();
    (is_of_child && TRANSPARENT.contains(&plan.name())).then_some(index)
}

const UNION: &str = "UnionExec";

/// Plans that return the rows of their first child unchanged. (A union returns those of all.)
const TRANSPARENT: &[&str] = &[
    UNION,
    // Its answers come after the columns of its child.
    "ApplyExec",
    "BufferExec",
    "CoalescePartitionsExec",
    "CooperativeExec",
    "RepartitionExec",
    "ScalarSubqueryExec",
    "SortExec",
    "OrderExec",
];

fn projected(projection: Option<&[usize]>, index: usize) -> Option<usize> {
    match projection {
        Some(projection) => projection.get(index).copied(),
        None => Some(index),
    }
}

/// The column in this child of a join, if it belongs to the child and every row of the join has a
/// row of the child.
fn column_of_side(plan: &Plan, join: JoinType, child: usize, index: usize) -> Option<usize> {
    let children = plan.children();
    let (left, right) = (children[0].schema(), children[1].schema());
    let (_, columns) = build_join_schema(&left, &right, &join);
    let side = if child == 0 {
        JoinSide::Left
    } else {
        JoinSide::Right
    };
    let column = columns.get(index).filter(|column| column.side == side)?;
    keeps_only_matches(join, side).then_some(column.index)
}
