//! The arguments of SEARCH and CONTAINS in T-SQL's syntax: stars become texts, and columns in
//! parentheses arguments.

use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, ObjectNamePart, Value,
};
use exchange_tables::search;

pub fn rewrite(function: &mut Function) {
    let [ObjectNamePart::Identifier(name)] = function.name.0.as_slice() else {
        return;
    };
    if !search::NAMES.contains(&name.value.as_str()) {
        return;
    }
    let FunctionArguments::List(list) = &mut function.args else {
        return;
    };
    let Some(FunctionArg::Unnamed(first)) = list.args.first_mut() else {
        return;
    };
    let columns = match first {
        FunctionArgExpr::Wildcard => Vec::new(),
        FunctionArgExpr::QualifiedWildcard(table) => {
            let Some(ObjectNamePart::Identifier(table)) = table.0.last() else {
                return;
            };
            let name = Value::SingleQuotedString(table.value.clone());
            vec![Expr::Value(name.with_empty_span())]
        }
        FunctionArgExpr::Expr(Expr::Tuple(columns)) => std::mem::take(columns),
        _ => return,
    };
    let argument = |expr| FunctionArg::Unnamed(FunctionArgExpr::Expr(expr));
    list.args.splice(..1, columns.into_iter().map(argument));
}
