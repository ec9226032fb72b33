//! Windows' code pages, a character at a time.

use std::ptr;
use windows_sys::Win32::Globalization::{
    CPINFO, GetACP, GetCPInfo, IsDBCSLeadByteEx, MB_ERR_INVALID_CHARS, MultiByteToWideChar,
    WC_NO_BEST_FIT_CHARS, WideCharToMultiByte,
};

/// The number of the process's ANSI code page, such as 1252, 932, or 65001 for UTF-8.
pub fn of_the_process() -> u32 {
    // SAFETY: the function takes nothing.
    unsafe { GetACP() }
}

/// How many bytes a character of the page has at most; `None` if the system lacks the page.
pub fn most_bytes(page: u32) -> Option<u32> {
    let mut info = CPINFO::default();
    // SAFETY: the structure is this function's and of the type that is filled.
    let known = unsafe { GetCPInfo(page, &raw mut info) } != 0;
    known.then_some(info.MaxCharSize)
}

/// Whether the byte is the first one of two.
pub fn is_lead(page: u32, byte: u8) -> bool {
    // SAFETY: the function takes numbers only.
    unsafe { IsDBCSLeadByteEx(page, byte) != 0 }
}

/// The UTF-16 unit of a character's bytes; `None` if they are not exactly one character.
pub fn decode(page: u32, bytes: &[u8]) -> Option<u16> {
    let mut units = [0_u16; 2];
    let (given, room) = (i32::try_from(bytes.len()).ok()?, units.len() as i32);
    // SAFETY: both buffers are as long as the call says.
    let count = unsafe {
        let flags = MB_ERR_INVALID_CHARS;
        MultiByteToWideChar(page, flags, bytes.as_ptr(), given, units.as_mut_ptr(), room)
    };
    (count == 1).then_some(units[0])
}

/// Writes the bytes of a UTF-16 unit and returns their number; `None` if the page lacks the character. No similar
/// character takes its place.
pub fn encode(page: u32, unit: u16, out: &mut [u8; 2]) -> Option<usize> {
    let (flags, mut replaced) = (WC_NO_BEST_FIT_CHARS, 0);
    // SAFETY: the buffers have one unit and two bytes, as the call says; a null default character is the page's own.
    let count = unsafe {
        let (from, to) = (&raw const unit, out.as_mut_ptr());
        WideCharToMultiByte(page, flags, from, 1, to, 2, ptr::null(), &raw mut replaced)
    };
    let whole = usize::try_from(count).ok().filter(|count| *count > 0);
    whole.filter(|_| replaced == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_one_byte_has_its_characters_and_no_others() {
        let mut bytes = [0; 2];
        assert_eq!(most_bytes(1252), Some(1));
        assert_eq!(decode(1252, &[0x80]), Some(0x20AC));
        assert_eq!(encode(1252, 0x20AC, &mut bytes), Some(1));
        assert_eq!(bytes[0], 0x80);
        // Windows would write A for it otherwise.
        assert_eq!(encode(1252, 0x0100, &mut bytes), None);
    }

    #[test]
    fn a_page_of_two_bytes_tells_its_lead_bytes() {
        let mut bytes = [0; 2];
        assert_eq!(most_bytes(932), Some(2));
        assert!(is_lead(932, 0x93) && !is_lead(932, 0x41));
        assert_eq!(decode(932, &[0x93, 0xFA]), Some(0x65E5));
        assert_eq!(decode(932, &[0x93]), None);
        assert_eq!(encode(932, 0x65E5, &mut bytes), Some(2));
        assert_eq!(bytes, [0x93, 0xFA]);
    }

    #[test]
    fn a_page_that_does_not_exist_is_unknown() {
        assert_eq!(most_bytes(4711), None);
        assert!(most_bytes(of_the_process()).is_some());
    }
}
