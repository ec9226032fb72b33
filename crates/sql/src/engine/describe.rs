//! Result columns: from the planner's fields to ODBC's description.

use super::lengths::Length;
use crate::result_columns;
use crate::{Column, ColumnType};
use datafusion::arrow::datatypes::{DataType, Field, IntervalUnit, Schema, TimeUnit};
use exchange_tables as tables;
use exchange_tables::definition::Filter;
use std::collections::HashMap;
use std::sync::Arc;

/// The longest VARCHAR of a computed value, because applications reserve that much in each row.
/// Longer ones are LONGVARCHAR.
const LONGEST: u32 = 65_535;

/// Names as the application wrote them.
pub struct Labels<'a> {
    /// Internal output name to label.
    pub labels: &'a HashMap<String, String>,
    /// Lower case to the first spelling in the statement.
    pub spellings: &'a HashMap<String, String>,
}

/// Facts from the plan about a column, besides its field.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub length: Length,
    /// Its values come from several columns, as in a UNION.
    pub is_merged: bool,
}

/// Describes a result's field. `longest_varchar` is the length reported for text of unknown length.
pub fn column(field: &Field, origin: Origin, labels: &Labels<'_>, longest_varchar: u32) -> Column {
    let declared = result_columns::column_from_field(field)
        .filter(|column| column.base.is_some() && !origin.is_merged);
    let column_type = match &declared {
        Some(declared) => declared.column_type,
        None => match (
            column_type(field.data_type(), longest_varchar),
            origin.length,
        ) {
            (ColumnType::Varchar { .. }, Length::AtMost(length)) if length <= LONGEST => {
                ColumnType::Varchar { length }
            }
            (ColumnType::Varchar { .. }, Length::AtMost(_) | Length::Unbounded) => {
                ColumnType::LongVarchar
            }
            (other, _) => other,
        },
    };
    let base = declared.as_ref().and_then(|column| column.base.clone());
    let canonical = base.as_ref().map(|(_, name)| name).filter(|name| {
        // An alias hides the column's own name.
        name.eq_ignore_ascii_case(field.name())
    });
    let name = (labels.labels.get(field.name()))
        .or(canonical)
        .or_else(|| labels.spellings.get(field.name()))
        .unwrap_or(field.name());
    Column {
        name: name.clone(),
        column_type,
        nullable: field.is_nullable(),
        case_sensitive: is_text(column_type) && !base.as_ref().is_some_and(is_mailbox),
        remarks: declared.map(|column| column.remarks).unwrap_or_default(),
        base,
    }
}

/// The columns with the final types, once the values of markers are known: `a + ?` is described as
/// INTEGER because of a, and becomes DOUBLE with a DOUBLE.
pub fn with_values(described: &Arc<[Column]>, schema: &Schema) -> Arc<[Column]> {
    let found = |column: &Column, field: &Field| {
        let found = column_type(field.data_type(), 0);
        (found != column.column_type && is_number(found) && is_number(column.column_type))
            .then_some(found)
    };
    let pairs = || described.iter().zip(schema.fields());
    if !pairs().any(|(column, field)| found(column, field).is_some()) {
        return Arc::clone(described);
    }
    let columns = pairs().map(|(column, field)| Column {
        column_type: found(column, field).unwrap_or(column.column_type),
        ..column.clone()
    });
    columns.collect()
}

fn is_number(column_type: ColumnType) -> bool {
    use ColumnType::{BigInt, Decimal, Double, Integer, Real, SmallInt, TinyInt};
    matches!(
        column_type,
        TinyInt | SmallInt | Integer | BigInt | Real | Double | Decimal { .. }
    )
}

/// Whether a table and a column are those of mailboxes, which compare without case.
fn is_mailbox((table, column): &(String, String)) -> bool {
    let column = tables::table(table).and_then(|table| table.column(column));
    column.is_some_and(|column| column.filter == Filter::Mailbox)
}

/// Other text comparisons are exact in this driver, so all text is case-sensitive.
fn is_text(column_type: ColumnType) -> bool {
    matches!(
        column_type,
        ColumnType::Varchar { .. } | ColumnType::LongVarchar
    )
}

