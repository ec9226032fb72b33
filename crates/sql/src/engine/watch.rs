//! Checks of the engine whether the statement is over.

use crate::interrupts::{WatchedCondition, WatchedExec, check};
use crate::subqueries::ApplyExec;
use datafusion::common::Result;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::logical_expr::LogicalPlan;
use datafusion::optimizer::{AnalyzerRule, OptimizerConfig, OptimizerRule};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::joins::utils::JoinFilter;
use datafusion::physical_plan::joins::{
    CrossJoinExec, HashJoinExec, NestedLoopJoinExec, NestedLoopJoinExecBuilder, SortMergeJoinExec,
};
use datafusion::physical_plan::recursive_query::RecursiveQueryExec;
use datafusion::physical_plan::unnest::UnnestExec;
use datafusion::physical_plan::work_table::WorkTableExec;
use exchange_tables::ScanExec;
use std::sync::Arc;

/// Changes nothing. As a rule of an optimizer it ends the planning of a statement that is over.
#[derive(Debug)]
pub struct Pause;

impl Pause {
    /// The rules, with a pause before each.
    pub fn between<R: ?Sized>(rules: Vec<Arc<R>>, pause: &Arc<R>) -> Vec<Arc<R>> {
        let rules = rules.into_iter();
        rules.flat_map(|rule| [Arc::clone(pause), rule]).collect()
    }
}

impl AnalyzerRule for Pause {
    fn name(&self) -> &str {
        "pause"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        check()?;
        Ok(plan)
    }
}

impl OptimizerRule for Pause {
    fn name(&self) -> &str {
        "pause"
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        _: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        check()?;
        Ok(Transformed::no(plan))
    }
}

impl PhysicalOptimizerRule for Pause {
    fn name(&self) -> &str {
        "pause"
    }

    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        _: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        check()?;
        Ok(plan)
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// Watches nodes that may compute for long: joins and other nodes that produce more rows than they
/// read, and rows in memory. It is the last rule, because other rules look for joins and scans.
#[derive(Debug)]
pub struct Watched;

impl PhysicalOptimizerRule for Watched {
    fn name(&self) -> &str {
        "watched"
    }

    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        _: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        plan.transform_up(|plan| {
            Ok(match may_compute_for_long(plan.as_ref()) {
                true => Transformed::yes(Arc::new(WatchedExec::new(with_condition(plan)?)) as _),
                false => Transformed::no(plan),
            })
        })
        .data()
    }

    fn schema_check(&self) -> bool {
        true
    }
}

fn may_compute_for_long(plan: &dyn ExecutionPlan) -> bool {
    let is_leaf = plan.children().is_empty();
    // A scan waits for Graph. A recursive query looks for its work table below itself.
    let is_other = plan.is::<ScanExec>() || plan.is::<WorkTableExec>();
    is_leaf && !is_other
        || plan.is::<CrossJoinExec>()
        || plan.is::<NestedLoopJoinExec>()
        || plan.is::<HashJoinExec>()
        || plan.is::<SortMergeJoinExec>()
        || plan.is::<UnnestExec>()
        || plan.is::<RecursiveQueryExec>()
        || plan.is::<ApplyExec>()
}

/// The plan with its condition watched, if it is a join with one.
fn with_condition(plan: Arc<dyn ExecutionPlan>) -> Result<Arc<dyn ExecutionPlan>> {
    if let Some(join) = plan.downcast_ref::<NestedLoopJoinExec>()
        && let Some(filter) = join.filter()
    {
        let watched = NestedLoopJoinExecBuilder::from(join).with_filter(Some(watched(filter)));
        return Ok(Arc::new(watched.build()?));
    }
    if let Some(join) = plan.downcast_ref::<HashJoinExec>()
        && let Some(filter) = join.filter()
    {
        return join
            .builder()
            .with_filter(Some(watched(filter)))
            .build_exec();
    }
    Ok(plan)
}

fn watched(filter: &JoinFilter) -> JoinFilter {
    let condition = Arc::clone(filter.expression());
    JoinFilter::new(
        Arc::new(WatchedCondition::new(condition)),
        filter.column_indices().to_vec(),
        Arc::clone(filter.schema()),
    )
}
