//! The scalar functions of the `{fn ...}` escape, as the SQL layer lists them.

pub use exchange_sql::functions::SCALAR_FUNCTIONS;
