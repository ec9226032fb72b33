//! Joins that choose mailboxes.
//!
//! A statement that does not name mailboxes reads those of the connection. `WHERE mailbox IN
//! (SELECT userPrincipalName FROM Users ...)` names them, like a list of names. A join names them
//! if the connection has none: `FROM Users u JOIN Messages m ON m.mailbox = u.userPrincipalName`
//! then reads the mail of those users. If the connection has a mailbox, such a join asks for its
//! owner, and not for the mail of a whole company.
//!
//! Such a table has the rows of every mailbox of the directory. Its scan reads only the mailboxes
//! that the join can use.

use super::lineage::{self, column_of, definition_of, origin};
use crate::TableProvider;
use crate::definition::Filter;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, JoinType, Result};
use datafusion::logical_expr::utils::split_conjunction;
use datafusion::logical_expr::{Expr, LogicalPlan, TableScan};
use datafusion::optimizer::{ApplyOrder, OptimizerConfig, OptimizerRule};
use std::sync::Arc;

#[derive(Debug)]
pub struct JoinedMailboxes;

impl OptimizerRule for JoinedMailboxes {
    fn name(&self) -> &str {
        "joined_mailboxes"
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        Some(ApplyOrder::TopDown)
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        _: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        let LogicalPlan::Join(mut join) = plan else {
            return Ok(Transformed::no(plan));
        };
        // A side whose rows are all kept is not restricted by the other side.
        let (left_confined, right_confined) = join.join_type.on_lr_is_preserved();
        let mut changed = false;
        for (left, right) in join.on.clone() {
            let (Some(left), Some(right)) = (column_of(&left), column_of(&right)) else {
                continue;
            };
            let is_left = is_mailbox(&join.left, left);
            if is_left == is_mailbox(&join.right, right) {
                continue;
            }
            let (side, column, confined) = match is_left {
                true => (&mut join.left, left, left_confined),
                false => (&mut join.right, right, right_confined),
            };
            // The side that the list restricts, not the one that provides it.
            let chosen = Chosen {
                by_list: match join.join_type {
                    JoinType::LeftSemi => is_left,
                    JoinType::RightSemi => !is_left,
                    _ => false,
                },
            };
            if confined && let Some(marked) = chosen.marked(side, column)? {
                *side = Arc::new(marked);
                changed = true;
            }
        }
        let plan = LogicalPlan::Join(join);
        Ok(match changed {
            true => Transformed::yes(plan),
            false => Transformed::no(plan),
        })
    }
}

/// Whether the column is the `mailbox` of a scan's table.
fn is_mailbox(plan: &LogicalPlan, column: &Column) -> bool {
    let defined = origin(plan, column).and_then(|(scan, column)| definition_of(scan, &column));
    defined.is_some_and(|column| column.filter == Filter::Mailbox)
}

/// How the statement names mailboxes.
struct Chosen {
    /// As a list from a query.
    by_list: bool,
}

impl Chosen {
    /// The plan, changed so that the column's scan reads the mailboxes of a join; `None` if it reads
    /// others.
    fn marked(&self, plan: &LogicalPlan, column: &Column) -> Result<Option<LogicalPlan>> {
        lineage::with_provider(plan, column, &|scan, _| {
            let provider = lineage::provider(scan)?;
            let is_free = self.by_list || !provider.has_mailboxes();
            let is_marked = provider.reads_joined_mailboxes() || names_mailboxes(scan, &provider);
            (is_free && !is_marked).then(|| provider.with_joined_mailboxes())
        })
    }
}

fn names_mailboxes(scan: &TableScan, provider: &TableProvider) -> bool {
    let filters = scan.filters.iter().flat_map(split_conjunction);
    let filters: Vec<Expr> = filters.cloned().collect();
    provider.names_mailboxes(&filters)
}
