//! REGEXP_REPLACE with PostgreSQL's flags.

use super::super::lexer;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectNamePart, Value,
    ValueWithSpan,
};

/// A text as the fourth argument has the flags of PostgreSQL, such as `g` for all matches.
pub fn rewrite(function: &mut Function) -> Result<(), Error> {
    let [ObjectNamePart::Identifier(name)] = function.name.0.as_slice() else {
        return Ok(());
    };
    let FunctionArguments::List(list) = &mut function.args else {
        return Ok(());
    };
    if name.value != "regexp_replace" || list.args.len() != 4 {
        return Ok(());
    }
    let Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Value(ValueWithSpan {
        value: Value::SingleQuotedString(flags),
        span,
    })))) = list.args.last()
    else {
        return Ok(());
    };
    if !flags.contains('g') {
        let message = "the flags do not say how many matches to replace; write REGEXP_REPLACE(text, pattern, \
                       replacement, 1, 1, 'i') for the first one, 0 instead of the second 1 for all";
        return Err(lexer::error(ErrorKind::Syntax, span.start, message));
    }
    let others = flags.replace('g', "");
    list.args.pop();
    let number = |digits: &str| Value::Number(digits.to_owned(), false);
    for value in [number("1"), number("0"), Value::SingleQuotedString(others)] {
        let value = Expr::Value(value.with_empty_span());
        list.args
            .push(FunctionArg::Unnamed(FunctionArgExpr::Expr(value)));
    }
    Ok(())
}
