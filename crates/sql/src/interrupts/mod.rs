//! Interrupts statements that compute.
//!
//! The engine yields only where it waits, and a join of a million rows with a million others never
//! waits. So the thread that computes for a statement has its end signal, and checks it at many
//! places: between the rules of the optimizer, for every batch of a join and of rows in memory, and for
//! every block of pairs for which the condition of a join is evaluated. `engine/watch.rs` adds these
//! checks to the engine.

mod condition;
mod exec;
mod signal;

pub use condition::WatchedCondition;
pub use exec::WatchedExec;
pub use signal::{cancelled, check, within};
