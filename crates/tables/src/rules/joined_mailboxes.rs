//! Joins that choose mailboxes.
//!
//! A statement that does not name mailboxes reads those of the connection. `WHERE mailbox IN (SELECT
//! userPrincipalName FROM Users ...)` names them, as a list of names does. A join names them where the connection
//! has none: `FROM Users u JOIN Messages m ON m.mailbox = u.userPrincipalName` is then about the mail of those
//! users. With a mailbox of its own, such a join asks who owns it, and not for the mail of a whole company.
//!
//! A table of which mailboxes are named so holds the rows of every mailbox of the directory, and its scan
//! reads those that the join can use.

use super::TableProvider;
use super::definition::Filter;
use super::lineage::{inside, origin, plain};
use datafusion::catalog::default_table_source::{DefaultTableSource, source_as_provider};
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
        // A side whose rows all come, whatever the other side holds, is not confined by it.
        let (left_confined, right_confined) = join.join_type.on_lr_is_preserved();
        let mut changed = false;
        for (left, right) in join.on.clone() {
            let (Some(left), Some(right)) = (plain(&left), plain(&right)) else {
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
            // The side of which the list is asked, not the one that gives it.
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

/// Whether the column is the `mailbox` of a table, under whatever name.
fn is_mailbox(plan: &LogicalPlan, column: &Column) -> bool {
    origin(plan, column).is_some_and(|(scan, column)| provider_of(scan, &column).is_some())
}

fn provider_of(scan: &TableScan, column: &Column) -> Option<TableProvider> {
    let provider = source_as_provider(&scan.source).ok()?;
    let provider = provider.downcast_ref::<TableProvider>()?;
    let is_mailbox = provider.column(column.name())?.filter == Filter::Mailbox;
    is_mailbox.then(|| provider.clone())
}

/// How the statement names mailboxes.
struct Chosen {
    /// As a list that a query gives.
    by_list: bool,
}

impl Chosen {
    /// The plan with the scan of the column reading the mailboxes of a join; `None` where it reads others.
    fn marked(&self, plan: &LogicalPlan, column: &Column) -> Result<Option<LogicalPlan>> {
        if let LogicalPlan::TableScan(scan) = plan {
            return Ok(self.marked_scan(scan, column));
        }
        let Some((index, column)) = inside(plan, column) else {
            return Ok(None);
        };
        let mut inputs: Vec<LogicalPlan> = plan.inputs().into_iter().cloned().collect();
        let Some(input) = self.marked(&inputs[index], &column)? else {
            return Ok(None);
        };
        inputs[index] = input;
        plan.with_new_exprs(plan.expressions(), inputs).map(Some)
    }

    fn marked_scan(&self, scan: &TableScan, column: &Column) -> Option<LogicalPlan> {
        let provider = provider_of(scan, column)?;
        let is_free = self.by_list || !provider.has_mailboxes();
        if !is_free || provider.reads_joined_mailboxes() || names_mailboxes(scan, &provider) {
            return None;
        }
        let provider = Arc::new(provider.with_joined_mailboxes());
        Some(LogicalPlan::TableScan(TableScan {
            source: Arc::new(DefaultTableSource::new(provider)),
            ..scan.clone()
        }))
    }
}

fn names_mailboxes(scan: &TableScan, provider: &TableProvider) -> bool {
    let filters = scan.filters.iter().flat_map(split_conjunction);
    let filters: Vec<Expr> = filters.cloned().collect();
    provider.names_mailboxes(&filters)
}
