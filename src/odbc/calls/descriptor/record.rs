//! `SQLGetDescRec`, `SQLSetDescRec`: several fields of a record at once.

use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::descriptor::buffer::application_record;
use crate::odbc::state::descriptor::type_codes::{self, verbose};
use crate::odbc::state::descriptor::{Descriptor, Record, Role};
use crate::odbc::text::{Encoding, TextOut, Written};

/// The outputs of `SQLGetDescRec`.
#[derive(Clone, Copy, Debug)]
pub struct RecordOut {
    pub name: TextOut,
    pub verbose: AppPtr,
    pub subcode: AppPtr,
    pub length: AppPtr,
    pub precision: AppPtr,
    pub scale: AppPtr,
    pub nullable: AppPtr,
}

/// `SQLGetDescRec`
pub fn get(
    descriptor: &Descriptor,
    number: i16,
    out: &RecordOut,
    memory: &impl AppMemory,
    encoding: Encoding,
) -> Result<(Success, Written), Error> {
    descriptor.require_described()?;
    let number = descriptor.index(number)?;
    let empty = Record::default();
    let record = match descriptor.record(number) {
        Some(record) => record,
        None if number == 0 => &empty,
        None => return Ok((Success::NoData, Written::Whole)),
    };
    memory.write_i16(out.verbose, record.verbose.verbose);
    memory.write_i16(out.subcode, record.verbose.subcode);
    memory.write_len(out.length, record.octet_length);
    memory.write_i16(out.precision, record.precision);
    memory.write_i16(out.scale, record.scale);
    memory.write_i16(out.nullable, record.nullable);
    Ok((
        Success::Done,
        out.name.write(memory, encoding, &record.details.name)?,
    ))
}

/// The arguments of `SQLSetDescRec`.
#[derive(Clone, Copy, Debug)]
pub struct RecordIn {
    pub number: i16,
    pub verbose: i16,
    pub subcode: i16,
    pub length: isize,
    pub precision: i16,
    pub scale: i16,
    pub data: AppPtr,
    pub octet_length_ptr: AppPtr,
    pub indicator_ptr: AppPtr,
}

/// `SQLSetDescRec`
pub fn set(descriptor: &mut Descriptor, given: &RecordIn) -> Outcome {
    if descriptor.role == Role::ImplementationRow {
        return Err(Error::of(sqlstate::HY016));
    }
    let number = descriptor.index(given.number)?;
    let concise = type_codes::concise(given.verbose, given.subcode)
        .ok_or_else(|| Error::of(sqlstate::HY021))?;
    let application = descriptor.role.is_application();
    let assigned = match application {
        true => type_codes::is_c_type(concise),
        false => type_codes::is_sql_type(concise),
    };
    if !assigned {
        return Err(Error::of(sqlstate::HY021));
    }
    let record = descriptor.record_mut(number)?;
    *record = match application {
        true => Record {
            octet_length: given.length,
            data_ptr: given.data,
            octet_length_ptr: given.octet_length_ptr,
            indicator_ptr: given.indicator_ptr,
            ..application_record(concise)
        },
        false => Record {
            concise_type: concise,
            verbose: verbose(concise),
            octet_length: given.length,
            length: given.length.max(0) as usize,
            ..record.clone()
        },
    };
    if given.precision != 0 {
        record.precision = given.precision;
    }
    record.scale = given.scale;
    Ok(Success::Done)
}
