//! String functions against a plain model over characters.

use crate::ErrorKind;
use crate::testing::{Session, session};
use once_cell::sync::Lazy;
use proptest::prelude::*;

static SESSION: Lazy<Session> = Lazy::new(session);

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn value(expression: &str) -> String {
    SESSION
        .value(&format!("SELECT {expression}"))
        .unwrap_or_else(|e| panic!("{expression}: {e}"))
}

/// Texts with characters of one to four bytes and with blanks.
fn text() -> impl Strategy<Value = String> {
    "[ab 'é€😀]{0,8}|\\PC{0,6}"
}

/// Lengths and positions, mostly sensible ones.
fn number() -> impl Strategy<Value = i64> {
    prop_oneof![-3..12_i64, any::<i64>()]
}

fn limited(number: i64) -> usize {
    usize::try_from(number.max(0)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn slices(text in text(), start in number(), length in number()) {
        let characters: Vec<char> = text.chars().collect();
        let taken = |from: usize, to: usize| -> String {
            characters.iter().take(to).skip(from).collect()
        };
        let count = characters.len();
        let q = quoted(&text);
        prop_assert_eq!(value(&format!("\"left\"({q}, {length})")), taken(0, limited(length)));
        let skipped = count.saturating_sub(limited(length));
        prop_assert_eq!(value(&format!("\"right\"({q}, {length})")), taken(skipped, count));
        let positions = |position: i64| {
            let offset = i128::from(position) - i128::from(start);
            offset >= 0 && offset < i128::from(length.max(0))
        };
        let inside = (1_i64..).zip(&characters).filter(|(position, _)| positions(*position));
        let expected: String = inside.map(|(_, character)| *character).collect();
        prop_assert_eq!(value(&format!("substring({q}, {start}, {length})")), expected);
        let rest = taken(limited(start.saturating_sub(1)), count);
        prop_assert_eq!(value(&format!("substring({q}, {start})")), rest);
    }

    #[test]
    fn measures(text in text()) {
        let q = quoted(&text);
        let count = text.chars().count();
        let trimmed = text.trim_end_matches(' ');
        prop_assert_eq!(value(&format!("char_length({q})")), count.to_string());
        prop_assert_eq!(value(&format!("length({q})")), trimmed.chars().count().to_string());
        prop_assert_eq!(value(&format!("octet_length({q})")), text.len().to_string());
        prop_assert_eq!(value(&format!("bit_length({q})")), (text.len() * 8).to_string());
        prop_assert_eq!(value(&format!("rtrim({q})")), trimmed);
        prop_assert_eq!(value(&format!("ltrim({q})")), text.trim_start_matches(' '));
        let code = text.chars().next().map_or(0, u32::from);
        prop_assert_eq!(value(&format!("ascii({q})")), code.to_string());
        if let Some(first) = text.chars().next() {
            prop_assert_eq!(value(&format!("\"char\"({code})")), first.to_string());
        }
    }

    #[test]
    fn searches(text in text(), sought in "[ab é€]{0,2}", start in number()) {
        let characters: Vec<char> = text.chars().collect();
        let needle: Vec<char> = sought.chars().collect();
        let first = limited(start.saturating_sub(1));
        let ends = characters.len() + 1;
        let found = (first..ends).find(|&at| characters[at..].starts_with(&needle));
        let expected = found.map_or(0, |at| at + 1).to_string();
        let (q, s) = (quoted(&text), quoted(&sought));
        prop_assert_eq!(value(&format!("locate({s}, {q}, {start})")), expected.clone());
        prop_assert_eq!(value(&format!("charindex({s}, {q}, {start})")), expected);
        let expected = text.find(&sought).map_or(0, |at| text[..at].chars().count() + 1);
        prop_assert_eq!(value(&format!("position({s} in {q})")), expected.to_string());
    }

    #[test]
    fn edits(text in text(), other in "[xé]{0,2}", start in -2..12_i64, length in -2..12_i64) {
        let (q, o) = (quoted(&text), quoted(&other));
        prop_assert_eq!(value(&format!("concat({q}, {o})")), format!("{text}{other}"));
        prop_assert_eq!(value(&format!("repeat({q}, {length})")), text.repeat(limited(length)));
        prop_assert_eq!(value(&format!("'[' || space({length}) || ']'")), format!("[{}]", " ".repeat(limited(length))));
        let replaced = if other.is_empty() { text.clone() } else { text.replace(&other, "zz") };
        prop_assert_eq!(value(&format!("replace({q}, {o}, 'zz')")), replaced);
        let characters: Vec<char> = text.chars().collect();
        let inserted = value(&format!("\"insert\"({q}, {start}, {length}, {o})"));
        let outside = start < 1 || length < 0 || limited(start) > characters.len().max(1);
        let expected = if outside {
            "NULL".to_owned()
        } else {
            let before: String = characters.iter().take(limited(start) - 1).collect();
            let after = characters.iter().skip(limited(start) - 1 + limited(length));
            format!("{before}{other}{}", after.collect::<String>())
        };
        prop_assert_eq!(inserted, expected);
    }
}

#[test]
fn soundex_codes_are_those_of_the_literature() {
    for (name, code) in [
        ("Robert", "R163"),
        ("Rupert", "R163"),
        ("Rubin", "R150"),
        ("Ashcraft", "A261"),
        ("Tymczak", "T522"),
        ("Pfister", "P236"),
        ("Honeyman", "H555"),
        ("Lee", "L000"),
        ("O''Hara", "O600"),
        ("", "0000"),
    ] {
        assert_eq!(value(&format!("soundex('{name}')")), code, "{name}");
    }
    assert_eq!(value("difference('Robert', 'Rupert')"), "4");
    assert_eq!(value("difference('Robert', 'Rubin')"), "2");
}

#[test]
fn codes_without_a_character_are_null() {
    for code in ["-1", "55296", "1114112", "NULL"] {
        assert_eq!(value(&format!("\"char\"({code})")), "NULL", "{code}");
    }
}

#[test]
fn texts_that_would_fill_the_memory_are_refused() {
    for expression in [
        "repeat('ab', 9000000000)",
        "space(2000000000)",
        "lpad('a', 2000000000)",
        "rpad('a', 2000000000, 'xy')",
        "lpad('a', 9000000000, 'é')",
        "replace(space(100000), ' ', space(100000))",
    ] {
        let error = SESSION.value(&format!("SELECT {expression}")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::OutOfMemory, "{expression}");
    }
}

#[test]
fn texts_are_filled_up_to_a_length_in_characters() {
    for (expression, expected) in [
        ("lpad('7', 3, '0')", "007"),
        ("rpad('ab', 5, 'xy')", "abxyx"),
        ("'[' || rpad('é', 3) || ']'", "[é  ]"),
        ("lpad('abcdef', 3)", "abc"),
        ("lpad('é', 3, '€')", "€€é"),
        ("rpad('abc', 0)", ""),
        ("rpad('abc', -1)", ""),
        ("lpad('abc', 5, '')", "abc"),
        ("lpad(NULL, 5)", "NULL"),
    ] {
        assert_eq!(value(expression), expected, "{expression}");
    }
}

#[test]
fn other_types_become_texts() {
    assert_eq!(
        value("concat(1, 'a', 2.50, TRUE, DATE '2026-11-23')"),
        "1a2.5012026-11-23"
    );
    assert_eq!(value("length(12345)"), "5");
    assert_eq!(value("\"left\"(12345, '2')"), "12");
}
