//! UTF-8 to UTF-16, in blocks as far as text is ASCII.

/// Bytes of a block.
const BLOCK: usize = 16;

/// Writes the beginning of the text: as many whole characters as fit. Returns how many bytes of the
/// text were used and how many were written.
pub fn encode(text: &str, out: &mut [u8]) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut from, mut to) = (0, 0);
    while from < bytes.len() {
        let block = bytes[from..].first_chunk::<BLOCK>();
        if let (Some(block), Some(units)) = (block, out[to..].first_chunk_mut()) {
            // Units after the first character that is not ASCII are overwritten later.
            widen(block, units);
            let run = ascii_run(block);
            from += run;
            to += run * 2;
            if run == BLOCK {
                continue;
            }
        }
        // One character, and all others up to the next in ASCII.
        loop {
            let Some(written) = encode_one(text, from, &mut out[to..]) else {
                return (from, to);
            };
            from += written.from;
            to += written.to;
            if bytes.get(from).is_none_or(u8::is_ascii) {
                break;
            }
        }
    }
    (from, to)
}

/// Bytes of a character in both forms.
struct Written {
    from: usize,
    to: usize,
}

/// Writes the character that begins there; `None` without room for it.
#[inline]
fn encode_one(text: &str, at: usize, out: &mut [u8]) -> Option<Written> {
    let (unit, from) = match text.as_bytes()[at..] {
        [ascii, ..] if ascii < 0x80 => (u16::from(ascii), 1),
        [first, second, ..] if first < 0xE0 => {
            (u16::from(first & 0x1F) << 6 | u16::from(second & 0x3F), 2)
        }
        _ => return encode_long(text, at, out),
    };
    *out.first_chunk_mut()? = unit.to_ne_bytes();
    Some(Written { from, to: 2 })
}

/// The same for a character of three or four bytes.
fn encode_long(text: &str, at: usize, out: &mut [u8]) -> Option<Written> {
    let character = text[at..].chars().next()?;
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units);
    let to = units.len() * 2;
    for (bytes, unit) in out.get_mut(..to)?.chunks_exact_mut(2).zip(units) {
        bytes.copy_from_slice(&unit.to_ne_bytes());
    }
    let from = character.len_utf8();
    Some(Written { from, to })
}

/// Each byte as a unit. Arrays of known sizes make this two instructions.
#[inline]
fn widen(block: &[u8; BLOCK], units: &mut [u8; BLOCK * 2]) {
    for (unit, byte) in units.chunks_exact_mut(2).zip(block) {
        unit.copy_from_slice(&u16::from(*byte).to_ne_bytes());
    }
}

/// How many of the bytes are ASCII, from the first on.
#[inline]
fn ascii_run(block: &[u8; BLOCK]) -> usize {
    const HIGH_BITS: u128 = u128::from_ne_bytes([0x80; BLOCK]);
    let high_bits = u128::from_le_bytes(*block) & HIGH_BITS;
    high_bits.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The plain conversion.
    fn plain(text: &str, room: usize) -> (usize, Vec<u8>) {
        let (mut used, mut out) = (0, Vec::new());
        for character in text.chars() {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units);
            if out.len() + units.len() * 2 > room {
                break;
            }
            out.extend(units.iter().flat_map(|unit| unit.to_ne_bytes()));
            used += character.len_utf8();
        }
        (used, out)
    }

    fn check(text: &str, room: usize) {
        // The encoder must not count on what the buffer held before.
        let mut out = vec![0xAB; room];
        let (used, written) = encode(text, &mut out);
        assert_eq!(
            (used, &out[..written]),
            (plain(text, room).0, &plain(text, room).1[..]),
            "{text:?} in {room} bytes"
        );
    }

    #[test]
    fn characters_are_whole_wherever_they_meet_the_border_of_a_block() {
        for character in ["", "a", "ä", "\u{80}", "\u{7FF}", "漢", "\u{FFFF}", "😀"] {
            for before in 0..2 * BLOCK + 2 {
                for after in 0..BLOCK + 2 {
                    let text = "x".repeat(before) + character + &"y".repeat(after);
                    for room in 0..text.len() * 2 + 3 {
                        check(&text, room);
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn every_cut_is_that_of_the_plain_conversion(
            text in "[ -~]{0,70}|[a-zäöüß ]{0,70}|[а-я ]{0,40}|\\PC{0,40}|[aé漢😀]{0,70}"
        ) {
            for room in 0..text.len() * 2 + 3 {
                check(&text, room);
            }
        }
    }
}
