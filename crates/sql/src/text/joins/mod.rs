//! Turns `JOIN ... USING` and `NATURAL JOIN` into joins with ON, and finds names in subqueries that are ambiguous.
//!
//! A column of USING represents both sides: it is the left one if every row has a left side, the
//! right one in a RIGHT JOIN, and the one that exists in a FULL JOIN. The engine always uses the
//! left one. So an unqualified name is replaced by the right column, and `*` by its columns. That
//! needs the columns of the tables, so it is done while a statement is planned.
//!
//! The engine takes a name that two tables of a subquery have for a column of the query around it, if that has one. So
//! such a name is an error here, unless it is the name of a selected item.

mod columns;
mod scope;

use super::aggregates::is_aggregate;
use crate::{Error, ErrorKind};
use columns::Known;
use datafusion::sql::sqlparser::ast::{
    Expr, GroupByExpr, Ident, JoinConstraint, JoinOperator, OrderBy, OrderByKind, Query, Select,
    SelectItem, SetExpr, Statement, TableFactor, TableWithJoins, Value, VisitMut, VisitorMut,
};
use scope::{Names, Scope, constraint};
use std::ops::ControlFlow;

/// Rewrites the joins of a statement, and names of selected items in its subqueries. `columns`
/// returns the columns of tables, by the parts of their names in lower case.
pub fn resolve(
    statement: &mut Statement,
    columns: &dyn Fn(&[&str]) -> Option<Names>,
) -> Result<(), Error> {
    if !needs_names(statement) {
        return Ok(());
    }
    let mut resolver = Resolver {
        known: Known::new(columns),
        scopes: Vec::new(),
        tables: Vec::new(),
        waiting: Vec::new(),
        orders: Vec::new(),
        outputs: None,
        order_depth: 0,
        froms: Vec::new(),
        aggregates: 0,
    };
    match VisitMut::visit(statement, &mut resolver) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(error),
    }
}

