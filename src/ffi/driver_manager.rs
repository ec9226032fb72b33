//! How wide the driver manager's wide characters are.
//!
//! On Windows and with unixODBC `SQLWCHAR` has two bytes, with iODBC four (its `wchar_t`), and one
//! library serves all of them. iODBC since 3.52.13 agrees on a width with the driver through
//! attributes (see [`crate::odbc::attributes`]); older ones and unixODBC say nothing, so the library
//! that allocates the environment decides. It is asked for by the address that the call returns to,
//! because both driver managers may be loaded into one process, each for a part of it. A driver
//! manager may also be a part of the program, as iODBC is of Debian's `iodbctest`: a caller with a
//! name that says nothing is searched for the prefix of iODBC's messages.

use super::caller;
use crate::odbc::text::WideWidth;
use std::env;

/// Overrides what is found: `2` or `4`.
const OVERRIDE: &str = "EXCHANGE_ODBC_WIDE_CHARACTER_BYTES";

/// What iODBC's own messages begin with. Written backwards, so that this library does not have it.
const IODBC_INSIDE: &[u8] = b"]reganaM revirD[]CBDOi[";

/// The width to begin with, for the caller of the exported function that asks.
pub(super) fn wide_width() -> WideWidth {
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

/// The width of the driver manager with this path, if it is one.
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
