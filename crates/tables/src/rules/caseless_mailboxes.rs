//! Comparisons of mailboxes, which are without case.
//!
//! `mailbox` is always in lower case, however the statement, the connection or the directory writes
//! the name. So a comparison is without case if the other side is in lower case, too. This rule
//! writes that into the plan, before anything is moved or pushed: `mailbox = 'Ann@x.org'` becomes
//! `mailbox = 'ann@x.org'`, and `mailbox = u.userPrincipalName` compares with
//! `LOWER(u.userPrincipalName)`. From then on every comparison is an exact one, whether the engine
//! or a scan evaluates it. Groups and orders need nothing, because a mailbox has one spelling.

use super::mailbox_values::{Input, Inputs, outputs_of};
use crate::conditions;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::functions::string;
use datafusion::logical_expr::expr::{Case, Exists, InList, InSubquery, Like, SetComparison};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::{
    Between, BinaryExpr, Expr, LogicalPlan, Operator, Projection, Subquery,
};
use datafusion::optimizer::AnalyzerRule;
use std::mem;
use std::sync::Arc;

#[derive(Debug)]
pub struct CaselessMailboxes;

impl AnalyzerRule for CaselessMailboxes {
    fn name(&self) -> &str {
        "caseless_mailboxes"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        Ok(Walk::default().plan(plan)?.0)
    }
}

/// The place in a statement.
#[derive(Default)]
struct Walk {
    inputs: Inputs,
}

impl Walk {
    /// The plan, and the positions of its columns that hold mailboxes.
    fn plan(&mut self, plan: LogicalPlan) -> Result<(LogicalPlan, Vec<usize>)> {
        let mut own = Vec::new();
        let plan = plan.map_children(|child| {
            let (child, mailboxes) = self.plan(child)?;
            own.push(Input::new(&child, mailboxes));
            Ok(Transformed::yes(child))
        })?;
        let mut plan = plan.data;
        let before = mem::take(&mut self.inputs);
        self.inputs = Inputs::of(own, before.into_outer());
        if let LogicalPlan::Join(join) = &mut plan {
            for (left, right) in &mut join.on {
                self.alike(left, right);
            }
        }
        let names = NamePreserver::new(&plan);
        let plan = plan.map_expressions(|expr| {
            let name = names.save(&expr);
            let expr = expr.transform_up(|part| self.part(part))?;
            Ok(expr.update_data(|expr| name.restore(expr)))
        })?;
        let plan = plan.data;
        let outputs = self.inputs.outputs(&plan);
        Ok((plan, outputs))
    }

    fn part(&mut self, part: Expr) -> Result<Transformed<Expr>> {
        let part = self.with_subquery(part)?;
        Ok(Transformed::yes(match part {
            Expr::BinaryExpr(comparison) if is_comparison(comparison.op) => {
                self.comparison(*comparison.left, comparison.op, *comparison.right)
            }
            Expr::InList(list) => self.list(list),
            Expr::Between(between) => self.between(between),
            Expr::Like(like) => {
                let case_insensitive = like.case_insensitive || self.inputs.is_mailbox(&like.expr);
                Expr::Like(Like {
                    case_insensitive,
                    ..like
                })
            }
            Expr::Case(case) => Expr::Case(self.case(case)),
            Expr::ScalarFunction(mut call) if call.name() == "nullif" => {
                let [left, right] = call.args.as_mut_slice() else {
                    return Ok(Transformed::no(Expr::ScalarFunction(call)));
                };
                // The first value is the result, too, and stays as it is.
                match (self.inputs.is_mailbox(left), self.inputs.is_mailbox(right)) {
                    (false, true) => null_if(left, right),
                    _ => {
                        self.alike(left, right);
                        Expr::ScalarFunction(call)
                    }
                }
            }
            Expr::InSubquery(mut list) => {
                self.alike_list(&mut list.expr, &mut list.subquery)?;
                Expr::InSubquery(list)
            }
            Expr::SetComparison(mut comparison) => {
                self.alike_list(&mut comparison.expr, &mut comparison.subquery)?;
                Expr::SetComparison(comparison)
            }
            other => return Ok(Transformed::no(other)),
        }))
    }

    /// The expression with its own query, if it has one, rewritten.
    fn with_subquery(&mut self, part: Expr) -> Result<Expr> {
        Ok(match part {
            Expr::ScalarSubquery(subquery) => Expr::ScalarSubquery(self.subquery(subquery)?),
            Expr::Exists(exists) => Expr::Exists(Exists {
                subquery: self.subquery(exists.subquery)?,
                ..exists
            }),
            Expr::InSubquery(list) => Expr::InSubquery(InSubquery {
                subquery: self.subquery(list.subquery)?,
                ..list
            }),
            Expr::SetComparison(comparison) => Expr::SetComparison(SetComparison {
                subquery: self.subquery(comparison.subquery)?,
                ..comparison
            }),
            other => other,
        })
    }

