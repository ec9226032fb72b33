//! The quick reader beside serde_json.

use super::super::json::Reader;
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// The whole text as the quick reader reads it; `None` if serde_json has to.
fn read<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Option<T> {
    let mut reader = Reader::new(json)?;
    let value = T::deserialize(&mut reader).ok()?;
    reader.is_at_end().then_some(value)
}

/// Whether the quick reader reads this. Then it has to read the same as serde_json.
fn agrees(json: &[u8]) -> bool {
    let value = read::<Value>(json);
    if let Some(value) = &value {
        let expected: Value = serde_json::from_slice(json).expect("JSON");
        assert_eq!(*value, expected);
    }
    if read::<IgnoredAny>(json).is_some() {
        serde_json::from_slice::<IgnoredAny>(json).expect("JSON");
    }
    value.is_some()
}

#[test]
fn usual_json_is_read() {
    for json in [
        r#"{}"#,
        r#"[]"#,
        r#" { "a" : [ 1 , -2 , 3.5e3 , true , false , null ] , "b" : { } } "#,
        r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0000é😀""#,
        r#"["a long text without anything unusual, up to its end","and \n one with an escape \t behind many others"]"#,
        r#"[0,10,123456789012345678,1234567890123456789,18446744073709551615,18446744073709551616,-9223372036854775808]"#,
        r#"[-0,0.0,1e5,1E+2,0e0]"#,
    ] {
        assert!(agrees(json.as_bytes()), "{json}");
    }
}

#[test]
fn anything_else_is_left_to_serde_json() {
    for json in [
        "",
        " ",
        "{",
        "[",
        "[1,]",
        "[,1]",
        "[1 2]",
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        r#"{"a"}"#,
        r#"{1:2}"#,
        r#"{,}"#,
        r#""a"#,
        r#""a\"#,
        r#""\x""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\ud83d""#,
        r#""\ud83dx""#,
        r#""\ud83d\u0041""#,
        r#""\ude00""#,
        "nul",
        "tru e",
        "01",
        "-",
        "+1",
        "1.",
        ".1",
        "1e",
        "--1",
        "1e999",
        "[1]x",
        "[1]]",
        "\"a\nb\"",
        "[\n1]",
        "\u{feff}{}",
        "truefalse",
    ] {
        assert_eq!(read::<Value>(json.as_bytes()), None, "{json}");
        assert!(!agrees(json.as_bytes()), "{json}");
    }
    assert_eq!(read::<Value>(b"\"\xff\""), None);
    let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(agrees(deep(100).as_bytes()));
    assert!(!agrees(deep(101).as_bytes()));
}

#[test]
fn texts_without_escapes_are_borrowed() {
    let json = r#"["one","a text of more than thirty-two characters, é",""]"#;
    let texts: Vec<&str> = read(json.as_bytes()).expect("texts");
    assert_eq!(
        texts,
        ["one", "a text of more than thirty-two characters, é", ""]
    );
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z\"\\\\]{0,70}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((".{0,20}", inner), 0..6)
                .prop_map(|members| json!(members.into_iter().collect::<serde_json::Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_is_read(value in value()) {
        let json = serde_json::to_string(&value).expect("JSON");
        prop_assert!(agrees(json.as_bytes()), "{}", json);
    }

    #[test]
    fn damage_is_never_overlooked(
        value in value(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), "[\\[\\]{},:\"\\\\u0-9a-f. -]|\\PC"), 1..4),
    ) {
        let mut json = serde_json::to_string(&value).expect("JSON");
        for (place, damage) in damage {
            let places: Vec<usize> = json.char_indices().map(|(place, _)| place).collect();
            let place = places[place.index(places.len())];
            let next = place + json[place..].chars().next().map_or(0, char::len_utf8);
            json.replace_range(place..next, &damage);
            agrees(json.as_bytes());
        }
    }

    #[test]
    fn no_bytes_are_read_in_another_way(json in "[\\[\\]{},:\"\\\\ntrue 0-9a-f.-]{0,12}") {
        agrees(json.as_bytes());
    }
}
