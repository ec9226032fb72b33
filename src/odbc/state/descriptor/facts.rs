//! SQL types as ODBC measures them (Appendix D: column size, decimal digits, transfer octet length,
//! display size), one row for each type.

use super::type_codes::odbc2_datetime;
use crate::odbc::constants::sql_type;
use crate::odbc::text::{Encoding, Spelling};
use exchange_sql::{ColumnType, Measures, Zone};

/// The connection's view of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    pub spelling: Spelling,
    pub encoding: Encoding,
    pub odbc2: bool,
    /// In which times are shown
    pub zone: Zone,
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

impl TypeFacts {
    /// A type that is not a number, unless its measures have a radix.
    fn new(concise: i16, measures: Measures, display_size: usize) -> Self {
        let is_number = measures.radix.is_some();
        Self {
            concise,
            name: measures.name,
            column_size: measures.size,
            decimal_digits: measures.digits.unwrap_or(0),
            display_size: display_size as isize,
            octet_length: measures.octets as isize,
            radix: measures.radix.unwrap_or(0),
            precision: match is_number {
                true => measures.size as i16,
                false => measures.digits.unwrap_or(0),
            },
            scale: match is_number {
                true => measures.digits.unwrap_or(0),
                false => 0,
            },
            leading_precision: measures.leading.unwrap_or(0),
            unsigned: !is_number,
            searchable: PRED_BASIC,
            literal_prefix: "",
            literal_suffix: "",
        }
    }

    const fn quoted(mut self, prefix: &'static str, suffix: &'static str) -> Self {
        self.literal_prefix = prefix;
        self.literal_suffix = suffix;
        self
    }

    /// Text, long or not.
    fn text(measures: Measures, long: bool, view: View) -> Self {
        let concise = match (view.spelling, long) {
            (Spelling::Ansi, false) => sql_type::VARCHAR,
            (Spelling::Ansi, true) => sql_type::LONGVARCHAR,
            (Spelling::Wide, false) => sql_type::WVARCHAR,
            (Spelling::Wide, true) => sql_type::WLONGVARCHAR,
        };
        // Clients of the ANSI spelling size byte buffers by the display size, so it counts bytes
        // there. Otherwise text that is not ASCII would be cut.
        let display = match view.spelling {
            Spelling::Ansi => measures.octets,
            Spelling::Wide => measures.size,
        };
        let mut facts = Self::new(concise, measures, display).quoted("'", "'");
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
        let measures = Measures::of(column_type);
        let size = measures.size;
        // A number may have a sign.
        let signed = |concise| Self::new(concise, measures, size + 1);
        match column_type {
            ColumnType::Bit => {
                let mut facts = Self::new(sql_type::BIT, measures, 1);
                facts.precision = 1;
                facts
            }
            ColumnType::TinyInt => signed(sql_type::TINYINT),
            ColumnType::SmallInt => signed(sql_type::SMALLINT),
            ColumnType::Integer => signed(sql_type::INTEGER),
            ColumnType::BigInt => signed(sql_type::BIGINT),
            ColumnType::Real => Self::new(sql_type::REAL, measures, 14),
            // SQL_DOUBLE with 15 digits: clients assume that SQL_FLOAT with a small precision has
            // 32 bits.
            ColumnType::Double => Self::new(sql_type::DOUBLE, measures, 24),
            // With a sign and a point.
            ColumnType::Decimal { .. } => Self::new(sql_type::DECIMAL, measures, size + 2),
            ColumnType::Varchar { .. } => Self::text(measures, false, view),
            ColumnType::LongVarchar => Self::text(measures, true, view),
            ColumnType::Varbinary { .. } => {
                Self::new(sql_type::VARBINARY, measures, size.saturating_mul(2)).quoted("0x", "")
            }
            ColumnType::LongVarbinary => {
                Self::new(sql_type::LONGVARBINARY, measures, 0).quoted("0x", "")
            }
            ColumnType::Date => Self::new(sql_type::TYPE_DATE, measures, size).quoted("{d '", "'}"),
            ColumnType::Time { .. } => {
                Self::new(sql_type::TYPE_TIME, measures, size).quoted("{t '", "'}")
            }
            ColumnType::Timestamp { .. } => {
                Self::new(sql_type::TYPE_TIMESTAMP, measures, size).quoted("{ts '", "'}")
            }
            ColumnType::Guid => Self::new(sql_type::GUID, measures, size).quoted("{guid '", "'}"),
            ColumnType::IntervalYearMonth => {
                signed(sql_type::INTERVAL_YEAR_TO_MONTH).quoted("INTERVAL '", "' YEAR TO MONTH")
            }
            ColumnType::IntervalDaySecond => {
                signed(sql_type::INTERVAL_DAY_TO_SECOND).quoted("INTERVAL '", "' DAY TO SECOND")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: View = View {
        spelling: Spelling::Wide,
        encoding: Encoding::UTF,
        odbc2: false,
        zone: Zone::UTC,
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
}
