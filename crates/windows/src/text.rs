//! Text as Windows takes and gives it.

/// UTF-16 with a terminator. Text behind a zero is cut off, as Windows would.
pub(crate) fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16()
        .take_while(|unit| *unit != 0)
        .chain([0])
        .collect()
}
