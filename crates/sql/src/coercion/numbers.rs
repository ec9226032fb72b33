//! Numbers of different types as operands.
//!
//! An approximate number with an exact one is approximate (SQL-92, 9.3). As a DECIMAL, which the
//! engine would choose, 1e30 would have no value and 1e-20 would be 0. Exact numbers that together
//! have more digits than a DECIMAL are compared with as many digits as they need.

use super::cast::cast;
use datafusion::arrow::datatypes::{DECIMAL128_MAX_PRECISION, DECIMAL256_MAX_PRECISION, DataType};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::Expr;

/// The type for comparing numbers, if it differs from the engine's choice.
pub fn compared(types: &[DataType]) -> Option<DataType> {
    let mut numbers = types.iter().filter(|each| !each.is_null());
    if !numbers.clone().all(DataType::is_numeric) {
        return None;
    }
    let is_decimal = |each: &DataType| matches!(each, DataType::Decimal128(..));
    let has_decimal = numbers.clone().any(is_decimal);
    if has_decimal && numbers.clone().any(DataType::is_floating) {
        return Some(DataType::Float64);
    }
    let first = numbers.next()?;
    if !has_decimal || numbers.clone().all(|each| each == first) {
        return None;
    }
    let (mut whole, mut scale) = digits(first)?;
    for (more_whole, more_scale) in numbers.filter_map(digits) {
        whole = whole.max(more_whole);
        scale = scale.max(more_scale);
    }
    let is_wide = whole + i16::from(scale) > i16::from(DECIMAL128_MAX_PRECISION);
    is_wide.then_some(DataType::Decimal256(DECIMAL256_MAX_PRECISION, scale))
}

/// Digits before and after the point.
fn digits(data_type: &DataType) -> Option<(i16, i8)> {
    match *data_type {
        DataType::Decimal128(precision, scale) => {
            Some((i16::from(precision) - i16::from(scale), scale))
        }
        _ if data_type.is_integer() => Some((20, 0)),
        _ => None,
    }
}

/// The type of a result that is one of several numbers, if some of them are approximate.
pub fn combined(types: &[DataType]) -> Option<DataType> {
    let numbers = || types.iter().filter(|each| !each.is_null());
    let is_mixed = numbers().all(DataType::is_numeric)
        && numbers().any(DataType::is_floating)
        && !numbers().all(DataType::is_floating);
    is_mixed.then_some(DataType::Float64)
}

/// The number in another type; constants are converted at once.
pub fn converted(operand: Expr, data_type: &DataType, target: &DataType) -> Expr {
    if data_type == target || data_type.is_null() {
        return operand;
    }
    if let (
        &Expr::Literal(ScalarValue::Decimal128(Some(unscaled), _, scale), _),
        DataType::Float64,
    ) = (&operand, target)
    {
        return Expr::Literal(ScalarValue::Float64(Some(nearest(unscaled, scale))), None);
    }
    cast(operand, target)
}

/// Up to this number all whole numbers are exact floating ones; the powers of ten that are exact.
const EXACT: u128 = 1 << 53;
const EXACT_POWERS: i8 = 22;

/// The floating number nearest to a decimal one.
pub fn nearest(unscaled: i128, scale: i8) -> f64 {
    if unscaled.unsigned_abs() <= EXACT && (0..=EXACT_POWERS).contains(&scale) {
        // Rounds only once.
        return unscaled as f64 / 10_f64.powi(i32::from(scale));
    }
    let text = format!("{unscaled}e{}", -i32::from(scale));
    // Every such text is a number.
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_become_the_nearest_floating_number() {
        for text in [
            "0.1",
            "1234567.89",
            "3000000000.00",
            "0.30000000000000004",
            "-0.5",
            "12345678901234567890.123456789012345678",
            "0.00000000000000000000000000000000000001",
        ] {
            let (whole, fraction) = text.split_once('.').unwrap();
            let unscaled: i128 = format!("{whole}{fraction}").parse().unwrap();
            let scale = i8::try_from(fraction.len()).unwrap();
            assert_eq!(
                nearest(unscaled, scale),
                text.parse::<f64>().unwrap(),
                "{text}"
            );
        }
    }

    #[test]
    fn numbers_are_compared_without_loss() {
        let decimal = |precision, scale| DataType::Decimal128(precision, scale);
        for (types, expected) in [
            (
                vec![DataType::Float64, decimal(10, 2)],
                Some(DataType::Float64),
            ),
            (vec![DataType::Float64, DataType::Int64], None),
            (vec![decimal(10, 2), decimal(10, 2)], None),
            (vec![decimal(10, 2), DataType::Int64], None),
            (
                vec![decimal(38, 30), DataType::Int64],
                Some(DataType::Decimal256(76, 30)),
            ),
            (
                vec![decimal(38, 0), decimal(10, 5)],
                Some(DataType::Decimal256(76, 5)),
            ),
            (vec![DataType::Utf8, decimal(10, 2)], None),
        ] {
            assert_eq!(compared(&types), expected, "{types:?}");
        }
    }
}
