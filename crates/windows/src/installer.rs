//! ODBC's installer library, `odbccp32`, which keeps the data sources in the registry.
//!
//! It is loaded when it is first used, so that the driver also loads on a machine without it.

use crate::library::function;
use crate::text::wide;
use std::ffi::{CStr, c_void};
use std::mem;
use std::ptr;
use std::sync::OnceLock;

/// Which data sources the installer's functions mean (`SQLSetConfigMode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The user's, then the system's.
    Both,
    User,
    System,
}

type Read = unsafe extern "system" fn(
    section: *const u16,
    entry: *const u16,
    default: *const u16,
    out: *mut u16,
    room: i32,
    file: *const u16,
) -> i32;
type Write = unsafe extern "system" fn(*const u16, *const u16, *const u16, *const u16) -> i32;
type TwoNames = unsafe extern "system" fn(*const u16, *const u16) -> i32;
type OneName = unsafe extern "system" fn(*const u16) -> i32;
type GetMode = unsafe extern "system" fn(*mut u16) -> i32;
type Post = unsafe extern "system" fn(code: u32, message: *const u16) -> i16;

/// The functions that are used, with the prototypes of `odbcinst.h`.
struct Functions {
    read: Read,
    write: Write,
    write_name: TwoNames,
    remove_name: OneName,
    is_valid_name: OneName,
    mode: GetMode,
    post: Post,
}

fn functions() -> Option<&'static Functions> {
    static FOUND: OnceLock<Option<Functions>> = OnceLock::new();
    FOUND.get_or_init(find).as_ref()
}

fn find() -> Option<Functions> {
    /// `F` has to be the type of the function.
    unsafe fn typed<F: Copy>(name: &CStr) -> Option<F> {
        let address: *const c_void = function("odbccp32.dll", name)?;
        // SAFETY: an address of a function has the size of one, and the caller chose its type.
        Some(unsafe { mem::transmute_copy::<*const c_void, F>(&address) })
    }
    // SAFETY: the types are those of odbcinst.h.
    unsafe {
        Some(Functions {
            read: typed::<Read>(c"SQLGetPrivateProfileStringW")?,
            write: typed::<Write>(c"SQLWritePrivateProfileStringW")?,
            write_name: typed::<TwoNames>(c"SQLWriteDSNToIniW")?,
            remove_name: typed::<OneName>(c"SQLRemoveDSNFromIniW")?,
            is_valid_name: typed::<OneName>(c"SQLValidDSNW")?,
            mode: typed::<GetMode>(c"SQLGetConfigMode")?,
            post: typed::<Post>(c"SQLPostInstallerErrorW")?,
        })
    }
}

/// Whether the library is there.
pub fn is_there() -> bool {
    functions().is_some()
}

/// Sections of this "file" are data sources.
const DATA_SOURCES: &str = "ODBC.INI";
/// Those of this one are drivers.
const DRIVERS: &str = "ODBCINST.INI";

/// One value, or without an entry the names of all, each with a terminator. `None` without the library.
fn read(file: &str, section: &str, entry: Option<&str>) -> Option<Vec<u16>> {
    // Not every version of the library cuts a value that does not fit: Wine's returns nothing of it.
    const ROOM: usize = 1 << 16;
    let read = functions()?.read;
    let (section, entry, file) = (wide(section), entry.map(wide), wide(file));
    let entry = entry.as_ref().map_or(ptr::null(), |entry| entry.as_ptr());
    let mut buffer = vec![0_u16; ROOM];
    // SAFETY: the texts have terminators and live until the end; the buffer is as long as the call says.
    let length = unsafe {
        let (out, none) = (buffer.as_mut_ptr(), [0_u16]);
        let room = ROOM as i32;
        read(
            section.as_ptr(),
            entry,
            none.as_ptr(),
            out,
            room,
            file.as_ptr(),
        )
    };
    buffer.truncate(usize::try_from(length).unwrap_or(0));
    Some(buffer)
}

/// The names of a section's values; empty if there is no such section.
fn names(file: &str, section: &str) -> Vec<String> {
    let list = read(file, section, None).unwrap_or_default();
    list.split(|unit| *unit == 0)
        .filter(|name| !name.is_empty())
        .map(String::from_utf16_lossy)
        .collect()
}

