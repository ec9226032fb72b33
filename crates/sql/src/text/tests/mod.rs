//! Statements that the text layer accepts, refuses and rewrites.

mod applications;
mod commands;
mod engine;
mod errors;
mod escapes;
mod extremes;
mod functions;
mod names;
mod properties;
mod rows;
mod spellings;

use super::{NAMED_CAST, ParseOptions, Parsed, parse};
use crate::Error;
use datafusion::sql::sqlparser::ast::{
    Expr, FunctionArg, FunctionArgExpr, FunctionArguments, visit_expressions_mut,
};
use std::ops::ControlFlow;

/// The only statement of a text.
fn one(sql: &str) -> Parsed {
    let mut statements =
        parse(sql, &ParseOptions::default()).unwrap_or_else(|error| panic!("{sql}: {error}"));
    assert_eq!(statements.len(), 1, "{sql}");
    statements.remove(0)
}

/// The statement for the engine, without the functions that give casts their names.
fn rewritten(sql: &str) -> String {
    let mut statement = one(sql).statement;
    let _ = visit_expressions_mut(&mut statement, |expr| {
        if let Expr::Function(function) = expr
            && function.name.to_string() == NAMED_CAST
            && let FunctionArguments::List(list) = &function.args
            && let Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(cast))) = list.args.first()
        {
            *expr = cast.clone();
        }
        ControlFlow::<()>::Continue(())
    });
    statement.to_string()
}

fn error(sql: &str) -> Error {
    match parse(sql, &ParseOptions::default()) {
        Ok(_) => panic!("accepted: {sql}"),
        Err(error) => error,
    }
}

/// Checks rewritten expressions, each given as (text, result).
fn check_expressions(cases: &[(&str, &str)]) {
    for (written, expected) in cases {
        let sql = format!("SELECT a FROM t WHERE {written}");
        assert_eq!(
            rewritten(&sql),
            format!("SELECT a FROM t WHERE {expected}"),
            "{written}"
        );
    }
}
