//! Predicates as `$filter` text.

use super::datetime::{self, Notation};
use super::simple::{constant, simple};
use super::term::{Term, both, either};
use super::{elements, like, literal};
use crate::ColumnType;
use crate::definition::{Column, DirectoryFilter, Filter, Support, Table};
use datafusion::logical_expr::expr::{InList, Like};
use datafusion::logical_expr::{Between, BinaryExpr, Expr, Operator};
use exchange_config::Zone;
use std::mem;

/// Maximum terms of one `or` chain, which replaces `in`; longer lists are split
/// (docs/graph.md#filter-syntax).
const LONGEST_CHAIN: usize = 15;

/// Maximum requests for a list; for a longer one, all rows are read and checked.
const MOST_PARTS: usize = 10;

/// The condition in OData, or a looser one, or `None` if Graph could only answer more strictly.
pub fn translate(table: &Table, expr: &Expr, zone: Zone) -> Option<Term> {
    match expr {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::And,
            right,
        }) => both(translate(table, left, zone), translate(table, right, zone)),
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Or,
            right,
        }) => match (literal::is_null(left), literal::is_null(right)) {
            // Unknown selects no row.
            (true, _) => translate(table, right, zone),
            (_, true) => translate(table, left, zone),
            _ => either(vec![
                translate(table, left, zone)?,
                translate(table, right, zone)?,
            ]),
        },
        Expr::BinaryExpr(BinaryExpr { left, op, right }) => match column(table, left) {
            Some(column) => comparison(column, *op, right, zone),
            None => comparison(column(table, right)?, op.swap()?, left, zone),
        },
        Expr::Between(Between {
            expr,
            negated: false,
            low,
            high,
        }) => {
            let column = column(table, expr)?;
            both(
                comparison(column, Operator::GtEq, low, zone),
                comparison(column, Operator::LtEq, high, zone),
            )
        }
        Expr::InList(InList {
            expr,
            list,
            negated: false,
        }) if list.len() <= LONGEST_CHAIN => {
            let column = column(table, expr)?;
            let constants = list.iter().filter(|item| !literal::is_null(item));
            let terms: Option<Vec<Term>> = constants
                .map(|item| comparison(column, Operator::Eq, item, zone))
                .collect();
            either(terms?)
        }
        Expr::Like(Like {
            negated: false,
            expr,
            pattern,
            escape_char,
            case_insensitive: _,
        }) => like_term(
            column(table, expr)?,
            literal::text(pattern)?,
            escape_char.unwrap_or('\\'),
        ),
        Expr::IsNull(inner) => is_null(column(table, inner)?),
        Expr::IsNotNull(inner) => always(column(table, inner)?),
        Expr::ScalarFunction(call) if call.name() == elements::FUNCTION => match &call.args[..] {
            [list, item] => elements::includes(column(table, list)?, literal::text(item)?),
            _ => None,
        },
        Expr::Column(_) => boolean(column(table, expr)?, true),
        Expr::IsTrue(inner) => boolean(column(table, inner)?, true),
        Expr::IsFalse(inner) | Expr::Not(inner) => boolean(column(table, inner)?, false),
        _ => None,
    }
}

/// A list that is too long for one `$filter`, in parts that fit. A row may meet several parts if
/// texts differ only in case.
pub fn parts(table: &Table, expr: &Expr, room: usize, zone: Zone) -> Option<Vec<Term>> {
    let Expr::InList(InList {
        expr,
        list,
        negated: false,
    }) = expr
    else {
        return None;
    };
    let column = column(table, expr)?;
    let constants = list.iter().filter(|item| !literal::is_null(item));
    let mut parts: Vec<Term> = Vec::new();
    let (mut part, mut left) = (Vec::new(), room);
    for item in constants {
        let term = comparison(column, Operator::Eq, item, zone)?;
        let length = term.text.len() + " or ".len();
        if !part.is_empty() && (part.len() == LONGEST_CHAIN || length > left) {
            parts.push(either(mem::take(&mut part))?);
            left = room;
        }
        left = left.checked_sub(length)?;
        part.push(term);
        if parts.len() == MOST_PARTS {
            return None;
        }
    }
    parts.extend(either(part));
    Some(parts)
}

/// A condition that holds for every row that has the property at all (docs/graph.md#messages-order).
pub fn always(column: &'static Column) -> Option<Term> {
    let property = column.odata_path()?;
    match column.filter {
        Filter::DateTimeOffset => {
            simple(column, format!("{property} ge 0001-01-01T00:00:00Z"), true)
        }
        _ => None,
    }
}

/// Whether rows that meet the condition are attachments that no body shows.
pub fn excludes_inline(expr: &Expr) -> bool {
    let is_inline = |expr: &Expr| matches!(expr, Expr::Column(column) if column.name.eq_ignore_ascii_case("isInline"));
    match expr {
        Expr::Not(inner) | Expr::IsFalse(inner) => is_inline(inner),
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Eq,
            right,
        }) => {
            let sides = [(left, right), (right, left)];
            sides.iter().any(|(column, constant)| {
                is_inline(column) && literal::boolean(constant) == Some(false)
            })
        }
        _ => false,
    }
}

fn column(table: &Table, expr: &Expr) -> Option<&'static Column> {
    match expr {
        Expr::Column(column) => table.column(&column.name),
        _ => None,
    }
}

