//! Columns as Arrow fields. What Arrow's types do not hold travels as metadata of the field, which
//! plain references to a column keep through a plan.

use super::definition::{Column, Table};
use crate::sql;
use crate::sql::ColumnType;
use datafusion::arrow::datatypes::{DataType, Field, IntervalUnit, Schema, TimeUnit};
use std::collections::HashMap;

const TYPE: &str = "exchange.type";
const TABLE: &str = "exchange.table";
const COLUMN: &str = "exchange.column";
const CASE_SENSITIVE: &str = "exchange.case_sensitive";
const REMARKS: &str = "exchange.remarks";

/// The Arrow type in which values of an SQL type arrive.
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

/// The Arrow field of a table's column, with all that its definition says about it.
pub fn schema_field(table: &Table, column: &Column) -> Field {
    let mut metadata = HashMap::from([
        (TYPE.to_owned(), type_to_text(column.column_type)),
        (TABLE.to_owned(), table.name.to_owned()),
        (COLUMN.to_owned(), column.name.to_owned()),
        (REMARKS.to_owned(), column.remarks.to_owned()),
    ]);
    if column.case_sensitive {
        metadata.insert(CASE_SENSITIVE.to_owned(), String::new());
    }
    Field::new(column.name, arrow_type(column.column_type), column.nullable).with_metadata(metadata)
}

/// The Arrow field of a column that is described already: what [`column_from_field`] reads.
pub fn result_field(column: &sql::Column) -> Field {
    let mut metadata = HashMap::from([(TYPE.to_owned(), type_to_text(column.column_type))]);
    if let Some((table, name)) = &column.base {
        metadata.insert(TABLE.to_owned(), table.clone());
        metadata.insert(COLUMN.to_owned(), name.clone());
    }
    if !column.remarks.is_empty() {
        metadata.insert(REMARKS.to_owned(), column.remarks.clone());
    }
    if column.case_sensitive {
        metadata.insert(CASE_SENSITIVE.to_owned(), String::new());
    }
    Field::new(
        &column.name,
        arrow_type(column.column_type),
        column.nullable,
    )
    .with_metadata(metadata)
}

/// The Arrow schema of some of a table's columns, in this order.
pub fn schema_of(table: &Table, columns: &[usize]) -> Schema {
    let field = |&index: &usize| schema_field(table, &table.columns[index]);
    Schema::new(columns.iter().map(field).collect::<Vec<_>>())
}

/// The SQL type of a field: the declared one while the field still has the Arrow type that goes with
/// it, otherwise the one its Arrow type has. `None` if the type is none of the canonical ones.
pub fn column_type_from_field(field: &Field) -> Option<ColumnType> {
    let declared = field
        .metadata()
        .get(TYPE)
        .and_then(|text| type_from_text(text));
    declared
        .filter(|&declared| arrow_type(declared) == *field.data_type())
        .or_else(|| column_type_from_arrow(field.data_type()))
}

/// Whether a definition says of which type the field's values are.
pub fn is_declared(field: &Field) -> bool {
    field.metadata().contains_key(TYPE)
}

/// The SQL type of an Arrow type about which nothing more is known.
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

/// The field as a column of a result. `None` if its type is none of the canonical ones.
pub fn column_from_field(field: &Field) -> Option<sql::Column> {
    let metadata = field.metadata();
    let base = metadata
        .get(TABLE)
        .cloned()
        .zip(metadata.get(COLUMN).cloned());
    Some(sql::Column {
        name: field.name().clone(),
        column_type: column_type_from_field(field)?,
        nullable: field.is_nullable(),
        case_sensitive: metadata.contains_key(CASE_SENSITIVE),
        base,
        remarks: metadata.get(REMARKS).cloned().unwrap_or_default(),
    })
}

/// `VARCHAR(320)`: the name of the type and what belongs to it. Also the spelling of the table
/// reference.
pub(super) fn type_to_text(column_type: ColumnType) -> String {
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

fn type_from_text(text: &str) -> Option<ColumnType> {
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
    use crate::tables::definitions::{MESSAGES, TABLES};

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
    fn a_field_tells_all_about_its_column() {
        for table in TABLES {
            for column in table.columns {
                let described = column_from_field(&schema_field(table, column)).unwrap();
                assert_eq!(described.name, column.name);
                assert_eq!(described.column_type, column.column_type);
                assert_eq!(described.nullable, column.nullable);
                assert_eq!(described.case_sensitive, column.case_sensitive);
                assert_eq!(
                    described.base,
                    Some((table.name.into(), column.name.into()))
                );
                assert_eq!(described.remarks, column.remarks);
            }
        }
    }

    #[test]
    fn a_described_column_survives_as_a_field() {
        for column in MESSAGES.columns {
            let described = column_from_field(&schema_field(&MESSAGES, column)).unwrap();
            assert_eq!(
                column_from_field(&result_field(&described)),
                Some(described)
            );
        }
    }

    #[test]
    fn a_field_that_changed_its_arrow_type_has_that_type() {
        let subject = schema_field(&MESSAGES, MESSAGES.column("subject").unwrap());
        let changed = subject.with_data_type(DataType::Int64);
        assert_eq!(column_type_from_field(&changed), Some(ColumnType::BigInt));
    }

    #[test]
    fn a_computed_field_has_no_base_and_a_foreign_type_none() {
        let field = Field::new("n", DataType::Utf8, true);
        let described = column_from_field(&field).unwrap();
        assert_eq!(described.base, None);
        assert_eq!(described.column_type, ColumnType::LongVarchar);
        assert_eq!(
            column_from_field(&Field::new("n", DataType::LargeUtf8, true)),
            None
        );
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
