//! The numbers that ODBC gives to SQL and C types; [`crate::odbc::state::descriptor::facts`] has
//! their properties.

use crate::odbc::constants::{c_type, sql_type};

/// Verbose type and the subcode that makes it concise again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerboseType {
    /// `SQL_DESC_TYPE`
    pub verbose: i16,
    /// `SQL_DESC_DATETIME_INTERVAL_CODE`
    pub subcode: i16,
}

/// Splits a concise SQL or C type.
pub const fn verbose(concise: i16) -> VerboseType {
    let (verbose, subcode) = match concise {
        sql_type::TYPE_DATE..=sql_type::TYPE_TIMESTAMP => {
            (sql_type::DATETIME, concise - sql_type::TYPE_DATE + 1)
        }
        sql_type::INTERVAL_YEAR..=sql_type::INTERVAL_MINUTE_TO_SECOND => {
            (sql_type::INTERVAL, concise - sql_type::INTERVAL_YEAR + 1)
        }
        other => (other, 0),
    };
    VerboseType { verbose, subcode }
}

/// The concise type of a verbose one; `None` if the subcode does not belong to it.
pub const fn concise(verbose: i16, subcode: i16) -> Option<i16> {
    match (verbose, subcode) {
        (sql_type::DATETIME, 1..=3) => Some(sql_type::TYPE_DATE + subcode - 1),
        (sql_type::INTERVAL, 1..=13) => Some(sql_type::INTERVAL_YEAR + subcode - 1),
        (sql_type::DATETIME | sql_type::INTERVAL, _) => None,
        (other, _) => Some(other),
    }
}

/// The ODBC 3 code of a type that may be given with its ODBC 2 code.
pub const fn canonical_datetime(concise: i16) -> i16 {
    match concise {
        sql_type::DATE2 => sql_type::TYPE_DATE,
        sql_type::TIME2 => sql_type::TYPE_TIME,
        sql_type::TIMESTAMP2 => sql_type::TYPE_TIMESTAMP,
        other => other,
    }
}

/// The ODBC 2 code of a date or time type.
pub const fn odbc2_datetime(concise: i16) -> i16 {
    match concise {
        sql_type::TYPE_DATE => sql_type::DATE2,
        sql_type::TYPE_TIME => sql_type::TIME2,
        sql_type::TYPE_TIMESTAMP => sql_type::TIMESTAMP2,
        other => other,
    }
}

/// Whether ODBC assigns this SQL type.
pub const fn is_sql_type(concise: i16) -> bool {
    matches!(concise, 1..=12 | 91..=93 | 101..=113 | -11..=-1)
}

/// Whether ODBC assigns this C type.
pub const fn is_c_type(concise: i16) -> bool {
    matches!(
        concise,
        c_type::CHAR
            | c_type::NUMERIC
            | c_type::LONG
            | c_type::SHORT
            | c_type::FLOAT
            | c_type::DOUBLE
            | c_type::DATE2
            | c_type::TIME2
            | c_type::TIMESTAMP2
            | c_type::TYPE_DATE
            | c_type::TYPE_TIME
            | c_type::TYPE_TIMESTAMP
            | 101
            ..=113
                | c_type::DEFAULT
                | c_type::BINARY
                | c_type::TINYINT
                | c_type::BIT
                | c_type::WCHAR
                | c_type::GUID
                | c_type::SLONG
                | c_type::SSHORT
                | c_type::STINYINT
                | c_type::ULONG
                | c_type::USHORT
                | c_type::UTINYINT
                | c_type::SBIGINT
                | c_type::UBIGINT
    )
}

/// Size of a C type with fixed size; `None` for text and binary data.
pub const fn c_type_size(concise: i16) -> Option<usize> {
    Some(match concise {
        c_type::BIT | c_type::TINYINT | c_type::STINYINT | c_type::UTINYINT => 1,
        c_type::SHORT | c_type::SSHORT | c_type::USHORT => 2,
        c_type::LONG | c_type::SLONG | c_type::ULONG | c_type::FLOAT => 4,
        c_type::DOUBLE | c_type::SBIGINT | c_type::UBIGINT => 8,
        c_type::TYPE_DATE | c_type::DATE2 | c_type::TYPE_TIME | c_type::TIME2 => 6,
        c_type::TYPE_TIMESTAMP | c_type::TIMESTAMP2 | c_type::GUID => 16,
        c_type::NUMERIC => 19,
        101..=113 => 28,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concise_and_verbose_types_are_each_others_inverse() {
        for code in (-30..=120).filter(|code| is_sql_type(*code) && !(9..=10).contains(code)) {
            let VerboseType {
                verbose: kind,
                subcode,
            } = verbose(code);
            assert_eq!(concise(kind, subcode), Some(code));
        }
        assert_eq!(concise(sql_type::DATETIME, 7), None);
    }
}
