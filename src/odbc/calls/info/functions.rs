//! Scalar functions of the `{fn ...}` escape: the information type and bit of each.
//!
//! The SQL layer's list decides which bits are set; none is set by hand.

/// The information type of a function's bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionInfoType {
    String,
    Numeric,
    TimeDate,
    System,
    Convert,
}

pub use super::scalar::SCALAR_FUNCTIONS;

use FunctionInfoType::{Convert, Numeric, String, System, TimeDate};

/// ODBC name, information type and bit.
const FUNCTIONS: &[(&str, FunctionInfoType, u32)] = &[
    ("CONCAT", String, 0x0000_0001),
    ("INSERT", String, 0x0000_0002),
    ("LEFT", String, 0x0000_0004),
    ("LTRIM", String, 0x0000_0008),
    ("LENGTH", String, 0x0000_0010),
    // LOCATE with a start position is LOCATE, without one LOCATE_2.
    ("LOCATE", String, 0x0001_0020),
    ("LCASE", String, 0x0000_0040),
    ("REPEAT", String, 0x0000_0080),
    ("REPLACE", String, 0x0000_0100),
    ("RIGHT", String, 0x0000_0200),
    ("RTRIM", String, 0x0000_0400),
    ("SUBSTRING", String, 0x0000_0800),
    ("UCASE", String, 0x0000_1000),
    ("ASCII", String, 0x0000_2000),
    ("CHAR", String, 0x0000_4000),
    ("DIFFERENCE", String, 0x0000_8000),
    ("SOUNDEX", String, 0x0002_0000),
    ("SPACE", String, 0x0004_0000),
    ("BIT_LENGTH", String, 0x0008_0000),
    ("CHAR_LENGTH", String, 0x0010_0000),
    ("CHARACTER_LENGTH", String, 0x0020_0000),
    ("OCTET_LENGTH", String, 0x0040_0000),
    ("POSITION", String, 0x0080_0000),
    ("ABS", Numeric, 0x0000_0001),
    ("ACOS", Numeric, 0x0000_0002),
    ("ASIN", Numeric, 0x0000_0004),
    ("ATAN", Numeric, 0x0000_0008),
    ("ATAN2", Numeric, 0x0000_0010),
    ("CEILING", Numeric, 0x0000_0020),
    ("COS", Numeric, 0x0000_0040),
    ("COT", Numeric, 0x0000_0080),
    ("EXP", Numeric, 0x0000_0100),
    ("FLOOR", Numeric, 0x0000_0200),
    ("LOG", Numeric, 0x0000_0400),
    ("MOD", Numeric, 0x0000_0800),
    ("SIGN", Numeric, 0x0000_1000),
    ("SIN", Numeric, 0x0000_2000),
    ("SQRT", Numeric, 0x0000_4000),
    ("TAN", Numeric, 0x0000_8000),
    ("PI", Numeric, 0x0001_0000),
    ("RAND", Numeric, 0x0002_0000),
    ("DEGREES", Numeric, 0x0004_0000),
    ("LOG10", Numeric, 0x0008_0000),
    ("POWER", Numeric, 0x0010_0000),
    ("RADIANS", Numeric, 0x0020_0000),
    ("ROUND", Numeric, 0x0040_0000),
    ("TRUNCATE", Numeric, 0x0080_0000),
    ("NOW", TimeDate, 0x0000_0001),
    ("CURDATE", TimeDate, 0x0000_0002),
    ("DAYOFMONTH", TimeDate, 0x0000_0004),
    ("DAYOFWEEK", TimeDate, 0x0000_0008),
    ("DAYOFYEAR", TimeDate, 0x0000_0010),
    ("MONTH", TimeDate, 0x0000_0020),
    ("QUARTER", TimeDate, 0x0000_0040),
    ("WEEK", TimeDate, 0x0000_0080),
    ("YEAR", TimeDate, 0x0000_0100),
    ("CURTIME", TimeDate, 0x0000_0200),
    ("HOUR", TimeDate, 0x0000_0400),
    ("MINUTE", TimeDate, 0x0000_0800),
    ("SECOND", TimeDate, 0x0000_1000),
    ("TIMESTAMPADD", TimeDate, 0x0000_2000),
    ("TIMESTAMPDIFF", TimeDate, 0x0000_4000),
    ("DAYNAME", TimeDate, 0x0000_8000),
    ("MONTHNAME", TimeDate, 0x0001_0000),
    ("CURRENT_DATE", TimeDate, 0x0002_0000),
    ("CURRENT_TIME", TimeDate, 0x0004_0000),
    ("CURRENT_TIMESTAMP", TimeDate, 0x0008_0000),
    ("EXTRACT", TimeDate, 0x0010_0000),
    ("USER", System, 0x0000_0001),
    ("DATABASE", System, 0x0000_0002),
    ("IFNULL", System, 0x0000_0004),
    ("CONVERT", Convert, 0x0000_0001),
];

/// `SQL_FN_CVT_CAST`: CAST is part of the SQL dialect.
const CAST: u32 = 0x0000_0002;

pub fn is_supported(function: &str) -> bool {
    SCALAR_FUNCTIONS.contains(&function)
}

/// The bitmap of an information type.
pub fn bits(info_type: FunctionInfoType) -> u32 {
    let supported = FUNCTIONS
        .iter()
        .filter(|(name, of, _)| *of == info_type && is_supported(name))
        .fold(0, |bits, (_, _, bit)| bits | bit);
    if info_type == Convert {
        supported | CAST
    } else {
        supported
    }
}
