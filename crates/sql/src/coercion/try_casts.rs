//! TRY_CAST as a function.
//!
//! The optimizer moves a cast from a column to the constant beside it: `TRY_CAST(x AS INTEGER) IS NOT DISTINCT FROM NULL` becomes
//! `x IS NOT DISTINCT FROM NULL`, which is false for a text that is not a number. It does not see through a function.

use super::conversion::converted;
use super::convertible;
use crate::functions::external;
use crate::plans;
use datafusion::arrow::array::{Array, ArrayRef, new_null_array};
use datafusion::arrow::compute::concat;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::{ScalarFunction, TryCast};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ExprSchemable, LogicalPlan, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl,
    Signature, Volatility,
};
use datafusion::optimizer::AnalyzerRule;
use exchange_config::Zone;
use std::sync::Arc;

#[derive(Debug)]
pub struct TryCasts {
    pub zone: Zone,
}

impl AnalyzerRule for TryCasts {
    fn name(&self) -> &str {
        "try_casts"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        let is_one = |expr: &Expr| matches!(expr, Expr::TryCast(_));
        plans::rewrite_expressions(plan, is_one, |expr, schema| {
            rewritten(expr, schema, self.zone)
        })
    }
}

fn rewritten(expr: Expr, schema: &DFSchema, zone: Zone) -> Result<Transformed<Expr>> {
    let Expr::TryCast(TryCast { expr, field }) = expr else {
        return Ok(Transformed::no(expr));
    };
    let source = expr.get_type(schema)?;
    convertible::check(&source, field.data_type()).map_err(external)?;
    let function = Attempt {
        target: field.data_type().clone(),
        zone,
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
    zone: Zone,
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
        Ok(match &args.args[0] {
            ColumnarValue::Array(values) => ColumnarValue::Array(self.attempts(values)?),
            ColumnarValue::Scalar(value) => {
                let result = self.attempts(&value.to_array()?)?;
                ColumnarValue::Scalar(ScalarValue::try_from_array(&result, 0)?)
            }
        })
    }
}

impl Attempt {
    /// The values as CAST converts them. Only where it fails is each tried alone.
    fn attempts(&self, values: &ArrayRef) -> Result<ArrayRef> {
        if let Ok(all) = converted(values, &self.target, self.zone) {
            return Ok(all);
        }
        let null = new_null_array(&self.target, 1);
        let each = (0..values.len()).map(|row| {
            let one = converted(&values.slice(row, 1), &self.target, self.zone);
            one.unwrap_or_else(|_| Arc::clone(&null))
        });
        let each: Vec<ArrayRef> = each.collect();
        let parts: Vec<&dyn Array> = each.iter().map(AsRef::as_ref).collect();
        Ok(concat(&parts)?)
    }
}
