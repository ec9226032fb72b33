//! Replaces the names of `WINDOW w AS (...)` by their definition, because the planner does not know
//! them in QUALIFY, ORDER BY and subqueries.

use datafusion::sql::sqlparser::ast::{
    Expr, Function, NamedWindowDefinition, NamedWindowExpr, Query, Select, SetExpr, VisitMut,
    VisitorMut, WindowSpec, WindowType,
};
use std::ops::ControlFlow;

/// Rewrites the order of a query, which belongs to its SELECT.
pub fn rewrite_order(query: &mut Query) {
    if let SetExpr::Select(select) = query.body.as_ref()
        && !select.named_window.is_empty()
    {
        let mut names = Names::of(&select.named_window);
        let _ = VisitMut::visit(&mut query.order_by, &mut names);
    }
}

pub fn rewrite(select: &mut Select) {
    if select.named_window.is_empty() {
        return;
    }
    let mut names = Names::of(&std::mem::take(&mut select.named_window));
    let _ = VisitMut::visit(&mut select.projection, &mut names);
    let _ = VisitMut::visit(&mut select.qualify, &mut names);
}

struct Names {
    windows: Vec<(String, WindowSpec)>,
    /// Number of enclosing queries inside of the SELECT, which have their own names.
    depth: usize,
}

impl Names {
    fn of(definitions: &[NamedWindowDefinition]) -> Self {
        let mut windows: Vec<(String, WindowSpec)> = Vec::new();
        for NamedWindowDefinition(name, window) in definitions {
            let spec = match window {
                NamedWindowExpr::WindowSpec(spec) => Some(spec.clone()),
                NamedWindowExpr::NamedWindow(other) => found(&windows, &other.value).cloned(),
            };
            if let Some(spec) = spec {
                windows.push((name.value.clone(), spec));
            }
        }
        Self { windows, depth: 0 }
    }
}

fn found<'a>(windows: &'a [(String, WindowSpec)], name: &str) -> Option<&'a WindowSpec> {
    let mut windows = windows.iter();
    Some(&windows.find(|(known, _)| known == name)?.1)
}

impl VisitorMut for Names {
    type Break = ();

    fn pre_visit_query(&mut self, _: &mut Query) -> ControlFlow<()> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &mut Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if self.depth == 0
            && let Expr::Function(Function {
                over: Some(over), ..
            }) = expr
            && let WindowType::NamedWindow(name) = over
            && let Some(spec) = found(&self.windows, &name.value)
        {
            *over = WindowType::WindowSpec(spec.clone());
        }
        ControlFlow::Continue(())
    }
}
