//! TRY_CAST as a function.
//!
//! The optimizer moves a cast from a column to the constant beside it: `TRY_CAST(x AS INTEGER) IS NOT DISTINCT FROM NULL` becomes
//! `x IS NOT DISTINCT FROM NULL`, which is false for a text that is not a number. It does not see through a function.

use crate::plans;
use datafusion::arrow::compute::CastOptions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::{ScalarFunction, TryCast};
use datafusion::logical_expr::{
    ColumnarValue, Expr, LogicalPlan, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

#[derive(Debug)]
pub struct TryCasts;

impl AnalyzerRule for TryCasts {
    fn name(&self) -> &str {
        "try_casts"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        let is_one = |expr: &Expr| matches!(expr, Expr::TryCast(_));
        plans::rewrite_expressions(plan, is_one, rewritten)
    }
}

fn rewritten(expr: Expr, _: &DFSchema) -> Result<Transformed<Expr>> {
    let Expr::TryCast(TryCast { expr, field }) = expr else {
        return Ok(Transformed::no(expr));
    };
    let function = Attempt {
        target: field.data_type().clone(),
        signature: Signature::any(1, Volatility::Immutable),
    };
    let function = Arc::new(ScalarUDF::new_from_impl(function));
    let call = ScalarFunction::new_udf(function, vec![*expr]);
    Ok(Transformed::yes(Expr::ScalarFunction(call)))
}

/// A conversion that returns null for values that the type cannot hold.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Attempt {
    target: DataType,
    signature: Signature,
}

impl ScalarUDFImpl for Attempt {
    fn name(&self) -> &str {
        "try_convert"
    }

    /// Not the name of its argument, because a query may select both.
    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        let value = args.first().map(|arg| arg.schema_name().to_string());
        Ok(format!(
            "TRY_CAST({} AS {})",
            value.unwrap_or_default(),
            self.target
        ))
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.target.clone())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let options = CastOptions {
            safe: true,
            ..CastOptions::default()
        };
        args.args[0].cast_to(&self.target, Some(&options))
    }
}
