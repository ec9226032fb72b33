//! The optimizer's rules that know the tables of Exchange.
//!
//! They decide what Graph is asked, beside the conditions, columns and limits that the optimizer hands to every table.

mod extreme_by_order;
mod joined_mailboxes;
mod late_conditions;
mod lineage;
mod named_mailboxes;
mod searched_table;
mod searches;

use datafusion::optimizer::{AnalyzerRule, OptimizerRule};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use std::sync::Arc;

/// The rules at the end of the analyzer, in order: types are settled, and nothing was moved or copied yet.
pub fn analyzer_rules() -> Vec<Arc<dyn AnalyzerRule + Send + Sync>> {
    vec![
        // Only Graph can answer a search, so no other rule may move, copy or evaluate it.
        Arc::new(searches::Searches),
        // The optimizer concludes conditions on mailboxes, which must not count as the statement's own.
        Arc::new(named_mailboxes::NamedMailboxes),
    ]
}

/// The rules after DataFusion's for logical plans, in order: conditions are where they will stay.
pub fn optimizer_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    vec![
        // A join or a list that a query gives may say which mailboxes are read.
        Arc::new(joined_mailboxes::JoinedMailboxes),
        // MIN and MAX of a column by which Graph sorts need one row instead of all.
        Arc::new(extreme_by_order::ExtremeByOrder),
    ]
}

/// The rules after DataFusion's for physical plans: the sides of joins are chosen.
pub fn physical_optimizer_rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    vec![
        // The keys of joins and the values of subqueries become known while the statement runs.
        Arc::new(late_conditions::LateConditions),
    ]
}
