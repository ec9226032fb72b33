//! Groups of all rows, and the types of ranks.

use crate::text::call::call;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, CastKind, DataType, Expr, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, GroupByExpr, Ident, Select,
};

/// `HAVING` without `GROUP BY` makes one group of all rows, with or without an aggregate. The
/// planner requires an aggregate.
pub fn rewrite(select: &mut Select) {
    let is_ungrouped =
        matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if keys.is_empty());
    if !is_ungrouped {
        return;
    }
    if let Some(condition) = select.having.take() {
        select.having = Some(Expr::BinaryOp {
            left: Box::new(Expr::Nested(Box::new(condition))),
            op: BinaryOperator::And,
            right: Box::new(Expr::IsNotNull(Box::new(count()))),
        });
    }
}

fn count() -> Expr {
    let mut count = call(Ident::new("count"), Vec::new());
    if let Expr::Function(function) = &mut count {
        function.args = FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args: vec![FunctionArg::Unnamed(FunctionArgExpr::Wildcard)],
            clauses: Vec::new(),
        });
    }
    count
}

/// Ranks are BIGINT, but the engine has its own type for them.
pub fn rewrite_rank(expr: &mut Expr) {
    const RANKS: [&str; 4] = ["row_number", "rank", "dense_rank", "ntile"];
    let Expr::Function(function) = expr else {
        return;
    };
    let name = function.name.to_string().to_ascii_lowercase();
    if function.over.is_some() && RANKS.contains(&name.as_str()) {
        *expr = Expr::Cast {
            kind: CastKind::Cast,
            expr: Box::new(expr.clone()),
            data_type: DataType::BigInt(None),
            array: false,
            format: None,
        };
    }
}
