//! `ConfigDSN` and `ConfigDriver`, which ODBC's installer and the ODBC Administrator call on Windows. A window that is
//! given owns a dialog.

use super::arguments::at;
use super::code_page;
use super::memory::ProcessMemory;
use super::types::{Char, HWnd, USmallInt, WChar};
use crate::odbc::dialogs;
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::text::{Encoding, Form, WideWidth, decode, encode, read_terminated};
use exchange_config::registry::{self, Registry};
use exchange_config::setup::{self, DriverRequest, Refusal, Request};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// `BOOL`
type Bool = i32;

#[unsafe(no_mangle)]
pub unsafe extern "system" fn ConfigDSN(
    parent: HWnd,
    request: USmallInt,
    driver: *mut Char,
    attributes: *mut Char,
) -> Bool {
    config_dsn(parent, request, at(driver), at(attributes), ansi())
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn ConfigDSNW(
    parent: HWnd,
    request: USmallInt,
    driver: *mut WChar,
    attributes: *mut WChar,
) -> Bool {
    config_dsn(parent, request, at(driver), at(attributes), Form::Utf16)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn ConfigDriver(
    _parent: HWnd,
    request: USmallInt,
    driver: *mut Char,
    arguments: *mut Char,
    message: *mut Char,
    message_size: USmallInt,
    message_length: *mut USmallInt,
) -> Bool {
    let out = Message {
        at: at(message),
        size: message_size,
        length_at: at(message_length),
    };
    config_driver(request, at(driver), at(arguments), &out, ansi())
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn ConfigDriverW(
    _parent: HWnd,
    request: USmallInt,
    driver: *mut WChar,
    arguments: *mut WChar,
    message: *mut WChar,
    message_size: USmallInt,
    message_length: *mut USmallInt,
) -> Bool {
    let out = Message {
        at: at(message),
        size: message_size,
        length_at: at(message_length),
    };
    config_driver(request, at(driver), at(arguments), &out, Form::Utf16)
}

/// The process's encoding of bytes.
fn ansi() -> Form {
    let encoding = Encoding {
        narrow: code_page::of_the_process(),
        wide: WideWidth::Two,
    };
    encoding.char_form()
}

/// Records an error for the installer, and lets no panic out.
fn answer(body: impl FnOnce(&ProcessMemory) -> Result<(), Refusal>) -> Bool {
    let memory = ProcessMemory::of_the_caller();
    let outcome = catch_unwind(AssertUnwindSafe(|| body(&memory))).unwrap_or_else(|payload| {
        // Dropping the payload could panic again.
        std::mem::forget(payload);
        Err(Refusal {
            code: setup::code::GENERAL_ERR,
            message: "The driver failed unexpectedly".to_owned(),
        })
    });
    match outcome {
        Ok(()) => 1,
        Err(refusal) => {
            registry::post(&refusal);
            0
        }
    }
}

fn config_dsn(parent: HWnd, request: u16, driver: AppPtr, attributes: AppPtr, form: Form) -> Bool {
    answer(|memory| {
        let request = Request::new(request)?;
        let driver = text(memory, driver, form);
        let list = list(memory, attributes, form);
        let attributes = setup::attributes(list.iter().map(String::as_str))?;
        match at(parent).address() {
            0 => setup::change(&mut Registry, request, &driver, &attributes, None),
            window => dialogs::data_source(window, request, &driver, &attributes),
        }
    })
}

/// A buffer for a message to the user. The driver has no message, and writes an empty one.
struct Message {
    at: AppPtr,
    /// In characters.
    size: u16,
    length_at: AppPtr,
}

fn config_driver(
    request: u16,
    driver: AppPtr,
    arguments: AppPtr,
    message: &Message,
    form: Form,
) -> Bool {
    answer(|memory| {
        if !message.at.is_null() && message.size > 0 {
            memory.write(message.at, &encode("\0", form));
        }
        if !message.length_at.is_null() {
            memory.write(message.length_at, &0_u16.to_ne_bytes());
        }
        let request = DriverRequest::new(request)?;
        let driver = text(memory, driver, form);
        setup::change_driver(
            &mut Registry,
            request,
            &driver,
            &text(memory, arguments, form),
        )
    })
}

/// Text up to its terminator; empty for a null pointer.
fn text(memory: &ProcessMemory, at: AppPtr, form: Form) -> String {
    match at.is_null() {
        true => String::new(),
        false => decode(&read_terminated(memory, at, form.unit()), form),
    }
}

/// Texts with a terminator each, up to an empty one.
fn list(memory: &ProcessMemory, at: AppPtr, form: Form) -> Vec<String> {
    let mut items = Vec::new();
    let mut place = at;
    while !place.is_null() {
        let bytes = read_terminated(memory, place, form.unit());
        if bytes.is_empty() {
            break;
        }
        items.push(decode(&bytes, form));
        place = place.plus(bytes.len() + form.unit());
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_with_an_empty_text() {
        let mut wide: Vec<u16> = "DSN=Ü\0PWD=a;b\0\0UID=x\0".encode_utf16().collect();
        let memory = ProcessMemory::of_the_caller();
        let items = list(&memory, at(wide.as_mut_ptr()), Form::Utf16);
        assert_eq!(items, ["DSN=Ü", "PWD=a;b"]);
        assert!(list(&memory, AppPtr::NULL, Form::Utf16).is_empty());
        let mut narrow = *b"DSN=a\0\0";
        assert_eq!(
            list(&memory, at(narrow.as_mut_ptr()), Form::Utf8),
            ["DSN=a"]
        );
    }
}
