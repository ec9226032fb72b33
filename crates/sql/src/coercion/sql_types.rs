//! Names of SQL types that DataFusion lacks, or that have another meaning there.

use crate::functions::type_families::{TIME, TIMESTAMP};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::Result;
use datafusion::logical_expr::planner::TypePlanner;
use datafusion::sql::sqlparser::ast::{self, ExactNumberInfo};
use std::sync::Arc;

#[derive(Debug)]
pub struct OdbcTypes;

impl TypePlanner for OdbcTypes {
    fn plan_type_field(&self, sql_type: &ast::DataType) -> Result<Option<FieldRef>> {
        Ok(data_type(sql_type).map(|data_type| Arc::new(Field::new("", data_type, true))))
    }
}

/// `None` leaves the type to DataFusion.
fn data_type(sql_type: &ast::DataType) -> Option<DataType> {
    use ast::DataType as Sql;
    Some(match sql_type {
        // DataFusion's nanoseconds only cover the years 1677 to 2262.
        Sql::Timestamp(..) | Sql::TimestampNtz { .. } | Sql::Datetime(_) | Sql::Datetime64(..) => {
            TIMESTAMP
        }
        Sql::Time(..) => TIME,
        Sql::Nvarchar(_)
        | Sql::Character(_)
        | Sql::CharacterVarying(_)
        | Sql::CharVarying(_)
        | Sql::CharacterLargeObject(_)
        | Sql::CharLargeObject(_)
        | Sql::Clob(_)
        | Sql::TinyText
        | Sql::MediumText
        | Sql::LongText
        | Sql::Uuid => DataType::Utf8,
        Sql::Binary(_)
        | Sql::Varbinary(_)
        | Sql::Blob(_)
        | Sql::TinyBlob
        | Sql::MediumBlob
        | Sql::LongBlob
        | Sql::Bytes(_) => DataType::Binary,
        Sql::Bit(_) => DataType::Boolean,
        // FLOAT has 53 bits unless fewer are declared.
        Sql::Float(ExactNumberInfo::Precision(bits)) if *bits <= 24 => DataType::Float32,
        Sql::Float(_) | Sql::Double(_) => DataType::Float64,
        Sql::Dec(info) => decimal(*info)?,
        Sql::Custom(name, _) => named(&name.to_string().to_ascii_lowercase())?,
        _ => return None,
    })
}

fn decimal(info: ExactNumberInfo) -> Option<DataType> {
    let (precision, scale) = match info {
        ExactNumberInfo::None => (38, 10),
        ExactNumberInfo::Precision(precision) => (precision, 0),
        ExactNumberInfo::PrecisionAndScale(precision, scale) => (precision, scale),
    };
    let precision = u8::try_from(precision)
        .ok()
        .filter(|precision| (1..=38).contains(precision))?;
    let scale = i8::try_from(scale)
        .ok()
        .filter(|scale| *scale <= precision.cast_signed())?;
    Some(DataType::Decimal128(precision, scale))
}

/// Types of SQL Server and Access that the parser does not know.
fn named(name: &str) -> Option<DataType> {
    Some(match name.trim_matches(['"', '[', ']', '`']) {
        "datetime2" | "smalldatetime" | "datetimeoffset" => TIMESTAMP,
        "ntext" | "nchar" | "sysname" | "uniqueidentifier" | "guid" | "longvarchar" | "xml" => {
            DataType::Utf8
        }
        "image" | "longvarbinary" | "rowversion" => DataType::Binary,
        "money" => DataType::Decimal128(19, 4),
        "smallmoney" => DataType::Decimal128(10, 4),
        "bit" | "yesno" => DataType::Boolean,
        _ => return None,
    })
}
