//! The SQL types of columns, and the Arrow types of their values.

use datafusion::arrow::datatypes::{DataType, IntervalUnit, TimeUnit};

/// SQL type of a column or parameter, each with the Arrow type of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// `Boolean`
    Bit,
    /// `Int8`
    TinyInt,
    /// `Int16`
    SmallInt,
    /// `Int32`
    Integer,
    /// `Int64`
    BigInt,
    /// `Float32`
    Real,
    /// `Float64`
    Double,
    /// `Decimal128(precision, scale)`
    Decimal { precision: u8, scale: i8 },
    /// `Utf8`; longest length in characters
    Varchar { length: u32 },
    /// `Utf8`; no useful bound on the length
    LongVarchar,
    /// `Binary`; longest length in bytes
    Varbinary { length: u32 },
    /// `Binary`; no useful bound on the length
    LongVarbinary,
    /// `Date32`
    Date,
    /// `Time64(Microsecond)`
    Time { fraction_digits: u8 },
    /// `Timestamp(Microsecond, None)`, in UTC
    Timestamp { fraction_digits: u8 },
    /// `Utf8` holding the 36-character text form
    Guid,
    /// `Interval(YearMonth)`
    IntervalYearMonth,
    /// `Interval(MonthDayNano)` whose months are 0
    IntervalDaySecond,
}

/// The Arrow type for values of an SQL type.
pub fn arrow_type(column_type: ColumnType) -> DataType {
    match column_type {
        ColumnType::Bit => DataType::Boolean,
        ColumnType::TinyInt => DataType::Int8,
        ColumnType::SmallInt => DataType::Int16,
        ColumnType::Integer => DataType::Int32,
        ColumnType::BigInt => DataType::Int64,
        ColumnType::Real => DataType::Float32,
        ColumnType::Double => DataType::Float64,
        ColumnType::Decimal { precision, scale } => DataType::Decimal128(precision, scale),
        ColumnType::Varchar { .. } | ColumnType::LongVarchar | ColumnType::Guid => DataType::Utf8,
        ColumnType::Varbinary { .. } | ColumnType::LongVarbinary => DataType::Binary,
        ColumnType::Date => DataType::Date32,
        ColumnType::Time { .. } => DataType::Time64(TimeUnit::Microsecond),
        ColumnType::Timestamp { .. } => DataType::Timestamp(TimeUnit::Microsecond, None),
        ColumnType::IntervalYearMonth => DataType::Interval(IntervalUnit::YearMonth),
        ColumnType::IntervalDaySecond => DataType::Interval(IntervalUnit::MonthDayNano),
    }
}

/// The SQL type of an Arrow type without further facts.
pub fn column_type_from_arrow(data_type: &DataType) -> Option<ColumnType> {
    Some(match data_type {
        DataType::Boolean => ColumnType::Bit,
        DataType::Int8 => ColumnType::TinyInt,
        DataType::Int16 => ColumnType::SmallInt,
        DataType::Int32 => ColumnType::Integer,
        DataType::Int64 => ColumnType::BigInt,
        DataType::Float32 => ColumnType::Real,
        DataType::Float64 => ColumnType::Double,
        &DataType::Decimal128(precision, scale) => ColumnType::Decimal { precision, scale },
        DataType::Utf8 => ColumnType::LongVarchar,
        DataType::Binary => ColumnType::LongVarbinary,
        DataType::Date32 => ColumnType::Date,
        DataType::Time64(TimeUnit::Microsecond) => ColumnType::Time { fraction_digits: 6 },
        DataType::Timestamp(TimeUnit::Microsecond, None) => {
            ColumnType::Timestamp { fraction_digits: 6 }
        }
        DataType::Interval(IntervalUnit::YearMonth) => ColumnType::IntervalYearMonth,
        DataType::Interval(IntervalUnit::MonthDayNano) => ColumnType::IntervalDaySecond,
        _ => return None,
    })
}

