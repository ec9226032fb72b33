//! Arithmetic that fails if a result does not fit its type.
//!
//! In DataFusion, whole numbers wrap around and floating ones become infinite. After types are
//! settled, such operators are replaced by functions that compute the same with a check.

use crate::functions::{external, with_one_zero};
use crate::plans;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, AsArray, Datum};
use datafusion::arrow::compute::kernels::numeric;
use datafusion::arrow::datatypes::{DataType, Float32Type, Float64Type};
use datafusion::arrow::error::ArrowError;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{
    BinaryExpr, ColumnarValue, Expr, ExprSchemable, LogicalPlan, Operator, ScalarFunctionArgs,
    ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

#[derive(Debug)]
pub struct CheckedArithmetic;

impl AnalyzerRule for CheckedArithmetic {
    fn name(&self) -> &str {
        "checked_arithmetic"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        plans::rewrite_expressions(plan, is_arithmetic, rewritten)
    }
}

fn is_arithmetic(expr: &Expr) -> bool {
    match expr {
        Expr::Negative(_) => true,
        Expr::BinaryExpr(BinaryExpr { op, .. }) => Kernel::of(*op).is_some(),
        _ => false,
    }
}

fn rewritten(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    if let Expr::Negative(operand) = &expr {
        return negated(operand, schema);
    }
    let Expr::BinaryExpr(BinaryExpr { left, op, right }) = &expr else {
        return Ok(Transformed::no(expr));
    };
    let Some(kernel) = Kernel::of(*op) else {
        return Ok(Transformed::no(expr));
    };
    let data_type = left.get_type(schema)?;
    if data_type != right.get_type(schema)? || !kernel.is_unchecked(&data_type) {
        return Ok(Transformed::no(expr));
    }
    let function = ScalarUDF::new_from_impl(Checked::new(kernel, data_type));
    let args = vec![left.as_ref().clone(), right.as_ref().clone()];
    let call = ScalarFunction::new_udf(Arc::new(function), args);
    Ok(Transformed::yes(Expr::ScalarFunction(call)))
}

/// `-x` is a function as well: the least number of a type has no opposite, and zero has no sign.
fn negated(operand: &Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let data_type = operand.get_type(schema)?;
    let is_number = data_type.is_numeric();
    if !is_number {
        return Ok(Transformed::no(Expr::Negative(Box::new(operand.clone()))));
    }
    let function = ScalarUDF::new_from_impl(Negation {
        signature: Signature::exact(vec![data_type], Volatility::Immutable),
    });
    let call = ScalarFunction::new_udf(Arc::new(function), vec![operand.clone()]);
    Ok(Transformed::yes(Expr::ScalarFunction(call)))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Negation {
    signature: Signature,
}

impl ScalarUDFImpl for Negation {
    fn name(&self) -> &str {
        "checked_negate"
    }

    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        let operand = args
            .first()
            .map(|operand| operand.schema_name().to_string());
        Ok(format!("(- {})", operand.unwrap_or_default()))
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(types[0].clone())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let (operand, is_constant) = match &args.args[0] {
            ColumnarValue::Array(array) => (Arc::clone(array), false),
            ColumnarValue::Scalar(value) => (value.to_array()?, true),
        };
        let negated = numeric::neg(&operand).map_err(|_| external(out_of_range()))?;
        let negated = with_one_zero(negated);
        Ok(match is_constant {
            true => ColumnarValue::Scalar(ScalarValue::try_from_array(&negated, 0)?),
            false => ColumnarValue::Array(negated),
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kernel {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl Kernel {
    fn of(operator: Operator) -> Option<Self> {
        Some(match operator {
            Operator::Plus => Self::Add,
            Operator::Minus => Self::Subtract,
            Operator::Multiply => Self::Multiply,
            Operator::Divide => Self::Divide,
            Operator::Modulo => Self::Modulo,
            _ => return None,
        })
    }

    fn operator(self) -> Operator {
        match self {
            Self::Add => Operator::Plus,
            Self::Subtract => Operator::Minus,
            Self::Multiply => Operator::Multiply,
            Self::Divide => Operator::Divide,
            Self::Modulo => Operator::Modulo,
        }
    }

    /// Whether DataFusion computes this without a check.
    fn is_unchecked(self, data_type: &DataType) -> bool {
        let divides = matches!(self, Self::Divide | Self::Modulo);
        matches!(data_type, DataType::Float32 | DataType::Float64)
            || (data_type.is_integer() && !divides)
    }

    fn run(self, left: &dyn Datum, right: &dyn Datum) -> Result<ArrayRef, ArrowError> {
        match self {
            Self::Add => numeric::add(left, right),
            Self::Subtract => numeric::sub(left, right),
            Self::Multiply => numeric::mul(left, right),
            Self::Divide => numeric::div(left, right),
            Self::Modulo => numeric::rem(left, right),
        }
    }
}

/// One operator for one type.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Checked {
    kernel: Kernel,
    data_type: DataType,
    signature: Signature,
}

impl Checked {
    fn new(kernel: Kernel, data_type: DataType) -> Self {
        let signature = Signature::exact(
            vec![data_type.clone(), data_type.clone()],
            Volatility::Immutable,
        );
        Self {
            kernel,
            data_type,
            signature,
        }
    }

    fn compute(&self, left: &ArrayRef, right: &ArrayRef) -> Result<ArrayRef, Error> {
        let result = self.kernel.run(left, right).map_err(|error| match error {
            ArrowError::DivideByZero => division_by_zero(),
            _ => out_of_range(),
        })?;
        match self.data_type {
            DataType::Float32 => {
                let zero = right
                    .as_primitive::<Float32Type>()
                    .iter()
                    .map(|n| n == Some(0.0));
                let wrong = result
                    .as_primitive::<Float32Type>()
                    .iter()
                    .map(|n| n.is_some_and(|n| !n.is_finite()));
                self.refuse(zero, wrong)?;
            }
            DataType::Float64 => {
                let zero = right
                    .as_primitive::<Float64Type>()
                    .iter()
                    .map(|n| n == Some(0.0));
                let wrong = result
                    .as_primitive::<Float64Type>()
                    .iter()
                    .map(|n| n.is_some_and(|n| !n.is_finite()));
                self.refuse(zero, wrong)?;
            }
            _ => {}
        }
        Ok(with_one_zero(result))
    }

    /// The tables contain neither infinities nor NaN, so these can only be results of the
    /// computation.
    fn refuse(
        &self,
        zero: impl Iterator<Item = bool>,
        wrong: impl Iterator<Item = bool>,
    ) -> Result<(), Error> {
        let divides = matches!(self.kernel, Kernel::Divide | Kernel::Modulo);
        match zero.zip(wrong).find(|(_, wrong)| *wrong) {
            Some((true, _)) if divides => Err(division_by_zero()),
            Some(_) => Err(out_of_range()),
            None => Ok(()),
        }
    }
}

impl ScalarUDFImpl for Checked {
    fn name(&self) -> &str {
        match self.kernel {
            Kernel::Add => "checked_add",
            Kernel::Subtract => "checked_subtract",
            Kernel::Multiply => "checked_multiply",
            Kernel::Divide => "checked_divide",
            Kernel::Modulo => "checked_modulo",
        }
    }

    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        let [left, right] = args else {
            return Ok(self.name().to_owned());
        };
        Ok(format!(
            "{} {} {}",
            left.schema_name(),
            self.kernel.operator(),
            right.schema_name()
        ))
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.data_type.clone())
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let constant = args
            .args
            .iter()
            .all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let rows = if constant { 1 } else { args.number_rows };
        let left = args.args[0].to_array(rows)?;
        let right = args.args[1].to_array(rows)?;
        let result = self.compute(&left, &right).map_err(external)?;
        match constant {
            true => Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(
                &result, 0,
            )?)),
            false => Ok(ColumnarValue::Array(result)),
        }
    }
}

pub fn out_of_range() -> Error {
    Error::new(
        ErrorKind::NumericOutOfRange,
        "a computed number is larger or smaller than its type allows; convert an operand to a larger \
         type with CAST",
    )
}

fn division_by_zero() -> Error {
    Error::new(ErrorKind::DivisionByZero, "division by zero")
}
