//! `ABS`, `SIGN`, `MOD`

use crate::functions::call::Call;
use crate::functions::definition::Parameter::{CommonNumber, Number};
use crate::functions::definition::{Function, Returns};
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Decimal128Type, Float64Type, Int32Type, Int64Type};

pub const FUNCTIONS: &[Function] = &[
    Function::new("abs", &[Number], Returns::Argument(0), abs),
    Function::new("sign", &[Number], Returns::Integer, sign).also(&["signum"]),
    Function::new(
        "mod",
        &[CommonNumber, CommonNumber],
        Returns::Argument(0),
        modulo,
    ),
];

fn abs(call: &Call) -> Result<ArrayRef, Error> {
    match call.data_type(0) {
        DataType::Int64 => {
            let numbers = call.integer(0);
            call.primitive::<Int64Type>(|row| {
                numbers.value(row).checked_abs().ok_or_else(out_of_range)
            })
        }
        DataType::Decimal128(..) => {
            let numbers = call.arguments[0].as_primitive::<Decimal128Type>();
            call.primitive::<Decimal128Type>(|row| Ok(numbers.value(row).abs()))
        }
        _ => {
            let numbers = call.double(0);
            call.primitive::<Float64Type>(|row| Ok(numbers.value(row).abs()))
        }
    }
}

/// -1, 0 or 1.
fn sign(call: &Call) -> Result<ArrayRef, Error> {
    match call.data_type(0) {
        DataType::Int64 => {
            let numbers = call.integer(0);
            call.primitive::<Int32Type>(|row| Ok(numbers.value(row).signum() as i32))
        }
        DataType::Decimal128(..) => {
            let numbers = call.arguments[0].as_primitive::<Decimal128Type>();
            call.primitive::<Int32Type>(|row| Ok(numbers.value(row).signum() as i32))
        }
        _ => {
            let numbers = call.double(0);
            call.primitive::<Int32Type>(|row| {
                let number = numbers.value(row);
                Ok(i32::from(number > 0.0) - i32::from(number < 0.0))
            })
        }
    }
}

/// The remainder has the sign of the dividend.
fn modulo(call: &Call) -> Result<ArrayRef, Error> {
    match call.data_type(0) {
        DataType::Int64 => {
            let (left, right) = (call.integer(0), call.integer(1));
            call.primitive::<Int64Type>(|row| match right.value(row) {
                0 => Err(division_by_zero()),
                divisor => Ok(left.value(row).wrapping_rem(divisor)),
            })
        }
        DataType::Decimal128(..) => {
            let left = call.arguments[0].as_primitive::<Decimal128Type>();
            let right = call.arguments[1].as_primitive::<Decimal128Type>();
            call.primitive::<Decimal128Type>(|row| match right.value(row) {
                0 => Err(division_by_zero()),
                divisor => Ok(left.value(row).wrapping_rem(divisor)),
            })
        }
        _ => {
            let (left, right) = (call.double(0), call.double(1));
            call.primitive::<Float64Type>(|row| match right.value(row) {
                0.0 => Err(division_by_zero()),
                divisor => Ok(left.value(row) % divisor),
            })
        }
    }
}

fn out_of_range() -> Error {
    Error::new(
        ErrorKind::NumericOutOfRange,
        "a computed number is larger or smaller than its type allows",
    )
}

fn division_by_zero() -> Error {
    Error::new(ErrorKind::DivisionByZero, "division by zero")
}
