//! Temporary tables: rows in memory that belong to one connection and go with it.
//!
//! A [`TemporaryTable`] checks what is put into it and hands its rows to the engine; [`TemporaryTables`] are
//! those of a connection. What statements do with them is in `sql/engine/change.rs`.

mod keys;
mod rows;
mod table;
mod tables;

pub use table::TemporaryTable;
pub use tables::{TemporaryTables, already_there};
