//! Descriptor fields: `SQLGetDescField`, `SQLSetDescField`, and the values for `SQLColAttribute`.

use crate::odbc::constants::c_type;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::descriptor::buffer::application_record;
use crate::odbc::state::descriptor::type_codes::{self, VerboseType};
use crate::odbc::state::descriptor::{Descriptor, Record, Role, UNNAMED};
use crate::odbc::text::{Encoding, TextIn, TextOut, Written};

/// `SQL_DESC_*`, and the `SQL_COLUMN_*` of ODBC 2 with other meanings.
pub mod field {
    pub const COLUMN_COUNT: i16 = 0;
    pub const COLUMN_NAME: i16 = 1;
    pub const CONCISE_TYPE: i16 = 2;
    pub const COLUMN_LENGTH: i16 = 3;
    pub const COLUMN_PRECISION: i16 = 4;
    pub const COLUMN_SCALE: i16 = 5;
    pub const DISPLAY_SIZE: i16 = 6;
    pub const COLUMN_NULLABLE: i16 = 7;
    pub const UNSIGNED: i16 = 8;
    pub const FIXED_PREC_SCALE: i16 = 9;
    pub const UPDATABLE: i16 = 10;
    pub const AUTO_UNIQUE_VALUE: i16 = 11;
    pub const CASE_SENSITIVE: i16 = 12;
    pub const SEARCHABLE: i16 = 13;
    pub const TYPE_NAME: i16 = 14;
    pub const TABLE_NAME: i16 = 15;
    pub const SCHEMA_NAME: i16 = 16;
    pub const CATALOG_NAME: i16 = 17;
    pub const LABEL: i16 = 18;
    pub const ARRAY_SIZE: i16 = 20;
    pub const ARRAY_STATUS_PTR: i16 = 21;
    pub const BASE_COLUMN_NAME: i16 = 22;
    pub const BASE_TABLE_NAME: i16 = 23;
    pub const BIND_OFFSET_PTR: i16 = 24;
    pub const BIND_TYPE: i16 = 25;
    pub const DATETIME_INTERVAL_PRECISION: i16 = 26;
    pub const LITERAL_PREFIX: i16 = 27;
    pub const LITERAL_SUFFIX: i16 = 28;
    pub const LOCAL_TYPE_NAME: i16 = 29;
    pub const NUM_PREC_RADIX: i16 = 32;
    pub const PARAMETER_TYPE: i16 = 33;
    pub const ROWS_PROCESSED_PTR: i16 = 34;
    pub const ROWVER: i16 = 35;
    pub const COUNT: i16 = 1001;
    pub const TYPE: i16 = 1002;
    pub const LENGTH: i16 = 1003;
    pub const OCTET_LENGTH_PTR: i16 = 1004;
    pub const PRECISION: i16 = 1005;
    pub const SCALE: i16 = 1006;
    pub const DATETIME_INTERVAL_CODE: i16 = 1007;
    pub const NULLABLE: i16 = 1008;
    pub const INDICATOR_PTR: i16 = 1009;
    pub const DATA_PTR: i16 = 1010;
    pub const NAME: i16 = 1011;
    pub const UNNAMED: i16 = 1012;
    pub const OCTET_LENGTH: i16 = 1013;
    pub const ALLOC_TYPE: i16 = 1099;
}

/// `SQL_ATTR_READONLY`
const READ_ONLY: i16 = 0;

/// A field's value with its C integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    Text(&'a str),
    Short(i16),
    Integer(i32),
    Len(isize),
    Pointer(AppPtr),
}

/// A field of a header.
pub fn of_header(descriptor: &Descriptor, identifier: i16) -> Option<Value<'static>> {
    Some(match identifier {
        field::ALLOC_TYPE => Value::Short(if descriptor.is_explicit() { 2 } else { 1 }),
        field::COUNT => Value::Short(i16::try_from(descriptor.count()).unwrap_or(i16::MAX)),
        field::ARRAY_SIZE => Value::Len(descriptor.array_size as isize),
        field::ARRAY_STATUS_PTR => Value::Pointer(descriptor.array_status_ptr),
        field::BIND_OFFSET_PTR => Value::Pointer(descriptor.bind_offset_ptr),
        field::BIND_TYPE => Value::Integer(descriptor.bind_type as i32),
        field::ROWS_PROCESSED_PTR => Value::Pointer(descriptor.rows_processed_ptr),
        _ => return None,
    })
}

