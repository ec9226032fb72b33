//! Reading rows: from a description of what a statement needs to batches.
//!
//! [`Scan`] is data, which [`ScanExec`] carries through the planner. Its modules form rooms. Each room uses
//! only earlier ones:
//!
//! - [`plan`]: which requests a scan takes. A pure function gives the steps.
//! - [`late`]: what joins and subqueries tell a scan while the statement runs.
//! - [`read`]: sends the requests of the steps, and makes rows of the replies.
//! - [`say`]: prints the same steps for `EXPLAIN`, and the figures for `EXPLAIN ANALYZE`.

mod exec;
mod late;
mod plan;
mod read;
mod say;

pub use exec::ScanExec;
pub use late::subquery_values::is_comparison;
pub use plan::mailboxes::{Mailboxes, mailboxes};
pub use plan::order::can_be_sorted;
pub use plan::scan::{Lists, Scan};
pub use plan::values::Values;
pub use say::heavy::is_bounded;
pub use say::used::counted;
