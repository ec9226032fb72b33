//! C types: the content of an application's buffers.

use super::interval::IntervalKind;
use super::number::IntegerType;
use crate::odbc::constants::{c_type, sql_type};
use crate::odbc::text::{Encoding, Form};

/// A C type, with the refinements of its descriptor record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `SQL_C_CHAR`, `SQL_C_WCHAR`
    Text(Form),
    Binary,
    Bit,
    Integer(IntegerType),
    Float,
    Double,
    /// `SQL_DESC_PRECISION` and `SQL_DESC_SCALE` of the record.
    Numeric {
        precision: u8,
        scale: i8,
    },
    Date,
    Time,
    Timestamp,
    Guid,
    /// `SQL_DESC_DATETIME_INTERVAL_PRECISION` and, for seconds, `SQL_DESC_PRECISION`.
    Interval {
        kind: IntervalKind,
        leading_precision: u8,
        fraction_digits: u8,
    },
}

/// The fields of a descriptor record that refine its C type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refinement {
    /// `SQL_DESC_PRECISION`
    pub precision: i16,
    /// `SQL_DESC_SCALE`
    pub scale: i16,
    /// `SQL_DESC_DATETIME_INTERVAL_PRECISION`
    pub leading_precision: i32,
}

impl Target {
    /// The target of a concise C type (see [`default_c_type`] for `SQL_C_DEFAULT`); `None` for a
    /// number that ODBC does not assign.
    pub fn new(concise: i16, refinement: Refinement, encoding: Encoding) -> Option<Self> {
        use IntegerType as I;
        Some(match concise {
            c_type::CHAR => Self::Text(encoding.char_form()),
            c_type::WCHAR => Self::Text(encoding.wide_form()),
            c_type::BINARY => Self::Binary,
            c_type::BIT => Self::Bit,
            c_type::TINYINT | c_type::STINYINT => Self::Integer(I::I8),
            c_type::UTINYINT => Self::Integer(I::U8),
            c_type::SHORT | c_type::SSHORT => Self::Integer(I::I16),
            c_type::USHORT => Self::Integer(I::U16),
            c_type::LONG | c_type::SLONG => Self::Integer(I::I32),
            c_type::ULONG => Self::Integer(I::U32),
            c_type::SBIGINT => Self::Integer(I::I64),
            c_type::UBIGINT => Self::Integer(I::U64),
            c_type::FLOAT => Self::Float,
            c_type::DOUBLE => Self::Double,
            c_type::NUMERIC => refinement.numeric(),
            c_type::DATE2 | c_type::TYPE_DATE => Self::Date,
            c_type::TIME2 | c_type::TYPE_TIME => Self::Time,
            c_type::TIMESTAMP2 | c_type::TYPE_TIMESTAMP => Self::Timestamp,
            c_type::GUID => Self::Guid,
            code => Self::Interval {
                kind: IntervalKind::from_c_type(code)?,
                leading_precision: refinement.leading_precision.clamp(1, 10) as u8,
                fraction_digits: refinement.precision.clamp(0, 9) as u8,
            },
        })
    }

    /// Bytes of a value; `None` for text and binary data.
    pub const fn size(self) -> Option<usize> {
        Some(match self {
            Self::Text(_) | Self::Binary => return None,
            Self::Bit => 1,
            Self::Integer(integer) => integer.bytes(),
            Self::Float => 4,
            Self::Double => 8,
            Self::Numeric { .. } => 19,
            Self::Date | Self::Time => 6,
            Self::Timestamp | Self::Guid => 16,
            Self::Interval { .. } => 28,
        })
    }
}

impl Refinement {
    fn numeric(self) -> Target {
        let precision = match self.precision {
            1..=38 => self.precision as u8,
            _ => 38,
        };
        Target::Numeric {
            precision,
            scale: self.scale.clamp(-38, 38) as i8,
        }
    }
}

