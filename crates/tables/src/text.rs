//! Multi-valued properties as one readable text: `"Lee; Ann" <ann@x.org>; bob@x.org`.
//!
//! Values are separated by `; `. Ambiguous values are put in double quotes, in which `\` escapes
//! `"` and `\`. So no two lists have the same text, and no plain text looks like a person or like
//! JSON.

/// Appends one more value to a list of plain texts.
pub fn push_string(list: &mut String, value: &str, first: bool) {
    separate(list, first);
    push_text(list, value, is_plain(value));
}

/// Appends one more person to a list of addresses. A name equal to the address is left out; a name
/// without an address is always quoted.
pub fn push_address(list: &mut String, name: &str, address: &str, first: bool) {
    separate(list, first);
    let has_name = !name.is_empty() && name != address;
    if address.is_empty() {
        return push_text(list, name, false);
    }
    if !has_name && is_tidy(address) && !has_any(address, b"\";<>\\") {
        return list.push_str(address);
    }
    if has_name {
        push_text(
            list,
            name,
            is_tidy(name) && !has_any(name, b"\";<>\\,@:()[]"),
        );
        list.push(' ');
    }
    list.push('<');
    push_escaped(list, address, b'>');
    list.push('>');
}

/// Appends JSON without the white space between its tokens.
pub fn push_compact_json(text: &mut String, json: &str) {
    let bytes = json.as_bytes();
    let (mut start, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at),
            b' ' | b'\t' | b'\r' | b'\n' => {
                text.push_str(&json[start..at]);
                at += 1;
                start = at;
            }
            _ => at += 1,
        }
    }
    text.push_str(&json[start..]);
}

