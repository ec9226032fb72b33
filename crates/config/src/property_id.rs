//! Ids of extended properties: `String {GUID} Name X`, `Integer {GUID} Id 0x8012`, `String 0x001A`
//! (docs/graph.md#extended-properties).
//!
//! Graph may write an id in another way than the one that it was asked for, so ids are compared by their meaning.

use std::fmt;

/// An id in its parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PropertyId {
    /// In Graph's spelling.
    kind: &'static str,
    /// A property of several values.
    pub is_list: bool,
    name: Name,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Name {
    /// The number of a property that MAPI defines.
    Tag(u32),
    /// A number in a namespace, which is a GUID in lower case.
    Number { guid: String, number: u32 },
    /// A name in a namespace. Case matters.
    Text { guid: String, name: String },
}

/// The form of a property's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyType {
    Boolean,
    Integer,
    BigInt,
    Double,
    Timestamp,
    Binary,
    Text,
}

/// The types of values, and whether there are lists of them.
const TYPES: &[(&str, bool)] = &[
    ("ApplicationTime", true),
    ("Binary", true),
    ("Boolean", false),
    ("CLSID", true),
    ("Currency", true),
    ("Double", true),
    ("Float", true),
    ("Integer", true),
    ("Long", true),
    ("Short", true),
    ("String", true),
    ("SystemTime", true),
];

const LIST: &str = "Array";

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    Type,
    Namespace,
    Number,
    Name,
    Form,
}

impl fmt::Display for Malformed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Type => {
                "its type is unknown (String, Integer, Long, Short, Double, Float, Boolean, SystemTime, ApplicationTime, Currency, \
                 Binary and CLSID are known, and all but Boolean with Array behind them)"
            }
            Self::Namespace => "its namespace is not a GUID in braces",
            Self::Number => "its number is not hexadecimal with 0x before it",
            Self::Name => "its name is empty",
            Self::Form => "it has another form",
        })
    }
}

impl PropertyId {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (kind, rest) = text.split_once(' ').ok_or(Malformed::Form)?;
        let (kind, is_list) = known_type(kind).ok_or(Malformed::Type)?;
        let name = match rest.split_once(' ') {
            None if rest.starts_with('{') => return Err(Malformed::Form),
            None => Name::Tag(tag(rest)?),
            Some((guid, rest)) => {
                let guid = namespace(guid).ok_or(Malformed::Namespace)?;
                match rest.split_once(' ').unwrap_or((rest, "")) {
                    ("Name", name) if name.trim().is_empty() => return Err(Malformed::Name),
                    ("Name", name) => Name::Text {
                        guid,
                        name: name.to_owned(),
                    },
                    ("Id", number) => Name::Number {
                        guid,
                        number: hexadecimal(number)?,
                    },
                    _ => return Err(Malformed::Form),
                }
            }
        };
        Ok(Self {
            kind,
            is_list,
            name,
        })
    }

    /// A list is a text.
    pub fn value_type(&self) -> PropertyType {
        match self.kind {
            _ if self.is_list => PropertyType::Text,
            "Boolean" => PropertyType::Boolean,
            "Integer" | "Short" => PropertyType::Integer,
            "Long" => PropertyType::BigInt,
            "Double" | "Float" => PropertyType::Double,
            "SystemTime" => PropertyType::Timestamp,
            "Binary" => PropertyType::Binary,
            _ => PropertyType::Text,
        }
    }
}

/// A type in Graph's spelling, and whether it is that of a list.
fn known_type(text: &str) -> Option<(&'static str, bool)> {
    let single = text.strip_suffix(LIST);
    let name = single.unwrap_or(text);
    let mut types = TYPES.iter();
    let (name, has_lists) = types.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    let is_list = single.is_some();
    (!is_list || *has_lists).then_some((name, is_list))
}

fn namespace(text: &str) -> Option<String> {
    let inside = text.strip_prefix('{')?.strip_suffix('}')?;
    let groups = inside.split('-');
    let lengths = groups.clone().map(str::len);
    let is_hexadecimal = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_guid = lengths.eq([8, 4, 4, 4, 12]) && groups.into_iter().all(is_hexadecimal);
    is_guid.then(|| inside.to_ascii_lowercase())
}

fn hexadecimal(text: &str) -> Result<u32, Malformed> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    digits
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .ok_or(Malformed::Number)
}

/// A tag of eight digits has the type in the last four.
fn tag(text: &str) -> Result<u32, Malformed> {
    let number = hexadecimal(text)?;
    Ok(match number > 0xFFFF {
        true => number >> 16,
        false => number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "{8ECCC264-6880-4EBE-992F-8888D2EEAA1D}";

    fn read(text: &str) -> Result<PropertyId, Malformed> {
        PropertyId::parse(&text.replace("{G}", GUID))
    }

    #[test]
    fn the_three_forms_are_read() {
        for text in [
            "String {G} Name TestProperty",
            "String {G} Name a name with ' and spaces",
            "Integer {G} Id 0x8012",
            "String 0x4001001E",
            "StringArray 0x4002101E",
            "IntegerArray {G} Id 0x8013",
            "SystemTime 0x3FEF",
        ] {
            let id = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(id.is_list, text.contains("Array"), "{text}");
        }
    }

    #[test]
    fn ids_of_one_meaning_are_equal() {
        for (one, other) in [
            ("Integer 0x0E08", "Integer 0xe08"),
            ("String 0x001A001E", "String 0x1a"),
            (
                "string {G} Name X",
                "String {8eccc264-6880-4ebe-992f-8888d2eeaa1d} Name X",
            ),
            ("Integer {G} Id 0x8012", "Integer {G} Id 0x00008012"),
        ] {
            assert_eq!(read(one), read(other), "{one}");
        }
        for (one, other) in [
            ("Integer 0x0E08", "Long 0x0E08"),
            ("String 0x001A", "StringArray 0x001A"),
            ("String {G} Name X", "String {G} Name x"),
            ("String {G} Name 0x8012", "String {G} Id 0x8012"),
        ] {
            assert_ne!(read(one), read(other), "{one}");
        }
    }

    #[test]
    fn other_texts_are_told_apart_from_ids() {
        for (text, reason) in [
            ("", Malformed::Form),
            ("String", Malformed::Form),
            ("Text 0x001A", Malformed::Type),
            ("BooleanArray 0x001A", Malformed::Type),
            ("Object 0x001A", Malformed::Type),
            ("String 001A", Malformed::Number),
            ("String 0x", Malformed::Number),
            ("String 0x123456789", Malformed::Number),
            ("String 0x+1", Malformed::Number),
            ("String {G}", Malformed::Form),
            ("String {G} 0x001A", Malformed::Form),
            ("String {G} Name ", Malformed::Name),
            ("String {G} Named X", Malformed::Form),
            ("String {G} Id X", Malformed::Number),
            ("String {8ECCC264} Name X", Malformed::Namespace),
            (
                "String 8ECCC264-6880-4EBE-992F-8888D2EEAA1D Name X",
                Malformed::Namespace,
            ),
            ("String  0x001A", Malformed::Namespace),
        ] {
            assert_eq!(read(text), Err(reason), "{text}");
        }
    }
}
