//! Reads back the items of a list that is shown as one text ([`super::text`], or JSON).
//!
//! An item is a text of the list, or the address of a person: `"Lee; Ann" <ann@x.org>; bob@x.org`
//! has two addresses. A person without an address is not an item. Any other text also counts as a
//! list: its items are the parts between semicolons.

use super::text::{is_json, is_plain};
use serde_json::Value;
use std::borrow::Cow;
use std::iter;

/// Whether the list has this item. Case matters, as in every comparison.
pub fn includes(list: &str, item: &str) -> bool {
    items(list).any(|found| found == item)
}

/// The items of a list in their order.
pub fn items(list: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let json: Option<Vec<Value>> = is_json(list)
        .then(|| serde_json::from_str(list).ok())
        .flatten();
    let mut rest = if json.is_some() { "" } else { list };
    let readable = iter::from_fn(move || {
        while !rest.is_empty() {
            let (item, behind) = first(rest);
            rest = behind;
            if item.is_some() {
                return item;
            }
        }
        None
    });
    let json = json.into_iter().flatten().filter_map(json_item);
    json.map(Cow::Owned).chain(readable)
}

/// A text, or the address of an `emailAddress`, a `recipient` or an `attendee`.
fn json_item(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        person => {
            let address = person
                .get("emailAddress")
                .unwrap_or(&person)
                .get("address")?;
            address.as_str().map(str::to_owned)
        }
    }
}

/// The first item, if it is one, and the rest.
fn first(list: &str) -> (Option<Cow<'_, str>>, &str) {
    quoted(list)
        .or_else(|| person(list))
        .unwrap_or_else(|| unquoted(list))
}

/// `"text"`, or a person with a quoted name.
fn quoted(list: &str) -> Option<(Option<Cow<'_, str>>, &str)> {
    let (text, rest) = escaped(list.strip_prefix('"')?, b'"')?;
    if let Some(address) = rest.strip_prefix(" <") {
        let (address, rest) = escaped(address, b'>')?;
        return Some((Some(address), behind(rest)?));
    }
    // Texts are quoted only if necessary, names without an address always.
    Some(((!is_plain(&text)).then_some(text), behind(rest)?))
}

/// `<address>`, or a person with an unquoted name.
fn person(list: &str) -> Option<(Option<Cow<'_, str>>, &str)> {
    let start = list.find([';', '<'])?;
    let (address, rest) = escaped(list[start..].strip_prefix('<')?, b'>')?;
    Some((Some(address), behind(rest)?))
}

fn unquoted(list: &str) -> (Option<Cow<'_, str>>, &str) {
    let (item, rest) = list.split_once(';').unwrap_or((list, ""));
    (Some(Cow::Borrowed(item.trim())), rest.trim_start())
}

/// The text after the separator; `None` if neither it nor the end is here.
fn behind(rest: &str) -> Option<&str> {
    match rest.strip_prefix(';') {
        Some(rest) => Some(rest.trim_start()),
        None => rest.is_empty().then_some(rest),
    }
}

/// Reads up to `end`, which is left out; returns the rest. `\` escapes `end` and itself.
fn escaped(text: &str, end: u8) -> Option<(Cow<'_, str>, &str)> {
    let at = text.bytes().position(|byte| byte == b'\\' || byte == end)?;
    if text.as_bytes()[at] == end {
        return Some((Cow::Borrowed(&text[..at]), &text[at + 1..]));
    }
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => value.push(characters.next()?.1),
            _ if character == char::from(end) => return Some((Cow::Owned(value), &text[at + 1..])),
            _ => value.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{push_address, push_string};
    use proptest::prelude::*;

    fn read(list: &str) -> Vec<Cow<'_, str>> {
        items(list).collect()
    }

    #[test]
    fn texts_and_addresses_are_items() {
        assert_eq!(read("Red; \"a; b\"; \"a <b>\""), ["Red", "a; b", "a <b>"]);
        assert_eq!(
            read("\"Lee; Ann\" <ann@x.org>; bob@x.org; Eve <eve@x.org>; <a;b>"),
            ["ann@x.org", "bob@x.org", "eve@x.org", "a;b"]
        );
        assert!(includes("Red category", "Red category"));
        for other in ["Red", "red category", "category", ""] {
            assert!(!includes("Red category", other), "{other}");
        }
    }

    #[test]
    fn a_person_without_an_address_is_no_item() {
        assert_eq!(read("\"eve@x.org\"; bob@x.org"), ["bob@x.org"]);
        assert_eq!(read(""), Vec::<&str>::new());
    }

    #[test]
    fn json_has_the_same_items() {
        assert_eq!(read("[\"Red\",\"a; b\"]"), ["Red", "a; b"]);
        assert_eq!(
            read(
                "[{\"name\":\"Ann\",\"address\":\"ann@x.org\"},{\"name\":\"Eve\"},{\"emailAddress\":{\"address\":\"b\"}}]"
            ),
            ["ann@x.org", "b"]
        );
        assert_eq!(read("[]"), Vec::<&str>::new());
        assert_eq!(read("[x]; [\"Red"), ["[x]", "[\"Red"]);
    }

    #[test]
    fn other_texts_are_taken_apart_at_semicolons() {
        assert_eq!(read("a;b ; c"), ["a", "b", "c"]);
        assert_eq!(read("\"a; b"), ["\"a", "b"]);
        assert_eq!(read("a <b; c"), ["a <b", "c"]);
        assert_eq!(read("\"a\"b; c"), ["\"a\"b", "c"]);
    }

    proptest! {
        #[test]
        fn texts_come_back(values in prop::collection::vec("[a-c;<>\\[\\]{}\" \\\\]{0,5}", 0..5)) {
            let mut list = String::new();
            for (index, value) in values.iter().enumerate() {
                push_string(&mut list, value, index == 0);
            }
            prop_assert_eq!(read(&list), values);
        }

        /// Graph is asked for an address only if it cannot be confused with a name.
        #[test]
        fn addresses_come_back(
            people in prop::collection::vec(("[ab;<>\" \\\\@]{0,5}", "[ab;<>\" \\\\@]{0,5}"), 0..5)
        ) {
            let mut list = String::new();
            for (index, (name, address)) in people.iter().enumerate() {
                push_address(&mut list, name, address, index == 0);
            }
            let addresses = people.iter().filter(|person| !person.1.is_empty());
            let addresses: Vec<&str> = addresses.map(|person| person.1.as_str()).collect();
            let found = read(&list);
            for address in &addresses {
                prop_assert!(found.iter().any(|item| item == address), "{list}: {address}");
            }
            for item in found.iter().filter(|item| is_plain(item)) {
                prop_assert!(addresses.contains(&item.as_ref()), "{list}: {item}");
            }
        }

        #[test]
        fn no_text_makes_it_panic(list in "[a-c;<>\\[\\]{}\" \\\\é]{0,20}") {
            items(&list).count();
        }
    }
}