/// The position after the JSON string that begins at `start`.
fn end_of_string(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < json.len() {
        match json[at] {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

fn separate(list: &mut String, first: bool) {
    if !first {
        list.push_str("; ");
    }
}

/// Whether a text is written without quotes in a list.
pub fn is_plain(text: &str) -> bool {
    is_tidy(text) && !text.starts_with('"') && !has_any(text, b";<") && !is_json(text)
}

/// Whether the text begins like a compact JSON array of texts or objects.
pub fn is_json(text: &str) -> bool {
    ["[\"", "[{", "[]"]
        .iter()
        .any(|start| text.starts_with(start))
}

fn is_tidy(text: &str) -> bool {
    !text.is_empty() && text.trim().len() == text.len()
}

/// Whether the text has one of these ASCII characters.
fn has_any(text: &str, characters: &[u8]) -> bool {
    text.bytes().any(|byte| characters.contains(&byte))
}

fn push_text(list: &mut String, text: &str, plain: bool) {
    if plain {
        return list.push_str(text);
    }
    list.push('"');
    push_escaped(list, text, b'"');
    list.push('"');
}

fn push_escaped(list: &mut String, text: &str, end: u8) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte == b'\\' || byte == end) {
        list.push_str(&rest[..at]);
        list.push('\\');
        list.push(char::from(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    list.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn strings(values: &[&str]) -> String {
        let mut list = String::new();
        for (index, value) in values.iter().enumerate() {
            push_string(&mut list, value, index == 0);
        }
        list
    }

    fn addresses(people: &[(&str, &str)]) -> String {
        let mut list = String::new();
        for (index, (name, address)) in people.iter().enumerate() {
            push_address(&mut list, name, address, index == 0);
        }
        list
    }

    #[test]
    fn people_read_as_in_a_mail_program() {
        let people = [
            ("Lee; Ann", "ann@x.org"),
            ("bob@x.org", "bob@x.org"),
            ("Eve", "eve@x.org"),
        ];
        assert_eq!(
            addresses(&people),
            "\"Lee; Ann\" <ann@x.org>; bob@x.org; Eve <eve@x.org>"
        );
        assert_eq!(
            addresses(&[("Lee, Ann", "a@x"), ("", "b@x")]),
            "\"Lee, Ann\" <a@x>; b@x"
        );
    }

    #[test]
    fn odd_people_stay_readable() {
        assert_eq!(addresses(&[("Nobody", "")]), "\"Nobody\"");
        assert_eq!(addresses(&[("", "")]), "\"\"");
        assert_eq!(addresses(&[("", "a;b")]), "<a;b>");
        assert_eq!(
            addresses(&[("A \"B\" \\", "a>b")]),
            r#""A \"B\" \\" <a\>b>"#
        );
    }

    #[test]
    fn strings_are_quoted_only_where_needed() {
        assert_eq!(
            strings(&["Red category", "a; b", " x", "", "a <b>", "[]", "[x]"]),
            "Red category; \"a; b\"; \" x\"; \"\"; \"a <b>\"; \"[]\"; [x]"
        );
        assert_eq!(strings(&["C:\\x", "say \"hi\""]), "C:\\x; say \"hi\"");
        assert_eq!(strings(&[]), "");
    }

    #[test]
    fn json_loses_only_the_space_between_tokens() {
        let mut text = String::new();
        push_compact_json(&mut text, "[ {\n \"a b\" : \"c \\\" d\\\\\" } ,\t1 ]");
        assert_eq!(text, "[{\"a b\":\"c \\\" d\\\\\"},1]");
    }

    /// Reads a quoted or bracketed text up to its end; returns the rest.
    fn read_escaped(text: &str, end: char) -> (String, &str) {
        let mut value = String::new();
        let mut characters = text.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' => value.push(characters.next().unwrap().1),
                _ if character == end => return (value, &text[at + 1..]),
                _ => value.push(character),
            }
        }
        panic!("no end in {text}");
    }

    fn read_strings(mut list: &str) -> Vec<String> {
        let mut values = Vec::new();
        while !list.is_empty() {
            let (value, rest) = match list.strip_prefix('"') {
                Some(quoted) => read_escaped(quoted, '"'),
                None => {
                    let end = list.find(';').unwrap_or(list.len());
                    (list[..end].to_owned(), &list[end..])
                }
            };
            values.push(value);
            list = rest.strip_prefix("; ").unwrap_or(rest);
        }
        values
    }

    fn read_addresses(mut list: &str) -> Vec<(String, String)> {
        let mut people = Vec::new();
        while !list.is_empty() {
            let (plain, name, rest) = match list.strip_prefix('"') {
                Some(quoted) => {
                    let (name, rest) = read_escaped(quoted, '"');
                    (false, name, rest)
                }
                None => {
                    let end = list.find([';', '<']).unwrap_or(list.len());
                    (true, list[..end].trim_end().to_owned(), &list[end..])
                }
            };
            let (person, rest) = match rest.trim_start().strip_prefix('<') {
                Some(bracketed) => {
                    let (address, rest) = read_escaped(bracketed, '>');
                    ((name, address), rest)
                }
                None if plain => ((String::new(), name), rest),
                None => ((name, String::new()), rest),
            };
            people.push(person);
            list = rest.strip_prefix("; ").unwrap_or(rest);
        }
        people
    }

    proptest! {
        #[test]
        fn strings_can_be_read_back(values in prop::collection::vec("[a-c;<>\" \\\\]{0,5}", 0..5)) {
            let borrowed: Vec<&str> = values.iter().map(String::as_str).collect();
            prop_assert_eq!(read_strings(&strings(&borrowed)), values);
        }

        #[test]
        fn addresses_can_be_read_back(
            people in prop::collection::vec(("[ab;<>\" \\\\@]{0,5}", "[ab;<>\" \\\\@]{0,5}"), 0..5)
        ) {
            let borrowed: Vec<_> = people.iter().map(|(n, a)| (n.as_str(), a.as_str())).collect();
            let expected: Vec<_> = people.iter().map(|(name, address)| {
                let name = if name == address && !address.is_empty() { "" } else { name };
                (name.to_owned(), address.clone())
            }).collect();
            prop_assert_eq!(read_addresses(&addresses(&borrowed)), expected);
        }

        #[test]
        fn compact_json_means_the_same(value in "\\PC*") {
            let pretty = serde_json::to_string_pretty(&serde_json::json!({ "a": [value, 1] })).unwrap();
            let mut text = String::new();
            push_compact_json(&mut text, &pretty);
            let read = |json| serde_json::from_str::<serde_json::Value>(json).unwrap();
            prop_assert_eq!(read(&text), read(&pretty));
        }
    }
}
