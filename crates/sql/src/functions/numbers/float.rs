//! Functions of floating-point numbers.

use crate::functions::call::Call;
use crate::functions::definition::Parameter::Double;
use crate::functions::definition::{Function, Returns};
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, Float64Array};
use datafusion::arrow::datatypes::Float64Type;
use std::sync::Arc;

pub const FUNCTIONS: &[Function] = &[
    one("acos", |call| each(call, f64::acos)),
    one("asin", |call| each(call, f64::asin)),
    one("atan", |call| each(call, f64::atan)),
    one("cos", |call| each(call, f64::cos)),
    one("cot", |call| each(call, |angle| angle.tan().recip())),
    one("degrees", |call| each(call, f64::to_degrees)),
    one("exp", |call| each(call, f64::exp)),
    one("log10", |call| each(call, f64::log10)),
    one("radians", |call| each(call, f64::to_radians)),
    one("sin", |call| each(call, f64::sin)),
    one("sqrt", |call| each(call, f64::sqrt)),
    one("square", |call| each(call, |number| number * number)),
    one("tan", |call| each(call, f64::tan)),
    // The order of ODBC's "x and y coordinates" is that of all implementations: y first.
    Function::new("atan2", &[Double, Double], Returns::Double, |call| {
        pairs(call, f64::atan2)
    })
    .also(&["atn2"]),
    Function::new("power", &[Double, Double], Returns::Double, |call| {
        pairs(call, f64::powf)
    })
    .also(&["pow"]),
    Function::new("log", &[Double, Double], Returns::Double, log)
        .required(1)
        .also(&["ln"]),
    Function::new("pi", &[], Returns::Double, |_| {
        Ok(Arc::new(Float64Array::from_value(std::f64::consts::PI, 1)))
    }),
];

const fn one(name: &'static str, run: fn(&Call) -> Result<ArrayRef, Error>) -> Function {
    Function::new(name, &[Double], Returns::Double, run)
}

fn each(call: &Call, function: fn(f64) -> f64) -> Result<ArrayRef, Error> {
    let numbers = call.double(0);
    call.primitive::<Float64Type>(|row| existing(function(numbers.value(row))))
}

fn pairs(call: &Call, function: fn(f64, f64) -> f64) -> Result<ArrayRef, Error> {
    let (left, right) = (call.double(0), call.double(1));
    call.primitive::<Float64Type>(|row| existing(function(left.value(row), right.value(row))))
}

/// The natural logarithm; with a second argument the logarithm to that base, as in T-SQL.
fn log(call: &Call) -> Result<ArrayRef, Error> {
    match call.count() {
        1 => each(call, f64::ln),
        _ => pairs(call, f64::log),
    }
}

fn existing(result: f64) -> Result<f64, Error> {
    match result.is_finite() {
        true => Ok(result),
        false => Err(Error::new(
            ErrorKind::NumericOutOfRange,
            "a mathematical function has no result for an argument, or one that is too large",
        )),
    }
}
