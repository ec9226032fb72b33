//! The width of the driver manager's wide characters.
//!
//! On Windows and with unixODBC `SQLWCHAR` has two bytes, with iODBC four (its `wchar_t`), and one
//! library serves all of them. iODBC since 3.52.13 agrees on a width with the driver through
//! attributes (see [`crate::odbc::attributes`]). Older versions and unixODBC do not, so the library
//! that allocates the environment decides. The driver finds it by the return address of the call,
//! because both driver managers may be loaded into one process. A driver manager may also be linked
//! into the program, as iODBC is in Debian's `iodbctest`. So if the caller's name is not
//! conclusive, the driver searches the caller for the prefix of iODBC's messages.

use super::{caller, code_page};
use crate::odbc::text::{Encoding, WideWidth};
use std::env;

/// Overrides the detected width: `2` or `4`.
const OVERRIDE: &str = "EXCHANGE_ODBC_WIDE_CHARACTER_BYTES";

/// The prefix of iODBC's own messages. It is written backwards, so that this library does not
/// contain it.
const IODBC_INSIDE: &[u8] = b"]reganaM revirD[]CBDOi[";

/// The initial encoding for the caller of the exported function.
pub(super) fn encoding() -> Encoding {
    Encoding {
        narrow: code_page::of_the_process(),
        wide: wide_width(),
    }
}

fn wide_width() -> WideWidth {
    let forced = env::var(OVERRIDE).ok().and_then(|value| parse(&value));
    forced.unwrap_or_else(|| caller::image().map_or(WideWidth::Two, |image| of_image(&image)))
}

fn of_image(image: &caller::Image) -> WideWidth {
    of_library(image.path()).unwrap_or_else(|| {
        let prefix: Vec<u8> = IODBC_INSIDE.iter().rev().copied().collect();
        match image.contains(&prefix) {
            true => WideWidth::Four,
            false => WideWidth::Two,
        }
    })
}

fn parse(value: &str) -> Option<WideWidth> {
    match value.trim() {
        "2" => Some(WideWidth::Two),
        "4" => Some(WideWidth::Four),
        _ => None,
    }
}

/// The width of the driver manager with this path; `None` for other libraries.
fn of_library(path: &[u8]) -> Option<WideWidth> {
    let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or(path);
    if name.starts_with(b"libiodbc.") || name == b"iODBC" {
        Some(WideWidth::Four)
    } else if name.starts_with(b"libodbc.") {
        Some(WideWidth::Two)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn driver_managers_are_known_by_name() {
        let width = |path: &str| of_library(path.as_bytes());
        for iodbc in [
            "/usr/lib/x86_64-linux-gnu/libiodbc.so.2",
            "/Library/Frameworks/iODBC.framework/Versions/A/iODBC",
            "/opt/homebrew/lib/libiodbc.2.dylib",
        ] {
            assert_eq!(width(iodbc), Some(WideWidth::Four), "{iodbc}");
        }
        assert_eq!(width("/usr/lib/libodbc.so.2"), Some(WideWidth::Two));
        for other in ["", "/usr/lib/libiodbcinst.so.2", "/usr/bin/isql"] {
            assert_eq!(width(other), None, "{other}");
        }
    }

    #[test]
    fn the_override_takes_two_values() {
        assert_eq!(parse("2"), Some(WideWidth::Two));
        assert_eq!(parse(" 4 "), Some(WideWidth::Four));
        assert_eq!(parse("utf-16"), None);
    }
}
