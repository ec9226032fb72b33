//! From the parsed statement to one that the engine plans.

mod aggregates;
mod group_by_all;
mod groups;
mod intervals;
mod labels;
mod like;
mod limits;
mod numbers;
mod queries;
mod recursion;
mod references;
mod regexp_flags;
mod row_subqueries;
mod rows;
mod searches;
mod type_names;
mod units;
mod windows;
mod zones;

pub use labels::label;
pub use queries::select;
pub use references::{spelling, tables};
pub use type_names::{NAMED_CAST, custom_type};

use super::call::call;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    Expr, Ident, Query, Select, UnaryOperator, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// Rewrites expressions and clauses everywhere in the query.
pub fn rewrite(query: &mut Query) -> Result<(), Error> {
    match VisitMut::visit(query, &mut Rewriter { subqueries: 0 }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}

/// Subqueries inside subqueries in expressions. Measured: each level doubles the optimizer's work, and
/// sixteen take it a fifth of a second.
const DEEPEST_SUBQUERY: usize = 16;

struct Rewriter {
    /// Number of enclosing subqueries in expressions.
    subqueries: usize,
}

impl VisitorMut for Rewriter {
    type Break = Error;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<Error> {
        flow(recursion::rewrite(query))?;
        windows::rewrite_order(query);
        flow(limits::rewrite(query))
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<Error> {
        flow(group_by_all::rewrite(select))?;
        groups::rewrite(select);
        windows::rewrite(select);
        let conditions = select.selection.iter_mut().chain(&mut select.having);
        for condition in conditions {
            flow(row_subqueries::rewrite_alone(condition))?;
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Error> {
        self.subqueries += usize::from(is_subquery(expr));
        match self.subqueries > DEEPEST_SUBQUERY {
            true => ControlFlow::Break(Error::new(
                ErrorKind::NotSupported,
                format!("subqueries are nested more than {DEEPEST_SUBQUERY} levels deep"),
            )),
            false => ControlFlow::Continue(()),
        }
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Error> {
        self.subqueries -= usize::from(is_subquery(expr));
        match expr {
            Expr::Like { .. } | Expr::ILike { .. } => flow(like::rewrite(expr)),
            Expr::Cast { .. } | Expr::TypedString(_) => {
                type_names::rewrite(expr);
                ControlFlow::Continue(())
            }
            Expr::Identifier(name) if is_user(name) => {
                *expr = call(name.clone(), Vec::new());
                ControlFlow::Continue(())
            }
            Expr::Function(function) => {
                units::rewrite(function);
                searches::rewrite(function);
                aggregates::rewrite(function);
                flow(regexp_flags::rewrite(function))?;
                groups::rewrite_rank(expr);
                ControlFlow::Continue(())
            }
            Expr::Value(value) if numbers::is_approximate(&value.value) => {
                flow(numbers::rewrite(expr))
            }
            Expr::AtTimeZone { .. } => {
                zones::rewrite(expr);
                ControlFlow::Continue(())
            }
            Expr::Interval(interval) => flow(intervals::rewrite(interval)),
            Expr::UnaryOp {
                op: UnaryOperator::Minus,
                expr,
            } if matches!(**expr, Expr::Interval(_)) => {
                intervals::keep_together(expr);
                ControlFlow::Continue(())
            }
            Expr::InSubquery { .. } | Expr::AnyOp { .. } | Expr::AllOp { .. } => {
                flow(row_subqueries::rewrite(expr))
            }
            Expr::BinaryOp { .. }
            | Expr::InList { .. }
            | Expr::Between { .. }
            | Expr::IsNull(_)
            | Expr::IsNotNull(_) => {
                flow(rows::rewrite(expr))?;
                flow(row_subqueries::rewrite(expr))
            }
            _ => ControlFlow::Continue(()),
        }
    }
}

/// A name for a function without parentheses. In quotes it is a column.
fn is_user(name: &Ident) -> bool {
    const NAMES: [&str; 4] = [
        "current_catalog",
        "current_user",
        "session_user",
        "system_user",
    ];
    let is_name = |each: &&str| each.eq_ignore_ascii_case(&name.value);
    name.quote_style.is_none() && NAMES.iter().any(is_name)
}

fn is_subquery(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Subquery(_) | Expr::InSubquery { .. } | Expr::Exists { .. }
    )
}

fn flow(result: Result<(), Error>) -> ControlFlow<Error> {
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => ControlFlow::Break(error),
    }
}
