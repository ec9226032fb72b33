//! Leads what joins know about keys down to the scans.
//!
//! A hash join that has read one side knows the keys that can match, and keeps them in a filter that completes
//! while the statement runs. This rule follows the columns of such a filter through the other side of the plan, and
//! gives it to the scans that it reaches.
//!
//! DataFusion's own rule (`FilterPushdown`) does the same, and more, by the columns' names: where both sides of a
//! join below have a column of that name, the filter reaches the wrong one, and rows are lost (seen with
//! DataFusion 55.2: `FilterRemapper::try_remap` looks for the name in the child's schema). It can come back, and this
//! module can go, when it follows columns by their place; the statements in tests/differential/handwritten.rs
//! under "columns of these names" show it.

use super::scan::ScanExec;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{JoinSide, JoinType, Result};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Column;
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
pub struct JoinFilters;

type Plan = Arc<dyn ExecutionPlan>;
type Filter = Arc<dyn PhysicalExpr>;

impl PhysicalOptimizerRule for JoinFilters {
    fn optimize(&self, plan: Plan, config: &ConfigOptions) -> Result<Plan> {
        Ok(descend(plan, &[], config)?.plan)
    }

    fn name(&self) -> &'static str {
        "JoinFilters"
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

/// Gives the filters, and those of the joins below, to the scans of the plan.
fn descend(plan: Plan, filters: &[Filter], config: &ConfigOptions) -> Result<Descended> {
    if plan.fetch().is_some() && !filters.is_empty() {
        // Fewer rows would let others into the limit.
        let plan = descend(plan, &[], config)?.plan;
        let taken = vec![false; filters.len()];
        return Ok(Descended { plan, taken });
    }
    if let Some(scan) = plan.downcast_ref::<ScanExec>() {
        let (scan, taken) = scan.with_filters_of_joins(filters);
        let plan = scan.unwrap_or(plan);
        return Ok(Descended { plan, taken });
    }
    let own = own_filter(&plan, config)?;
    let mut taken = vec![false; filters.len()];
    let mut own_is_taken = false;
    let mut children = Vec::new();
    let mut is_changed = false;
    for (number, child) in plan.children().into_iter().enumerate() {
        let mut sent = Vec::new();
        for (place, filter) in filters.iter().enumerate() {
            if let Some(filter) = through(&plan, number, filter)? {
                sent.push((Some(place), filter));
            }
        }
        if number == PROBE {
            sent.extend(own.iter().map(|filter| (None, Arc::clone(filter))));
        }
        let (places, sent): (Vec<Option<usize>>, Vec<Filter>) = sent.into_iter().unzip();
        let below = descend(Arc::clone(child), &sent, config)?;
        for (place, _) in places
            .into_iter()
            .zip(below.taken)
            .filter(|(_, taken)| *taken)
        {
            match place {
                Some(place) => taken[place] = true,
                None => own_is_taken = true,
            }
        }
        is_changed |= !Arc::ptr_eq(child, &below.plan);
        children.push(below.plan);
    }
    let plan = match is_changed {
        true => replace_children_if_necessary(plan, children)?,
        false => plan,
    };
    let plan = match own.filter(|_| own_is_taken) {
        Some(filter) => with_own_filter(plan, filter, config)?,
        None => plan,
    };
    Ok(Descended { plan, taken })
}

/// The child of a hash join that is read last.
const PROBE: usize = 1;

/// What a hash join will know about the columns of its second child.
fn own_filter(plan: &Plan, config: &ConfigOptions) -> Result<Option<Filter>> {
    if plan.downcast_ref::<HashJoinExec>().is_none() {
        return Ok(None);
    }
    let offered = plan.gather_filters_for_pushdown(FilterPushdownPhase::Post, vec![], config)?;
    let mut filters = offered.self_filters().into_iter().nth(PROBE);
    Ok(filters.as_mut().and_then(Vec::pop))
}

/// The join, which now fills in the filter while it runs.
fn with_own_filter(join: Plan, filter: Filter, config: &ConfigOptions) -> Result<Plan> {
    let answer = ChildPushdownResult {
        parent_filters: vec![],
        self_filters: vec![vec![], vec![PushedDownPredicate::supported(filter)]],
    };
    let phase = FilterPushdownPhase::Post;
    let updated = join.handle_child_pushdown_result(phase, answer, config)?;
    Ok(updated.updated_node.unwrap_or(join))
}

/// The filter in terms of a child's columns; `None` where it says nothing about the child alone, or rows that it
/// leaves out there would be missed.
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

/// Where a column of the plan's output stands in a child's, if rows may be left out there for its value.
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
        // Sets of groups have groups in which a column stands for all its values.
        let (group, _) = groups.expr().get(index).filter(|_| groups.is_single())?;
        return Some(group.downcast_ref::<Column>()?.index());
    }
    let is_input = child == 0 || plan.name() == UNION;
    (is_input && TRANSPARENT.contains(&plan.name())).then_some(index)
}

const UNION: &str = "UnionExec";

/// Plans that give the rows of their first child as they are. (A union gives those of all.)
const TRANSPARENT: &[&str] = &[
    UNION,
    "BufferExec",
    "CoalescePartitionsExec",
    "CooperativeExec",
    "RepartitionExec",
    "ScalarSubqueryExec",
    "SortExec",
];

fn projected(projection: Option<&[usize]>, index: usize) -> Option<usize> {
    match projection {
        Some(projection) => projection.get(index).copied(),
        None => Some(index),
    }
}

/// The column in this child of a join, if it is the child's and the join gives no row that has none of the child's.
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

/// Whether each row of the join has a row of this side in it.
fn keeps_only_matches(join: JoinType, side: JoinSide) -> bool {
    use JoinType::*;
    match join {
        Inner => true,
        Left | LeftSemi | LeftAnti | LeftMark => side == JoinSide::Left,
        Right | RightSemi | RightAnti | RightMark => side == JoinSide::Right,
        Full => false,
    }
}
