//! Conversions as callers see them.

mod matrix;
mod numbers;
mod parameter_matrix;
mod parameters;
mod retrieval;
mod rowset;
mod support;
