//! `ROUND`, `TRUNCATE`, `CEILING`, `FLOOR`: all keep the kind of their argument, so that a decimal
//! number stays exact.

use crate::functions::call::Call;
use crate::functions::definition::Parameter::{Integer, Number};
use crate::functions::definition::{Function, Returns};
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{
    DECIMAL128_MAX_PRECISION, DataType, Decimal128Type, Float64Type, Int64Type,
};
use datafusion::common::ScalarValue;

pub const FUNCTIONS: &[Function] = &[
    Function::new(
        "round",
        &[Number, Integer, Integer],
        Returns::Computed(rounded),
        round,
    )
    .required(1),
    Function::new(
        "truncate",
        &[Number, Integer],
        Returns::Argument(0),
        truncate,
    )
    .required(1)
    .also(&["trunc"]),
    Function::new("ceiling", &[Number], Returns::Computed(rounded), |call| {
        apply(call, |_| Mode::Up, |_| 0)
    })
    .also(&["ceil"]),
    Function::new("floor", &[Number], Returns::Computed(rounded), |call| {
        apply(call, |_| Mode::Down, |_| 0)
    }),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// To the nearest; halves away from zero
    Nearest,
    TowardsZero,
    Up,
    Down,
}

/// Rounding may need one digit more: 9.9 becomes 10.
fn rounded(arguments: &[&DataType], _: &[Option<&ScalarValue>]) -> DataType {
    match *arguments[0] {
        DataType::Decimal128(precision, scale) => {
            DataType::Decimal128((precision + 1).min(DECIMAL128_MAX_PRECISION), scale)
        }
        ref other => other.clone(),
    }
}

/// With a third argument other than 0, `ROUND` truncates, as in T-SQL.
fn round(call: &Call) -> Result<ArrayRef, Error> {
    let modes = (call.count() > 2).then(|| call.integer(2));
    let mode = |row| match modes.map_or(0, |modes| modes.value(row)) {
        0 => Mode::Nearest,
        _ => Mode::TowardsZero,
    };
    let digits = (call.count() > 1).then(|| call.integer(1));
    apply(call, mode, |row| {
        digits.map_or(0, |digits| digits.value(row))
    })
}

fn truncate(call: &Call) -> Result<ArrayRef, Error> {
    let digits = (call.count() > 1).then(|| call.integer(1));
    apply(
        call,
        |_| Mode::TowardsZero,
        |row| digits.map_or(0, |digits| digits.value(row)),
    )
}

fn apply(
    call: &Call,
    mode: impl Fn(usize) -> Mode,
    digits: impl Fn(usize) -> i64,
) -> Result<ArrayRef, Error> {
    match *call.data_type(0) {
        DataType::Int64 => {
            let numbers = call.integer(0);
            call.primitive::<Int64Type>(|row| {
                let rounded = exact(i128::from(numbers.value(row)), -digits(row), mode(row));
                i64::try_from(rounded?).map_err(|_| too_large())
            })
        }
        DataType::Decimal128(_, scale) => {
            let numbers = call.arguments[0].as_primitive::<Decimal128Type>();
            let DataType::Decimal128(precision, _) = call.return_type else {
                return Err(too_large());
            };
            let largest = 10_i128.pow(u32::from(precision)) - 1;
            call.primitive::<Decimal128Type>(|row| {
                let dropped = i64::from(scale).saturating_sub(digits(row));
                let rounded = exact(numbers.value(row), dropped, mode(row))?;
                (rounded.abs() <= largest)
                    .then_some(rounded)
                    .ok_or_else(too_large)
            })
        }
        _ => {
            let numbers = call.double(0);
            call.primitive::<Float64Type>(|row| {
                Ok(float(numbers.value(row), digits(row), mode(row)))
            })
        }
    }
}

/// Replaces the last `dropped` decimal digits of an integer by zeros.
fn exact(number: i128, dropped: i64, mode: Mode) -> Result<i128, Error> {
    if dropped <= 0 {
        return Ok(number);
    }
    // No number has more than 38 digits.
    let Some(unit) = 10_i128.checked_pow(u32::try_from(dropped).unwrap_or(u32::MAX)) else {
        return Ok(0);
    };
    let remainder = number % unit;
    let towards_zero = number - remainder;
    let away = match mode {
        Mode::TowardsZero => false,
        Mode::Nearest => remainder.unsigned_abs() >= unit.unsigned_abs().div_ceil(2),
        Mode::Up => remainder > 0,
        Mode::Down => remainder < 0,
    };
    if !away {
        return Ok(towards_zero);
    }
    towards_zero
        .checked_add(unit * number.signum())
        .ok_or_else(too_large)
}

fn float(number: f64, digits: i64, mode: Mode) -> f64 {
    let apply = |number: f64| match mode {
        Mode::Nearest => number.round(),
        Mode::TowardsZero => number.trunc(),
        Mode::Up => number.ceil(),
        Mode::Down => number.floor(),
    };
    // A double has no digits beyond these; 10^308 is the largest power that it can hold.
    let Ok(digits @ -308..=308) = i32::try_from(digits) else {
        return if digits > 0 { number } else { 0.0 };
    };
    let power = 10_f64.powi(digits.abs());
    let result = match digits >= 0 {
        true => apply(number * power) / power,
        false => apply(number / power) * power,
    };
    if result.is_finite() { result } else { number }
}

fn too_large() -> Error {
    Error::new(
        ErrorKind::NumericOutOfRange,
        "a rounded number is larger than its type allows",
    )
}