    fn subquery(&mut self, subquery: Subquery) -> Result<Subquery> {
        let outer = mem::take(&mut self.inputs).around_subquery();
        self.inputs = Inputs::of(Vec::new(), outer);
        let plan = self.plan(Arc::unwrap_or_clone(Arc::clone(&subquery.subquery)));
        self.inputs = Inputs::from_around(mem::take(&mut self.inputs).into_outer());
        Ok(subquery.with_plan(Arc::new(plan?.0)))
    }

    fn comparison(&self, mut left: Expr, operator: Operator, mut right: Expr) -> Expr {
        self.alike(&mut left, &mut right);
        Expr::BinaryExpr(BinaryExpr::new(Box::new(left), operator, Box::new(right)))
    }

    /// If one of two compared values is a mailbox, the other one in lower case.
    fn alike(&self, left: &mut Expr, right: &mut Expr) {
        match (self.inputs.is_mailbox(left), self.inputs.is_mailbox(right)) {
            (true, false) => lower(right),
            (false, true) => lower(left),
            _ => {}
        }
    }

    fn list(&self, mut list: InList) -> Expr {
        if self.inputs.is_mailbox(&list.expr) {
            let items = list.list.iter_mut();
            items
                .filter(|item| !self.inputs.is_mailbox(item))
                .for_each(lower);
            return Expr::InList(list);
        }
        if !list.list.iter().any(|item| self.inputs.is_mailbox(item)) {
            return Expr::InList(list);
        }
        // Only some of the comparisons are without case.
        let items = list.list.into_iter();
        let equal = items.map(|item| self.comparison((*list.expr).clone(), Operator::Eq, item));
        let any = conditions::joined(equal.collect(), Expr::or);
        negated(any.unwrap_or_default(), list.negated)
    }

    fn between(&self, mut between: Between) -> Expr {
        let bounds = [&between.low, &between.high].map(|bound| self.inputs.is_mailbox(bound));
        if self.inputs.is_mailbox(&between.expr) {
            for bound in [&mut between.low, &mut between.high] {
                if !self.inputs.is_mailbox(bound) {
                    lower(bound);
                }
            }
            return Expr::Between(between);
        }
        if bounds == [false, false] {
            return Expr::Between(between);
        }
        let low = self.comparison((*between.expr).clone(), Operator::GtEq, *between.low);
        let high = self.comparison(*between.expr, Operator::LtEq, *between.high);
        negated(low.and(high), between.negated)
    }

    /// `CASE mailbox WHEN ...`
    fn case(&self, mut case: Case) -> Case {
        let operand = case.expr.as_deref();
        if operand.is_some_and(|operand| self.inputs.is_mailbox(operand)) {
            let compared = case.when_then_expr.iter_mut().map(|(compared, _)| compared);
            compared
                .filter(|compared| !self.inputs.is_mailbox(compared))
                .for_each(|compared| lower(compared));
        }
        case
    }

    /// The same for a value and the column of a list.
    fn alike_list(&self, value: &mut Expr, list: &mut Subquery) -> Result<()> {
        let is_listed = outputs_of(&list.subquery).contains(&0);
        match (self.inputs.is_mailbox(value), is_listed) {
            (true, false) => list.subquery = Arc::new(lower_column(&list.subquery)?),
            (false, true) => lower(value),
            _ => {}
        }
        Ok(())
    }
}

fn is_comparison(operator: Operator) -> bool {
    use Operator::{Eq, Gt, GtEq, IsDistinctFrom, IsNotDistinctFrom, Lt, LtEq, NotEq};
    matches!(
        operator,
        Eq | NotEq | Lt | LtEq | Gt | GtEq | IsDistinctFrom | IsNotDistinctFrom
    )
}

/// `NULLIF(value, mailbox)`
fn null_if(value: &Expr, mailbox: &Expr) -> Expr {
    let mut compared = value.clone();
    lower(&mut compared);
    let null = Expr::Literal(ScalarValue::Utf8(None), None);
    Expr::Case(Case {
        expr: None,
        when_then_expr: vec![(Box::new(compared.eq(mailbox.clone())), Box::new(null))],
        else_expr: Some(Box::new(value.clone())),
    })
}

fn negated(condition: Expr, is_negated: bool) -> Expr {
    match is_negated {
        true => Expr::Not(Box::new(condition)),
        false => condition,
    }
}

/// Puts a value in lower case. Constants are replaced at once, so that they name mailboxes.
fn lower(value: &mut Expr) {
    *value = match mem::take(value) {
        Expr::Literal(ScalarValue::Utf8(Some(text)), metadata) => {
            Expr::Literal(ScalarValue::Utf8(Some(text.to_lowercase())), metadata)
        }
        other @ Expr::Literal(..) => other,
        Expr::ScalarFunction(call) if call.name() == string::lower().name() => {
            Expr::ScalarFunction(call)
        }
        other => string::lower().call(vec![other]),
    };
}

/// A list with its only column in lower case.
fn lower_column(list: &Arc<LogicalPlan>) -> Result<LogicalPlan> {
    let column = Column::from(list.schema().qualified_field(0));
    let name = column.name.clone();
    let mut value = Expr::Column(column);
    lower(&mut value);
    let lowered = Projection::try_new(vec![value.alias(name)], Arc::clone(list))?;
    Ok(LogicalPlan::Projection(lowered))
}
