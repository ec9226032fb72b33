//! Faults between the driver and Graph: every kind of fault in every place gives the right rows or
//! a right error, without lost or duplicate rows, in bounded time and memory. docs/faults.md shows
//! the outcomes.
//!
//! `WRITE_DOCS=1` updates the page.

mod absence;
mod kinds;
mod links;
mod matrix;
mod memory;
mod places;
mod repeats;
mod texts;
