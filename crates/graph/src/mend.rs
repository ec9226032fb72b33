//! Repairs small faults of JSON that affect only one value.
//!
//! Mail contains what its senders wrote. Half of a surrogate pair, or invalid UTF-8, in one subject
//! must not end the reading of a mailbox: U+FFFD replaces it.

use bytes::Bytes;
use memchr::memmem;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// It has the length of the escape that it replaces.
const REPLACEMENT: &[u8] = br"\ufffd";

/// The body without a byte order mark. In JSON every text becomes valid.
pub(super) fn mended(mut body: Vec<u8>) -> Bytes {
    let mark = match body.starts_with(BYTE_ORDER_MARK) {
        true => BYTE_ORDER_MARK.len(),
        false => 0,
    };
    let is_json = matches!(body[mark..].trim_ascii_start().first(), Some(b'{' | b'['));
    if is_json {
        if std::str::from_utf8(&body).is_err() {
            body = String::from_utf8_lossy(&body).into_owned().into_bytes();
        }
        replace_half_pairs(&mut body);
    }
    Bytes::from(body).slice(mark..)
}

/// Replaces escapes of surrogates that are not part of a pair.
fn replace_half_pairs(body: &mut [u8]) {
    let finder = memmem::Finder::new(br"\u");
    let mut at = 0;
    while let Some(found) = finder.find(&body[at..]) {
        let start = at + found;
        at = start + 2;
        if is_escaped(body, start) {
            continue;
        }
        match unit(body, start) {
            Some(0xD800..=0xDBFF) => match unit(body, start + 6) {
                Some(0xDC00..=0xDFFF) => at = start + 12,
                _ => body[start..start + 6].copy_from_slice(REPLACEMENT),
            },
            Some(0xDC00..=0xDFFF) => body[start..start + 6].copy_from_slice(REPLACEMENT),
            _ => {}
        }
    }
}

/// Whether the backslash at this place is itself escaped by one before it.
fn is_escaped(body: &[u8], at: usize) -> bool {
    let before = body[..at].iter().rev();
    before.take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// The code unit of the escape `\uXXXX` at this place.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    let escape = body.get(at..at + 6)?;
    let digits = escape.strip_prefix(br"\u")?;
    let text = std::str::from_utf8(digits).ok()?;
    u16::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(json: &[u8]) -> String {
        serde_json::from_slice::<Vec<String>>(&mended(json.to_vec()))
            .expect("JSON")
            .remove(0)
    }

    #[test]
    fn half_of_a_pair_is_replaced_and_pairs_stay() {
        for (json, expected) in [
            (r#"["half \ud83d pair"]"#, "half \u{fffd} pair"),
            (r#"["\udc4d\ud83d"]"#, "\u{fffd}\u{fffd}"),
            (r#"["\ud83d\ud83d\udc4d"]"#, "\u{fffd}👍"),
            (r#"["\ud83d\udc4d"]"#, "👍"),
            (r#"["\\ud83d"]"#, "\\ud83d"),
            (r#"["\\\ud83d"]"#, "\\\u{fffd}"),
            (r#"["\ud83d"]"#, "\u{fffd}"),
            (r#"["\uD83D\u0041"]"#, "\u{fffd}A"),
        ] {
            assert_eq!(text(json.as_bytes()), expected, "{json}");
        }
        assert_eq!(
            text(b"\xEF\xBB\xBF[\"a\xED\xA0\xBDb\"]"),
            "a\u{fffd}\u{fffd}\u{fffd}b"
        );
    }

    #[test]
    fn what_is_no_json_stays() {
        let page = br"<html>\ud83d";
        assert_eq!(mended(page.to_vec()), &page[..]);
    }

    proptest! {
        #[test]
        fn any_code_units_become_a_text(units in prop::collection::vec(any::<u16>(), 0..8)) {
            let escapes: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let expected = String::from_utf16_lossy(&units);
            prop_assert_eq!(text(format!("[\"{escapes}\"]").as_bytes()), expected);
        }

        #[test]
        fn valid_json_stays_as_it_is(value in any::<String>()) {
            let json = serde_json::to_string(&[&value]).expect("JSON");
            prop_assert_eq!(text(json.as_bytes()), value);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let body = [b"[\"\\u", &bytes[..]].concat();
            mended(body);
        }
    }
}
