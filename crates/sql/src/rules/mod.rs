//! Corrections of the engine: which rules of DataFusion are left out or wrapped, and the rules that replace them.
//!
//! docs/engine.md lists the faults, each with its report and with the test that tells when a correction can go.
//! `engine/rules.rs` has the order of all rules.

mod filters;
mod frames;
mod join_keys;
mod keys;
mod lists;
mod null_items;
mod null_safe;
pub mod order;
mod outer_types;
mod set_copies;
#[cfg(test)]
mod tests;
mod typed_nulls;
mod wrapped;

pub use filters::FlatConditions;
pub use frames::ComparedFrames;
pub use keys::Unkeyed;
pub use null_items::ListsWithoutNull;
pub use null_safe::NullSafeKeys;
pub use outer_types::OuterTypes;
pub use set_copies::CountedCopies;
pub use typed_nulls::TypedNulls;

use super::guards::guarded;

use datafusion::common::Result;
use datafusion::common::config::ConfigOptions;
use datafusion::logical_expr::LogicalPlan;
use datafusion::optimizer::{AnalyzerRule, Optimizer};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
use std::sync::Arc;
use wrapped::{Rule, Wrapped};

/// The last step before a plan is optimized. Subqueries that are planned separately need it, too.
pub fn finished(plan: LogicalPlan) -> Result<LogicalPlan> {
    keys::forgotten(guarded(plan)?)
}

/// [`finished`], as the last rule of the analyzer.
#[derive(Debug)]
pub struct Finish;

impl AnalyzerRule for Finish {
    fn name(&self) -> &str {
        "finish"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        finished(plan)
    }
}

/// Rules of DataFusion's optimizer that are not used.
const LEFT_OUT: &[&str] = &[
    // `subqueries` does their work.
    "decorrelate_lateral_join",
    "decorrelate_predicate_subquery",
    "rewrite_set_comparison",
    "scalar_subquery_to_join",
    // Counts a null if all values are null: COUNT(DISTINCT a) beside COUNT(*).
    "single_distinct_aggregation_to_group_by",
];

/// The rules of the optimizer for logical plans.
pub fn optimizer_rules() -> Vec<Rule> {
    let rules = Optimizer::new().rules.into_iter();
    let used = rules.filter(|rule| !LEFT_OUT.contains(&rule.name()));
    used.map(|rule| -> Rule {
        match rule.name() {
            "simplify_expressions" => Arc::new(Wrapped::new(rule, join_keys::simplified)),
            "eliminate_cross_join" => Arc::new(Wrapped::new(rule, join_keys::reordered)),
            "extract_equijoin_predicate" => Arc::new(Wrapped::new(rule, filters::flat_after)),
            "push_down_filter" => Arc::new(Wrapped::new(rule, filters::moved_down)),
            _ => rule,
        }
    })
    .collect()
}

/// Rules of DataFusion's optimizer for physical plans that are not used.
const PHYSICAL_LEFT_OUT: &[&str] = &[
    // They confuse columns of the same name. The first loses rows; `LateConditions` replaces it.
    // The second ends in an internal error; without it some plans copy columns that are not used
    // any more.
    "FilterPushdown",
    "ProjectionPushdown",
    // Takes a null for a value: COUNT(DISTINCT a) is 1 if all are null.
    "aggregate_statistics",
    // Nothing here needs them, and each relies on unproven orders or numbers of rows.
    "HashJoinBuffering",
    "LimitAggregation",
    "LimitPushPastWindows",
    "TopKRepartition",
    "WindowTopN",
];

/// The rules of the optimizer for physical plans.
pub fn physical_optimizer_rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    let mut rules: Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> =
        vec![Arc::new(order::MadeOrders)];
    let own = PhysicalOptimizer::new().rules.into_iter();
    rules.extend(own.filter(|rule| {
        let is_left_out = |name: &&str| rule.name().starts_with(*name);
        !PHYSICAL_LEFT_OUT.iter().any(is_left_out)
    }));
    rules
}
