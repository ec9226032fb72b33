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
use crate::companion::Kind;
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
            let left = mailbox(&join.left, &left);
            let right = mailbox(&join.right, &right);
            let is_left = left.is_some();
            let (side, column, confined) = match (left, right) {
                (Some(left), None) => (&mut join.left, left, left_confined),
                (None, Some(right)) => (&mut join.right, right, right_confined),
                _ => continue,
            };
            // The side that the list restricts, not the one that provides it.
            let chosen = Chosen {
                may_be_list: match join.join_type {
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

/// The column that an expression is, if it is the `mailbox` of a scan's table.
fn mailbox<'e>(plan: &LogicalPlan, expr: &'e Expr) -> Option<&'e Column> {
    let column = column_of(expr)?;
    let (scan, defined) = origin(plan, column)?;
    let defined = definition_of(scan, &defined)?;
    (defined.filter == Filter::Mailbox).then_some(column)
}

/// How the statement names mailboxes.
struct Chosen {
    /// Perhaps as a list from a query. The optimizer makes the same of EXISTS, and of a join whose other columns nobody
    /// needs.
    may_be_list: bool,
}

impl Chosen {
    /// The plan, changed so that the column's scan reads the mailboxes of a join; `None` if it reads
    /// others.
    fn marked(&self, plan: &LogicalPlan, column: &Column) -> Result<Option<LogicalPlan>> {
        lineage::with_provider(plan, column, &|scan, _| {
            let provider = lineage::provider(scan)?;
            let is_list = self.may_be_list && has_companion(scan, &provider, Kind::Listed);
            let is_free = is_list || !provider.has_mailboxes();
            let is_marked =
                provider.reads_joined_mailboxes() || has_companion(scan, &provider, Kind::Named);
            (is_free && !is_marked).then(|| provider.with_joined_mailboxes())
        })
    }
}

fn has_companion(scan: &TableScan, provider: &TableProvider, kind: Kind) -> bool {
    let filters = scan.filters.iter().flat_map(split_conjunction);
    let filters: Vec<Expr> = filters.cloned().collect();
    provider.has_companion(&filters, kind)
}
