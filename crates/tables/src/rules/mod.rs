//! The optimizer's rules for the tables of Exchange.
//!
//! They move work to Graph beyond the conditions, columns and limits that the optimizer passes to
//! every table.

mod caseless_mailboxes;
mod elements_side;
mod extreme_by_order;
mod joined_elements;
mod joined_mailboxes;
mod late_conditions;
mod lineage;
mod mailbox_values;
mod named_mailboxes;
mod searched_table;
mod searches;

use datafusion::optimizer::{AnalyzerRule, OptimizerRule};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use std::sync::Arc;

/// The rules at the end of the analyzer, in order: types are settled, and nothing has been moved or
/// copied yet.
pub fn analyzer_rules() -> Vec<Arc<dyn AnalyzerRule + Send + Sync>> {
    vec![
        // Mailboxes compare without case, in every plan and on either side of Graph.
        Arc::new(caseless_mailboxes::CaselessMailboxes),
        // Only Graph can answer a search, so no other rule may move, copy or evaluate it.
        Arc::new(searches::Searches),
        // The optimizer infers conditions on mailboxes, which must not count as the statement's
        // own.
        Arc::new(named_mailboxes::NamedMailboxes),
    ]
}

/// The rules after DataFusion's for logical plans, in order: conditions have reached their final
/// places.
pub fn optimizer_rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    vec![
        // A join or a list from a query may determine the mailboxes to read.
        Arc::new(joined_mailboxes::JoinedMailboxes),
        // MIN and MAX of a column that Graph sorts by need one row instead of all.
        Arc::new(extreme_by_order::ExtremeByOrder),
        // A table and the elements of its lists are one read. After the other rules, which know single tables only.
        Arc::new(joined_elements::JoinedElements),
    ]
}

/// The rules after DataFusion's for physical plans: the sides of joins are chosen.
pub fn physical_optimizer_rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    vec![
        // The keys of joins and the values of subqueries become known while the statement runs.
        Arc::new(late_conditions::LateConditions),
    ]
}
