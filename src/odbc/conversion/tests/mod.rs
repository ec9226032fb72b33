//! Conversions as callers see them.

mod matrix;
mod numbers;
mod parameters;
mod retrieval;
mod rowset;
mod support;
