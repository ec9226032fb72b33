//! Truth values in aggregates of numbers: `SUM(isRead)` counts the true ones.

use crate::aggregates::percentile::CONTINUOUS;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;
use datafusion::logical_expr::expr::{Placeholder, ScalarFunction};
use datafusion::logical_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion::logical_expr::{
    Cast, ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use once_cell::sync::Lazy;
use std::sync::Arc;

/// Aggregates that take numbers only.
const OF_NUMBERS: &[&str] = &[
    "sum",
    "avg",
    "median",
    CONTINUOUS,
    "stddev",
    "stddev_pop",
    "var",
    "var_pop",
];

/// The arguments of an aggregate. Their types are not known yet at this point, so each is wrapped
/// in a function that the optimizer removes again.
pub fn numbers(aggregate: &str, args: Vec<Expr>) -> Vec<Expr> {
    static AS_NUMBER: Lazy<Arc<ScalarUDF>> =
        Lazy::new(|| Arc::new(ScalarUDF::new_from_impl(AsNumber::default())));
    if !OF_NUMBERS.contains(&aggregate) {
        return args;
    }
    let wrap = |arg| match arg {
        Expr::Literal(..) => arg,
        // Only the sum gives a hint about the marker's type.
        Expr::Placeholder(Placeholder { id, field: None }) => {
            let field = Field::new(&id, DataType::Float64, true);
            Expr::Placeholder(Placeholder::new_with_field(id, Some(Arc::new(field))))
        }
        _ => Expr::ScalarFunction(ScalarFunction::new_udf(Arc::clone(&AS_NUMBER), vec![arg])),
    };
    args.into_iter().map(wrap).collect()
}

/// Returns its argument, or 0 and 1 for a truth value.
#[derive(Debug, PartialEq, Eq, Hash)]
struct AsNumber {
    signature: Signature,
}

impl Default for AsNumber {
    fn default() -> Self {
        Self {
            signature: Signature::any(1, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for AsNumber {
    fn name(&self) -> &str {
        "as_number"
    }

    /// The argument keeps its name, and so does the aggregate.
    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        Ok(args
            .first()
            .map(|arg| arg.schema_name().to_string())
            .unwrap_or_default())
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, args: &[DataType]) -> Result<DataType> {
        Ok(match &args[0] {
            DataType::Boolean => DataType::Int64,
            other => other.clone(),
        })
    }

    fn simplify(&self, args: Vec<Expr>, info: &SimplifyContext) -> Result<ExprSimplifyResult> {
        let Some(arg) = args.into_iter().next() else {
            return Ok(ExprSimplifyResult::Original(Vec::new()));
        };
        Ok(ExprSimplifyResult::Simplified(
            match info.get_data_type(&arg)? {
                DataType::Boolean => Expr::Cast(Cast::new(Box::new(arg), DataType::Int64)),
                _ => arg,
            },
        ))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        match &args.args[0] {
            ColumnarValue::Array(array) if *array.data_type() == DataType::Boolean => {
                Ok(ColumnarValue::Array(cast(array, &DataType::Int64)?))
            }
            ColumnarValue::Scalar(value) if value.data_type() == DataType::Boolean => {
                Ok(ColumnarValue::Scalar(value.cast_to(&DataType::Int64)?))
            }
            other => Ok(other.clone()),
        }
    }
}
