//! Conditions that protect others.
//!
//! `a <> 0 AND 10 / a > 4` must not fail where `a` is 0. The engine computes both sides for whole
//! batches, separates them, and turns a CASE whose branches are conditions into plain conditions.
//! So a condition that can fail becomes a branch of a CASE in a form that the engine does not
//! change: the branches are the numbers 1 and 0.

use super::fallible::{can_fail, needs_a_look};
use super::plans;
use datafusion::arrow::array::{AsArray, Int8Array};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::{merge_schema, split_conjunction_owned};
use datafusion::logical_expr::{
    BinaryExpr, Case, ColumnarValue, Expr, ExprSchemable, LogicalPlan, Operator,
    ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, lit,
};
use exchange_tables::conditions;
use once_cell::sync::Lazy;
use std::collections::HashSet;
use std::sync::Arc;

/// The plan with protected conditions.
pub fn guarded(plan: LogicalPlan) -> Result<LogicalPlan> {
    if !plans::has_part(&plan, needs_a_look)? {
        return Ok(plan);
    }
    plan.transform_up_with_subqueries(|node| {
        if !plans::node_has_part(&node, needs_a_look)? {
            return Ok(Transformed::no(node));
        }
        let schema = merge_schema(&node.inputs());
        // The conditions of WHERE, HAVING and ON stay separate conditions.
        let stand_alone = matches!(node, LogicalPlan::Filter(_) | LogicalPlan::Join(_));
        let names = NamePreserver::new(&node);
        node.map_expressions(|expr| {
            if !can_fail(&expr, &schema) {
                return Ok(Transformed::no(expr));
            }
            if stand_alone {
                return Ok(Transformed::yes(alone(expr, &schema)?));
            }
            let name = names.save(&expr);
            let expr = protected(expr, &schema)?;
            Ok(match expr.transformed {
                true => expr.update_data(|expr| name.restore(expr)),
                false => expr,
            })
        })
    })
    .data()
}

/// Protects the parts of an expression: the operands of AND and OR and the items of IN after the
/// first, and the branches of CASE.
fn protected(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    if !can_fail(&expr, schema) {
        return Ok(Transformed::no(expr));
    }
    match expr {
        Expr::BinaryExpr(BinaryExpr { op, .. }) if matches!(op, Operator::And | Operator::Or) => {
            let operands = operands(expr, op).into_iter();
            let operands = operands.map(|operand| protected(operand, schema).data());
            let operands = operands.collect::<Result<_>>()?;
            Ok(Transformed::yes(one_by_one(operands, op, schema)?))
        }
        Expr::InList(list) if list.list.iter().skip(1).any(|item| can_fail(item, schema)) => {
            let value = list.expr;
            let items = list.list.into_iter();
            let comparisons = items.map(|item| (*value).clone().eq(item));
            let any = protected(joined(comparisons.collect(), Operator::Or), schema)?;
            Ok(match list.negated {
                true => any.update_data(|any| Expr::Not(Box::new(any))),
                false => any,
            })
        }
        other => other
            .map_children(|child| protected(child, schema))?
            .transform_data(|expr| branches(expr, schema))?
            .transform_data(|expr| filtered(expr, schema)),
    }
}

/// The operands of a chain of AND or OR.
fn operands(expr: Expr, operator: Operator) -> Vec<Expr> {
    let mut found = Vec::new();
    let mut waiting = vec![expr];
    while let Some(expr) = waiting.pop() {
        match expr {
            Expr::BinaryExpr(BinaryExpr { left, op, right }) if op == operator => {
                waiting.push(*right);
                waiting.push(*left);
            }
            other => found.push(other),
        }
    }
    found
}