fn value(file: &str, section: &str, entry: &str) -> String {
    let value = read(file, section, Some(entry)).unwrap_or_default();
    let end = value.iter().position(|unit| *unit == 0);
    String::from_utf16_lossy(&value[..end.unwrap_or(value.len())])
}

/// The values of a data source under their names; empty if there is no such data source.
pub fn data_source(name: &str) -> Vec<(String, String)> {
    let names = names(DATA_SOURCES, name);
    let pairs = names.into_iter().map(|entry| {
        let value = value(DATA_SOURCES, name, &entry);
        (entry, value)
    });
    pairs.collect()
}

/// Writes one value of a data source, or removes it.
pub fn write_value(data_source: &str, entry: &str, value: Option<&str>) -> bool {
    write(DATA_SOURCES, data_source, entry, value)
}

/// Writes one value of a driver, or removes it.
pub fn write_driver_value(driver: &str, entry: &str, value: Option<&str>) -> bool {
    write(DRIVERS, driver, entry, value)
}

/// One value of a driver; empty if it is not there.
pub fn driver_value(driver: &str, entry: &str) -> String {
    value(DRIVERS, driver, entry)
}

fn write(file: &str, section: &str, entry: &str, value: Option<&str>) -> bool {
    let Some(functions) = functions() else {
        return false;
    };
    let (section, entry, file) = (wide(section), wide(entry), wide(file));
    let value = value.map(wide);
    let value = value.as_ref().map_or(ptr::null(), |value| value.as_ptr());
    // SAFETY: the texts have terminators and live until the end; a null value removes the entry.
    unsafe { (functions.write)(section.as_ptr(), entry.as_ptr(), value, file.as_ptr()) != 0 }
}

/// Adds a data source of a driver to the list, without any values but its driver.
pub fn write_data_source(name: &str, driver: &str) -> bool {
    let (name, driver) = (wide(name), wide(driver));
    // SAFETY: the texts have terminators.
    functions().is_some_and(|it| unsafe { (it.write_name)(name.as_ptr(), driver.as_ptr()) != 0 })
}

/// Removes a data source with its values.
pub fn remove_data_source(name: &str) -> bool {
    let name = wide(name);
    // SAFETY: the text has a terminator.
    functions().is_some_and(|it| unsafe { (it.remove_name)(name.as_ptr()) != 0 })
}

/// Whether a data source may have the name.
pub fn is_valid_name(name: &str) -> bool {
    let name = wide(name);
    // SAFETY: the text has a terminator.
    functions().is_some_and(|it| unsafe { (it.is_valid_name)(name.as_ptr()) != 0 })
}

/// The mode of the process.
pub fn mode() -> Mode {
    let mut mode = 0;
    // SAFETY: the number goes into a variable of this function.
    let known = functions().is_some_and(|it| unsafe { (it.mode)(&raw mut mode) != 0 });
    match mode {
        1 if known => Mode::User,
        2 if known => Mode::System,
        _ => Mode::Both,
    }
}

/// Adds an error to those that `SQLInstallerError` returns.
pub fn post_error(code: u32, message: &str) {
    let message = wide(message);
    if let Some(functions) = functions() {
        // SAFETY: the text has a terminator, and the library copies it.
        unsafe { (functions.post)(code, message.as_ptr()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_source_is_written_read_and_removed() {
        assert!(is_there());
        let name = "exchange-odbc unit test";
        let long = "ü".repeat(9000);
        assert!(write_data_source(name, "Exchange"));
        assert!(write_value(name, "TenantID", Some("contoso.com")));
        assert!(write_value(name, "Mailboxes", Some(&long)));
        assert!(write_value(name, "Gone", Some("x")) && write_value(name, "Gone", None));
        let values = data_source(name);
        let value = |entry: &str| {
            let mut found = values.iter().filter(|(known, _)| known == entry);
            found.next().map(|(_, value)| value.as_str())
        };
        assert_eq!(value("TenantID"), Some("contoso.com"));
        assert!(value("Mailboxes") == Some(&long), "a long value is whole");
        // Wine leaves an empty value.
        assert_eq!(value("Gone").unwrap_or_default(), "");
        assert!(remove_data_source(name));
        assert!(data_source(name).is_empty());
    }

    #[test]
    fn names_with_signs_of_the_syntax_are_not_valid() {
        assert!(is_valid_name("Mailbox"));
        assert!(!is_valid_name("Mail;box") && !is_valid_name(""));
    }
}