/// A field of a record.
pub fn of_record(record: &Record, identifier: i16) -> Option<Value<'_>> {
    let details = &record.details;
    Some(match identifier {
        field::NAME | field::COLUMN_NAME | field::LABEL => Value::Text(&details.name),
        field::BASE_COLUMN_NAME => Value::Text(&details.base_column_name),
        field::BASE_TABLE_NAME | field::TABLE_NAME => Value::Text(&details.base_table_name),
        field::SCHEMA_NAME | field::CATALOG_NAME => Value::Text(""),
        field::TYPE_NAME | field::LOCAL_TYPE_NAME => Value::Text(details.type_name),
        field::LITERAL_PREFIX => Value::Text(details.literal_prefix),
        field::LITERAL_SUFFIX => Value::Text(details.literal_suffix),
        field::CONCISE_TYPE => Value::Short(record.concise_type),
        field::TYPE => Value::Short(record.verbose.verbose),
        field::DATETIME_INTERVAL_CODE => Value::Short(record.verbose.subcode),
        field::DATETIME_INTERVAL_PRECISION => Value::Integer(record.datetime_interval_precision),
        field::LENGTH => Value::Len(record.length as isize),
        field::OCTET_LENGTH | field::COLUMN_LENGTH => Value::Len(record.octet_length),
        field::COLUMN_PRECISION => Value::Len(details.column_size as isize),
        field::PRECISION => Value::Short(record.precision),
        field::COLUMN_SCALE => Value::Short(details.decimal_digits),
        field::SCALE => Value::Short(record.scale),
        field::DISPLAY_SIZE => Value::Len(details.display_size),
        field::NULLABLE | field::COLUMN_NULLABLE => Value::Short(record.nullable),
        field::NUM_PREC_RADIX => Value::Integer(record.num_prec_radix),
        field::UNSIGNED => Value::Short(details.unsigned.into()),
        field::CASE_SENSITIVE => Value::Integer(details.case_sensitive.into()),
        field::SEARCHABLE => Value::Short(details.searchable),
        field::UPDATABLE => Value::Short(READ_ONLY),
        field::AUTO_UNIQUE_VALUE => Value::Integer(0),
        field::FIXED_PREC_SCALE | field::ROWVER => Value::Short(0),
        field::UNNAMED => Value::Short(record.unnamed),
        field::PARAMETER_TYPE => Value::Short(record.parameter_type),
        field::DATA_PTR => Value::Pointer(record.data_ptr),
        field::INDICATOR_PTR => Value::Pointer(record.indicator_ptr),
        field::OCTET_LENGTH_PTR => Value::Pointer(record.octet_length_ptr),
        _ => return None,
    })
}

/// Writes a value; the result says whether text was cut.
pub fn write(
    value: Value<'_>,
    out: &TextOut,
    memory: &impl AppMemory,
    encoding: Encoding,
) -> Result<Written, Error> {
    let size = match value {
        Value::Text(text) => return out.write(memory, encoding, text),
        Value::Short(number) => {
            memory.write_i16(out.at, number);
            2
        }
        Value::Integer(number) => {
            memory.write_i32(out.at, number);
            4
        }
        Value::Len(number) => {
            memory.write_len(out.at, number);
            size_of::<isize>()
        }
        Value::Pointer(pointer) => {
            memory.write_ulen(out.at, pointer.address());
            size_of::<usize>()
        }
    };
    memory.write_i32(out.length_at, size as i32);
    Ok(Written::Whole)
}

