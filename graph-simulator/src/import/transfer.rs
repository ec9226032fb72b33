//! Transfer encodings, decoded even if they are damaged; undecodable parts stay as they are.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Decodes base64 up to its padding, or up to an empty line after it: lists append their footers
/// there without encoding them.
pub fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut digits: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        let is_end = line.is_empty() && !digits.is_empty();
        if is_end || line.starts_with(b"--") {
            break;
        }
        let is_digit = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/".contains(byte);
        digits.extend(line.iter().copied().filter(is_digit));
        if line.ends_with(b"=") {
            break;
        }
    }
    // A single remaining digit holds no byte.
    if digits.len() % 4 == 1 {
        digits.pop();
    }
    LENIENT.decode(digits).unwrap_or_default()
}

/// Decodes quoted-printable.
pub fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'=', [b'\n', after @ ..]) | (b'=', [b'\r', b'\n', after @ ..]) => rest = after,
            (b'=', [high, low, after @ ..]) => match hex(*high, *low) {
                Some(byte) => {
                    decoded.push(byte);
                    rest = after;
                }
                None => decoded.push(b'='),
            },
            (byte, _) => decoded.push(*byte),
        }
    }
    decoded
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_ends_at_its_padding_or_an_empty_line() {
        assert_eq!(base64(b"aGVs\r\nbG8=\r\n\r\nfooter\r\n"), b"hello");
        assert_eq!(base64(b"\n\naGVs\nbG8h\n\n____\nfooter\n"), b"hello!");
        assert_eq!(base64(b"aGVsbG8\n--boundary"), b"hello");
        assert_eq!(base64(b"aGVsbG8hx"), b"hello!");
        assert_eq!(base64(b""), b"");
    }

    #[test]
    fn quoted_printable_keeps_what_is_no_code() {
        assert_eq!(quoted_printable(b"caf=E9 =3D=\nx=\r\ny"), b"caf\xe9 =xy");
        assert_eq!(quoted_printable(b"id=8\n=zz= ="), b"id=8\n=zz= =");
        assert_eq!(quoted_printable(b"\xe9"), b"\xe9");
    }
}