fn comparison(
    column: &'static Column,
    operator: Operator,
    value: &Expr,
    zone: Zone,
) -> Option<Term> {
    let property = column.odata_path()?;
    match column.filter {
        Filter::Boolean => {
            let truth = literal::boolean(value)?;
            match operator {
                Operator::Eq => boolean(column, truth),
                Operator::NotEq => boolean(column, !truth),
                _ => None,
            }
        }
        Filter::Enumeration(members) if operator == Operator::Eq => {
            let member = literal::text(value)?;
            // Any other text is an error in Graph and an empty result in SQL, so it is checked
            // locally (docs/graph.md#messages-filter).
            members
                .contains(&member)
                .then(|| simple(column, format!("{property} eq '{member}'"), true))?
        }
        Filter::Items | Filter::ContactAddress if operator == Operator::Eq => {
            elements::equality(column, literal::text(value)?)
        }
        Filter::Text { .. } if operator == Operator::Eq => equality(column, literal::text(value)?),
        Filter::DateTimeOffset => range(column, operator, value, Notation::DateTimeOffset, zone),
        Filter::QuotedDateTime => range(column, operator, value, Notation::Quoted, zone),
        Filter::Directory(supported) => directory(column, supported, operator, value, zone),
        _ => None,
    }
}

/// `eq`, or the prefix that replaces it. Both compare without case (docs/graph.md#text-comparison).
fn equality(column: &'static Column, value: &str) -> Option<Term> {
    let property = column.odata_path()?;
    let value = constant(value)?;
    let plain = |there: bool| {
        if there {
            Support::Plain
        } else {
            Support::Never
        }
    };
    let (eq, prefix) = match column.filter {
        Filter::Text { eq, prefix, .. } => (plain(eq), plain(prefix)),
        Filter::Directory(supported) => (supported.eq, supported.starts_with),
        _ => (Support::Never, Support::Never),
    };
    match eq {
        Support::Never => {
            let text = format!("startswith({property},{value})");
            supported(column, prefix, text, false)
        }
        _ => supported(column, eq, format!("{property} eq {value}"), false),
    }
}

fn range(
    column: &'static Column,
    operator: Operator,
    constant: &Expr,
    notation: Notation,
    zone: Zone,
) -> Option<Term> {
    let moments = datetime::moments(literal::moment(constant)?, column, zone)?;
    let text = datetime::compare(&column.odata_path()?, operator, moments, notation)?;
    let mut term = simple(
        column,
        text,
        datetime::is_exact(operator, moments, notation),
    )?;
    term.compound = operator == Operator::Eq;
    Some(term)
}

fn directory(
    column: &'static Column,
    filter: DirectoryFilter,
    operator: Operator,
    constant: &Expr,
    zone: Zone,
) -> Option<Term> {
    let property = column.odata_path()?;
    if let Some(value) = literal::boolean(constant) {
        return match operator {
            Operator::Eq => boolean(column, value),
            Operator::NotEq => boolean(column, !value),
            _ => None,
        };
    }
    if let Some(time) = literal::moment(constant) {
        let moments = datetime::moments(time, column, zone)?;
        let support = match operator {
            Operator::Gt | Operator::GtEq => filter.ge,
            Operator::Lt | Operator::LtEq => filter.le,
            Operator::Eq if filter.ge == filter.le => filter.ge,
            _ => return None,
        };
        let text = datetime::compare_closed(&property, operator, moments)?;
        let exact = operator == Operator::GtEq
            && datetime::is_exact(operator, moments, Notation::DateTimeOffset);
        let mut term = supported(column, support, text, exact)?;
        term.compound = operator == Operator::Eq;
        return Some(term);
    }
    let value = literal::text(constant)?;
    (operator == Operator::Eq).then(|| equality(column, value))?
}

fn is_null(column: &'static Column) -> Option<Term> {
    let Filter::Directory(filter) = column.filter else {
        return None;
    };
    let text = format!("{} eq null", column.odata_path()?);
    supported(column, filter.is_null, text, true)
}

fn boolean(column: &'static Column, value: bool) -> Option<Term> {
    let text = format!("{} eq {value}", column.odata_path()?);
    match column.filter {
        Filter::Boolean => simple(column, text, true),
        Filter::Directory(filter) if column.column_type == ColumnType::Bit => {
            supported(column, filter.eq, text, true)
        }
        _ => None,
    }
}

/// A term that depends on the support: it may need an advanced query, or may not be accepted at all
/// (docs/graph.md#advanced-queries).
fn supported(column: &'static Column, support: Support, text: String, exact: bool) -> Option<Term> {
    let mut term = simple(column, text, exact)?;
    term.is_advanced = support == Support::Advanced;
    support.is_there().then_some(term)
}

fn like_term(column: &'static Column, pattern: &str, escape: char) -> Option<Term> {
    let pattern = like::parse(pattern, escape)?;
    if pattern.is_constant {
        return equality(column, &pattern.prefix);
    }
    let property = column.odata_path()?;
    let call = |support: Support, function: &str, text: &str| {
        let text = constant(text)?;
        supported(
            column,
            support,
            format!("{function}({property},{text})"),
            false,
        )
    };
    match column.filter {
        Filter::Text {
            prefix, contains, ..
        } => {
            let starts = prefix.then(|| call(Support::Plain, "startswith", &pattern.prefix));
            let holds =
                || contains.then(|| call(Support::Plain, "contains", &pattern.longest_inner));
            starts.flatten().or_else(|| holds().flatten())
        }
        Filter::Directory(filter) => call(filter.starts_with, "startswith", &pattern.prefix)
            .or_else(|| call(filter.ends_with, "endswith", &pattern.suffix)),
        _ => None,
    }
}
