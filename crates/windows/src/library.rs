//! The driver's own library, and libraries of Windows that are loaded when they are needed.

use crate::text::wide;
use std::ffi::{CStr, c_void};
use std::ptr;
use windows_sys::Win32::System::LibraryLoader::{
    GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_PIN,
    GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleHandleExW, GetProcAddress,
    LOAD_LIBRARY_SEARCH_SYSTEM32, LoadLibraryExW,
};

/// Keeps the library that contains this function in memory until the process ends. Windows' linker has no option for
/// that, and a thread of the driver must not lose its code.
pub fn pin() -> bool {
    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN;
    let inside: fn() -> bool = pin;
    let mut module = ptr::null_mut();
    // SAFETY: with FROM_ADDRESS the "name" is any address in the library and is not read; the handle goes into a
    // variable of this function.
    unsafe { GetModuleHandleExW(flags, inside as *const u16, &raw mut module) != 0 }
}

/// The library that contains this function.
pub(crate) fn own() -> *mut c_void {
    let flags =
        GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    let inside: fn() -> *mut c_void = own;
    let mut module = ptr::null_mut();
    // SAFETY: as above. The library cannot go while it runs.
    unsafe { GetModuleHandleExW(flags, inside as *const u16, &raw mut module) };
    module
}

/// The address of a function in a library of Windows' own folder; `None` if there is no such library or function. The
/// library stays loaded.
pub(crate) fn function(library: &str, name: &CStr) -> Option<*const c_void> {
    let library = wide(library);
    // SAFETY: the name has a terminator, and the second argument has to be null. Only Windows' folder is searched.
    let module = unsafe {
        LoadLibraryExW(
            library.as_ptr(),
            ptr::null_mut(),
            LOAD_LIBRARY_SEARCH_SYSTEM32,
        )
    };
    if module.is_null() {
        return None;
    }
    // SAFETY: the module is loaded and never freed, and the name has a terminator.
    let address = unsafe { GetProcAddress(module, name.as_ptr().cast()) }?;
    Some(address as *const c_void)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_found_by_name() {
        assert!(function("kernel32.dll", c"GetACP").is_some());
        assert!(function("kernel32.dll", c"GetNothing").is_none());
        assert!(function("no-such-library.dll", c"GetACP").is_none());
    }

    #[test]
    fn the_library_can_be_pinned_again_and_again() {
        assert!(pin() && pin());
    }
}
