//! Typed values.

use super::constants as c;

/// A value of a column, read in the C type that fits the column's own.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bit(bool),
    Integer(i64),
    Double(f64),
    /// Text, decimals, GUIDs, intervals.
    Text(String),
    Binary(Vec<u8>),
    Date {
        year: i16,
        month: u16,
        day: u16,
    },
    Time {
        hour: u16,
        minute: u16,
        second: u16,
    },
    /// With nanoseconds.
    Timestamp {
        year: i16,
        month: u16,
        day: u16,
        hour: u16,
        minute: u16,
        second: u16,
        fraction: u32,
    },
}

/// The C type for reading a column of an SQL type.
pub fn c_type(sql_type: i16) -> i16 {
    match sql_type {
        c::BIT => c::C_BIT,
        c::TINYINT | c::SMALLINT | c::INTEGER | c::BIGINT => c::C_SBIGINT,
        c::REAL | c::FLOAT | c::DOUBLE => c::C_DOUBLE,
        c::BINARY | c::VARBINARY | c::LONGVARBINARY => c::C_BINARY,
        c::TYPE_DATE => c::C_TYPE_DATE,
        c::TYPE_TIME => c::C_TYPE_TIME,
        c::TYPE_TIMESTAMP => c::C_TYPE_TIMESTAMP,
        _ => c::C_CHAR,
    }
}

impl Value {
    /// The value in the bytes of a C type.
    pub fn from_bytes(c_type: i16, bytes: &[u8]) -> Self {
        let short = |index: usize| u16::from_ne_bytes([bytes[2 * index], bytes[2 * index + 1]]);
        let eight = || bytes[..8].try_into().expect("eight bytes");
        match c_type {
            c::C_BIT => Value::Bit(bytes[0] != 0),
            c::C_SBIGINT => Value::Integer(i64::from_ne_bytes(eight())),
            c::C_DOUBLE => Value::Double(f64::from_ne_bytes(eight())),
            c::C_BINARY => Value::Binary(bytes.to_vec()),
            c::C_TYPE_DATE => Value::Date {
                year: short(0) as i16,
                month: short(1),
                day: short(2),
            },
            c::C_TYPE_TIME => Value::Time {
                hour: short(0),
                minute: short(1),
                second: short(2),
            },
            c::C_TYPE_TIMESTAMP => Value::Timestamp {
                year: short(0) as i16,
                month: short(1),
                day: short(2),
                hour: short(3),
                minute: short(4),
                second: short(5),
                fraction: u32::from_ne_bytes(bytes[12..16].try_into().expect("four bytes")),
            },
            _ => {
                let text = std::str::from_utf8(bytes).expect("SQL_C_CHAR is UTF-8");
                Value::Text(text.to_owned())
            }
        }
    }
}
