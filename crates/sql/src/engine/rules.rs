//! All rules of the engine, in order, each of ours with its reason.
//!
//! There is a pause before each rule: planning ends there once its statement is over.

use super::watch::{Pause, Watched};
use crate::{coercion, rules, subqueries};
use datafusion::optimizer::analyzer::resolve_grouping_function::ResolveGroupingFunction;
use datafusion::optimizer::analyzer::type_coercion::TypeCoercion;
use datafusion::optimizer::{AnalyzerRule, OptimizerRule};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::limit_pushdown::LimitPushdown;
use exchange_config::Zone;
use exchange_tables as tables;
use std::sync::Arc;

/// The rules that settle types and meaning.
pub fn analyzer_rules(zone: Zone) -> Vec<Arc<dyn AnalyzerRule + Send + Sync>> {
    let mut rules: Vec<Arc<dyn AnalyzerRule + Send + Sync>> = vec![
        // Thousands of conditions would overflow the stack of the rules after it.
        Arc::new(rules::FlatConditions),
        // The text layer names types that the parser does not know.
        Arc::new(coercion::NamedCasts),
        Arc::new(ResolveGroupingFunction::new()),
        // EXCEPT ALL and INTERSECT ALL count.
        Arc::new(rules::CountedCopies),
        // Types come from the leaves up: of a CASE, of a UNION, of outer columns in subqueries, of operands.
        Arc::new(coercion::AlikeBranches),
        Arc::new(coercion::AlikeUnions),
        Arc::new(rules::OuterTypes),
        Arc::new(coercion::AlikeOperands),
        // The engine refuses RANGE over values that have no distance.
        Arc::new(rules::ComparedFrames),
        Arc::new(TypeCoercion::new()),
        // Aggregates take a column without a type for one without nulls.
        Arc::new(rules::TypedNulls),
        // Joins forget that nulls are equal.
        Arc::new(rules::NullSafeKeys),
        Arc::new(coercion::DayIntervals),
        Arc::new(coercion::Conversions { zone }),
        // The optimizer takes the null of a failed TRY_CAST for the null of its operand.
        Arc::new(coercion::TryCasts { zone }),
        Arc::new(coercion::CheckedArithmetic),
        // The engine merges lists and loses the NULL in them.
        Arc::new(rules::ListsWithoutNull),
        // Once more: the engine has changed some types meanwhile.
        Arc::new(rules::OuterTypes),
    ];
    rules.extend(tables::rules::analyzer_rules());
    // Late, so that the rules before it see subqueries as the statement has them.
    rules.push(Arc::new(subqueries::Subqueries));
    rules.push(Arc::new(rules::Finish));
    let pause: Arc<dyn AnalyzerRule + Send + Sync> = Arc::new(Pause);
    Pause::between(rules, &pause)
}

/// The rules for logical plans.
pub fn optimizer_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    let mut rules = rules::optimizer_rules();
    rules.extend(tables::rules::optimizer_rules());
    let pause: Arc<dyn OptimizerRule + Send + Sync> = Arc::new(Pause);
    Pause::between(rules, &pause)
}

/// The rules for physical plans.
pub fn physical_optimizer_rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    let mut rules = rules::physical_optimizer_rules();
    rules.extend(tables::rules::physical_optimizer_rules());
    // Once more at the end: a sort that Graph takes over leaves its limit above the projection, and
    // only the scan can turn it into `$top`.
    rules.push(Arc::new(LimitPushdown::new()));
    rules.push(Arc::new(Watched));
    let pause: Arc<dyn PhysicalOptimizerRule + Send + Sync> = Arc::new(Pause);
    Pause::between(rules, &pause)
}