/// AND or OR of operands, each computed only if the ones before it do not decide.
fn one_by_one(operands: Vec<Expr>, operator: Operator, schema: &DFSchema) -> Result<Expr> {
    let fails = |operand: &Expr| can_fail(operand, schema);
    if !operands.iter().skip(1).any(fails) {
        return Ok(joined(operands, operator));
    }
    let decides = |operand: Expr| match operator {
        Operator::And => Expr::IsFalse(Box::new(operand)),
        _ => Expr::IsTrue(Box::new(operand)),
    };
    let is_or = i8::from(operator == Operator::Or);
    let mut branches: Vec<(Expr, Expr)> = operands
        .iter()
        .map(|operand| (decides(operand.clone()), lit(is_or)))
        .collect();
    // If no operand decides, the result is that of one that is not null. It also keeps the engine
    // from turning the CASE into conditions, as it would if all branches were constants.
    let last = operands
        .iter()
        .rposition(|operand| fails(operand) && operand.any_column_refs());
    let last = last.unwrap_or(operands.len() - 1);
    for (position, operand) in operands.iter().enumerate() {
        if position != last && operand.nullable(schema)? {
            branches.push((operand.clone().is_null(), lit(ScalarValue::Int8(None))));
        }
    }
    let otherwise = truth(operands[last].clone());
    Ok(is_true(case(branches, Some(otherwise))))
}

fn joined(operands: Vec<Expr>, operator: Operator) -> Expr {
    let join = |left: Expr, right: Expr| match operator {
        Operator::And => left.and(right),
        _ => left.or(right),
    };
    conditions::joined(operands, join).unwrap_or_else(|| lit(operator == Operator::And))
}

/// A CASE whose branches are conditions, one of which can fail.
fn branches(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    match expr {
        Expr::Case(Case {
            expr: None,
            when_then_expr,
            else_expr,
        }) => {
            let mut branches = when_then_expr
                .iter()
                .map(|(_, then)| then)
                .chain(&else_expr);
            let protects = branches.clone().any(|branch| can_fail(branch, schema))
                && branches.all(|branch| {
                    let data_type = branch.get_type(schema);
                    data_type.is_ok_and(|each| each == DataType::Boolean || each.is_null())
                });
            if !protects {
                return Ok(Transformed::no(Expr::Case(Case {
                    expr: None,
                    when_then_expr,
                    else_expr,
                })));
            }
            let branches = when_then_expr.into_iter();
            let branches = branches.map(|(when, then)| (*when, truth(*then))).collect();
            let guarded = case(branches, else_expr.map(|other| truth(*other)));
            Ok(Transformed::yes(is_true(guarded)))
        }
        other => Ok(Transformed::no(other)),
    }
}

/// An aggregate with FILTER, whose arguments the engine computes for the rows that are filtered out, too.
fn filtered(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let guard = |args: &mut Vec<Expr>, filter: &Option<Box<Expr>>| {
        let Some(filter) = filter else { return false };
        let failing = args.iter_mut().filter(|arg| can_fail(arg, schema));
        let mut has_changed = false;
        for arg in failing {
            *arg = case(vec![(filter.as_ref().clone(), std::mem::take(arg))], None);
            has_changed = true;
        }
        has_changed
    };
    Ok(match expr {
        Expr::AggregateFunction(mut call) => {
            let has_changed = guard(&mut call.params.args, &call.params.filter);
            Transformed::new_transformed(Expr::AggregateFunction(call), has_changed)
        }
        Expr::WindowFunction(mut call) => {
            let params = &mut call.params;
            let has_changed = guard(&mut params.args, &params.filter);
            Transformed::new_transformed(Expr::WindowFunction(call), has_changed)
        }
        other => Transformed::no(other),
    })
}