/// `VARCHAR(320)`: the name of the type with its parameters, also used in the table reference.
pub fn type_to_text(column_type: ColumnType) -> String {
    match column_type {
        ColumnType::Decimal { precision, scale } => format!("DECIMAL({precision},{scale})"),
        ColumnType::Varchar { length } => format!("VARCHAR({length})"),
        ColumnType::Varbinary { length } => format!("VARBINARY({length})"),
        ColumnType::Time { fraction_digits } => format!("TIME({fraction_digits})"),
        ColumnType::Timestamp { fraction_digits } => format!("TIMESTAMP({fraction_digits})"),
        other => plain_name(other).to_owned(),
    }
}

const PLAIN_TYPES: &[ColumnType] = &[
    ColumnType::Bit,
    ColumnType::TinyInt,
    ColumnType::SmallInt,
    ColumnType::Integer,
    ColumnType::BigInt,
    ColumnType::Real,
    ColumnType::Double,
    ColumnType::LongVarchar,
    ColumnType::LongVarbinary,
    ColumnType::Date,
    ColumnType::Guid,
    ColumnType::IntervalYearMonth,
    ColumnType::IntervalDaySecond,
];

fn plain_name(column_type: ColumnType) -> &'static str {
    match column_type {
        ColumnType::Bit => "BIT",
        ColumnType::TinyInt => "TINYINT",
        ColumnType::SmallInt => "SMALLINT",
        ColumnType::Integer => "INTEGER",
        ColumnType::BigInt => "BIGINT",
        ColumnType::Real => "REAL",
        ColumnType::Double => "DOUBLE",
        ColumnType::Decimal { .. } => "DECIMAL",
        ColumnType::Varchar { .. } => "VARCHAR",
        ColumnType::LongVarchar => "LONGVARCHAR",
        ColumnType::Varbinary { .. } => "VARBINARY",
        ColumnType::LongVarbinary => "LONGVARBINARY",
        ColumnType::Date => "DATE",
        ColumnType::Time { .. } => "TIME",
        ColumnType::Timestamp { .. } => "TIMESTAMP",
        ColumnType::Guid => "GUID",
        ColumnType::IntervalYearMonth => "INTERVAL YEAR TO MONTH",
        ColumnType::IntervalDaySecond => "INTERVAL DAY TO SECOND",
    }
}

pub(super) fn type_from_text(text: &str) -> Option<ColumnType> {
    let Some((name, arguments)) = text.split_once('(') else {
        return PLAIN_TYPES
            .iter()
            .copied()
            .find(|&plain| plain_name(plain) == text);
    };
    let arguments = arguments.strip_suffix(')')?;
    Some(match name {
        "DECIMAL" => {
            let (precision, scale) = arguments.split_once(',')?;
            ColumnType::Decimal {
                precision: precision.parse().ok()?,
                scale: scale.parse().ok()?,
            }
        }
        "VARCHAR" => ColumnType::Varchar {
            length: arguments.parse().ok()?,
        },
        "VARBINARY" => ColumnType::Varbinary {
            length: arguments.parse().ok()?,
        },
        "TIME" => ColumnType::Time {
            fraction_digits: arguments.parse().ok()?,
        },
        "TIMESTAMP" => ColumnType::Timestamp {
            fraction_digits: arguments.parse().ok()?,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_survives_as_text_and_as_arrow_type() {
        let others = [
            ColumnType::Decimal {
                precision: 38,
                scale: -2,
            },
            ColumnType::Varchar { length: 320 },
            ColumnType::Varbinary { length: 16 },
            ColumnType::Time { fraction_digits: 0 },
            ColumnType::Timestamp { fraction_digits: 6 },
        ];
        for &column_type in PLAIN_TYPES.iter().chain(&others) {
            let text = type_to_text(column_type);
            assert_eq!(type_from_text(&text), Some(column_type), "{text}");
            let derived = column_type_from_arrow(&arrow_type(column_type)).unwrap();
            assert_eq!(arrow_type(derived), arrow_type(column_type), "{text}");
        }
    }

    #[test]
    fn damaged_type_texts_are_none() {
        for text in [
            "",
            "VARCHAR",
            "VARCHAR(",
            "VARCHAR(x)",
            "DECIMAL(1)",
            "FLOAT(3)",
        ] {
            assert_eq!(type_from_text(text), None, "{text}");
        }
    }
}
