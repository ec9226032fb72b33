//! Saying: what `EXPLAIN` and `EXPLAIN ANALYZE` tell of a scan.

pub mod explain;
pub mod graph_work;
pub mod heavy;
mod requests;
#[cfg(test)]
mod tests;
pub mod used;
