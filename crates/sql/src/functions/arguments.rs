//! The types that arguments are converted to before a function runs.

use super::definition::{Function, Parameter};
use super::type_families::{
    TIME, TIMESTAMP, common, is_interval, is_moment, is_text, is_truth, number,
};
use datafusion::arrow::datatypes::DataType;

/// The types that the arguments of a call are converted to. An argument that cannot be converted keeps
/// its type; [`refusal`] finds it.
pub fn converted(function: &Function, arguments: &[DataType]) -> Vec<DataType> {
    let kind = |index| function.parameter(index);
    let alike = |kind_of_all: Parameter| {
        let of_kind = arguments.iter().enumerate();
        let of_kind = of_kind.filter(|(index, _)| kind(*index) == Some(kind_of_all));
        of_kind
            .map(|(_, data_type)| data_type.clone())
            .collect::<Vec<_>>()
    };
    let converted = arguments
        .iter()
        .enumerate()
        .map(|(index, data_type)| match kind(index) {
            None => data_type.clone(),
            Some(Parameter::Common) => {
                common(&alike(Parameter::Common)).unwrap_or_else(|| data_type.clone())
            }
            Some(Parameter::CommonNumber) => {
                let numbers = alike(Parameter::CommonNumber);
                let numbers: Vec<_> = numbers
                    .iter()
                    .map(|each| one(Parameter::Number, each))
                    .collect();
                common(&numbers).unwrap_or_else(|| data_type.clone())
            }
            Some(parameter) => one(parameter, data_type),
        });
    converted.collect()
}

/// Why the function cannot take an argument of this type, after conversion.
pub fn refusal(parameter: Parameter, data_type: &DataType) -> Option<&'static str> {
    let (accepted, wanted) = match parameter {
        Parameter::Text => (*data_type == DataType::Utf8, "a text"),
        Parameter::Unit => (
            *data_type == DataType::Utf8,
            "the name of a part of a date, such as 'day'",
        ),
        Parameter::Integer => (*data_type == DataType::Int64, "a whole number"),
        Parameter::Double => (*data_type == DataType::Float64, "a number"),
        Parameter::Number | Parameter::CommonNumber => (is_number(data_type), "a number"),
        Parameter::Boolean => (*data_type == DataType::Boolean, "a condition"),
        Parameter::Day => (is_day(data_type), "a date or a timestamp"),
        Parameter::Moment => (
            is_day(data_type) || *data_type == TIME,
            "a date, a time or a timestamp",
        ),
        Parameter::MomentOrInterval => (
            is_day(data_type) || *data_type == TIME || is_interval(data_type),
            "a date, a time, a timestamp or an interval",
        ),
        Parameter::NumberOrMoment => (
            is_number(data_type)
                || *data_type == DataType::Date32
                || *data_type == TIMESTAMP
                || *data_type == TIME,
            "a number, a date, a time or a timestamp",
        ),
        Parameter::Any | Parameter::Common => (true, "a value"),
    };
    (!accepted).then_some(wanted)
}

fn one(parameter: Parameter, data_type: &DataType) -> DataType {
    let kept = || data_type.clone();
    match parameter {
        Parameter::Text if is_nested(data_type) => kept(),
        Parameter::Text | Parameter::Unit => DataType::Utf8,
        Parameter::Integer if is_plain(data_type) => DataType::Int64,
        Parameter::Double if is_plain(data_type) => DataType::Float64,
        Parameter::Boolean if is_plain(data_type) => DataType::Boolean,
        Parameter::Integer | Parameter::Double | Parameter::Boolean => kept(),
        Parameter::Number | Parameter::CommonNumber => number(data_type),
        Parameter::Day | Parameter::Moment | Parameter::MomentOrInterval => moment(data_type),
        Parameter::NumberOrMoment if is_moment(data_type) => moment(data_type),
        Parameter::NumberOrMoment if data_type.is_numeric() || data_type.is_null() => {
            number(data_type)
        }
        Parameter::Any | Parameter::Common | Parameter::NumberOrMoment => kept(),
    }
}

fn moment(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Null | DataType::Timestamp(..) | DataType::Date64 => TIMESTAMP,
        DataType::Time32(_) | DataType::Time64(_) => TIME,
        data_type if is_text(data_type) => DataType::Utf8,
        other => other.clone(),
    }
}

fn is_number(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Int64 | DataType::Float64 | DataType::Decimal128(..)
    )
}

fn is_day(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Date32 | DataType::Utf8) || *data_type == TIMESTAMP
}

/// Numbers, truth values, and texts that may hold them.
fn is_plain(data_type: &DataType) -> bool {
    data_type.is_numeric() || data_type.is_null() || is_truth(data_type) || is_text(data_type)
}

fn is_nested(data_type: &DataType) -> bool {
    data_type.is_nested() || is_interval(data_type)
}
