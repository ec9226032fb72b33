//! The defaults that setting a C type gives to a buffer's record.

use super::Record;
use super::type_codes::{c_type_size, canonical_datetime, verbose};
use crate::odbc::constants::{c_type, sql_type};
use crate::odbc::conversion::Refinement;

/// Largest precision of `SQL_NUMERIC_STRUCT` that the engine's decimals support.
pub const NUMERIC_PRECISION: i16 = 38;

/// A record with a C type and its defaults.
pub fn application_record(target_type: i16) -> Record {
    let concise = match target_type {
        c_type::DATE2 | c_type::TIME2 | c_type::TIMESTAMP2 => canonical_datetime(target_type),
        other => other,
    };
    let Refinement {
        precision,
        scale,
        leading_precision,
    } = default_refinement(concise);
    Record {
        concise_type: concise,
        verbose: verbose(concise),
        precision,
        scale,
        datetime_interval_precision: leading_precision,
        octet_length: c_type_size(concise).map_or(0, |size| size as isize),
        ..Record::default()
    }
}

/// The precisions that setting a C type implies.
pub const fn default_refinement(concise: i16) -> Refinement {
    match concise {
        c_type::NUMERIC => Refinement {
            precision: NUMERIC_PRECISION,
            scale: 0,
            leading_precision: 0,
        },
        // The leading field of an interval has 2 digits, its seconds 6.
        sql_type::INTERVAL_YEAR..=sql_type::INTERVAL_MINUTE_TO_SECOND => Refinement {
            precision: 6,
            scale: 0,
            leading_precision: 2,
        },
        _ => Refinement {
            precision: 0,
            scale: 0,
            leading_precision: 0,
        },
    }
}
