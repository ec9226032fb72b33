//! Common table expressions of `WITH RECURSIVE` that are not recursive. The planner takes any union
//! there for the recursive form, and drops its ORDER BY and LIMIT, unless it is in parentheses.

use super::queries;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{Cte, ObjectName, Query, SetExpr, visit_relations};
use std::ops::ControlFlow;

pub fn rewrite(query: &mut Query) -> Result<(), Error> {
    let Some(with) = query.with.as_mut().filter(|with| with.recursive) else {
        return Ok(());
    };
    for cte in &mut with.cte_tables {
        if !matches!(cte.query.body.as_ref(), SetExpr::SetOperation { .. }) {
            continue;
        }
        if !is_recursive(cte) {
            *cte.query = queries::query_of(SetExpr::Query(cte.query.clone()));
        } else if has_more(&cte.query) {
            return Err(Error::new(
                ErrorKind::NotSupported,
                format!(
                    "ORDER BY and LIMIT of the recursive query {} are not supported; write them in the query that reads it",
                    cte.alias.name.value
                ),
            ));
        }
    }
    Ok(())
}

fn is_recursive(cte: &Cte) -> bool {
    let own = |name: &ObjectName| {
        let mut parts = name.0.iter().filter_map(|part| part.as_ident());
        matches!((parts.next(), parts.next()), (Some(part), None) if part.value == cte.alias.name.value)
    };
    let found = visit_relations(&cte.query, |name| match own(name) {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    });
    found.is_break()
}

fn has_more(query: &Query) -> bool {
    query.order_by.is_some() || query.limit_clause.is_some() || query.fetch.is_some()
}
