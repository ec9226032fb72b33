//! How long the values of a type are, in the terms of SQL's catalogs: one row for each type.

use crate::ColumnType;

/// The measures of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measures {
    /// The name in a CAST.
    pub name: &'static str,
    /// Digits of a number, otherwise characters or bytes; 0 if the length has no limit.
    pub size: usize,
    /// Bytes of a value; 0 if the length has no limit.
    pub octets: usize,
    /// Digits after the point: of an exact number, or of the seconds of a time.
    pub digits: Option<i16>,
    /// The base of the digits of a number.
    pub radix: Option<i32>,
    /// Digits of the leading field of an interval.
    pub leading: Option<i32>,
}

/// Digits of the leading field of intervals.
const LEADING_PRECISION: i32 = 9;

/// The most bytes of a character: in UTF-8, and in UTF-16, where an emoji is a pair of units.
pub const CHARACTER_BYTES: usize = 4;

impl Measures {
    const fn other(name: &'static str, size: usize, octets: usize) -> Self {
        Self {
            name,
            size,
            octets,
            digits: None,
            radix: None,
            leading: None,
        }
    }

    const fn approximate(name: &'static str, size: usize, octets: usize) -> Self {
        let mut measures = Self::other(name, size, octets);
        measures.radix = Some(10);
        measures
    }

    const fn exact(name: &'static str, size: usize, octets: usize, scale: i16) -> Self {
        Self::approximate(name, size, octets).with_digits(scale)
    }

    const fn interval(name: &'static str, rest: usize) -> Self {
        let mut measures = Self::other(name, rest + LEADING_PRECISION as usize, 28);
        measures.leading = Some(LEADING_PRECISION);
        measures
    }

    const fn with_digits(mut self, digits: i16) -> Self {
        self.digits = Some(digits);
        self
    }

    /// The measures of this type.
    pub fn of(column_type: ColumnType) -> Self {
        match column_type {
            ColumnType::Bit => Self::other("BOOLEAN", 1, 1),
            ColumnType::TinyInt => Self::exact("TINYINT", 3, 1, 0),
            ColumnType::SmallInt => Self::exact("SMALLINT", 5, 2, 0),
            ColumnType::Integer => Self::exact("INTEGER", 10, 4, 0),
            ColumnType::BigInt => Self::exact("BIGINT", 19, 8, 0),
            ColumnType::Real => Self::approximate("REAL", 7, 4),
            ColumnType::Double => Self::approximate("DOUBLE", 15, 8),
            ColumnType::Decimal { precision, scale } => {
                let size = usize::from(precision);
                Self::exact("DECIMAL", size, size + 2, scale.into())
            }
            ColumnType::Varchar { length } => {
                let octets = (length as usize).saturating_mul(CHARACTER_BYTES);
                Self::other("VARCHAR", length as usize, octets)
            }
            // Size 0 means an unlimited length. Clients would rely on a guess: they would cut
            // longer values or allocate rows times the guess.
            ColumnType::LongVarchar => Self::other("TEXT", 0, 0),
            ColumnType::Varbinary { length } => {
                Self::other("BYTEA", length as usize, length as usize)
            }
            ColumnType::LongVarbinary => Self::other("BYTEA", 0, 0),
            ColumnType::Date => Self::other("DATE", 10, 6),
            ColumnType::Time { fraction_digits } => {
                Self::other("TIME", with_point(8, fraction_digits), 6)
                    .with_digits(fraction_digits.into())
            }
            ColumnType::Timestamp { fraction_digits } => {
                Self::other("TIMESTAMP", with_point(19, fraction_digits), 16)
                    .with_digits(fraction_digits.into())
            }
            ColumnType::Guid => Self::other("GUID", 36, 16),
            ColumnType::IntervalYearMonth => Self::interval("INTERVAL YEAR TO MONTH", 3),
            ColumnType::IntervalDaySecond => {
                Self::interval("INTERVAL DAY TO SECOND", 16).with_digits(6)
            }
        }
    }
}

/// Text or binary data, whose length the catalogs report in bytes.
pub fn is_data(column_type: ColumnType) -> bool {
    matches!(
        column_type,
        ColumnType::Varchar { .. }
            | ColumnType::LongVarchar
            | ColumnType::Varbinary { .. }
            | ColumnType::LongVarbinary
    )
}

/// Characters of a time with its fraction.
fn with_point(whole: usize, fraction_digits: u8) -> usize {
    match fraction_digits {
        0 => whole,
        digits => whole + 1 + usize::from(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timestamp_counts_its_point_and_digits() {
        let size = |fraction_digits| Measures::of(ColumnType::Timestamp { fraction_digits }).size;
        assert_eq!([size(6), size(0)], [26, 19]);
    }

    #[test]
    fn text_is_measured_in_characters_and_in_bytes() {
        let text = Measures::of(ColumnType::Varchar { length: 255 });
        assert_eq!((text.size, text.octets), (255, 1020));
        let longest = Measures::of(ColumnType::Varchar { length: u32::MAX });
        assert_eq!(longest.size, u32::MAX as usize);
        assert_eq!(Measures::of(ColumnType::LongVarchar).size, 0);
    }
}
