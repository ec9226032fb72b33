//! Turns `JOIN ... USING` and `NATURAL JOIN` into joins with ON.
//!
//! A column of USING represents both sides: it is the left one if every row has a left side, the
//! right one in a RIGHT JOIN, and the one that exists in a FULL JOIN. The engine always uses the
//! left one. So an unqualified name is replaced by the right column, and `*` by its columns. That
//! needs the columns of the tables, so it is done while a statement is planned.

mod columns;
mod scope;

use super::aggregates::is_aggregate;
use crate::Error;
use columns::Known;
use datafusion::sql::sqlparser::ast::{
    Expr, Ident, JoinConstraint, JoinOperator, OrderBy, Query, Select, SelectItem, SetExpr,
    Statement, TableFactor, TableWithJoins, VisitMut, VisitorMut,
};
use scope::{Names, Scope, constraint};
use std::ops::ControlFlow;

/// Rewrites the joins of a statement. `columns` returns the columns of tables, by their names in
/// lower case.
pub fn resolve(
    statement: &mut Statement,
    columns: &dyn Fn(&str) -> Option<Names>,
) -> Result<(), Error> {
    if !has_joins_by_name(statement) {
        return Ok(());
    }
    let mut resolver = Resolver {
        known: Known::new(columns),
        scopes: Vec::new(),
        waiting: Vec::new(),
        orders: Vec::new(),
        outputs: None,
        order_depth: 0,
        aggregates: 0,
    };
    match VisitMut::visit(statement, &mut resolver) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}

fn has_joins_by_name(statement: &mut Statement) -> bool {
    struct Finder;
    impl VisitorMut for Finder {
        type Break = ();

        fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
            let mut tables = select.from.iter();
            match tables.any(|table| {
                table
                    .joins
                    .iter()
                    .any(|join| is_by_name(&join.join_operator))
            }) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        }

        fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<()> {
            match factor {
                TableFactor::NestedJoin {
                    table_with_joins, ..
                } if (table_with_joins.joins.iter())
                    .any(|join| is_by_name(&join.join_operator)) =>
                {
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        }
    }
    VisitMut::visit(statement, &mut Finder).is_break()
}

fn is_by_name(operator: &JoinOperator) -> bool {
    constraint(operator).is_some_and(|constraint| {
        matches!(
            constraint,
            JoinConstraint::Using(_) | JoinConstraint::Natural
        )
    })
}

struct Resolver<'a> {
    known: Known<'a>,
    /// The enclosing SELECTs.
    scopes: Vec<Scope>,
    /// For each enclosing query, the scope for its SELECT.
    waiting: Vec<Option<Scope>>,
    /// The order of each enclosing query, which is outside of its SELECT.
    orders: Vec<Option<Order>>,
    /// Names that the current order uses for selected items; in a union all names are such.
    outputs: Option<Vec<String>>,
    /// The number of scopes around that order.
    order_depth: usize,
    /// The number of enclosing aggregate calls. Names in them are columns of the tables.
    aggregates: usize,
}

/// `ORDER BY`, and the meaning of names in it.
struct Order {
    keys: OrderBy,
    scope: Scope,
    outputs: Option<Vec<String>>,
}

impl VisitorMut for Resolver<'_> {
    type Break = Error;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<Error> {
        flow(self.known.enter(query))?;
        let (scope, outputs) = match query.body.as_mut() {
            SetExpr::Select(select) => {
                let scope = flow(self.scope(&mut select.from))?;
                (Some(scope), Some(output_names(select)))
            }
            _ => (None, None),
        };
        self.orders.push(query.order_by.take().map(|keys| Order {
            keys,
            scope: scope.clone().unwrap_or_default(),
            outputs,
        }));
        self.waiting.push(scope);
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &mut Query) -> ControlFlow<Error> {
        self.waiting.pop();
        if let Some(mut order) = self.orders.pop().flatten() {
            self.scopes.push(order.scope);
            let outputs = std::mem::replace(&mut self.outputs, order.outputs);
            let depth = std::mem::replace(&mut self.order_depth, self.scopes.len());
            VisitMut::visit(&mut order.keys, self)?;
            self.outputs = outputs;
            self.order_depth = depth;
            self.scopes.pop();
            query.order_by = Some(order.keys);
        }
        self.known.leave();
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<Error> {
        let scope = match self.waiting.last_mut().and_then(Option::take) {
            Some(scope) => scope,
            None => flow(self.scope(&mut select.from))?,
        };
        select.projection = std::mem::take(&mut select.projection)
            .into_iter()
            .flat_map(|item| expanded(item, &scope))
            .collect();
        self.scopes.push(scope);
        ControlFlow::Continue(())
    }

    fn post_visit_select(&mut self, _: &mut Select) -> ControlFlow<Error> {
        self.scopes.pop();
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Error> {
        self.aggregates += usize::from(is_aggregate(expr));
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Error> {
        self.aggregates -= usize::from(is_aggregate(expr));
        if let Expr::Identifier(name) = expr {
            if self.is_output(&name.value) {
                return ControlFlow::Continue(());
            }
            for scope in self.scopes.iter().rev() {
                if let Some(meaning) = scope.merged(&name.value) {
                    *expr = meaning.clone();
                    break;
                }
                if scope.has(&name.value) {
                    break;
                }
            }
        }
        ControlFlow::Continue(())
    }
}

impl Resolver<'_> {
    fn scope(&self, from: &mut [TableWithJoins]) -> Result<Scope, Error> {
        Scope::of(from, &|factor| self.known.of_factor(factor))
    }

    fn is_output(&self, name: &String) -> bool {
        let is_key = self.scopes.len() == self.order_depth && self.order_depth > 0;
        is_key
            && self.aggregates == 0
            && (self.outputs.as_ref()).is_none_or(|outputs| outputs.contains(name))
    }
}

/// The columns that an item expands to. A column of USING keeps its name.
fn expanded(item: SelectItem, scope: &Scope) -> Vec<SelectItem> {
    if !scope.has_merged() {
        return vec![item];
    }
    match item {
        SelectItem::Wildcard(_) => scope
            .all()
            .map(|(name, expr)| SelectItem::ExprWithAlias {
                expr: expr.clone(),
                alias: Ident::with_quote('"', name),
            })
            .collect(),
        SelectItem::UnnamedExpr(Expr::Identifier(name)) if scope.merged(&name.value).is_some() => {
            vec![SelectItem::ExprWithAlias {
                expr: Expr::Identifier(name.clone()),
                alias: name,
            }]
        }
        other => vec![other],
    }
}

/// The names that ORDER BY can use for selected items.
fn output_names(select: &Select) -> Vec<String> {
    let names = select.projection.iter().filter_map(|item| match item {
        SelectItem::ExprWithAlias { alias, .. } => Some(alias.value.clone()),
        SelectItem::UnnamedExpr(Expr::Identifier(name)) => Some(name.value.clone()),
        _ => None,
    });
    names.collect()
}

fn flow<T>(result: Result<T, Error>) -> ControlFlow<Error, T> {
    match result {
        Ok(value) => ControlFlow::Continue(value),
        Err(error) => ControlFlow::Break(error),
    }
}
