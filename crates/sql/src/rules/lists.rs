//! Lists of IN while expressions are simplified.
//!
//! DataFusion merges two lists, and takes unknown for false or true if the merged list is empty:
//! `NOT (a IN (1) AND a IN (2))` is true for it where `a` is null. It also compares the items as
//! they are written, so `c IN (c) AND c IN ('x')` is never true. So lists are hidden from it.
//! Constants in them are still computed.

use super::wrapped::Rule;
use datafusion::arrow::array::{ArrayRef, BooleanArray};
use datafusion::arrow::compute::kernels::cmp::eq;
use datafusion::arrow::compute::{not, or_kleene};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::expr::{InList, ScalarFunction};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::{
    ColumnarValue, Expr, LogicalPlan, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use datafusion::optimizer::OptimizerConfig;
use std::sync::Arc;

/// The rule that simplifies expressions, except their lists.
pub fn exact(
    rule: &Rule,
    plan: LogicalPlan,
    config: &dyn OptimizerConfig,
) -> Result<Transformed<LogicalPlan>> {
    let hidden = each(plan, hidden)?;
    let rewritten = rule.rewrite(hidden.data, config)?;
    if !hidden.transformed {
        return Ok(rewritten);
    }
    let shown = each(rewritten.data, shown)?;
    Ok(Transformed::new_transformed(
        shown.data,
        rewritten.transformed,
    ))
}

fn each(
    plan: LogicalPlan,
    change: fn(Expr) -> Result<Transformed<Expr>>,
) -> Result<Transformed<LogicalPlan>> {
    let names = NamePreserver::new(&plan);
    plan.map_expressions(|expr| {
        let name = names.save(&expr);
        let expr = expr.transform_up(change)?;
        Ok(match expr.transformed {
            true => expr.update_data(|expr| name.restore(expr)),
            false => expr,
        })
    })
}

fn hidden(expr: Expr) -> Result<Transformed<Expr>> {
    let Expr::InList(InList {
        expr,
        list,
        negated,
    }) = expr
    else {
        return Ok(Transformed::no(expr));
    };
    let function = ScalarUDF::new_from_impl(Membership {
        negated,
        signature: Signature::variadic_any(Volatility::Immutable),
    });
    let mut args = list;
    args.push(*expr);
    let call = ScalarFunction::new_udf(Arc::new(function), args);
    Ok(Transformed::yes(Expr::ScalarFunction(call)))
}

fn shown(expr: Expr) -> Result<Transformed<Expr>> {
    match expr {
        Expr::ScalarFunction(call) => match call.func.inner().downcast_ref::<Membership>() {
            Some(membership) => {
                let negated = membership.negated;
                Ok(Transformed::yes(list(call.args, negated)))
            }
            None => Ok(Transformed::no(Expr::ScalarFunction(call))),
        },
        other => Ok(Transformed::no(other)),
    }
}

/// The value comes last.
fn list(mut args: Vec<Expr>, negated: bool) -> Expr {
    let value = args.pop().unwrap_or_default();
    Expr::InList(InList::new(Box::new(value), args, negated))
}

/// A list that looks like a function.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Membership {
    negated: bool,
    signature: Signature,
}

impl ScalarUDFImpl for Membership {
    fn name(&self) -> &str {
        "membership"
    }

    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        Ok(list(args.to_vec(), self.negated).schema_name().to_string())
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    /// Only for constants: before anything runs, functions become lists again.
    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = args.number_rows;
        let columns: Vec<ArrayRef> = args
            .args
            .iter()
            .map(|value| value.to_array(rows))
            .collect::<Result<_>>()?;
        let mut found = BooleanArray::from(vec![false; rows]);
        if let Some((value, items)) = columns.split_last() {
            for item in items {
                found = or_kleene(&found, &eq(item, value)?)?;
            }
        }
        if self.negated {
            found = not(&found)?;
        }
        let is_constant = args
            .args
            .iter()
            .all(|value| matches!(value, ColumnarValue::Scalar(_)));
        Ok(match is_constant && rows > 0 {
            true => ColumnarValue::Scalar(ScalarValue::try_from_array(&found, 0)?),
            false => ColumnarValue::Array(Arc::new(found)),
        })
    }
}
