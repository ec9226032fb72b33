//! `SQLBindCol`, `SQLBindParameter`: shorthands that write descriptor records.

use crate::odbc::constants::{parameter_type, sql_type};
use crate::odbc::conversion::{ConversionError, Target, supported};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::AppPtr;
use crate::odbc::state::cursor::bookmark;
use crate::odbc::state::descriptor::Record;
use crate::odbc::state::descriptor::buffer::{application_record, default_refinement};
use crate::odbc::state::descriptor::type_codes::{
    canonical_datetime, is_c_type, is_sql_type, verbose,
};
use crate::odbc::text::Encoding;

/// A buffer for the values of a column: the arguments of `SQLBindCol`.
#[derive(Clone, Copy, Debug)]
pub struct ColumnBuffer {
    pub column: u16,
    pub target_type: i16,
    pub data: AppPtr,
    pub buffer_length: isize,
    pub indicator: AppPtr,
}

/// `SQLBindCol`
pub fn column(scope: &mut StatementScope<'_>, buffer: &ColumnBuffer) -> Outcome {
    if buffer.column == 0 {
        bookmark::require_on(scope.statement.attributes.uses_bookmarks())?;
        bookmark::column_type(buffer.target_type)?;
    }
    if !is_c_type(buffer.target_type) {
        return Err(Error::of(sqlstate::HY003));
    }
    if buffer.buffer_length < 0 {
        return Err(Error::of(sqlstate::HY090));
    }
    let ard = scope.ard_mut();
    let unbound = buffer.data.is_null() && buffer.indicator.is_null();
    let record = Record {
        data_ptr: buffer.data,
        indicator_ptr: buffer.indicator,
        octet_length_ptr: buffer.indicator,
        octet_length: buffer.buffer_length,
        ..application_record(buffer.target_type)
    };
    match usize::from(buffer.column) {
        0 => {
            ard.bookmark = (!unbound).then_some(record);
            ard.touch();
        }
        number if unbound => ard.unbind(number),
        number => *ard.record_mut(number)? = record,
    }
    Ok(Success::Done)
}

/// `SQL_SETPARAM_VALUE_MAX`: the buffer length if SQLSetParam got none.
const SETPARAM_VALUE_MAX: isize = -1;

/// A parameter: the arguments of `SQLBindParameter`.
#[derive(Clone, Copy, Debug)]
pub struct ParameterBuffer {
    pub number: u16,
    pub direction: i16,
    pub value_type: i16,
    pub parameter_type: i16,
    pub column_size: usize,
    pub decimal_digits: i16,
    pub data: AppPtr,
    pub buffer_length: isize,
    pub indicator: AppPtr,
}

/// `SQLBindParameter`
pub fn parameter(scope: &mut StatementScope<'_>, buffer: &ParameterBuffer) -> Outcome {
    check_parameter(buffer)?;
    check_conversion(buffer, scope.connection.encoding)?;
    let number = usize::from(buffer.number);
    *scope.apd_mut().record_mut(number)? = Record {
        data_ptr: buffer.data,
        indicator_ptr: buffer.indicator,
        octet_length_ptr: buffer.indicator,
        octet_length: buffer.buffer_length.max(0),
        ..application_record(buffer.value_type)
    };
    let concise = canonical_datetime(buffer.parameter_type);
    let mut record = Record {
        concise_type: concise,
        verbose: verbose(concise),
        parameter_type: parameter_type::INPUT,
        ..Record::default()
    };
    match concise {
        sql_type::NUMERIC | sql_type::DECIMAL => {
            record.precision = i16::try_from(buffer.column_size).unwrap_or(i16::MAX);
            record.scale = buffer.decimal_digits;
        }
        sql_type::TYPE_TIME..=sql_type::INTERVAL_MINUTE_TO_SECOND => {
            record.length = buffer.column_size;
            record.precision = buffer.decimal_digits;
        }
        _ => record.length = buffer.column_size,
    }
    *scope.ipd_mut().record_mut(number)? = record;
    Ok(Success::Done)
}

/// Refuses pairs of types without a conversion in appendix D at once, before a value exists.
fn check_conversion(buffer: &ParameterBuffer, encoding: Encoding) -> Result<(), Error> {
    if !supported::is_sql_type_supported(buffer.parameter_type) {
        return Err(ConversionError::NotSupported.into());
    }
    // The default C type always has a conversion.
    let source = Target::new(buffer.value_type, default_refinement(0), encoding);
    match source {
        Some(source) if !supported::to_sql(source, buffer.parameter_type) => {
            Err(ConversionError::Restricted.into())
        }
        _ => Ok(()),
    }
}

fn check_parameter(buffer: &ParameterBuffer) -> Result<(), Error> {
    if buffer.number == 0 {
        return Err(Error::of(sqlstate::S07009));
    }
    match buffer.direction {
        // Driver managers map SQLSetParam to INPUT_OUTPUT. Nothing is written back, because no
        // statement here returns a value in a parameter.
        parameter_type::INPUT | parameter_type::INPUT_OUTPUT => {}
        parameter_type::OUTPUT
        | parameter_type::INPUT_OUTPUT_STREAM
        | parameter_type::OUTPUT_STREAM => {
            return Err(Error::new(
                sqlstate::HYC00,
                "There are no procedures with output parameters",
            ));
        }
        _ => return Err(Error::of(sqlstate::HY105)),
    }
    if !is_c_type(buffer.value_type) {
        return Err(Error::of(sqlstate::HY003));
    }
    if !is_sql_type(buffer.parameter_type) {
        return Err(Error::of(sqlstate::HY004));
    }
    let by_set_param = buffer.direction == parameter_type::INPUT_OUTPUT
        && buffer.buffer_length == SETPARAM_VALUE_MAX;
    if buffer.buffer_length < 0 && !by_set_param {
        return Err(Error::of(sqlstate::HY090));
    }
    if buffer.data.is_null() && buffer.indicator.is_null() {
        return Err(Error::of(sqlstate::HY009));
    }
    let decimal = matches!(buffer.parameter_type, sql_type::NUMERIC | sql_type::DECIMAL);
    if decimal && buffer.decimal_digits as isize > buffer.column_size as isize {
        return Err(Error::of(sqlstate::HY104));
    }
    Ok(())
}
