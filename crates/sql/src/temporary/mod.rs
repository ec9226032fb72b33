//! Temporary tables: rows in memory that belong to one connection and disappear with it.
//!
//! A [`TemporaryTable`] checks new rows and passes its rows to the engine; [`TemporaryTables`] are
//! those of a connection. `sql/engine/change.rs` executes statements about them.

mod keys;
mod rows;
mod table;
mod tables;

pub use table::TemporaryTable;
pub use tables::{TemporaryTables, already_there};
