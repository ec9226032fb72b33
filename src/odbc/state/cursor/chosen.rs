//! The conversion of a column for `SQLGetData`, chosen once for all rows.

use crate::odbc::conversion::Converter;

/// The facts that decide it, beside the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub c_type: i16,
    pub max_length: usize,
    /// The descriptor's token and its version, if the type is its record's.
    pub descriptor: Option<(usize, u64)>,
}

/// A chosen conversion.
pub struct Chosen {
    pub choice: Choice,
    pub converter: Converter,
}
