//! `SQLGUID`: 4, 2 and 2 bytes in the machine's order, then 8 in fixed order.

use super::error::ConversionError;
use std::fmt::Write;

pub const SIZE: usize = 16;

/// Characters of the text form.
pub const TEXT_LENGTH: usize = 36;

const DASHES: [usize; 4] = [8, 13, 18, 23];

/// The structure for the text form; spaces and braces around it are allowed.
pub fn parse(text: &str) -> Result<[u8; SIZE], ConversionError> {
    let trimmed = text.trim_matches(' ');
    let inner = trimmed
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(trimmed);
    let big_endian = read(inner.as_bytes()).ok_or(ConversionError::InvalidText)?;
    Ok(swap_fields(big_endian))
}

fn read(text: &[u8]) -> Option<[u8; SIZE]> {
    if text.len() != TEXT_LENGTH {
        return None;
    }
    let mut bytes = [0; SIZE];
    let mut digits = 0;
    for (index, byte) in text.iter().enumerate() {
        if DASHES.contains(&index) {
            if *byte != b'-' {
                return None;
            }
            continue;
        }
        let digit = char::from(*byte).to_digit(16)? as u8;
        bytes[digits / 2] |= if digits % 2 == 0 { digit << 4 } else { digit };
        digits += 1;
    }
    Some(bytes)
}

/// Converts between the byte order of the text and that of the structure; its own inverse.
fn swap_fields(mut bytes: [u8; SIZE]) -> [u8; SIZE] {
    if cfg!(target_endian = "little") {
        bytes[..4].reverse();
        bytes[4..6].reverse();
        bytes[6..8].reverse();
    }
    bytes
}

/// The text form in lower case, as Graph writes it.
pub fn to_text(bytes: &[u8]) -> Result<String, ConversionError> {
    let bytes: [u8; SIZE] = bytes
        .try_into()
        .map_err(|_| ConversionError::LengthMismatch)?;
    let mut text = String::with_capacity(TEXT_LENGTH);
    for (index, byte) in swap_fields(bytes).iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "00112233-4455-6677-8899-aabbccddeeff";

    #[test]
    fn the_first_three_fields_are_numbers() {
        let bytes = parse(TEXT).unwrap();
        assert_eq!(bytes[..4], 0x0011_2233_u32.to_ne_bytes());
        assert_eq!(bytes[4..6], 0x4455_u16.to_ne_bytes());
        assert_eq!(bytes[6..8], 0x6677_u16.to_ne_bytes());
        assert_eq!(bytes[8..], [0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF]);
        assert_eq!(to_text(&bytes).unwrap(), TEXT);
    }

    #[test]
    fn braces_spaces_and_upper_case_are_read() {
        let upper = format!(" {{{}}} ", TEXT.to_uppercase());
        assert_eq!(parse(&upper), parse(TEXT));
    }

    #[test]
    fn other_text_is_no_guid() {
        for text in [
            "",
            "0011",
            "00112233-4455-6677-8899-aabbccddeefg",
            "{00112233-4455",
        ] {
            assert_eq!(parse(text), Err(ConversionError::InvalidText), "{text}");
        }
        let plus = TEXT.replacen("00", "+0", 1);
        assert_eq!(parse(&plus), Err(ConversionError::InvalidText));
    }
}
