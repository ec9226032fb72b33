//! UTF-8 to UTF-16, in blocks as far as text is ASCII.

/// Bytes of a block. The rest at the end goes through smaller ones.
const BLOCK: usize = 16;
const SMALL: usize = BLOCK / 2;

/// Writes the beginning of the text: as many whole characters as fit. Returns how many bytes of the
/// text were used and how many were written.
pub fn encode(text: &str, out: &mut [u8]) -> (usize, usize) {
    let mut done = Bytes { from: 0, to: 0 };
    let mut fits = blocks::<BLOCK, { BLOCK * 2 }>(text, out, &mut done)
        && blocks::<SMALL, { SMALL * 2 }>(text, out, &mut done);
    while fits && done.from < text.len() {
        fits = one(text, out, &mut done);
    }
    (done.from, done.to)
}

/// Bytes in both forms.
struct Bytes {
    from: usize,
    to: usize,
}

/// Converts as long as whole blocks are left and have room. False if a character had none.
#[inline]
fn blocks<const FROM: usize, const TO: usize>(
    text: &str,
    out: &mut [u8],
    done: &mut Bytes,
) -> bool {
    while let Some(block) = text.as_bytes()[done.from..].first_chunk::<FROM>()
        && let Some(units) = out[done.to..].first_chunk_mut::<TO>()
    {
        // Units from the first character on that is not ASCII are overwritten later.
        widen(block, units);
        let run = ascii_run(block);
        done.from += run;
        done.to += run * 2;
        // Characters that are not ASCII mostly follow one another in a text, or are rare in it.
        let mut others = run < FROM;
        while others {
            if !one(text, out, done) {
                return false;
            }
            let next = text.as_bytes().get(done.from);
            others = next.is_some_and(|byte| !byte.is_ascii());
        }
    }
    true
}

/// Converts a character. False without room for it.
#[inline]
fn one(text: &str, out: &mut [u8], done: &mut Bytes) -> bool {
    let (unit, length) = match text.as_bytes()[done.from..] {
        [ascii, ..] if ascii < 0x80 => (u16::from(ascii), 1),
        [first, second, ..] if first < 0xE0 => {
            (u16::from(first & 0x1F) << 6 | u16::from(second & 0x3F), 2)
        }
        _ => return long(text, out, done),
    };
    let Some(bytes) = out[done.to..].first_chunk_mut() else {
        return false;
    };
    *bytes = unit.to_ne_bytes();
    done.from += length;
    done.to += 2;
    true
}

/// The same for a character of three or four bytes.
fn long(text: &str, out: &mut [u8], done: &mut Bytes) -> bool {
    let Some(character) = text[done.from..].chars().next() else {
        return false;
    };
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units);
    let Some(bytes) = out[done.to..].get_mut(..units.len() * 2) else {
        return false;
    };
    for (bytes, unit) in bytes.chunks_exact_mut(2).zip(&*units) {
        bytes.copy_from_slice(&unit.to_ne_bytes());
    }
    done.from += character.len_utf8();
    done.to += units.len() * 2;
    true
}

/// Each byte as a unit. Arrays of known sizes make this one or two instructions.
#[inline]
fn widen(block: &[u8], units: &mut [u8]) {
    for (unit, byte) in units.chunks_exact_mut(2).zip(block) {
        unit.copy_from_slice(&u16::from(*byte).to_ne_bytes());
    }
}

/// How many of the bytes are ASCII, from the first on.
#[inline]
fn ascii_run<const N: usize>(block: &[u8; N]) -> usize {
    let mut bytes = [0x80; BLOCK];
    bytes[..N].copy_from_slice(block);
    let high_bits = u128::from_le_bytes(bytes) & u128::from_ne_bytes([0x80; BLOCK]);
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
