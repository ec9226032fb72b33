//! How wide the driver manager's wide characters are.
//!
//! On Windows and with unixODBC `SQLWCHAR` has two bytes, with iODBC four (its `wchar_t`), and one
//! library serves all of them. iODBC since 3.52.13 agrees on a width with the driver through
//! attributes (see [`crate::odbc::attributes`]); older ones and unixODBC say nothing, so the library
//! that allocates the environment decides. It is asked for by the address that the call returns to,
//! because both driver managers may be loaded into one process, each for a part of it.

use crate::odbc::text::WideWidth;
use std::env;

/// Overrides what is found: `2` or `4`.
const OVERRIDE: &str = "EXCHANGE_ODBC_WIDE_CHARACTER_BYTES";

/// The width to begin with, for the caller of the exported function that asks.
pub(super) fn wide_width() -> WideWidth {
    let forced = env::var(OVERRIDE).ok().and_then(|value| parse(&value));
    forced.unwrap_or_else(|| of_library(caller::library().as_deref().unwrap_or_default()))
}

fn parse(value: &str) -> Option<WideWidth> {
    match value.trim() {
        "2" => Some(WideWidth::Two),
        "4" => Some(WideWidth::Four),
        _ => None,
    }
}

/// The width of the library with this path.
fn of_library(path: &[u8]) -> WideWidth {
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    match name.starts_with(b"libiodbc.") || name == b"iODBC" {
        true => WideWidth::Four,
        false => WideWidth::Two,
    }
}

#[cfg(unix)]
mod caller {
    use std::ffi::{CStr, c_int, c_void};
    use std::mem::MaybeUninit;

    /// A frame of the stack; the unwinder's own.
    #[repr(C)]
    struct Context([u8; 0]);

    const GO_ON: c_int = 0;
    const STOP: c_int = 4;

    // The unwinder that Rust's panics use, so it is always there.
    unsafe extern "C" {
        fn _Unwind_Backtrace(
            see: unsafe extern "C" fn(*mut Context, *mut c_void) -> c_int,
            argument: *mut c_void,
        ) -> c_int;
        fn _Unwind_GetIP(frame: *mut Context) -> usize;
    }

    /// What the walk along the stack looks for.
    struct Search {
        own: *mut c_void,
        found: Option<Vec<u8>>,
    }

    /// The path of the library that called this one.
    pub(super) fn library() -> Option<Vec<u8>> {
        let own = image((library as fn() -> _ as *const ()).addr())?.dli_fbase;
        let mut search = Search { own, found: None };
        // SAFETY: the unwinder calls `see` before it returns, with the pointer that is passed here.
        unsafe { _Unwind_Backtrace(see, (&raw mut search).cast()) };
        search.found
    }

    unsafe extern "C" fn see(frame: *mut Context, search: *mut c_void) -> c_int {
        // SAFETY: the unwinder passes the frame that it looks at, and the pointer to the search.
        let (address, search) = unsafe { (_Unwind_GetIP(frame), &mut *search.cast::<Search>()) };
        // The address is that after the call, which may belong to the next function already.
        let Some(image) = image(address.wrapping_sub(1)) else {
            return STOP;
        };
        if image.dli_fbase == search.own {
            return GO_ON;
        }
        if !image.dli_fname.is_null() {
            // SAFETY: the name is a string with a terminator, and its library is in use.
            search.found = Some(
                unsafe { CStr::from_ptr(image.dli_fname) }
                    .to_bytes()
                    .to_vec(),
            );
        }
        STOP
    }

    /// The library that an address belongs to.
    fn image(address: usize) -> Option<libc::Dl_info> {
        let mut info = MaybeUninit::<libc::Dl_info>::uninit();
        // SAFETY: any address may be asked about; `info` is a place for the answer.
        match unsafe { libc::dladdr(std::ptr::without_provenance(address), info.as_mut_ptr()) } {
            0 => None,
            // SAFETY: the answer was written, as the result says.
            _ => Some(unsafe { info.assume_init() }),
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn addresses_belong_to_libraries() {
            let own = image((library as fn() -> _ as *const ()).addr()).unwrap();
            let libc = image((libc::getpid as unsafe extern "C" fn() -> _ as *const ()).addr());
            assert_ne!(own.dli_fbase, libc.unwrap().dli_fbase);
            assert!(image(1).is_none());
        }
    }
}

#[cfg(not(unix))]
mod caller {
    pub(super) fn library() -> Option<Vec<u8>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_iodbc_has_four_bytes() {
        let width = |path: &str| of_library(path.as_bytes());
        assert_eq!(
            width("/usr/lib/x86_64-linux-gnu/libiodbc.so.2"),
            WideWidth::Four
        );
        assert_eq!(
            width("/Library/Frameworks/iODBC.framework/Versions/A/iODBC"),
            WideWidth::Four
        );
        assert_eq!(width("/opt/homebrew/lib/libiodbc.2.dylib"), WideWidth::Four);
        for other in [
            "",
            "/usr/lib/libodbc.so.2",
            "/usr/lib/libiodbcinst.so.2",
            "/usr/bin/isql",
        ] {
            assert_eq!(width(other), WideWidth::Two, "{other}");
        }
    }

    #[test]
    fn the_override_takes_two_values() {
        assert_eq!(parse("2"), Some(WideWidth::Two));
        assert_eq!(parse(" 4 "), Some(WideWidth::Four));
        assert_eq!(parse("utf-16"), None);
    }
}
