//! Long unions.
//!
//! A union of many queries leans to the left and is as deep as the number of queries. If all are
//! joined in the same way, only their order matters, so the tree can be as flat as possible.

use datafusion::sql::sqlparser::ast::{
    Query, SetExpr, SetOperator, SetQuantifier, Statement, Values, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// The statement with balanced unions.
pub fn balanced(mut statement: Statement) -> Statement {
    // From the outside to the inside, so that nothing descends into a deep tree.
    let _ = VisitMut::visit(&mut statement, &mut Balancer);
    statement
}

struct Balancer;

impl VisitorMut for Balancer {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        balance(&mut query.body);
        ControlFlow::Continue(())
    }
}

fn balance(body: &mut SetExpr) {
    let Some(kind) = union(body) else {
        return;
    };
    let mut branches = Vec::new();
    let mut rest = std::mem::replace(body, nothing());
    loop {
        rest = match rest {
            SetExpr::SetOperation {
                op: SetOperator::Union,
                set_quantifier,
                left,
                right,
            } if set_quantifier == kind => {
                branches.push(*right);
                *left
            }
            first => {
                branches.push(first);
                break;
            }
        };
    }
    branches.reverse();
    // The first branch can be a union of another kind.
    balance(&mut branches[0]);
    while branches.len() > 1 {
        let mut pairs = Vec::with_capacity(branches.len().div_ceil(2));
        let mut rest = branches.into_iter();
        while let Some(left) = rest.next() {
            pairs.push(match rest.next() {
                Some(right) => SetExpr::SetOperation {
                    op: SetOperator::Union,
                    set_quantifier: kind,
                    left: Box::new(left),
                    right: Box::new(right),
                },
                None => left,
            });
        }
        branches = pairs;
    }
    *body = branches.pop().unwrap_or_else(nothing);
}

/// How the last query of a union is joined.
fn union(body: &SetExpr) -> Option<SetQuantifier> {
    match body {
        SetExpr::SetOperation {
            op: SetOperator::Union,
            set_quantifier:
                kind @ (SetQuantifier::All | SetQuantifier::Distinct | SetQuantifier::None),
            ..
        } => Some(*kind),
        _ => None,
    }
}

fn nothing() -> SetExpr {
    SetExpr::Values(Values {
        explicit_row: false,
        rows: Vec::new(),
        value_keyword: false,
    })
}
