//! The font of the system's own messages.

use crate::library::function;
use crate::user32::{NonClientMetrics, SPI_GETNONCLIENTMETRICS, SystemParametersInfoW};
use std::mem;

/// A font as a template names it.
pub(super) struct Font {
    pub(super) points: u16,
    pub(super) face: Vec<u16>,
}

/// Dots an inch where the system does not tell.
const USUAL_DOTS: u32 = 96;
const POINTS_OF_AN_INCH: u32 = 72;

pub(super) fn of_messages() -> Font {
    let size = mem::size_of::<NonClientMetrics>() as u32;
    let mut metrics = NonClientMetrics {
        size,
        ..NonClientMetrics::default()
    };
    // SAFETY: the structure is this function's, of the type that this action fills, and says its size.
    let known = unsafe {
        SystemParametersInfoW(SPI_GETNONCLIENTMETRICS, size, (&raw mut metrics).cast(), 0)
    } != 0;
    let font = metrics.message_font;
    let face: Vec<u16> = font
        .face
        .into_iter()
        .take_while(|unit| *unit != 0)
        .collect();
    if !known || face.is_empty() || font.height >= 0 {
        return Font {
            points: 8,
            face: "MS Shell Dlg".encode_utf16().collect(),
        };
    }
    let pixels = font.height.unsigned_abs();
    let points = (pixels * POINTS_OF_AN_INCH + dots() / 2) / dots();
    Font {
        points: u16::try_from(points).unwrap_or(8),
        face,
    }
}

/// Dots an inch of the system's measures; older versions of Windows have no function for it.
fn dots() -> u32 {
    type Dots = unsafe extern "system" fn() -> u32;
    let Some(address) = function("user32.dll", c"GetDpiForSystem") else {
        return USUAL_DOTS;
    };
    // SAFETY: the function of this name takes nothing and returns a number.
    let dots = unsafe { mem::transmute::<*const std::ffi::c_void, Dots>(address)() };
    dots.max(1)
}
