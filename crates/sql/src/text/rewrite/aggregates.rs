//! Aggregates with the names and forms of other databases.

use super::super::aggregates::SAME;
use crate::aggregates::percentile::{CONTINUOUS, DISCRETE};
use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArguments,
    ObjectNamePart, Value,
};

pub fn rewrite(function: &mut Function) {
    let [ObjectNamePart::Identifier(name)] = function.name.0.as_mut_slice() else {
        return;
    };
    if let Some((_, same)) = SAME.iter().find(|(name_, _)| *name_ == name.value) {
        name.value = (*same).to_owned();
    }
    let FunctionArguments::List(list) = &mut function.args else {
        return;
    };
    match name.value.as_str() {
        CONTINUOUS | DISCRETE => {
            for key in function.within_group.drain(..) {
                let descending = Value::Boolean(key.options.asc == Some(false));
                list.args.insert(0, argument(key.expr));
                list.args
                    .push(argument(Expr::Value(descending.with_empty_span())));
            }
        }
        // The order at T-SQL's position.
        "string_agg" if !function.within_group.is_empty() => {
            let keys = std::mem::take(&mut function.within_group);
            list.clauses.push(FunctionArgumentClause::OrderBy(keys));
        }
        _ => {}
    }
}

fn argument(expr: Expr) -> FunctionArg {
    FunctionArg::Unnamed(FunctionArgExpr::Expr(expr))
}