/// The SQL type for an Arrow type that no table column declares.
pub fn column_type(data_type: &DataType, longest_varchar: u32) -> ColumnType {
    match data_type {
        DataType::Boolean => ColumnType::Bit,
        DataType::Int8 => ColumnType::TinyInt,
        DataType::Int16 | DataType::UInt8 => ColumnType::SmallInt,
        DataType::Int32 | DataType::UInt16 => ColumnType::Integer,
        DataType::Int64 | DataType::UInt32 | DataType::UInt64 => ColumnType::BigInt,
        DataType::Float16 | DataType::Float32 => ColumnType::Real,
        DataType::Float64 => ColumnType::Double,
        DataType::Decimal32(precision, scale)
        | DataType::Decimal64(precision, scale)
        | DataType::Decimal128(precision, scale) => ColumnType::Decimal {
            precision: *precision,
            scale: *scale,
        },
        DataType::Decimal256(_, scale) => ColumnType::Decimal {
            precision: 38,
            scale: *scale,
        },
        DataType::Date32 | DataType::Date64 => ColumnType::Date,
        DataType::Time32(unit) | DataType::Time64(unit) => ColumnType::Time {
            fraction_digits: fraction_digits(*unit),
        },
        DataType::Timestamp(unit, _) => ColumnType::Timestamp {
            fraction_digits: fraction_digits(*unit),
        },
        DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::FixedSizeBinary(_) => ColumnType::LongVarbinary,
        DataType::Interval(IntervalUnit::YearMonth) => ColumnType::IntervalYearMonth,
        DataType::Interval(_) | DataType::Duration(_) => ColumnType::IntervalDaySecond,
        DataType::Dictionary(_, value) => column_type(value, longest_varchar),
        _ => ColumnType::Varchar {
            length: longest_varchar,
        },
    }
}

/// Microseconds are the finest unit in the tables.
fn fraction_digits(unit: TimeUnit) -> u8 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond | TimeUnit::Nanosecond => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use exchange_tables::column_type::arrow_type;

    fn describe(field: &Field) -> Column {
        let labels = HashMap::from([("n#2".to_owned(), "N".to_owned())]);
        let spellings = HashMap::from([("total".to_owned(), "Total".to_owned())]);
        let origin = Origin {
            length: Length::Unknown,
            is_merged: false,
        };
        column(
            field,
            origin,
            &Labels {
                labels: &labels,
                spellings: &spellings,
            },
            4000,
        )
    }

    #[test]
    fn names_come_from_the_label_the_table_or_the_spelling() {
        assert_eq!(
            describe(&Field::new("n#2", DataType::Int64, true)).name,
            "N"
        );
        assert_eq!(
            describe(&Field::new("total", DataType::Int64, true)).name,
            "Total"
        );
        assert_eq!(
            describe(&Field::new("other", DataType::Int64, true)).name,
            "other"
        );
    }

    #[test]
    fn text_of_unknown_length_has_the_configured_length() {
        let column = describe(&Field::new("x", DataType::Utf8View, true));
        assert_eq!(column.column_type, ColumnType::Varchar { length: 4000 });
        assert!(column.case_sensitive);
    }

    #[test]
    fn every_described_type_has_an_arrow_type_that_describes_back() {
        for column_type_ in [
            ColumnType::Bit,
            ColumnType::TinyInt,
            ColumnType::SmallInt,
            ColumnType::Integer,
            ColumnType::BigInt,
            ColumnType::Real,
            ColumnType::Double,
            ColumnType::Decimal {
                precision: 12,
                scale: 2,
            },
            ColumnType::Date,
            ColumnType::Time { fraction_digits: 6 },
            ColumnType::Timestamp { fraction_digits: 6 },
            ColumnType::IntervalYearMonth,
            ColumnType::IntervalDaySecond,
        ] {
            assert_eq!(column_type(&arrow_type(column_type_), 4000), column_type_);
        }
    }
}
