//! Descriptors.

use super::arguments::{at, text_buffer, token, value, value_buffer};
use super::types::{Char, HDesc, Integer, Len, Pointer, RetCode, SmallInt, WChar};
use super::{call, on_descriptor, warn_if_cut};
use crate::odbc::calls::descriptor::copy;
use crate::odbc::calls::descriptor::fields::{self, FieldIn};
use crate::odbc::calls::descriptor::record::{self, RecordIn, RecordOut};
use crate::odbc::text::{Spelling, TextOut};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDescField(
    descriptor_handle: HDesc,
    record_number: SmallInt,
    field_identifier: SmallInt,
    value: Pointer,
    buffer_length: Integer,
    string_length: *mut Integer,
) -> RetCode {
    let out = value_buffer(value, buffer_length, string_length, Spelling::Ansi);
    get_field(descriptor_handle, record_number, field_identifier, &out)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDescFieldW(
    descriptor_handle: HDesc,
    record_number: SmallInt,
    field_identifier: SmallInt,
    value: Pointer,
    buffer_length: Integer,
    string_length: *mut Integer,
) -> RetCode {
    let out = value_buffer(value, buffer_length, string_length, Spelling::Wide);
    get_field(descriptor_handle, record_number, field_identifier, &out)
}

fn get_field(handle: HDesc, number: i16, identifier: i16, out: &TextOut) -> RetCode {
    on_descriptor(handle, |scope, memory| {
        let encoding = scope.state.connection.encoding;
        let descriptor = scope.descriptor();
        let answer = fields::get(descriptor, number, identifier, out, memory, encoding)?;
        warn_if_cut(answer, &mut descriptor.diagnostics)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetDescField(
    descriptor_handle: HDesc,
    record_number: SmallInt,
    field_identifier: SmallInt,
    value: Pointer,
    buffer_length: Integer,
) -> RetCode {
    let given = field(value, buffer_length, Spelling::Ansi);
    set_field(descriptor_handle, record_number, field_identifier, &given)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetDescFieldW(
    descriptor_handle: HDesc,
    record_number: SmallInt,
    field_identifier: SmallInt,
    value: Pointer,
    buffer_length: Integer,
) -> RetCode {
    let given = field(value, buffer_length, Spelling::Wide);
    set_field(descriptor_handle, record_number, field_identifier, &given)
}

/// A field's value: an integer or an address in the pointer itself, or text that it points to.
fn field(pointer: Pointer, length: i32, spelling: Spelling) -> FieldIn {
    FieldIn {
        value: at(pointer).address(),
        text: value(pointer, length, spelling),
    }
}

fn set_field(handle: HDesc, number: i16, identifier: i16, given: &FieldIn) -> RetCode {
    on_descriptor(handle, |scope, memory| {
        let encoding = scope.state.connection.encoding;
        fields::set(
            scope.descriptor(),
            number,
            identifier,
            given,
            memory,
            encoding,
        )
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDescRec(
    descriptor_handle: HDesc,
    record_number: SmallInt,
    name: *mut Char,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
    data_type: *mut SmallInt,
    sub_type: *mut SmallInt,
    length: *mut Len,
    precision: *mut SmallInt,
    scale: *mut SmallInt,
    nullable: *mut SmallInt,
) -> RetCode {
    let out = RecordOut {
        name: text_buffer(name, buffer_length, string_length),
        verbose: at(data_type),
        subcode: at(sub_type),
        length: at(length),
        precision: at(precision),
        scale: at(scale),
        nullable: at(nullable),
    };
    get_record(descriptor_handle, record_number, &out)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetDescRecW(
    descriptor_handle: HDesc,
    record_number: SmallInt,
    name: *mut WChar,
    buffer_length: SmallInt,
    string_length: *mut SmallInt,
    data_type: *mut SmallInt,
    sub_type: *mut SmallInt,
    length: *mut Len,
    precision: *mut SmallInt,
    scale: *mut SmallInt,
    nullable: *mut SmallInt,
) -> RetCode {
    let out = RecordOut {
        name: text_buffer(name, buffer_length, string_length),
        verbose: at(data_type),
        subcode: at(sub_type),
        length: at(length),
        precision: at(precision),
        scale: at(scale),
        nullable: at(nullable),
    };
    get_record(descriptor_handle, record_number, &out)
}

fn get_record(handle: HDesc, number: i16, out: &RecordOut) -> RetCode {
    on_descriptor(handle, |scope, memory| {
        let encoding = scope.state.connection.encoding;
        let descriptor = scope.descriptor();
        let answer = record::get(descriptor, number, out, memory, encoding)?;
        warn_if_cut(answer, &mut descriptor.diagnostics)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSetDescRec(
    descriptor_handle: HDesc,
    record_number: SmallInt,
    data_type: SmallInt,
    sub_type: SmallInt,
    length: Len,
    precision: SmallInt,
    scale: SmallInt,
    data: Pointer,
    string_length: *mut Len,
    indicator: *mut Len,
) -> RetCode {
    let given = RecordIn {
        number: record_number,
        verbose: data_type,
        subcode: sub_type,
        length,
        precision,
        scale,
        data: at(data),
        octet_length_ptr: at(string_length),
        indicator_ptr: at(indicator),
    };
    on_descriptor(descriptor_handle, |scope, _| {
        record::set(scope.descriptor(), &given)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLCopyDesc(
    source_desc_handle: HDesc,
    target_desc_handle: HDesc,
) -> RetCode {
    call(|_| copy::copy(token(source_desc_handle), token(target_desc_handle)))
}
