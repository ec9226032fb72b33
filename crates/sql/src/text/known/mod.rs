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
mod refusal;
mod tables;

pub use names::REFUSED;

use crate::Error;
use datafusion::sql::sqlparser::ast::{
    Expr, Query, Select, TableFactor, ValueWithSpan, Visit, Visitor,
};
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
