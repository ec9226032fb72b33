//! What joins and subqueries tell a scan once the statement runs.

pub mod example;
pub mod join_keys;
pub mod subquery_values;
