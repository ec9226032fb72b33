//! The engine's rules: which of DataFusion's are used, and what stands in for the others.
//!
//! docs/engine.md lists the faults, with the test that tells when a replacement can go.

mod filters;
mod keys;
mod lists;
pub mod order;

pub use filters::FlatConditions;
pub use keys::{ForgottenKeys, Unkeyed};

use datafusion::optimizer::{Optimizer, OptimizerRule};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::optimizer::PhysicalOptimizer;
use std::sync::Arc;

/// Rules of DataFusion's optimizer that are not used.
const LEFT_OUT: &[&str] = &[
    // `subqueries` does their work.
    "decorrelate_lateral_join",
    "decorrelate_predicate_subquery",
    "rewrite_set_comparison",
    "scalar_subquery_to_join",
    // Counts a null where all values are null: COUNT(DISTINCT a) beside COUNT(*).
    "single_distinct_aggregation_to_group_by",
];

/// The rules of the optimizer for logical plans.
pub fn optimizer_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    let rules = Optimizer::new().rules.into_iter();
    let used = rules.filter(|rule| !LEFT_OUT.contains(&rule.name()));
    used.map(|rule| -> Arc<dyn OptimizerRule + Send + Sync> {
        match rule.name() {
            "simplify_expressions" => Arc::new(lists::ExactLists::new(rule)),
            "extract_equijoin_predicate" => Arc::new(filters::Flat::new(rule)),
            "push_down_filter" => Arc::new(filters::ColumnsFirst::new(rule)),
            _ => rule,
        }
    })
    .collect()
}

/// Rules of DataFusion's optimizer for physical plans that are not used.
const PHYSICAL_LEFT_OUT: &[&str] = &[
    // Take columns of the same name for one another. The first loses rows, and `LateConditions` stands in for it; the second
    // ends in an internal error, and without it some plans copy columns that are not used any more.
    "FilterPushdown",
    "ProjectionPushdown",
    // Takes a null for a value: COUNT(DISTINCT a) is 1 where all are null.
    "aggregate_statistics",
    // Nothing here needs them, and each relies on orders or numbers of rows that are not proven.
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
