//! The types of values: their families, and common types.

use datafusion::arrow::datatypes::{DECIMAL128_MAX_PRECISION, DataType, TimeUnit};
use datafusion::logical_expr::type_coercion::binary::{
    binary_numeric_coercion, type_union_resolution,
};

pub const TIMESTAMP: DataType = DataType::Timestamp(TimeUnit::Microsecond, None);
pub const TIME: DataType = DataType::Time64(TimeUnit::Microsecond);

/// The common type that loses nothing important: text beside dates is read as a date and beside
/// numbers as a number, as ODBC applications write it.
pub fn common(types: &[DataType]) -> Option<DataType> {
    let known: Vec<&DataType> = types.iter().filter(|each| !each.is_null()).collect();
    let Some(first) = known.first() else {
        return Some(DataType::Null);
    };
    if known.iter().all(|each| each == first) {
        return Some((*first).clone());
    }
    let all = |accepts: fn(&DataType) -> bool| known.iter().all(|each| accepts(each));
    let any = |accepts: fn(&DataType) -> bool| known.iter().any(|each| accepts(each));
    if all(|each| is_moment(each) || is_text(each)) && any(is_moment) {
        return common_moment(&known);
    }
    if all(|each| is_truth(each) || is_text(each)) && any(is_truth) {
        return Some(DataType::Boolean);
    }
    if all(|each| each.is_numeric() || is_truth(each) || is_text(each))
        && any(|each| each.is_numeric())
    {
        let numbers = known.iter().filter(|each| each.is_numeric());
        // An approximate number makes the others approximate.
        if numbers.clone().any(|each| each.is_floating()) {
            return Some(DataType::Float64);
        }
        let mut widest = numbers.map(|each| number(each));
        let first = widest.next()?;
        return widest.try_fold(first, |wide, next| binary_numeric_coercion(&wide, &next));
    }
    let owned: Vec<DataType> = known.into_iter().cloned().collect();
    type_union_resolution(&owned)
}

fn common_moment(types: &[&DataType]) -> Option<DataType> {
    let has = |accepts: fn(&DataType) -> bool| types.iter().any(|each| accepts(each));
    let is_time = |each: &DataType| matches!(each, DataType::Time32(_) | DataType::Time64(_));
    match (
        has(is_time),
        has(|each| matches!(each, DataType::Timestamp(..))),
    ) {
        (true, _) => types
            .iter()
            .all(|each| is_time(each) || is_text(each))
            .then_some(TIME),
        (false, true) => Some(TIMESTAMP),
        (false, false) => Some(DataType::Date32),
    }
}

/// The type in which functions compute with numbers of this type.
pub fn number(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Null | DataType::Boolean => DataType::Int64,
        data_type if data_type.is_integer() => DataType::Int64,
        data_type if data_type.is_floating() || is_text(data_type) => DataType::Float64,
        &DataType::Decimal32(precision, scale) | &DataType::Decimal64(precision, scale) => {
            DataType::Decimal128(precision, scale)
        }
        &DataType::Decimal256(_, scale) => DataType::Decimal128(DECIMAL128_MAX_PRECISION, scale),
        other => other.clone(),
    }
}

pub fn is_text(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
    )
}

pub fn is_truth(data_type: &DataType) -> bool {
    *data_type == DataType::Boolean
}

/// Dates, times and timestamps.
pub fn is_moment(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Timestamp(..)
            | DataType::Date32
            | DataType::Date64
            | DataType::Time32(_)
            | DataType::Time64(_)
    )
}

pub fn is_interval(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Interval(_) | DataType::Duration(_))
}