/// `SQLGetDescField`
pub fn get(
    descriptor: &Descriptor,
    number: i16,
    identifier: i16,
    out: &TextOut,
    memory: &impl AppMemory,
    encoding: Encoding,
) -> Result<(Success, Written), Error> {
    descriptor.require_described()?;
    if let Some(value) = of_header(descriptor, identifier) {
        return Ok((Success::Done, write(value, out, memory, encoding)?));
    }
    let number = descriptor.index(number)?;
    let empty = Record::default();
    if of_record(&empty, identifier).is_none() {
        return Err(Error::of(sqlstate::HY091));
    }
    let record = match descriptor.record(number) {
        Some(record) => record,
        // Record 0 exists even if it was never set.
        None if number == 0 => &empty,
        None => return Ok((Success::NoData, Written::Whole)),
    };
    let value = of_record(record, identifier).ok_or_else(|| Error::of(sqlstate::HY091))?;
    Ok((Success::Done, write(value, out, memory, encoding)?))
}

/// The value for `SQLSetDescField`.
#[derive(Clone, Copy, Debug)]
pub struct FieldIn {
    /// The pointer argument as an integer.
    pub value: usize,
    /// The same argument where the field is text.
    pub text: TextIn,
}

/// `SQLSetDescField`
pub fn set(
    descriptor: &mut Descriptor,
    number: i16,
    identifier: i16,
    given: &FieldIn,
    memory: &impl AppMemory,
    encoding: Encoding,
) -> Outcome {
    let header_of_ird = matches!(
        identifier,
        field::ARRAY_STATUS_PTR | field::ROWS_PROCESSED_PTR
    );
    if descriptor.role == Role::ImplementationRow && !header_of_ird {
        return Err(Error::of(sqlstate::HY016));
    }
    if set_header(descriptor, identifier, given.value)? {
        descriptor.touch();
        return Ok(Success::Done);
    }
    let number = descriptor.index(number)?;
    let application = descriptor.role.is_application();
    let record = descriptor.record_mut(number)?;
    match application {
        true => set_application(record, identifier, given.value)?,
        false => {
            let name = match identifier {
                field::NAME => Some(given.text.read(memory, encoding)?.unwrap_or_default()),
                _ => None,
            };
            set_parameter(record, identifier, given.value, name)?;
        }
    }
    Ok(Success::Done)
}

fn set_header(descriptor: &mut Descriptor, identifier: i16, value: usize) -> Result<bool, Error> {
    match identifier {
        field::ALLOC_TYPE => return Err(Error::of(sqlstate::HY091)),
        field::COUNT => {
            let count = value as i16;
            if count < 0 {
                return Err(Error::of(sqlstate::S07009));
            }
            descriptor.set_count(count as usize);
        }
        field::ARRAY_SIZE if value == 0 => return Err(Error::of(sqlstate::HY024)),
        field::ARRAY_SIZE => descriptor.array_size = value,
        field::ARRAY_STATUS_PTR => descriptor.array_status_ptr = AppPtr::new(value),
        field::BIND_OFFSET_PTR => descriptor.bind_offset_ptr = AppPtr::new(value),
        field::BIND_TYPE => descriptor.bind_type = value as u32 as usize,
        field::ROWS_PROCESSED_PTR => descriptor.rows_processed_ptr = AppPtr::new(value),
        _ => return Ok(false),
    }
    Ok(true)
}

