//! The engine's rules: which of DataFusion's are used, and what stands in for the others.
//!
//! docs/engine.md lists the faults, with the test that tells when a replacement can go.

pub mod order;

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
];

/// The rules of the optimizer for logical plans.
pub fn optimizer_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    let mut rules = Optimizer::new().rules;
    rules.retain(|rule| !LEFT_OUT.contains(&rule.name()));
    rules
}

/// Rules of DataFusion's optimizer for physical plans that are not used.
const PHYSICAL_LEFT_OUT: &[&str] = &[
    // Take columns of the same name for one another. The first loses rows, and `LateConditions` stands in for it; the second
    // ends in an internal error, and without it some plans copy columns that are not used any more.
    "FilterPushdown",
    "ProjectionPushdown",
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
