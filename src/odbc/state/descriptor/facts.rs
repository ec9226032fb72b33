//! SQL types as ODBC measures them (Appendix D: column size, decimal digits, transfer octet length,
//! display size), one row for each type.

use super::type_codes::odbc2_datetime;
use crate::odbc::constants::sql_type;
use crate::odbc::text::{Spelling, WideWidth};
use exchange_sql::ColumnType;

/// The connection's view of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    pub spelling: Spelling,
    pub width: WideWidth,
    pub odbc2: bool,
}

/// ODBC's facts about a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeFacts {
    pub concise: i16,
    /// The name in a CAST.
    pub name: &'static str,
    /// `SQLDescribeCol`: 0 if the length has no limit.
    pub column_size: usize,
    pub decimal_digits: i16,
    pub display_size: isize,
    pub octet_length: isize,
    /// 0 if the type is not a number.
    pub radix: i32,
    pub precision: i16,
    pub scale: i16,
    /// Leading precision of intervals.
    pub leading_precision: i32,
    pub unsigned: bool,
    pub searchable: i16,
    pub literal_prefix: &'static str,
    pub literal_suffix: &'static str,
}

/// `SQL_PRED_*`
pub const PRED_BASIC: i16 = 2;
pub const SEARCHABLE: i16 = 3;

/// Digits of the leading field of intervals.
const LEADING_PRECISION: i32 = 9;

/// The most bytes of a character: in UTF-8, and in UTF-16, where an emoji is a pair of units.
const CHARACTER_BYTES: usize = 4;

impl TypeFacts {
    const fn number(
        concise: i16,
        name: &'static str,
        size: usize,
        display: isize,
        bytes: isize,
    ) -> Self {
        Self {
            concise,
            name,
            column_size: size,
            decimal_digits: 0,
            display_size: display,
            octet_length: bytes,
            radix: 10,
            precision: size as i16,
            scale: 0,
            leading_precision: 0,
            unsigned: false,
            searchable: PRED_BASIC,
            literal_prefix: "",
            literal_suffix: "",
        }
    }

    const fn other(
        concise: i16,
        name: &'static str,
        size: usize,
        display: isize,
        bytes: isize,
    ) -> Self {
        let mut facts = Self::number(concise, name, size, display, bytes);
        facts.radix = 0;
        facts.precision = 0;
        facts.unsigned = true;
        facts
    }

    const fn quoted(mut self, prefix: &'static str, suffix: &'static str) -> Self {
        self.literal_prefix = prefix;
        self.literal_suffix = suffix;
        self
    }

    const fn with_fraction(mut self, digits: i16) -> Self {
        self.decimal_digits = digits;
        self.precision = digits;
        self
    }

    /// Text of at most `length` characters; 0 for no bound.
    fn text(length: usize, long: bool, view: View) -> Self {
        let (concise, name) = match (view.spelling, long) {
            (Spelling::Ansi, false) => (sql_type::VARCHAR, "VARCHAR"),
            (Spelling::Ansi, true) => (sql_type::LONGVARCHAR, "TEXT"),
            (Spelling::Wide, false) => (sql_type::WVARCHAR, "VARCHAR"),
            (Spelling::Wide, true) => (sql_type::WLONGVARCHAR, "TEXT"),
        };
        // Clients of the ANSI spelling size byte buffers by the display size, so it counts bytes
        // there. Otherwise text that is not ASCII would be cut.
        let display = match view.spelling {
            Spelling::Ansi => length.saturating_mul(CHARACTER_BYTES),
            Spelling::Wide => length,
        };
        let mut facts = Self::other(
            concise,
            name,
            length,
            display as isize,
            length.saturating_mul(CHARACTER_BYTES) as isize,
        )
        .quoted("'", "'");
        facts.searchable = SEARCHABLE;
        facts
    }

    /// The facts about a type, as the connection sees it.
    pub fn of(column_type: ColumnType, view: View) -> Self {
        let mut facts = Self::of_odbc3(column_type, view);
        if view.odbc2 {
            facts.concise = odbc2_datetime(facts.concise);
        }
        facts
    }

