//! OData: query options, the grammar of filters, and their meaning for a row.
//!
//! Parsing ([`parser`]) knows nothing of Graph. Binding ([`bind`]) gives names their types and asks
//! the collection's rules whether Graph accepts the expression. Evaluation ([`eval`]) tests a row.

pub mod ast;
pub mod bind;
mod constant;
pub mod eval;
pub mod extended;
mod lexer;
pub mod moment;
pub mod order;
pub mod pairs;
pub mod parser;
pub mod query;
pub mod select;
mod target;
#[cfg(test)]
mod tests;
