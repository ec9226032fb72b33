//! Data types by their names in ODBC and in other databases.

use super::super::call::call;
use datafusion::sql::sqlparser::ast::{
    CharacterLength, DataType, ExactNumberInfo, Expr, Ident, TimezoneInfo, Value,
};

/// Precision of every time and timestamp here: microseconds.
const MICROSECONDS: Option<u64> = Some(6);
const TIMESTAMP: DataType = DataType::Timestamp(MICROSECONDS, TimezoneInfo::None);
const TIME: DataType = DataType::Time(None, TimezoneInfo::None);
const TEXT: DataType = DataType::Varchar(None);
const DOUBLE: DataType = DataType::Double(ExactNumberInfo::None);
const DECIMAL: DataType = DataType::Decimal(ExactNumberInfo::None);

/// Names that the parser does not know.
const CUSTOM: &[(&[&str], DataType)] = &[
    (
        &[
            "sql_char",
            "sql_varchar",
            "sql_longvarchar",
            "sql_wchar",
            "sql_wvarchar",
            "sql_wlongvarchar",
        ],
        TEXT,
    ),
    (
        &[
            "ntext",
            "nchar",
            "sysname",
            "sql_guid",
            "uniqueidentifier",
            "xml",
        ],
        TEXT,
    ),
    (&["sql_bit"], DataType::Boolean),
    (&["sql_tinyint"], DataType::TinyInt(None)),
    (&["sql_smallint"], DataType::SmallInt(None)),
    (&["sql_integer"], DataType::Int(None)),
    (&["sql_bigint"], DataType::BigInt(None)),
    (&["sql_real"], DataType::Real),
    (&["sql_float", "sql_double"], DOUBLE),
    (&["sql_decimal", "sql_numeric"], DECIMAL),
    (
        &["money", "smallmoney"],
        DataType::Decimal(ExactNumberInfo::PrecisionAndScale(19, 4)),
    ),
    (&["sql_date", "sql_type_date"], DataType::Date),
    (&["sql_time", "sql_type_time"], TIME),
    (&["sql_timestamp", "sql_type_timestamp"], TIMESTAMP),
    (&["datetime2", "smalldatetime"], TIMESTAMP),
    (
        &["sql_binary", "sql_varbinary", "sql_longvarbinary", "image"],
        DataType::Bytea,
    ),
];

/// The type of this name (in lower case, perhaps with a length), if it is one the parser does not know.
pub fn custom_type(name: &str) -> Option<DataType> {
    CUSTOM
        .iter()
        .find(|(names, _)| names.contains(&name))
        .map(|(_, data_type)| data_type.clone())
}

/// Gives a cast a type that the engine supports.
pub fn rewrite(expr: &mut Expr) {
    match expr {
        Expr::TypedString(typed) => typed.data_type = known(&typed.data_type),
        Expr::Cast { data_type, .. } => {
            let length = length(data_type);
            *data_type = known(data_type);
            let name = data_type.to_string();
            name_apart(expr, name);
            if let Some(length) = length {
                cut(expr, length);
            }
        }
        _ => {}
    }
}

fn known(data_type: &DataType) -> DataType {
    match data_type {
        DataType::Custom(name, _) => {
            custom_type(&name.to_string()).unwrap_or_else(|| data_type.clone())
        }
        DataType::Char(_)
        | DataType::Character(_)
        | DataType::Varchar(_)
        | DataType::CharVarying(_)
        | DataType::CharacterVarying(_)
        | DataType::Nvarchar(_)
        | DataType::Text
        | DataType::TinyText
        | DataType::MediumText
        | DataType::LongText
        | DataType::Clob(_)
        | DataType::CharLargeObject(_)
        | DataType::CharacterLargeObject(_)
        | DataType::Uuid => TEXT,
        DataType::Bit(_) => DataType::Boolean,
        DataType::MediumInt(_) | DataType::Signed | DataType::SignedInteger => DataType::Int(None),
        // FLOAT is double precision in ODBC and T-SQL unless few digits are declared.
        DataType::Float(ExactNumberInfo::Precision(1..=24)) => DataType::Real,
        DataType::Float(_) => DOUBLE,
        DataType::Dec(size) => DataType::Decimal(*size),
        DataType::Binary(_) | DataType::Varbinary(_) | DataType::Blob(_) => DataType::Bytea,
        // The engine's default of nanoseconds ends in the year 2262.
        DataType::Timestamp(None | Some(_), TimezoneInfo::None | TimezoneInfo::WithoutTimeZone)
        | DataType::Datetime(_) => TIMESTAMP,
        DataType::Time(_, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => TIME,
        other => other.clone(),
    }
}

/// Declared length of a character type.
fn length(data_type: &DataType) -> Option<u64> {
    match data_type {
        DataType::Char(length)
        | DataType::Character(length)
        | DataType::Varchar(length)
        | DataType::CharVarying(length)
        | DataType::CharacterVarying(length)
        | DataType::Nvarchar(length) => match length {
            Some(CharacterLength::IntegerLength { length, .. }) => Some(*length),
            Some(CharacterLength::Max) | None => None,
        },
        DataType::Custom(name, modifiers) if name.to_string() == "nchar" => {
            modifiers.first()?.parse().ok()
        }
        _ => None,
    }
}

/// The function that wraps a cast until the statement is planned. No statement can name it.
pub const NAMED_CAST: &str = "=cast";

/// Gives a cast a name of its own. The engine gives it the name of its operand, so `SUM(a)` and
/// `SUM(CAST(a AS DOUBLE))` would have the same name.
fn name_apart(expr: &mut Expr, data_type: String) {
    let null = Expr::Value(Value::Null.with_empty_span());
    let cast = std::mem::replace(expr, null);
    let data_type = Expr::Value(Value::SingleQuotedString(data_type).with_empty_span());
    *expr = call(Ident::new(NAMED_CAST), vec![cast, data_type]);
}

/// A cast to a type with a length cuts the text, which the engine's own cast does not.
fn cut(expr: &mut Expr, length: u64) {
    let null = Expr::Value(Value::Null.with_empty_span());
    let value = std::mem::replace(expr, null);
    let length = Expr::Value(Value::Number(length.to_string(), false).with_empty_span());
    *expr = call(Ident::new("left"), vec![value, length]);
}
