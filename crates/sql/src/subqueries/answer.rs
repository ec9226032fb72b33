//! Answers that could not be computed.
//!
//! A subquery that returns two rows, or divides by zero, fails the statement only if a row needs
//! its value: `CASE WHEN n > 1 THEN NULL ELSE (SELECT ...) END` does not fail where `n` is 2. So an
//! apply stores a failure beside the answer, and the failure is raised when the answer is used.

use crate::functions::external;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{DataType, FieldRef, Int64Type, UInt32Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature,
    Volatility,
};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

/// The failures of an apply, by number.
#[derive(Clone, Debug, Default)]
pub struct Failures {
    errors: Arc<Mutex<Vec<Error>>>,
}

impl Failures {
    /// Stores an error and returns its number.
    pub fn keep(&self, error: Error) -> u32 {
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        // One of each kind is enough.
        let known = errors.iter().position(|known| *known == error);
        let number = known.unwrap_or_else(|| {
            errors.push(error);
            errors.len() - 1
        });
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    fn get(&self, number: u32) -> Error {
        let errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        let error = usize::try_from(number)
            .ok()
            .and_then(|number| errors.get(number));
        error.cloned().unwrap_or_else(several_rows)
    }

    /// The answer, or the error if there is a failure.
    pub fn checked(&self, answer: Expr, failure: Expr) -> Expr {
        let function = ScalarUDF::new_from_impl(Checked {
            failures: self.clone(),
            signature: Signature::any(2, Volatility::Immutable),
        });
        Expr::ScalarFunction(ScalarFunction::new_udf(
            Arc::new(function),
            vec![answer, failure],
        ))
    }
}

/// Whether an error concerns the values of single rows, so that other rows need not have it.
pub fn is_of_values(error: &Error) -> bool {
    use ErrorKind::{
        Cardinality, DatetimeOverflow, DivisionByZero, InvalidCast, InvalidDatetime,
        NumericOutOfRange,
    };
    matches!(
        error.kind,
        Cardinality
            | DatetimeOverflow
            | DivisionByZero
            | InvalidCast
            | InvalidDatetime
            | NumericOutOfRange
    )
}

pub fn several_rows() -> Error {
    Error::new(
        ErrorKind::Cardinality,
        "a subquery that stands for one value gives several rows; use MIN or MAX, or TOP 1 with ORDER BY, or IN",
    )
}

#[derive(Debug)]
struct Checked {
    failures: Failures,
    signature: Signature,
}

impl PartialEq for Checked {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.failures.errors, &other.failures.errors)
    }
}

impl Eq for Checked {}

impl Hash for Checked {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.failures.errors).hash(state);
    }
}

impl ScalarUDFImpl for Checked {
    fn name(&self) -> &str {
        "subquery"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(arguments[0].clone())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let failure = match &arguments.args[1] {
            ColumnarValue::Array(numbers) if numbers.null_count() == numbers.len() => None,
            ColumnarValue::Array(numbers) => {
                numbers.as_primitive::<UInt32Type>().iter().flatten().next()
            }
            ColumnarValue::Scalar(ScalarValue::UInt32(number)) => *number,
            ColumnarValue::Scalar(_) => None,
        };
        match failure {
            Some(number) => Err(external(self.failures.get(number))),
            None => Ok(arguments.args[0].clone()),
        }
    }
}

/// The value of the only row of a group; an error if the group has several.
pub fn of_one_row(value: Expr, rows: Expr) -> Expr {
    let function = ScalarUDF::new_from_impl(OfOneRow {
        signature: Signature::any(2, Volatility::Immutable),
    });
    Expr::ScalarFunction(ScalarFunction::new_udf(
        Arc::new(function),
        vec![value, rows],
    ))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct OfOneRow {
    signature: Signature,
}

impl ScalarUDFImpl for OfOneRow {
    fn name(&self) -> &str {
        "value_of_one_row"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(arguments[0].clone())
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let has_several = match &arguments.args[1] {
            ColumnarValue::Array(rows) => rows
                .as_primitive::<Int64Type>()
                .iter()
                .any(|rows| rows.is_some_and(|rows| rows > 1)),
            ColumnarValue::Scalar(ScalarValue::Int64(rows)) => rows.is_some_and(|rows| rows > 1),
            ColumnarValue::Scalar(_) => false,
        };
        match has_several {
            true => Err(external(several_rows())),
            false => Ok(arguments.args[0].clone()),
        }
    }
}

/// The value, marked as nullable.
pub fn nullable(value: Expr) -> Expr {
    let function = ScalarUDF::new_from_impl(Nullable {
        // The engine would turn a constant back into itself, which is not nullable.
        signature: Signature::any(1, Volatility::Volatile),
    });
    Expr::ScalarFunction(ScalarFunction::new_udf(Arc::new(function), vec![value]))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Nullable {
    signature: Signature,
}

impl ScalarUDFImpl for Nullable {
    fn name(&self) -> &str {
        "nullable"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(arguments[0].clone())
    }

    fn return_field_from_args(&self, arguments: ReturnFieldArgs) -> Result<FieldRef> {
        let field = arguments.arg_fields[0].as_ref().clone();
        Ok(Arc::new(field.with_nullable(true)))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(arguments.args[0].clone())
    }
}