    fn of_odbc3(column_type: ColumnType, view: View) -> Self {
        match column_type {
            ColumnType::Bit => {
                let mut facts = Self::other(sql_type::BIT, "BOOLEAN", 1, 1, 1);
                facts.precision = 1;
                facts
            }
            ColumnType::TinyInt => Self::number(sql_type::TINYINT, "TINYINT", 3, 4, 1),
            ColumnType::SmallInt => Self::number(sql_type::SMALLINT, "SMALLINT", 5, 6, 2),
            ColumnType::Integer => Self::number(sql_type::INTEGER, "INTEGER", 10, 11, 4),
            ColumnType::BigInt => Self::number(sql_type::BIGINT, "BIGINT", 19, 20, 8),
            ColumnType::Real => Self::number(sql_type::REAL, "REAL", 7, 14, 4),
            // SQL_DOUBLE with 15 digits: clients assume that SQL_FLOAT with a small precision has
            // 32 bits.
            ColumnType::Double => Self::number(sql_type::DOUBLE, "DOUBLE", 15, 24, 8),
            ColumnType::Decimal { precision, scale } => {
                let size = isize::from(precision) + 2;
                let mut facts =
                    Self::number(sql_type::DECIMAL, "DECIMAL", precision.into(), size, size);
                facts.decimal_digits = scale.into();
                facts.scale = scale.into();
                facts
            }
            ColumnType::Varchar { length } => Self::text(length as usize, false, view),
            // Size 0 means an unlimited length. Clients would rely on a guess: they would cut
            // longer values or allocate rows times the guess.
            ColumnType::LongVarchar => Self::text(0, true, view),
            ColumnType::Varbinary { length } => Self::other(
                sql_type::VARBINARY,
                "BYTEA",
                length as usize,
                (length as isize).saturating_mul(2),
                length as isize,
            )
            .quoted("0x", ""),
            ColumnType::LongVarbinary => {
                Self::other(sql_type::LONGVARBINARY, "BYTEA", 0, 0, 0).quoted("0x", "")
            }
            ColumnType::Date => {
                Self::other(sql_type::TYPE_DATE, "DATE", 10, 10, 6).quoted("{d '", "'}")
            }
            ColumnType::Time { fraction_digits } => {
                let size = with_point(8, fraction_digits);
                Self::other(sql_type::TYPE_TIME, "TIME", size, size as isize, 6)
                    .quoted("{t '", "'}")
                    .with_fraction(fraction_digits.into())
            }
            ColumnType::Timestamp { fraction_digits } => {
                let size = with_point(19, fraction_digits);
                Self::other(
                    sql_type::TYPE_TIMESTAMP,
                    "TIMESTAMP",
                    size,
                    size as isize,
                    16,
                )
                .quoted("{ts '", "'}")
                .with_fraction(fraction_digits.into())
            }
            ColumnType::Guid => {
                Self::other(sql_type::GUID, "GUID", 36, 36, 16).quoted("{guid '", "'}")
            }
            ColumnType::IntervalYearMonth => {
                let size = 3 + LEADING_PRECISION as usize;
                let mut facts = Self::other(
                    sql_type::INTERVAL_YEAR_TO_MONTH,
                    "INTERVAL YEAR TO MONTH",
                    size,
                    size as isize + 1,
                    28,
                );
                facts.leading_precision = LEADING_PRECISION;
                facts.quoted("INTERVAL '", "' YEAR TO MONTH")
            }
            ColumnType::IntervalDaySecond => {
                let size = 16 + LEADING_PRECISION as usize;
                let mut facts = Self::other(
                    sql_type::INTERVAL_DAY_TO_SECOND,
                    "INTERVAL DAY TO SECOND",
                    size,
                    size as isize + 1,
                    28,
                );
                facts.leading_precision = LEADING_PRECISION;
                facts
                    .with_fraction(6)
                    .quoted("INTERVAL '", "' DAY TO SECOND")
            }
        }
    }
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

    const WIDE: View = View {
        spelling: Spelling::Wide,
        width: WideWidth::Two,
        odbc2: false,
    };

    #[test]
    fn display_sizes_count_the_sign() {
        assert_eq!(TypeFacts::of(ColumnType::Integer, WIDE).display_size, 11);
        assert_eq!(TypeFacts::of(ColumnType::BigInt, WIDE).display_size, 20);
        assert_eq!(TypeFacts::of(ColumnType::Double, WIDE).display_size, 24);
    }

    #[test]
    fn double_is_not_float_and_bigint_is_an_sql_type() {
        assert_eq!(TypeFacts::of(ColumnType::Double, WIDE).concise, 8);
        assert_eq!(TypeFacts::of(ColumnType::BigInt, WIDE).concise, -5);
    }

    #[test]
    fn the_spelling_decides_between_the_text_types() {
        let ansi = View {
            spelling: Spelling::Ansi,
            ..WIDE
        };
        let column_type = ColumnType::Varchar { length: 255 };
        let wide = TypeFacts::of(column_type, WIDE);
        assert_eq!(
            (wide.concise, wide.column_size, wide.octet_length),
            (-9, 255, 1020)
        );
        let narrow = TypeFacts::of(column_type, ansi);
        assert_eq!(
            (narrow.concise, narrow.column_size, narrow.octet_length),
            (12, 255, 1020)
        );
        assert_eq!(TypeFacts::of(ColumnType::LongVarchar, WIDE).column_size, 0);
    }

    #[test]
    fn odbc2_applications_see_old_date_codes() {
        let odbc2 = View {
            odbc2: true,
            ..WIDE
        };
        let code = |column_type| TypeFacts::of(column_type, odbc2).concise;
        assert_eq!(code(ColumnType::Date), 9);
        assert_eq!(code(ColumnType::Time { fraction_digits: 0 }), 10);
        assert_eq!(code(ColumnType::Timestamp { fraction_digits: 6 }), 11);
        assert_eq!(code(ColumnType::Integer), 4);
    }

    #[test]
    fn a_timestamp_counts_its_point_and_digits() {
        let facts = TypeFacts::of(ColumnType::Timestamp { fraction_digits: 6 }, WIDE);
        assert_eq!((facts.column_size, facts.decimal_digits), (26, 6));
        let facts = TypeFacts::of(ColumnType::Timestamp { fraction_digits: 0 }, WIDE);
        assert_eq!(facts.column_size, 19);
    }
}
