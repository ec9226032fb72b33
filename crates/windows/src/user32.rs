//! The functions and numbers of `user32` that dialogs need, as `winuser.h` has them. The crate windows-sys has them as
//! well, in a part that nothing else uses.

use std::ffi::c_void;

/// `HWND`, `HINSTANCE`
pub(crate) type Handle = *mut c_void;

/// `DLGPROC`
pub(crate) type Procedure = unsafe extern "system" fn(Handle, u32, usize, isize) -> isize;

/// `LOGFONTW`
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct LogFont {
    /// Negative: the height of a character in pixels.
    pub(crate) height: i32,
    pub(crate) width: i32,
    pub(crate) escapement: i32,
    pub(crate) orientation: i32,
    pub(crate) weight: i32,
    pub(crate) style: [u8; 8],
    pub(crate) face: [u16; 32],
}

/// `NONCLIENTMETRICSW`
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(crate) struct NonClientMetrics {
    pub(crate) size: u32,
    pub(crate) frame: [i32; 5],
    pub(crate) caption_font: LogFont,
    pub(crate) small_caption: [i32; 2],
    pub(crate) small_caption_font: LogFont,
    pub(crate) menu: [i32; 2],
    pub(crate) menu_font: LogFont,
    pub(crate) status_font: LogFont,
    pub(crate) message_font: LogFont,
    pub(crate) padded_border: i32,
}

#[link(name = "user32")]
unsafe extern "system" {
    pub(crate) fn DialogBoxIndirectParamW(
        module: Handle,
        template: *const u32,
        owner: Handle,
        procedure: Procedure,
        parameter: isize,
    ) -> isize;
    pub(crate) fn EndDialog(window: Handle, result: isize) -> i32;
    pub(crate) fn GetDlgItem(window: Handle, id: i32) -> Handle;
    pub(crate) fn GetWindowTextLengthW(window: Handle) -> i32;
    pub(crate) fn GetWindowTextW(window: Handle, text: *mut u16, room: i32) -> i32;
    pub(crate) fn SetWindowTextW(window: Handle, text: *const u16) -> i32;
    pub(crate) fn EnableWindow(window: Handle, enable: i32) -> i32;
    pub(crate) fn ShowWindow(window: Handle, how: i32) -> i32;
    pub(crate) fn IsWindow(window: Handle) -> i32;
    pub(crate) fn GetDesktopWindow() -> Handle;
    pub(crate) fn SendMessageW(window: Handle, message: u32, w: usize, l: isize) -> isize;
    pub(crate) fn PostMessageW(window: Handle, message: u32, w: usize, l: isize) -> i32;
    pub(crate) fn MessageBoxW(owner: Handle, text: *const u16, title: *const u16, kind: u32)
    -> i32;
    pub(crate) fn SystemParametersInfoW(
        action: u32,
        number: u32,
        value: *mut c_void,
        flags: u32,
    ) -> i32;
}

/// Messages, and the codes of notifications.
pub(crate) mod message {
    pub(crate) const NEXT_CONTROL: u32 = 0x28;
    pub(crate) const INIT_DIALOG: u32 = 0x110;
    pub(crate) const COMMAND: u32 = 0x111;
    /// `WM_APP`, the dialogs' own: another thread has news.
    pub(crate) const NEWS: u32 = 0x8000;

    pub(crate) const SELECT_TEXT: u32 = 0xB1;
    pub(crate) const LIST_ADD: u32 = 0x180;
    pub(crate) const LIST_INSERT: u32 = 0x181;
    pub(crate) const LIST_DELETE: u32 = 0x182;
    pub(crate) const LIST_RESET: u32 = 0x184;
    pub(crate) const LIST_SELECT: u32 = 0x186;
    pub(crate) const LIST_SELECTED: u32 = 0x188;
    pub(crate) const LIST_TAB_STOPS: u32 = 0x192;
    pub(crate) const CHOICE_ADD: u32 = 0x143;
    pub(crate) const CHOICE_SELECTED: u32 = 0x147;
    pub(crate) const CHOICE_RESET: u32 = 0x14B;
    pub(crate) const CHOICE_SELECT: u32 = 0x14E;

    pub(crate) const CLICKED: u16 = 0;
    /// Of a choice and of a list.
    pub(crate) const SELECTED: u16 = 1;
    pub(crate) const CHANGED: u16 = 0x300;
}

pub(crate) const SPI_GETNONCLIENTMETRICS: u32 = 0x29;
/// `MB_YESNO | MB_ICONQUESTION | MB_DEFBUTTON2`
pub(crate) const ASK: u32 = 0x4 | 0x20 | 0x100;
pub(crate) const IDYES: i32 = 6;
pub(crate) const SW_HIDE: i32 = 0;
pub(crate) const SW_SHOW: i32 = 5;

/// Styles of windows and controls.
pub(crate) mod style {
    pub(crate) const POPUP: u32 = 0x8000_0000;
    pub(crate) const CHILD: u32 = 0x4000_0000;
    pub(crate) const VISIBLE: u32 = 0x1000_0000;
    pub(crate) const CAPTION: u32 = 0x00C0_0000;
    pub(crate) const SYSTEM_MENU: u32 = 0x0008_0000;
    pub(crate) const VERTICAL_SCROLL: u32 = 0x0020_0000;
    pub(crate) const TAB_STOP: u32 = 0x0001_0000;
    /// Extended.
    pub(crate) const CLIENT_EDGE: u32 = 0x200;

    /// `DS_SETFONT`, `DS_MODALFRAME`, `DS_CENTER`
    pub(crate) const DIALOG: u32 = 0x40 | 0x80 | 0x800;
    pub(crate) const DEFAULT_BUTTON: u32 = 1;
    /// `ES_AUTOHSCROLL`
    pub(crate) const ONE_LINE: u32 = 0x80;
    pub(crate) const PASSWORD: u32 = 0x20;
    /// `ES_MULTILINE`, `ES_AUTOVSCROLL`, `ES_READONLY`
    pub(crate) const REPORT: u32 = 0x4 | 0x40 | 0x800;
    /// `CBS_DROPDOWNLIST`
    pub(crate) const CHOICE: u32 = 3;
    /// `LBS_NOTIFY`, `LBS_USETABSTOPS`
    pub(crate) const LIST: u32 = 0x1 | 0x80;
    /// `SS_NOPREFIX`
    pub(crate) const NO_PREFIX: u32 = 0x80;
}
