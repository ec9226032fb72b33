//! Checks that a statement only has constructs that the driver knows.
//!
//! The parser reads the SQL of many databases, and the engine silently ignores some clauses, so a
//! statement could mean something else than its author thinks. Here every clause, every form of an
//! expression and every function is on a list. Anything else is refused, and the message says what
//! to write instead. Nodes are taken apart field by field, so that a new field of the parser does
//! not compile before somebody has decided about it.

mod calls;
mod expressions;
mod names;
mod queries;
mod tables;

pub use names::REFUSED;

use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    Expr, Query, Select, TableFactor, ValueWithSpan, Visit, Visitor,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use std::ops::ControlFlow;

/// Refuses constructs that are not on the lists.
pub fn check(query: &Query) -> Result<(), Error> {
    match query.visit(&mut Checker) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}

struct Checker;

impl Visitor for Checker {
    type Break = Error;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Error> {
        flow(queries::query(query))
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<Error> {
        flow(queries::select(select))
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<Error> {
        flow(tables::factor(factor))
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Error> {
        flow(expressions::expression(expr))
    }

    fn pre_visit_value(&mut self, value: &ValueWithSpan) -> ControlFlow<Error> {
        flow(expressions::value(value))
    }
}

fn flow(result: Result<(), Error>) -> ControlFlow<Error> {
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => ControlFlow::Break(error),
    }
}

/// The error that refuses `what`; `instead` says what to write.
fn refused(span: Span, what: &str, instead: &str) -> Error {
    message(span, &format!("{what} is not supported; {instead}"))
}

/// An error with its position in the text, if known.
fn message(span: Span, text: &str) -> Error {
    let start = span.start;
    Error::new(
        ErrorKind::Syntax,
        match start.line {
            0 => text.to_owned(),
            line => format!("line {line}, column {}: {text}", start.column),
        },
    )
}

/// Refuses a clause if it exists. Its position is computed only then, because that visits all its
/// parts.
fn without(
    is_there: bool,
    span: impl FnOnce() -> Span,
    what: &str,
    instead: &str,
) -> Result<(), Error> {
    match is_there {
        true => Err(refused(span(), what, instead)),
        false => Ok(()),
    }
}
