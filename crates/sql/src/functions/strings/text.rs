//! Characters of a text by position.

/// The part of `text` from its character `from` (0 is the first), `count` characters long, or
/// shorter at the end of the text.
pub fn characters(text: &str, from: usize, count: usize) -> &str {
    let start = byte_of(text, from);
    let rest = &text[start..];
    &rest[..byte_of(rest, count)]
}

/// The byte position of the character; the end of the text if there are fewer.
pub fn byte_of(text: &str, character: usize) -> usize {
    if text.is_ascii() {
        return character.min(text.len());
    }
    text.char_indices()
        .nth(character)
        .map_or(text.len(), |(byte, _)| byte)
}

/// The byte position of the character; the end of the text for the position after its last, `None`
/// beyond.
pub fn place_of(text: &str, character: usize) -> Option<usize> {
    if text.is_ascii() {
        return Some(character).filter(|byte| *byte <= text.len());
    }
    let places = text.char_indices().map(|(byte, _)| byte);
    places.chain([text.len()]).nth(character)
}

/// How many characters the text has.
pub fn length(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.chars().count()
    }
}

/// A length or position from an application; negative ones count as 0.
pub fn count(number: i64) -> usize {
    usize::try_from(number.max(0)).unwrap_or(usize::MAX)
}
