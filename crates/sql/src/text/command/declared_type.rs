//! The type of a declared column, by its name in ODBC and in other databases.

use super::super::rewrite::custom_type;
use crate::ColumnType;
use datafusion::sql::sqlparser::ast::{
    BinaryLength, CharacterLength, DataType, ExactNumberInfo, TimezoneInfo,
};

/// Times and timestamps are stored in microseconds, however few digits are declared.
const TIME: ColumnType = ColumnType::Time { fraction_digits: 6 };
const TIMESTAMP: ColumnType = ColumnType::Timestamp { fraction_digits: 6 };

/// Default precision and scale of a DECIMAL, as in T-SQL.
const DECIMAL: (u64, i64) = (18, 0);

/// Names of the parser's unknown types of text and bytes; the number in parentheses is their length.
const TEXTS: &[&str] = &[
    "nchar",
    "wchar",
    "wvarchar",
    "longvarchar",
    "wlongvarchar",
    "ntext",
    "sysname",
    "xml",
    "sql_char",
    "sql_varchar",
    "sql_longvarchar",
    "sql_wchar",
    "sql_wvarchar",
    "sql_wlongvarchar",
];
const BYTES: &[&str] = &[
    "longvarbinary",
    "image",
    "sql_binary",
    "sql_varbinary",
    "sql_longvarbinary",
];
const GUIDS: &[&str] = &["guid", "uniqueidentifier", "sql_guid"];

/// Characters of a GUID's text.
const GUID_LENGTH: u64 = 36;

/// The column's type; `None` if it cannot be stored.
pub fn column_type(data_type: &DataType) -> Option<ColumnType> {
    Some(match data_type {
        DataType::Boolean | DataType::Bool | DataType::Bit(None | Some(1)) => ColumnType::Bit,
        DataType::TinyInt(_) => ColumnType::TinyInt,
        DataType::SmallInt(_) | DataType::Int2(_) => ColumnType::SmallInt,
        DataType::Int(_) | DataType::Integer(_) | DataType::Int4(_) | DataType::MediumInt(_) => {
            ColumnType::Integer
        }
        DataType::BigInt(_) | DataType::Int8(_) => ColumnType::BigInt,
        DataType::Real | DataType::Float4 | DataType::Float(ExactNumberInfo::Precision(1..=24)) => {
            ColumnType::Real
        }
        DataType::Float(_) | DataType::Double(_) | DataType::DoublePrecision | DataType::Float8 => {
            ColumnType::Double
        }
        DataType::Decimal(size) | DataType::Numeric(size) | DataType::Dec(size) => decimal(size)?,
        // CHAR is CHAR(1); other text without a length is unlimited.
        DataType::Char(None) | DataType::Character(None) => text(Some(1)),
        DataType::Char(length)
        | DataType::Character(length)
        | DataType::Varchar(length)
        | DataType::CharVarying(length)
        | DataType::CharacterVarying(length)
        | DataType::Nvarchar(length) => text(characters(*length)),
        DataType::Text
        | DataType::TinyText
        | DataType::MediumText
        | DataType::LongText
        | DataType::Clob(_)
        | DataType::String(_) => text(None),
        DataType::Uuid => text(Some(GUID_LENGTH)),
        DataType::Binary(length) => bytes(*length),
        DataType::Varbinary(Some(BinaryLength::IntegerLength { length })) => bytes(Some(*length)),
        DataType::Varbinary(_) | DataType::Blob(_) | DataType::Bytea => bytes(None),
        DataType::Date => ColumnType::Date,
        DataType::Time(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => TIME,
        DataType::Timestamp(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone)
        | DataType::Datetime(_) => TIMESTAMP,
        DataType::Custom(name, modifiers) => {
            let length = modifiers.first().and_then(|length| length.parse().ok());
            return custom(&name.to_string(), length);
        }
        _ => return None,
    })
}

fn custom(name: &str, length: Option<u64>) -> Option<ColumnType> {
    match name {
        _ if TEXTS.contains(&name) => Some(text(length)),
        _ if BYTES.contains(&name) => Some(bytes(length)),
        _ if GUIDS.contains(&name) => Some(text(Some(GUID_LENGTH))),
        _ => column_type(&custom_type(name)?),
    }
}

fn characters(length: Option<CharacterLength>) -> Option<u64> {
    match length {
        Some(CharacterLength::IntegerLength { length, .. }) => Some(length),
        Some(CharacterLength::Max) | None => None,
    }
}

fn text(length: Option<u64>) -> ColumnType {
    match length.map(u32::try_from) {
        Some(Ok(length)) => ColumnType::Varchar { length },
        _ => ColumnType::LongVarchar,
    }
}

fn bytes(length: Option<u64>) -> ColumnType {
    match length.map(u32::try_from) {
        Some(Ok(length)) => ColumnType::Varbinary { length },
        _ => ColumnType::LongVarbinary,
    }
}

fn decimal(size: &ExactNumberInfo) -> Option<ColumnType> {
    let (precision, scale) = match *size {
        ExactNumberInfo::None => DECIMAL,
        ExactNumberInfo::Precision(precision) => (precision, 0),
        ExactNumberInfo::PrecisionAndScale(precision, scale) => (precision, scale),
    };
    let fits = (1..=38).contains(&precision) && (0..=precision as i64).contains(&scale);
    fits.then_some(ColumnType::Decimal {
        precision: precision as u8,
        scale: scale as i8,
    })
}
