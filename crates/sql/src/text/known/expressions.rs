//! The forms of expressions.

use super::calls;
use super::names::{ITEMS, NO_LISTS, OVERLAY, REGEX, ZONES};
use super::refusal::{refused, without};
use crate::Error;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, CaseWhen, CeilFloorKind, DataType, DateTimeField, Expr, Interval, Spanned,
    TimezoneInfo, TypedString, UnaryOperator, Value, ValueWithSpan,
};
use datafusion::sql::sqlparser::tokenizer::Span;

const OUT_OF_JSON: &str = "write JSON_VALUE(column, '$.name')";

pub fn expression(expr: &Expr) -> Result<(), Error> {
    let refuse = |what: &str, instead: &str| Err(refused(expr.span(), what, instead));
    match expr {
        Expr::Identifier(_)
        | Expr::CompoundIdentifier(_)
        | Expr::IsFalse(_)
        | Expr::IsNotFalse(_)
        | Expr::IsTrue(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::IsUnknown(_)
        | Expr::IsNotUnknown(_)
        | Expr::IsDistinctFrom(_, _)
        | Expr::IsNotDistinctFrom(_, _)
        | Expr::Nested(_)
        | Expr::Subquery(_)
        | Expr::GroupingSets(_)
        | Expr::Cube(_)
        | Expr::Rollup(_)
        // A row as a value is refused once the types are known.
        | Expr::Tuple(_)
        // The visitor visits its parts.
        | Expr::Value(_) => Ok(()),
        Expr::InList { expr: _, list: _, negated: _ }
        | Expr::InSubquery { expr: _, subquery: _, negated: _ }
        | Expr::Between { expr: _, negated: _, low: _, high: _ }
        | Expr::Exists { subquery: _, negated: _ }
        | Expr::Position { expr: _, r#in: _ }
        | Expr::Substring { expr: _, substring_from: _, substring_for: _, special: _, shorthand: _ }
        | Expr::Trim { trim_where: _, trim_what: _, expr: _, trim_characters: _ }
        | Expr::Extract { field: _, syntax: _, expr: _ } => Ok(()),
        Expr::BinaryOp { left: _, op, right: _ } => binary(op, expr),
        Expr::UnaryOp { op, expr: _ } => match op {
            UnaryOperator::Plus | UnaryOperator::Minus | UnaryOperator::Not => Ok(()),
            _ => refuse("this operator", "write a function, such as ABS or SQRT, or NOT"),
        },
        Expr::Like { negated: _, any, expr: _, pattern: _, escape_char: _ }
        | Expr::ILike { negated: _, any, expr: _, pattern: _, escape_char: _ } => {
            without(*any, || expr.span(), "LIKE ANY", "write a LIKE 'x' OR a LIKE 'y'")
        }
        Expr::AnyOp { left: _, compare_op: _, right, is_some: _ }
        | Expr::AllOp { left: _, compare_op: _, right } => {
            let is_query = matches!(**right, Expr::Subquery(_));
            without(!is_query, || expr.span(), "ANY or ALL of something else than a query", "write IN (...)")
        }
        Expr::Cast { kind: _, expr: _, data_type, array, format } => {
            without(*array, || expr.span(), "CAST to an array", NO_LISTS)?;
            let instead = "write TO_CHAR or FORMAT to make a text of a pattern";
            without(format.is_some(), || expr.span(), "FORMAT in CAST", instead)?;
            self::data_type(data_type, || expr.span())
        }
        Expr::TypedString(TypedString { data_type, value, uses_odbc_syntax: _ }) => {
            self::data_type(data_type, || value.span)
        }
        Expr::Interval(Interval {
            value: _,
            leading_field: _,
            leading_precision: _,
            last_field: _,
            fractional_seconds_precision: _,
        }) => Ok(()),
        Expr::Case { case_token: _, end_token: _, operand: _, conditions, else_result: _ } => {
            for CaseWhen { condition: _, result: _ } in conditions {}
            Ok(())
        }
        Expr::Ceil { expr: _, field } | Expr::Floor { expr: _, field } => match field {
            CeilFloorKind::DateTimeField(DateTimeField::NoDateTime) => Ok(()),
            CeilFloorKind::DateTimeField(_) | CeilFloorKind::Scale(_) => {
                refuse("CEIL or FLOOR TO", "write DATE_TRUNC or ROUND")
            }
        },
        Expr::Function(function) => calls::call(function),
        Expr::CompoundFieldAccess { .. } | Expr::JsonAccess { .. } => {
            refuse("a part of a value", OUT_OF_JSON)
        }
        Expr::IsNormalized { .. } => refuse("IS NORMALIZED", "compare the texts"),
        Expr::InUnnest { .. } => refuse("UNNEST", "write IN (SELECT ...)"),
        Expr::SimilarTo { .. } => refuse("SIMILAR TO", REGEX),
        Expr::RLike { .. } => refuse("RLIKE", REGEX),
        Expr::Convert { .. } => refuse(
            "this form of CONVERT",
            "write CONVERT(value, SQL_VARCHAR) or CAST(value AS VARCHAR(10))",
        ),
        Expr::AtTimeZone { timestamp: _, time_zone: _ } => Ok(()),
        Expr::Overlay { .. } => refuse("OVERLAY", OVERLAY),
        Expr::Collate { .. } => refuse(
            "COLLATE",
            "texts are compared exactly; write LOWER(a) = 'x' to compare without case",
        ),
        Expr::Prefixed { .. } => refuse("a text with this prefix", "write 'text' or N'text'"),
        Expr::Struct { .. }
        | Expr::Named { .. }
        | Expr::Dictionary(_)
        | Expr::Map(_)
        | Expr::Array(_) => refuse("a value made of several values", NO_LISTS),
        Expr::MatchAgainst { .. } => {
            refuse("MATCH AGAINST", "write SEARCH('words') or CONTAINS(*, 'words')")
        }
        Expr::Wildcard(_) | Expr::QualifiedWildcard(..) => {
            refuse("a star inside an expression", "name a column")
        }
        Expr::OuterJoin(_) => refuse("(+)", "write LEFT JOIN"),
        Expr::Prior(_) => refuse("PRIOR", "write WITH RECURSIVE"),
        Expr::Lambda(_) => refuse("a lambda", NO_LISTS),
        Expr::MemberOf(_) => refuse("MEMBER OF", ITEMS),
    }
}

fn binary(operator: &BinaryOperator, expr: &Expr) -> Result<(), Error> {
    let refuse = |instead: &str| {
        Err(refused(
            expr.span(),
            &format!("the operator {operator}"),
            instead,
        ))
    };
    match operator {
        BinaryOperator::Plus
        | BinaryOperator::Minus
        | BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Modulo
        | BinaryOperator::StringConcat
        | BinaryOperator::Gt
        | BinaryOperator::Lt
        | BinaryOperator::GtEq
        | BinaryOperator::LtEq
        | BinaryOperator::Spaceship
        | BinaryOperator::Eq
        | BinaryOperator::NotEq
        | BinaryOperator::And
        | BinaryOperator::Or
        | BinaryOperator::BitwiseAnd
        | BinaryOperator::BitwiseOr => Ok(()),
        BinaryOperator::Xor => refuse("write (a AND NOT b) OR (b AND NOT a)"),
        BinaryOperator::BitwiseXor | BinaryOperator::PGBitwiseXor | BinaryOperator::PGExp => {
            refuse("write POWER(a, b), or (a | b) - (a & b) for the bits that differ")
        }
        BinaryOperator::DuckIntegerDivide | BinaryOperator::MyIntegerDivide => {
            refuse("write a / b, which gives a whole number of whole numbers")
        }
        BinaryOperator::Match
        | BinaryOperator::Regexp
        | BinaryOperator::PGRegexMatch
        | BinaryOperator::PGRegexIMatch
        | BinaryOperator::PGRegexNotMatch
        | BinaryOperator::PGRegexNotIMatch => refuse(REGEX),
        BinaryOperator::PGLikeMatch
        | BinaryOperator::PGILikeMatch
        | BinaryOperator::PGNotLikeMatch
        | BinaryOperator::PGNotILikeMatch
        | BinaryOperator::PGStartsWith => refuse("write LIKE"),
        BinaryOperator::Arrow
        | BinaryOperator::LongArrow
        | BinaryOperator::HashArrow
        | BinaryOperator::HashLongArrow => refuse(OUT_OF_JSON),
        _ => refuse("write a function, or one of the operators + - * / % || = <> < <= > >="),
    }
}

pub fn value(value: &ValueWithSpan) -> Result<(), Error> {
    match value.value {
        Value::Number(..)
        | Value::SingleQuotedString(_)
        | Value::NationalStringLiteral(_)
        | Value::HexStringLiteral(_)
        | Value::Boolean(_)
        | Value::Null
        | Value::Placeholder(_) => Ok(()),
        _ => Err(refused(
            value.span,
            "this form of a text",
            "write 'text' or N'text', and CHAR(10) for a character that cannot be typed",
        )),
    }
}

/// A type that values can have.
fn data_type(data_type: &DataType, span: impl Fn() -> Span) -> Result<(), Error> {
    use DataType as Sql;
    let is_zoned =
        |zone: &TimezoneInfo| matches!(zone, TimezoneInfo::WithTimeZone | TimezoneInfo::Tz);
    match data_type {
        Sql::Time(_, zone) | Sql::Timestamp(_, zone) if is_zoned(zone) => {
            Err(refused(span(), "a type with a time zone", ZONES))
        }
        Sql::Character(_)
        | Sql::Char(_)
        | Sql::CharacterVarying(_)
        | Sql::CharVarying(_)
        | Sql::Varchar(_)
        | Sql::Nvarchar(_)
        | Sql::Uuid
        | Sql::CharacterLargeObject(_)
        | Sql::CharLargeObject(_)
        | Sql::Clob(_)
        | Sql::Text
        | Sql::TinyText
        | Sql::MediumText
        | Sql::LongText
        | Sql::String(_)
        | Sql::Binary(_)
        | Sql::Varbinary(_)
        | Sql::Blob(_)
        | Sql::Bytea
        | Sql::Numeric(_)
        | Sql::Decimal(_)
        | Sql::Dec(_)
        | Sql::Float(_)
        | Sql::Real
        | Sql::Float4
        | Sql::Float8
        | Sql::Double(_)
        | Sql::DoublePrecision
        | Sql::TinyInt(_)
        | Sql::SmallInt(_)
        | Sql::Int2(_)
        | Sql::MediumInt(_)
        | Sql::Int(_)
        | Sql::Int4(_)
        | Sql::Integer(_)
        | Sql::BigInt(_)
        | Sql::Int8(_)
        | Sql::Signed
        | Sql::SignedInteger
        | Sql::Bit(_)
        | Sql::Bool
        | Sql::Boolean
        | Sql::Date
        | Sql::Time(..)
        | Sql::Datetime(_)
        | Sql::Timestamp(..)
        | Sql::Interval { .. } => Ok(()),
        // The planner knows which of them exist.
        Sql::Custom(..) => Ok(()),
        other => Err(refused(
            span(),
            &format!("the type {}", shortened(&other.to_string())),
            "write one of the types that SQLGetTypeInfo lists, such as VARCHAR(10), INTEGER, BIGINT, DECIMAL(10, 2), \
             DOUBLE, DATE or TIMESTAMP",
        )),
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}