/// Whether the statement has joins by name, or subqueries over several tables.
fn needs_names(statement: &mut Statement) -> bool {
    #[derive(Default)]
    struct Finder {
        selects: usize,
    }
    impl VisitorMut for Finder {
        type Break = ();

        fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
            self.selects += 1;
            let mut tables = select.from.iter();
            let is_inside = self.selects > 1;
            match tables.any(|table| {
                (is_inside && (select.from.len() > 1 || !table.joins.is_empty()))
                    || (table.joins.iter()).any(|join| is_by_name(&join.join_operator))
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
    VisitMut::visit(statement, &mut Finder::default()).is_break()
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
    /// The FROM clauses of these SELECTs, once they were visited.
    tables: Vec<Vec<TableWithJoins>>,
    /// For each enclosing query, the scope for its SELECT.
    waiting: Vec<Option<Scope>>,
    /// The order of each enclosing query, which is outside of its SELECT.
    orders: Vec<Option<Order>>,
    /// Names that the current order uses for selected items; in a union all names are such.
    outputs: Option<Vec<String>>,
    /// The number of scopes around that order.
    order_depth: usize,
    /// The FROM clauses that are being visited.
    froms: Vec<From>,
    /// The number of enclosing aggregate calls. Names in them are columns of the tables.
    aggregates: usize,
}

/// The part of a FROM clause that was visited. The condition of a join sees only these tables.
struct From {
    /// The position of its scope.
    scope: usize,
    /// The first table of each enclosing parenthesis, and of the list's item.
    starts: Vec<usize>,
    visited: usize,
    /// The number of enclosing parentheses with a name, which are one table.
    named: usize,
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
            let is_inside = !self.scopes.is_empty();
            if let SetExpr::Select(select) = query.body.as_ref()
                && is_inside
            {
                as_positions(&mut order.keys, select, &order.scope);
            }
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
        let is_inside = !self.scopes.is_empty();
        if let GroupByExpr::Expressions(keys, _) = &mut select.group_by
            && is_inside
        {
            for key in keys {
                as_item(key, &select.projection, &scope);
            }
        }
        self.scopes.push(scope);
        self.froms.push(From {
            scope: self.scopes.len() - 1,
            starts: Vec::new(),
            visited: 0,
            named: 0,
        });
        for tables in &mut select.from {
            if let Some(from) = self.froms.last_mut() {
                from.starts = vec![from.visited];
            }
            VisitMut::visit(tables, self)?;
        }
        self.froms.pop();
        self.tables.push(std::mem::take(&mut select.from));
        ControlFlow::Continue(())
    }

    fn post_visit_select(&mut self, select: &mut Select) -> ControlFlow<Error> {
        self.scopes.pop();
        select.from = self.tables.pop().unwrap_or_default();
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<Error> {
        if let (TableFactor::NestedJoin { alias, .. }, Some(from)) = (factor, self.froms.last_mut())
        {
            from.starts.push(from.visited);
            from.named += usize::from(alias.is_some());
        }
        ControlFlow::Continue(())
    }

    fn post_visit_table_factor(&mut self, factor: &mut TableFactor) -> ControlFlow<Error> {
        let Some(from) = self.froms.last_mut() else {
            return ControlFlow::Continue(());
        };
        let is_table = match factor {
            TableFactor::NestedJoin { alias, .. } => {
                from.starts.pop();
                from.named -= usize::from(alias.is_some());
                alias.is_some()
            }
            _ => true,
        };
        from.visited += usize::from(is_table && from.named == 0);
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Error> {
        self.aggregates += usize::from(is_aggregate(expr));
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Error> {
        self.aggregates -= usize::from(is_aggregate(expr));
        if let Expr::Identifier(name) = expr {
            let is_output = self.is_output(&name.value);
            for (depth, scope) in self.scopes.iter().enumerate().rev() {
                // The engine refuses an ambiguous name of the outermost query.
                let is_ambiguous = depth > 0 && self.is_ambiguous(&name.value, depth);
                if is_output && !is_ambiguous {
                    break;
                }
                if let Some(meaning) = scope.merged(&name.value) {
                    *expr = meaning.clone();
                    break;
                }
                if is_ambiguous {
                    return ControlFlow::Break(of_several(&name.value));
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

    /// Whether several tables of a scope have the name, as far as its FROM clause was visited.
    fn is_ambiguous(&self, name: &str, scope: usize) -> bool {
        let from = self.froms.iter().find(|from| from.scope == scope);
        let scope = &self.scopes[scope];
        match from {
            Some(from) => {
                let start = from.starts.last().copied().unwrap_or_default();
                scope.is_ambiguous_among(name, start..from.visited)
            }
            None => scope.is_ambiguous(name),
        }
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

/// Replaces names of selected items in ORDER BY by their positions, if the tables make them ambiguous.
fn as_positions(order: &mut OrderBy, select: &Select, scope: &Scope) {
    let OrderByKind::Expressions(keys) = &mut order.kind else {
        return;
    };
    for key in keys {
        if let Some(place) = item_of(&key.expr, &select.projection, scope) {
            key.expr = Expr::value(Value::Number((place + 1).to_string(), false));
        }
    }
}

/// Replaces the name of a selected item in GROUP BY by the item, if the tables make it ambiguous.
fn as_item(key: &mut Expr, items: &[SelectItem], scope: &Scope) {
    if let Some(place) = item_of(key, items, scope)
        && let SelectItem::ExprWithAlias { expr, .. } | SelectItem::UnnamedExpr(expr) =
            &items[place]
    {
        *key = expr.clone();
    }
}

/// The position of the selected item that an ambiguous name stands for.
fn item_of(key: &Expr, items: &[SelectItem], scope: &Scope) -> Option<usize> {
    let Expr::Identifier(name) = key else {
        return None;
    };
    let is_plain = |item: &SelectItem| {
        matches!(
            item,
            SelectItem::ExprWithAlias { .. } | SelectItem::UnnamedExpr(_)
        )
    };
    let is_named = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { alias, .. } => alias.value == name.value,
        SelectItem::UnnamedExpr(Expr::CompoundIdentifier(parts)) => {
            parts.last().is_some_and(|part| part.value == name.value)
        }
        _ => false,
    };
    let place = items.iter().position(is_named)?;
    (scope.is_ambiguous(&name.value) && items[..=place].iter().all(is_plain)).then_some(place)
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

fn of_several(name: &str) -> Error {
    Error::new(
        ErrorKind::ColumnNotFound,
        format!(
            "column {name} is in more than one of the tables; write the table's name before it"
        ),
    )
}
