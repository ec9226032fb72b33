//! Conditions that joins and subqueries give a scan while the statement runs.

pub mod example;
pub mod join_keys;
pub mod subquery_values;