fn set_application(record: &mut Record, identifier: i16, value: usize) -> Result<(), Error> {
    match identifier {
        field::DATA_PTR => {
            check_application(record)?;
            record.data_ptr = AppPtr::new(value);
            return Ok(());
        }
        field::INDICATOR_PTR => {
            record.indicator_ptr = AppPtr::new(value);
            return Ok(());
        }
        field::OCTET_LENGTH_PTR => {
            record.octet_length_ptr = AppPtr::new(value);
            return Ok(());
        }
        field::OCTET_LENGTH => {
            record.octet_length = value as isize;
            return Ok(());
        }
        field::CONCISE_TYPE | field::TYPE => {
            let given = value as i16;
            let concise = match type_codes::concise(given, record.verbose.subcode) {
                _ if identifier == field::CONCISE_TYPE => given,
                Some(concise) => concise,
                // The subcode that completes the type is set later.
                None => {
                    record.verbose.verbose = given;
                    record.data_ptr = AppPtr::NULL;
                    return Ok(());
                }
            };
            if !type_codes::is_c_type(concise) {
                return Err(Error::of(sqlstate::HY021));
            }
            let pointers = (
                record.indicator_ptr,
                record.octet_length_ptr,
                record.octet_length,
            );
            *record = application_record(concise);
            (record.indicator_ptr, record.octet_length_ptr) = (pointers.0, pointers.1);
            if type_codes::c_type_size(concise).is_none() {
                record.octet_length = pointers.2;
            }
        }
        field::DATETIME_INTERVAL_CODE => {
            let concise = type_codes::concise(record.verbose.verbose, value as i16)
                .ok_or_else(|| Error::of(sqlstate::HY021))?;
            record.verbose.subcode = value as i16;
            record.concise_type = concise;
        }
        field::LENGTH => record.length = value,
        field::PRECISION => record.precision = value as i16,
        field::SCALE => record.scale = value as i16,
        field::DATETIME_INTERVAL_PRECISION => record.datetime_interval_precision = value as i32,
        field::NUM_PREC_RADIX => record.num_prec_radix = value as i32,
        _ => return Err(Error::of(sqlstate::HY091)),
    }
    // Any other change unbinds the record, until its data pointer is set again.
    record.data_ptr = AppPtr::NULL;
    Ok(())
}

/// The consistency check when the data pointer is set.
fn check_application(record: &Record) -> Result<(), Error> {
    let VerboseType { verbose, subcode } = record.verbose;
    let known = type_codes::is_c_type(record.concise_type)
        && type_codes::concise(verbose, subcode).is_some();
    let numeric = record.concise_type == c_type::NUMERIC;
    let sane = !numeric
        || ((1..=crate::odbc::state::descriptor::buffer::NUMERIC_PRECISION)
            .contains(&record.precision)
            && record.scale <= record.precision);
    match known && sane {
        true => Ok(()),
        false => Err(Error::of(sqlstate::HY021)),
    }
}

fn set_parameter(
    record: &mut Record,
    identifier: i16,
    value: usize,
    name: Option<String>,
) -> Result<(), Error> {
    match identifier {
        field::CONCISE_TYPE => {
            let concise = type_codes::canonical_datetime(value as i16);
            if !type_codes::is_sql_type(concise) {
                return Err(Error::of(sqlstate::HY021));
            }
            record.concise_type = concise;
            record.verbose = type_codes::verbose(concise);
        }
        field::TYPE | field::DATETIME_INTERVAL_CODE => {
            match identifier {
                field::TYPE => record.verbose.verbose = value as i16,
                _ => record.verbose.subcode = value as i16,
            }
            let VerboseType { verbose, subcode } = record.verbose;
            if let Some(concise) = type_codes::concise(verbose, subcode) {
                record.concise_type = concise;
            }
        }
        field::NAME => {
            let name = name.unwrap_or_default();
            record.unnamed = if name.is_empty() {
                UNNAMED
            } else {
                crate::odbc::state::descriptor::NAMED
            };
            record.details.name = name;
        }
        field::UNNAMED if value as i16 == UNNAMED => {
            record.unnamed = UNNAMED;
            record.details.name.clear();
        }
        field::UNNAMED => return Err(Error::of(sqlstate::HY092)),
        field::LENGTH => record.length = value,
        field::OCTET_LENGTH => record.octet_length = value as isize,
        field::PRECISION => record.precision = value as i16,
        field::SCALE => record.scale = value as i16,
        field::DATETIME_INTERVAL_PRECISION => record.datetime_interval_precision = value as i32,
        field::NUM_PREC_RADIX => record.num_prec_radix = value as i32,
        field::PARAMETER_TYPE => record.parameter_type = value as i16,
        // Setting it checks the record and stores nothing.
        field::DATA_PTR => {
            let VerboseType { verbose, subcode } = record.verbose;
            if type_codes::concise(verbose, subcode).is_none() {
                return Err(Error::of(sqlstate::HY021));
            }
        }
        _ => return Err(Error::of(sqlstate::HY091)),
    }
    Ok(())
}
