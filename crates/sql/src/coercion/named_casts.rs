//! Casts with names of their own.
//!
//! The text layer wraps each cast in a function that has the type in its name. After the planner
//! has named the columns of a statement, the function is no longer needed and is replaced by its
//! argument.

use crate::plans;
use crate::text::NAMED_CAST;
use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Result, internal_datafusion_err, internal_err};
use datafusion::logical_expr::{
    ColumnarValue, Expr, LogicalPlan, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF,
    ScalarUDFImpl, Signature, Volatility,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

/// Removes the function again.
#[derive(Debug)]
pub struct NamedCasts;

impl AnalyzerRule for NamedCasts {
    fn name(&self) -> &str {
        "named_casts"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        plans::rewrite_expressions(plan, is_named_cast, |expr, _| match expr {
            Expr::ScalarFunction(mut call) => {
                call.args.truncate(1);
                let cast = call.args.pop();
                let cast =
                    cast.ok_or_else(|| internal_datafusion_err!("a cast without a value"))?;
                Ok(Transformed::yes(cast))
            }
            other => Ok(Transformed::no(other)),
        })
    }
}

fn is_named_cast(expr: &Expr) -> bool {
    matches!(expr, Expr::ScalarFunction(call) if call.func.name() == NAMED_CAST)
}

/// The function.
pub fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(NamedCast {
        signature: Signature::any(2, Volatility::Immutable),
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct NamedCast {
    signature: Signature,
}

impl ScalarUDFImpl for NamedCast {
    fn name(&self) -> &str {
        NAMED_CAST
    }

    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        let [value, Expr::Literal(data_type, _)] = args else {
            return internal_err!("a cast without a value and a type");
        };
        Ok(format!("CAST({} AS {data_type})", value.schema_name()))
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(types[0].clone())
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs) -> Result<FieldRef> {
        Ok(Arc::clone(&args.arg_fields[0]))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(args.args[0].clone())
    }
}
