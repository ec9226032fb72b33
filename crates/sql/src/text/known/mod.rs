//! Whether a statement has nothing but what the driver knows.
//!
//! The parser reads the SQL of many databases, and the engine passes over some clauses without a word, so that a
//! statement would mean something else than its author thinks. Here every clause, every form of an expression and
//! every function is on a list, and anything else is refused with what to write instead. Nodes are taken apart field by
//! field, so that a new field of the parser does not compile before somebody has decided about it.

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

/// Refuses what is not on the lists.
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

/// `what` is refused, and `instead` says what to write.
fn refused(span: Span, what: &str, instead: &str) -> Error {
    message(span, &format!("{what} is not supported; {instead}"))
}

/// An error at a place of the text, if the place is known.
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

/// Refuses a clause that is there. Its place is looked up only then, because that walks through all that is inside.
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
