//! The scalar functions that the `{fn ...}` escape runs: what the SQL layer says it has.

pub use exchange_sql::functions::SCALAR_FUNCTIONS;
