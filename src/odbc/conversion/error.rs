//! Reasons why a value cannot be delivered, and warnings about lost data.

use crate::odbc::diagnostics::Error;
use crate::odbc::diagnostics::sqlstate::{self, SqlState};

/// A value that cannot be converted. The messages never show the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConversionError {
    /// ODBC has no conversion between the two types.
    Restricted,
    /// The number does not fit the type.
    NumericOutOfRange,
    /// The buffer cannot hold the part of the value that must not be lost.
    BufferTooShort,
    /// The text is not a literal of the type.
    InvalidText,
    /// The text is not valid UTF-8, UTF-16 or UTF-32.
    InvalidEncoding,
    /// A date or time that does not exist.
    InvalidDatetime,
    /// A date or time outside the years 1 to 9999, or with parts that would be lost.
    DatetimeOverflow,
    /// The leading field of an interval does not fit its precision.
    IntervalOverflow,
    /// A parameter longer than its declared size.
    TooLong,
    /// Binary data with the wrong length for the type.
    LengthMismatch,
    /// The engine has no values of the type.
    NotSupported,
    /// The engine delivered an Arrow type that does not match the column's.
    UnexpectedArray,
}

impl ConversionError {
    pub const fn state(self) -> SqlState {
        match self {
            Self::Restricted => sqlstate::S07006,
            Self::NumericOutOfRange | Self::BufferTooShort | Self::LengthMismatch => {
                sqlstate::S22003
            }
            Self::InvalidText | Self::InvalidEncoding => sqlstate::S22018,
            Self::InvalidDatetime => sqlstate::S22007,
            Self::DatetimeOverflow => sqlstate::S22008,
            Self::IntervalOverflow => sqlstate::S22015,
            Self::TooLong => sqlstate::S22001,
            Self::NotSupported => sqlstate::HYC00,
            Self::UnexpectedArray => sqlstate::HY000,
        }
    }

    pub const fn message(self) -> &'static str {
        match self {
            Self::Restricted => "There is no conversion between the SQL type and the C type",
            Self::NumericOutOfRange => "The number does not fit the type",
            Self::BufferTooShort => "The buffer is too short for the whole digits of the value",
            Self::InvalidText => "The text is not a literal of the requested type",
            Self::InvalidEncoding => "The text is not validly encoded",
            Self::InvalidDatetime => "There is no such date or time",
            Self::DatetimeOverflow => {
                "The date is outside the years 1 to 9999, or part of the value would be lost"
            }
            Self::IntervalOverflow => {
                "The interval does not fit the precision of its leading field"
            }
            Self::TooLong => "The value is longer than the size declared for the parameter",
            Self::LengthMismatch => "The length of the binary data does not match the type",
            Self::NotSupported => "Values of this SQL type are not supported as parameters",
            Self::UnexpectedArray => {
                "The engine delivered a value whose type differs from the column's"
            }
        }
    }
}

impl From<ConversionError> for Error {
    fn from(error: ConversionError) -> Self {
        Error::new(error.state(), error.message())
    }
}

/// Something was lost, yet a value was delivered (`SQL_SUCCESS_WITH_INFO`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// 01S07
    FractionTruncated,
    /// 01004
    DataTruncated,
    /// 01000: the code page of this number lacks characters of the text.
    CharactersReplaced(u32),
}

impl Warning {
    pub const fn state(self) -> SqlState {
        match self {
            Self::FractionTruncated => sqlstate::S01S07,
            Self::DataTruncated => sqlstate::S01004,
            Self::CharactersReplaced(_) => sqlstate::S01000,
        }
    }
}

impl From<Warning> for Error {
    fn from(warning: Warning) -> Self {
        let state = warning.state();
        match warning {
            Warning::CharactersReplaced(code_page) => Error::new(
                state,
                format!(
                    "Characters that code page {code_page} lacks were replaced by question marks; \
                     read the column as SQL_C_WCHAR to get all characters"
                ),
            ),
            Warning::FractionTruncated | Warning::DataTruncated => Error::new(state, state.text),
        }
    }
}