/// Protects conditions that are joined with AND, each of which the engine may move to its table.
/// Those before it protect a condition, and all that cannot fail, if they concern no other table.
fn alone(condition: Expr, schema: &DFSchema) -> Result<Expr> {
    let conditions = split_conjunction_owned(condition).into_iter();
    let conditions = conditions.map(|condition| protected(condition, schema).data());
    let conditions: Vec<Expr> = conditions.collect::<Result<_>>()?;
    let (kept, failing): (Vec<Expr>, Vec<Expr>) =
        (conditions.into_iter()).partition(|each| joins_tables(each) || !can_fail(each, schema));
    let safe: Vec<&Expr> = kept.iter().filter(|each| !joins_tables(each)).collect();
    let tables_of = |each: &Expr| (tables(each), each.clone());
    let guards: Vec<(HashSet<String>, Expr)> =
        (safe.into_iter().chain(&failing)).map(tables_of).collect();
    let mut guarded: Vec<Expr> = Vec::new();
    let mut done: Vec<HashSet<String>> = Vec::new();
    for condition in &failing {
        let tables = tables(condition);
        if done.contains(&tables) {
            continue;
        }
        let these = guards.iter().filter(|(of, _)| of.is_subset(&tables));
        guarded.push(all_one_by_one(
            these.map(|(_, each)| each.clone()).collect(),
        ));
        done.push(tables);
    }
    let all = kept.into_iter().chain(guarded);
    Ok(conditions::all(all).unwrap_or_else(|| lit(true)))
}

/// Conditions, each computed only if all before it are met.
fn all_one_by_one(mut conditions: Vec<Expr>) -> Expr {
    let last = conditions.pop().unwrap_or_else(|| lit(true));
    if conditions.is_empty() {
        return last;
    }
    let conditions = conditions.into_iter();
    let branches = conditions.map(|each| (Expr::IsNotTrue(Box::new(each)), lit(0_i8)));
    is_true(case(branches.collect(), Some(truth(last))))
}

/// The tables that an expression uses.
fn tables(expr: &Expr) -> HashSet<String> {
    let columns = expr.column_refs().into_iter();
    let tables = columns.map(|column| match &column.relation {
        Some(relation) => relation.to_string(),
        None => String::new(),
    });
    tables.collect()
}

/// `f(a.x) = g(b.y)`, which becomes a key of a join and is computed for all rows anyway.
fn joins_tables(condition: &Expr) -> bool {
    match condition {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Eq,
            right,
        }) => {
            let (left, right) = (tables(left), tables(right));
            !left.is_empty() && !right.is_empty() && left.is_disjoint(&right)
        }
        _ => false,
    }
}

fn case(branches: Vec<(Expr, Expr)>, otherwise: Option<Expr>) -> Expr {
    let branches = branches.into_iter();
    let branches = branches.map(|(when, then)| (Box::new(when), Box::new(then)));
    Expr::Case(Case::new(None, branches.collect(), otherwise.map(Box::new)))
}

fn is_true(number: Expr) -> Expr {
    number.eq(lit(1_i8))
}

/// A condition as a number: 1, 0 or null.
fn truth(condition: Expr) -> Expr {
    static TRUTH: Lazy<Arc<ScalarUDF>> =
        Lazy::new(|| Arc::new(ScalarUDF::new_from_impl(Truth::default())));
    Expr::ScalarFunction(ScalarFunction::new_udf(Arc::clone(&TRUTH), vec![condition]))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Truth {
    signature: Signature,
}

impl Default for Truth {
    fn default() -> Self {
        Self {
            signature: Signature::any(1, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for Truth {
    fn name(&self) -> &str {
        "truth"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int8)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(match &args.args[0] {
            ColumnarValue::Scalar(ScalarValue::Boolean(value)) => {
                ColumnarValue::Scalar(ScalarValue::Int8(value.map(i8::from)))
            }
            ColumnarValue::Scalar(_) => ColumnarValue::Scalar(ScalarValue::Int8(None)),
            ColumnarValue::Array(values) if values.data_type().is_null() => {
                ColumnarValue::Array(Arc::new(Int8Array::new_null(values.len())))
            }
            ColumnarValue::Array(values) => {
                let numbers = values.as_boolean().iter();
                let numbers = numbers.map(|value| value.map(i8::from));
                ColumnarValue::Array(Arc::new(numbers.collect::<Int8Array>()))
            }
        })
    }
}
