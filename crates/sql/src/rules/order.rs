//! Orders are established, not inferred.
//!
//! DataFusion drops or shortens a sort if it believes that the rows are already sorted or that a
//! column is constant. It is wrong about a union of constants, a left join with a constant in ON,
//! groups of a cross join and others (docs/engine.md). Groups and windows then lose or duplicate
//! rows, because they rely on the same belief. So this rule, the first of all, puts a step without
//! an order below each sort, group and window. Rows are then sorted as the statement says.
//!
//! It also takes a sort for unnecessary if a limit is above it and the columns of the order are not selected: `SELECT MAX(a) FROM
//! (SELECT a, b FROM t ORDER BY b OFFSET 3)` then skips any three rows. So a step that requires the order stands above a sort
//! below a limit.
//!
//! A scan that gets its rows sorted from Graph still makes the sort unnecessary: the sort requests
//! the order through this step.

use datafusion::common::Result;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{
    Distribution, EquivalenceProperties, LexOrdering, OrderingRequirements, PhysicalExpr,
    PhysicalSortExpr,
};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateInputMode};
use datafusion::physical_plan::execution_plan::{CardinalityEffect, replace_children_if_necessary};
use datafusion::physical_plan::joins::{SortMergeJoinExec, SymmetricHashJoinExec};
use datafusion::physical_plan::limit::{GlobalLimitExec, LocalLimitExec};
use datafusion::physical_plan::sorts::sort::SortExec;
use datafusion::physical_plan::statistics::{ChildStats, StatisticsArgs};
use datafusion::physical_plan::windows::{BoundedWindowAggExec, WindowAggExec};
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties,
    SortOrderPushdownResult, Statistics,
};
use std::fmt;
use std::sync::Arc;

type Plan = Arc<dyn ExecutionPlan>;

/// Puts an [`OrderExec`] below each step that relies on an order, and above each sort whose rows a limit counts.
#[derive(Debug)]
pub struct MadeOrders;

impl PhysicalOptimizerRule for MadeOrders {
    fn optimize(&self, plan: Plan, _: &ConfigOptions) -> Result<Plan> {
        plan.transform_up(|plan| {
            if is_limit(&plan) {
                return sorts_kept(plan);
            }
            if !relies_on_order(&plan) || is_second_half(&plan) {
                return Ok(Transformed::no(plan));
            }
            let inputs = plan.children().into_iter();
            let inputs =
                inputs.map(|input| Arc::new(OrderExec::forgotten(Arc::clone(input))) as Plan);
            let inputs = inputs.collect();
            Ok(Transformed::yes(replace_children_if_necessary(
                plan, inputs,
            )?))
        })
        .data()
    }

    fn name(&self) -> &str {
        "MadeOrders"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

fn relies_on_order(plan: &Plan) -> bool {
    plan.is::<SortExec>()
        || plan.is::<AggregateExec>()
        || plan.is::<WindowAggExec>()
        || plan.is::<BoundedWindowAggExec>()
        || plan.is::<SortMergeJoinExec>()
        || plan.is::<SymmetricHashJoinExec>()
}

/// Whether a group continues one directly below, whose input already has no order.
fn is_second_half(plan: &Plan) -> bool {
    let takes_over = plan
        .downcast_ref::<AggregateExec>()
        .is_some_and(|aggregate| aggregate.mode().input_mode() == AggregateInputMode::Partial);
    takes_over
        && plan
            .children()
            .iter()
            .all(|child| child.is::<AggregateExec>())
}

fn is_limit(plan: &Plan) -> bool {
    plan.is::<GlobalLimitExec>() || plan.is::<LocalLimitExec>()
}

/// The plan with the sorts that decide which rows come first.
fn sorts_kept(plan: Plan) -> Result<Transformed<Plan>> {
    if let Some(sort) = plan.downcast_ref::<SortExec>() {
        // One that keeps a few rows is never left out.
        return Ok(match sort.fetch() {
            Some(_) => Transformed::no(plan),
            None => {
                let order = sort.expr().clone();
                Transformed::yes(Arc::new(OrderExec::kept(plan, order)))
            }
        });
    }
    let passes_on = plan.maintains_input_order() == [true] && !plan.is::<OrderExec>();
    let Some(input) = plan.children().into_iter().next().filter(|_| passes_on) else {
        return Ok(Transformed::no(plan));
    };
    let input = sorts_kept(Arc::clone(input))?;
    Ok(match input.transformed {
        true => Transformed::yes(replace_children_if_necessary(plan, vec![input.data])?),
        false => Transformed::no(plan),
    })
}

/// The rows of its input, and what the optimizer may know about their order.
#[derive(Debug)]
pub struct OrderExec {
    input: Plan,
    /// The order that the input must have; `None` if nothing is known.
    kept: Option<LexOrdering>,
    properties: Arc<PlanProperties>,
}

impl OrderExec {
    fn forgotten(input: Plan) -> Self {
        let properties = PlanProperties::new(
            EquivalenceProperties::new(input.schema()),
            Partitioning::UnknownPartitioning(1),
            input.properties().emission_type,
            input.properties().boundedness,
        );
        Self {
            input,
            kept: None,
            properties: Arc::new(properties),
        }
    }

    fn kept(input: Plan, order: LexOrdering) -> Self {
        Self {
            properties: Arc::clone(input.properties()),
            input,
            kept: Some(order),
        }
    }
}

impl DisplayAs for OrderExec {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "OrderExec")
    }
}

impl ExecutionPlan for OrderExec {
    fn name(&self) -> &str {
        "OrderExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Plan> {
        vec![&self.input]
    }

    fn required_input_distribution(&self) -> Vec<Distribution> {
        vec![Distribution::SinglePartition]
    }

    fn required_input_ordering(&self) -> Vec<Option<OrderingRequirements>> {
        vec![self.kept.clone().map(OrderingRequirements::from)]
    }

    /// If the order is forgotten, a sort would otherwise be moved below, where it could be dropped again.
    fn maintains_input_order(&self) -> Vec<bool> {
        vec![self.kept.is_some()]
    }

    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        vec![false]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(self: Arc<Self>, mut children: Vec<Plan>) -> Result<Plan> {
        Ok(match children.pop() {
            Some(input) => Arc::new(match &self.kept {
                Some(order) => Self::kept(input, order.clone()),
                None => Self::forgotten(input),
            }),
            None => self,
        })
    }

    fn execute(
        &self,
        partition: usize,
        task: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        self.input.execute(partition, task)
    }

    fn child_stats_requests(&self, partition: Option<usize>) -> Vec<ChildStats> {
        vec![ChildStats::At(partition)]
    }

    fn statistics_from_inputs(
        &self,
        inputs: &[Arc<Statistics>],
        _: &StatisticsArgs,
    ) -> Result<Arc<Statistics>> {
        Ok(Arc::clone(&inputs[0]))
    }

    fn supports_limit_pushdown(&self) -> bool {
        true
    }

    fn cardinality_effect(&self) -> CardinalityEffect {
        CardinalityEffect::Equal
    }

    fn try_pushdown_sort(
        &self,
        order: &[PhysicalSortExpr],
    ) -> Result<SortOrderPushdownResult<Plan>> {
        match self.kept {
            Some(_) => Ok(SortOrderPushdownResult::Unsupported),
            None => self.input.try_pushdown_sort(order),
        }
    }
}
