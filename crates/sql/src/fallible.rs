//! Expressions that can fail for a value.
//!
//! An expression that is evaluated for more rows than the statement requires must not fail for one
//! of them. If it is not known to be safe, it counts as failing. Parts without columns are computed
//! once, whether or not they are needed.

use super::functions::type_families::{is_moment, is_text};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::DFSchema;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, Operator};

/// Functions that return a value, or null, for all arguments.
const SAFE: &[&str] = &[
    "as_number",
    "ascii",
    "bit_length",
    "btrim",
    "char_length",
    "character_length",
    "charindex",
    "coalesce",
    "concat",
    "difference",
    "ends_with",
    "greatest",
    "ifnull",
    "iif",
    "includes",
    "initcap",
    "least",
    "left",
    "length",
    "locate",
    "lower",
    "ltrim",
    "mailbox_is_named",
    "nullable",
    "nullif",
    "nvl2",
    "octet_length",
    "position",
    "replace",
    "reverse",
    "right",
    "rtrim",
    "soundex",
    "starts_with",
    "strpos",
    "translate",
    "trim",
    "truth",
    "unicode",
    "upper",
];

/// Functions that read a date from a text, and fail if it has none.
const SAFE_FOR_MOMENTS: &[&str] = &[
    "datename",
    "datepart",
    "day",
    "dayname",
    "dayofmonth",
    "dayofweek",
    "dayofyear",
    "extract",
    "hour",
    "minute",
    "month",
    "monthname",
    "quarter",
    "second",
    "week",
    "year",
];

/// Whether the expression can fail for a row.
pub fn can_fail(expr: &Expr, schema: &DFSchema) -> bool {
    let mut fails = false;
    let walked = expr.apply(|part| {
        if is_constant(part) {
            return Ok(TreeNodeRecursion::Jump);
        }
        fails = !is_safe(part, schema);
        Ok(match fails {
            true => TreeNodeRecursion::Stop,
            false => TreeNodeRecursion::Continue,
        })
    });
    fails || walked.is_err()
}

/// Whether [`can_fail`] can be true of an expression with this part. It does not need types, and is
/// quick.
pub fn needs_a_look(part: &Expr) -> bool {
    match part {
        Expr::ScalarFunction(call) => !SAFE.contains(&call.func.name()),
        part => !is_safe_form(part),
    }
}

/// Whether the value is the same for all rows.
fn is_constant(expr: &Expr) -> bool {
    let varies = expr.exists(|part| {
        Ok(matches!(
            part,
            Expr::Column(_)
                | Expr::OuterReferenceColumn(..)
                | Expr::Placeholder(_)
                | Expr::Exists(_)
                | Expr::InSubquery(_)
                | Expr::ScalarSubquery(_)
                | Expr::SetComparison(_)
        ))
    });
    !varies.unwrap_or(true)
}

/// Whether the expression itself, without its parts, always returns a value.
fn is_safe(expr: &Expr, schema: &DFSchema) -> bool {
    match expr {
        Expr::ScalarFunction(call) => is_safe_call(call, schema),
        other => is_safe_form(other),
    }
}

/// [`is_safe`] for expressions other than function calls.
fn is_safe_form(expr: &Expr) -> bool {
    match expr {
        Expr::Alias(_)
        | Expr::Between(_)
        | Expr::Case(_)
        // Casts that lose something were replaced by functions before.
        | Expr::Cast(_)
        | Expr::Column(_)
        | Expr::InList(_)
        | Expr::IsFalse(_)
        | Expr::IsNotFalse(_)
        | Expr::IsNotNull(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNotUnknown(_)
        | Expr::IsNull(_)
        | Expr::IsTrue(_)
        | Expr::IsUnknown(_)
        | Expr::Like(_)
        | Expr::Literal(..)
        | Expr::Not(_)
        | Expr::OuterReferenceColumn(..)
        | Expr::Placeholder(_) => true,
        Expr::BinaryExpr(BinaryExpr { op, .. }) => is_safe_operator(*op),
        _ => false,
    }
}

fn is_safe_operator(operator: Operator) -> bool {
    use Operator::{
        And, Eq, Gt, GtEq, IsDistinctFrom, IsNotDistinctFrom, Lt, LtEq, NotEq, Or, StringConcat,
    };
    matches!(
        operator,
        And | Eq
            | Gt
            | GtEq
            | IsDistinctFrom
            | IsNotDistinctFrom
            | Lt
            | LtEq
            | NotEq
            | Or
            | StringConcat
    )
}

fn is_safe_call(call: &ScalarFunction, schema: &DFSchema) -> bool {
    let name = call.func.name();
    let types = || {
        let types = call.args.iter().map(|arg| arg.get_type(schema).ok());
        types.collect::<Option<Vec<DataType>>>()
    };
    if SAFE.contains(&name) {
        return true;
    }
    if SAFE_FOR_MOMENTS.contains(&name) {
        // The unit's name is a constant text.
        let mut values = call.args.iter().filter(|arg| !is_constant(arg));
        return values.all(|value| value.get_type(schema).is_ok_and(|each| is_moment(&each)));
    }
    match (name, types().as_deref()) {
        ("convert", Some([source])) => {
            let target = call.func.return_type(std::slice::from_ref(source));
            target.is_ok_and(|target| is_safe_conversion(source, &target))
        }
        _ => false,
    }
}

fn is_safe_conversion(source: &DataType, target: &DataType) -> bool {
    match (source, target) {
        (_, target) if is_text(target) => true,
        (DataType::Timestamp(..), DataType::Date32 | DataType::Time64(_)) => true,
        (DataType::Boolean, target) => target.is_integer() || target.is_floating(),
        (source, DataType::Boolean) => source.is_numeric(),
        (source, DataType::Float64) => source.is_numeric(),
        _ => false,
    }
}
