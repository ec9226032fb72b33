//! Faults between the driver and Graph: every kind of fault in every place gives the right rows or
//! a right error, without lost or duplicate rows, in bounded time and memory. docs/faults.md shows
//! the outcomes.
//!
//! `WRITE_DOCS=1` updates the page.

// Entities are written in one piece.
#![recursion_limit = "256"]

mod absence;
#[path = "../common/mod.rs"]
mod common;
mod kinds;
mod links;
mod matrix;
mod memory;
mod places;
mod repeats;
#[path = "../support/mod.rs"]
mod support;
mod texts;
