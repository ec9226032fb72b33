//! Normalizes limits, and refuses clauses that would write or lock.

use super::super::nesting;
use super::super::statement_kind::read_only;
use super::queries::query_of;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    Expr, Fetch, LimitClause, Offset, OffsetRows, Query, Select, SetExpr, SetOperator, Top,
    TopQuantity, Value,
};

/// Turns `TOP`, `FETCH FIRST` and `LIMIT a, b` into `LIMIT`, and refuses other clauses.
pub fn rewrite(query: &mut Query) -> Result<(), Error> {
    if query.for_clause.is_some() || !query.locks.is_empty() {
        return Err(not_supported("FOR UPDATE, FOR XML and FOR JSON"));
    }
    let top = match query.body.as_mut() {
        SetExpr::Select(select) => select_limit(select)?,
        body => {
            rewrite_set(body)?;
            None
        }
    };
    let fetch = query.fetch.take().map(fetch_limit).transpose()?;
    if let Some(LimitClause::OffsetCommaLimit { .. }) = &query.limit_clause
        && let Some(LimitClause::OffsetCommaLimit { offset, limit }) = query.limit_clause.take()
    {
        let offset = Offset {
            value: offset,
            rows: OffsetRows::None,
        };
        query.limit_clause = clause(Some(limit), Some(offset));
    }
    if let Some(limit) = top.or(fetch) {
        add_limit(query, limit)?;
    }
    Ok(())
}

fn add_limit(query: &mut Query, number: Expr) -> Result<(), Error> {
    let offset = match query.limit_clause.take() {
        None => None,
        Some(LimitClause::LimitOffset {
            limit: None,
            offset,
            ..
        }) => offset,
        Some(_) => {
            return Err(Error::new(
                ErrorKind::Syntax,
                "the number of rows is limited twice; use one of TOP, LIMIT and FETCH FIRST",
            ));
        }
    };
    query.limit_clause = clause(Some(number), offset);
    Ok(())
}

fn clause(limit: Option<Expr>, offset: Option<Offset>) -> Option<LimitClause> {
    Some(LimitClause::LimitOffset {
        limit,
        offset,
        limit_by: Vec::new(),
    })
}

/// Checks a `SELECT` and removes its `TOP`.
fn select_limit(select: &mut Select) -> Result<Option<Expr>, Error> {
    if select.into.is_some() {
        return Err(read_only("SELECT INTO"));
    }
    let tables = select.from.iter().map(|tables| 1 + tables.joins.len());
    if tables.sum::<usize>() > usize::from(nesting::MOST_TABLES) {
        return Err(Error::new(
            ErrorKind::NotSupported,
            nesting::too_many_tables(),
        ));
    }
    select.top.take().map(top_limit).transpose()
}

fn top_limit(top: Top) -> Result<Expr, Error> {
    if top.percent {
        return Err(not_supported("TOP with PERCENT"));
    }
    if top.with_ties {
        return Err(not_supported("TOP WITH TIES"));
    }
    Ok(match top.quantity {
        Some(TopQuantity::Expr(expr)) => expr,
        Some(TopQuantity::Constant(rows)) => number(&rows.to_string()),
        None => number("1"),
    })
}

fn fetch_limit(fetch: Fetch) -> Result<Expr, Error> {
    if fetch.percent {
        return Err(not_supported("FETCH with PERCENT"));
    }
    if fetch.with_ties {
        return Err(not_supported("FETCH WITH TIES"));
    }
    Ok(fetch.quantity.unwrap_or_else(|| number("1")))
}

/// Turns a branch with `TOP` into a separate query.
fn rewrite_set(body: &mut SetExpr) -> Result<(), Error> {
    match body {
        SetExpr::SetOperation {
            op, left, right, ..
        } => {
            if *op == SetOperator::Minus {
                *op = SetOperator::Except;
            }
            rewrite_set(left)?;
            rewrite_set(right)
        }
        SetExpr::Select(select) => {
            if let Some(limit) = select_limit(select)? {
                let mut query = query_of(SetExpr::Select(select.clone()));
                query.limit_clause = clause(Some(limit), None);
                *body = SetExpr::Query(Box::new(query));
            }
            Ok(())
        }
        SetExpr::Query(_) | SetExpr::Values(_) | SetExpr::Table(_) => Ok(()),
        SetExpr::Insert(_) => Err(read_only("INSERT")),
        SetExpr::Update(_) => Err(read_only("UPDATE")),
        SetExpr::Delete(_) => Err(read_only("DELETE")),
        SetExpr::Merge(_) => Err(read_only("MERGE")),
    }
}

fn number(digits: &str) -> Expr {
    Expr::Value(Value::Number(digits.to_owned(), false).with_empty_span())
}

fn not_supported(what: &str) -> Error {
    Error::new(ErrorKind::NotSupported, format!("{what} is not supported"))
}
