//! The pairs of types that the tables of appendix D allow, whatever the value.

use super::parameter::is_text;
use super::target::Target;
use crate::odbc::constants::sql_type;
use exchange_sql::ColumnType;

/// Whether a column's values have a conversion into a C type.
pub fn to_c(column: ColumnType, target: Target) -> bool {
    use ColumnType as C;
    if matches!(target, Target::Text(_) | Target::Binary) {
        return true;
    }
    let number = matches!(
        target,
        Target::Bit | Target::Integer(_) | Target::Float | Target::Double | Target::Numeric { .. }
    );
    match column {
        C::Varchar { .. } | C::LongVarchar => true,
        C::Bit | C::Real | C::Double => number,
        C::TinyInt | C::SmallInt | C::Integer | C::BigInt | C::Decimal { .. } => {
            number || matches!(target, Target::Interval { .. })
        }
        C::Varbinary { .. } | C::LongVarbinary => false,
        C::Date => matches!(target, Target::Date | Target::Timestamp),
        C::Time { .. } => matches!(target, Target::Time | Target::Timestamp),
        C::Timestamp { .. } => matches!(target, Target::Date | Target::Time | Target::Timestamp),
        C::Guid => target == Target::Guid,
        // The tables have these pairs, but an interval of two fields always gives 22015. (For
        // intervals of days it is 07006.)
        C::IntervalYearMonth if matches!(target, Target::Integer(_) | Target::Numeric { .. }) => {
            true
        }
        C::IntervalYearMonth => {
            matches!(target, Target::Interval { kind, .. } if kind.is_year_month())
        }
        C::IntervalDaySecond => {
            matches!(target, Target::Interval { kind, .. } if !kind.is_year_month())
        }
    }
}

/// Whether a C type's values have a conversion into a parameter's SQL type.
pub fn to_sql(source: Target, sql_type: i16) -> bool {
    let number = matches!(
        sql_type,
        sql_type::TINYINT
            | sql_type::SMALLINT
            | sql_type::INTEGER
            | sql_type::BIGINT
            | sql_type::DECIMAL
            | sql_type::NUMERIC
    );
    let approximate = matches!(
        sql_type,
        sql_type::REAL | sql_type::FLOAT | sql_type::DOUBLE
    );
    let date = matches!(sql_type, sql_type::TYPE_DATE | sql_type::DATE2);
    let time = matches!(sql_type, sql_type::TYPE_TIME | sql_type::TIME2);
    let timestamp = matches!(sql_type, sql_type::TYPE_TIMESTAMP | sql_type::TIMESTAMP2);
    match source {
        Target::Text(_) | Target::Binary => true,
        _ if is_text(sql_type) => true,
        Target::Bit
        | Target::Integer(_)
        | Target::Float
        | Target::Double
        | Target::Numeric { .. } => number || approximate || sql_type == sql_type::BIT,
        Target::Date => date || timestamp,
        Target::Time => time || timestamp,
        Target::Timestamp => date || time || timestamp,
        Target::Guid => sql_type == sql_type::GUID,
        Target::Interval { kind, .. } => number && kind.is_single_field(),
    }
}

/// Whether the engine takes values of the SQL type.
pub const fn is_sql_type_supported(sql_type: i16) -> bool {
    !matches!(
        sql_type,
        sql_type::INTERVAL_YEAR..=sql_type::INTERVAL_MINUTE_TO_SECOND
    )
}
