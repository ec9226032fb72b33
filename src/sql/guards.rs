//! Conditions that protect others.
//!
//! `a <> 0 AND 10 / a > 4` must not fail where `a` is 0. The engine computes both sides for whole batches, moves them apart,
//! and makes plain conditions of a CASE whose branches are conditions. So a condition that can fail becomes the branch
//! of a CASE, in a form that the engine leaves alone: the branches are the numbers 1 and 0.

use super::fallible::can_fail;
use datafusion::arrow::array::{AsArray, Int8Array};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::{merge_schema, split_conjunction_owned};
use datafusion::logical_expr::{
    BinaryExpr, Case, ColumnarValue, Expr, ExprSchemable, LogicalPlan, Operator,
    ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility, lit,
};
use datafusion::optimizer::AnalyzerRule;
use once_cell::sync::Lazy;
use std::collections::HashSet;
use std::sync::Arc;

/// Protects conditions everywhere in a plan.
#[derive(Debug)]
pub struct Guards;

impl AnalyzerRule for Guards {
    fn name(&self) -> &str {
        "guards"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        guarded(plan)
    }
}

/// The plan with protected conditions.
pub fn guarded(plan: LogicalPlan) -> Result<LogicalPlan> {
    plan.transform_up_with_subqueries(|node| {
        let schema = merge_schema(&node.inputs());
        // The conditions of WHERE, HAVING and ON stay conditions of their own.
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
            let expr = expr.transform_up(|part| inside(part, &schema))?;
            Ok(match expr.transformed {
                true => expr.update_data(|expr| name.restore(expr)),
                false => expr,
            })
        })
    })
    .data()
}

/// Protects what is inside of an expression: the right side of AND and OR, the branches of CASE.
fn inside(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    match expr {
        Expr::BinaryExpr(BinaryExpr { left, op, right })
            if matches!(op, Operator::And | Operator::Or) && can_fail(&right, schema) =>
        {
            // Where the left side decides, the right one is not asked.
            let decided = match op {
                Operator::And => Expr::IsFalse(left.clone()),
                _ => Expr::IsTrue(left.clone()),
            };
            let decision = i8::from(op == Operator::Or);
            let both = Expr::BinaryExpr(BinaryExpr { left, op, right });
            let guarded = case(vec![(decided, lit(decision))], Some(truth(both)));
            Ok(Transformed::yes(is_true(guarded)))
        }
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

/// Protects conditions that are joined with AND, each of which can be moved to the table that it speaks of. A condition
/// is protected by those before it, and by all that cannot fail, if they speak of no other table.
fn alone(condition: Expr, schema: &DFSchema) -> Result<Expr> {
    let fails = |condition: &Expr| can_fail(condition, schema);
    let conditions = split_conjunction_owned(condition).into_iter();
    let conditions =
        conditions.map(|condition| condition.transform_up(|part| inside(part, schema)).data());
    let conditions: Vec<Expr> = conditions.collect::<Result<_>>()?;
    let is_safe: Vec<bool> = conditions.iter().map(|each| !fails(each)).collect();
    let mut guarded: Vec<Expr> = Vec::with_capacity(conditions.len());
    for (place, condition) in conditions.iter().enumerate() {
        if is_safe[place] || joins_tables(condition) {
            guarded.push(condition.clone());
            continue;
        }
        let tables = tables(condition);
        let guards = conditions.iter().enumerate().filter(|(other, guard)| {
            let comes_first = *other < place && !joins_tables(guard);
            (is_safe[*other] || comes_first) && self::tables(guard).is_subset(&tables)
        });
        let guards = guards.map(|(other, guard)| match is_safe[other] {
            true => guard.clone(),
            // As it is protected itself.
            false => guarded[other].clone(),
        });
        guarded.push(match guards.reduce(Expr::and) {
            Some(guard) => {
                let branch = truth(condition.clone());
                is_true(case(vec![(guard, branch)], Some(lit(0_i8))))
            }
            None => condition.clone(),
        });
    }
    Ok(guarded
        .into_iter()
        .reduce(Expr::and)
        .unwrap_or_else(|| lit(true)))
}

/// The tables that an expression speaks of.
fn tables(expr: &Expr) -> HashSet<String> {
    let columns = expr.column_refs().into_iter();
    let tables = columns.map(|column| match &column.relation {
        Some(relation) => relation.to_string(),
        None => String::new(),
    });
    tables.collect()
}

/// `f(a.x) = g(b.y)`, which becomes the key of a join, for which it is computed for all rows anyway.
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
