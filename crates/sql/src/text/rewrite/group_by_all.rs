//! `GROUP BY ALL`: groups by the items of the select list that have no aggregate.

use crate::text::aggregates::is_aggregate;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    Expr, GroupByExpr, Query, Select, SelectItem, Visit, Visitor,
};
use std::ops::ControlFlow;

pub fn rewrite(select: &mut Select) -> Result<(), Error> {
    if !matches!(select.group_by, GroupByExpr::All(_)) {
        return Ok(());
    }
    let mut keys = Vec::new();
    let mut constants = false;
    for item in &select.projection {
        let (SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) = item else {
            return Err(refused("a star"));
        };
        let found = Found::in_expr(expr);
        if found.window {
            return Err(refused("a window function"));
        }
        if found.aggregate {
            continue;
        }
        match found.varies {
            true => keys.push(expr.clone()),
            false => constants = true,
        }
    }
    // Databases differ in whether no rows give one row.
    if constants && keys.is_empty() {
        return Err(refused("constants alone"));
    }
    select.group_by = GroupByExpr::Expressions(keys, Vec::new());
    Ok(())
}

fn refused(what: &str) -> Error {
    Error::new(
        ErrorKind::Syntax,
        format!(
            "GROUP BY ALL is not supported beside {what} in the select list; name the columns after GROUP BY"
        ),
    )
}

/// The contents of an expression, without subqueries.
#[derive(Default)]
struct Found {
    aggregate: bool,
    window: bool,
    /// A column, a function or a subquery.
    varies: bool,
    depth: usize,
}

impl Found {
    fn in_expr(expr: &Expr) -> Self {
        let mut found = Self::default();
        let _ = expr.visit(&mut found);
        found
    }
}

impl Visitor for Found {
    type Break = ();

    fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.varies = true;
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if self.depth > 0 {
            return ControlFlow::Continue(());
        }
        match expr {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.varies = true,
            Expr::Function(function) => {
                self.varies = true;
                self.window |= function.over.is_some();
                self.aggregate |= is_aggregate(expr);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}
