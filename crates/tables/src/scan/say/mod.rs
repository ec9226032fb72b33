//! The words of `EXPLAIN` and `EXPLAIN ANALYZE` about a scan.

pub mod explain;
pub mod graph_work;
pub mod heavy;
mod requests;
#[cfg(test)]
mod tests;
pub mod used;