/// The C type that `SQL_C_DEFAULT` selects for a concise SQL type.
pub const fn default_c_type(concise_sql_type: i16) -> i16 {
    match concise_sql_type {
        sql_type::WCHAR | sql_type::WVARCHAR | sql_type::WLONGVARCHAR => c_type::WCHAR,
        sql_type::BIT => c_type::BIT,
        sql_type::TINYINT => c_type::STINYINT,
        sql_type::SMALLINT => c_type::SSHORT,
        sql_type::INTEGER => c_type::SLONG,
        sql_type::BIGINT => c_type::SBIGINT,
        sql_type::REAL => c_type::FLOAT,
        sql_type::FLOAT | sql_type::DOUBLE => c_type::DOUBLE,
        sql_type::BINARY | sql_type::VARBINARY | sql_type::LONGVARBINARY => c_type::BINARY,
        sql_type::TYPE_DATE | sql_type::DATE2 => c_type::TYPE_DATE,
        sql_type::TYPE_TIME | sql_type::TIME2 => c_type::TYPE_TIME,
        sql_type::TYPE_TIMESTAMP | sql_type::TIMESTAMP2 => c_type::TYPE_TIMESTAMP,
        sql_type::GUID => c_type::GUID,
        // The C types of intervals have the numbers of the SQL types.
        sql_type::INTERVAL_YEAR..=sql_type::INTERVAL_MINUTE_TO_SECOND => concise_sql_type,
        _ => c_type::CHAR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::odbc::testing::code_pages::japanese;
    use crate::odbc::text::{Narrow, WideWidth};

    fn target(concise: i16) -> Option<Target> {
        Target::new(concise, Refinement::default(), Encoding::default())
    }

    #[test]
    fn sizes_are_those_of_the_c_structures() {
        use odbc_sys as sys;
        assert_eq!(Target::Date.size(), Some(size_of::<sys::Date>()));
        assert_eq!(Target::Time.size(), Some(size_of::<sys::Time>()));
        assert_eq!(Target::Timestamp.size(), Some(size_of::<sys::Timestamp>()));
        assert_eq!(
            target(c_type::NUMERIC).unwrap().size(),
            Some(size_of::<sys::Numeric>())
        );
        assert_eq!(Target::Guid.size(), Some(size_of::<sys::Guid>()));
        assert_eq!(
            target(101).unwrap().size(),
            Some(size_of::<sys::IntervalStruct>())
        );
    }

    #[test]
    fn codes_of_odbc_2_mean_the_same_as_their_successors() {
        for (old, new) in [(9, 91), (10, 92), (11, 93), (4, -16), (5, -15), (-6, -26)] {
            assert_eq!(target(old), target(new));
        }
        assert_eq!(target(3), None);
        assert_eq!(target(c_type::DEFAULT), None);
    }

    #[test]
    fn every_default_is_a_target() {
        for code in (-11..=-1).chain(1..=12).chain(91..=93).chain(101..=113) {
            assert!(target(default_c_type(code)).is_some(), "{code}");
        }
    }

    #[test]
    fn the_encodings_are_values() {
        let form = |c_type, encoding| match Target::new(c_type, Refinement::default(), encoding) {
            Some(Target::Text(form)) => form,
            other => panic!("{other:?}"),
        };
        for (wide, expected) in [
            (WideWidth::Two, Form::Utf16),
            (WideWidth::Four, Form::Utf32),
        ] {
            assert_eq!(form(c_type::WCHAR, wide.into()), expected);
            assert_eq!(form(c_type::CHAR, wide.into()), Form::Utf8);
        }
        let encoding = Encoding {
            narrow: Narrow::CodePage(japanese()),
            wide: WideWidth::Two,
        };
        assert_eq!(form(c_type::CHAR, encoding), Form::CodePage(japanese()));
        assert_eq!(form(c_type::WCHAR, encoding), Form::Utf16);
    }
}
