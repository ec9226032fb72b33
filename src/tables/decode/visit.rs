//! Walks through the JSON of a reply and hands the values of a plan to the rows.

use super::cells::{Cells, Refusal};
use super::error::DecodeError;
use super::plan::{Kind, Leaf, Node, Object};
use super::rows::Rows;
use crate::tables::datetime;
use crate::tables::text;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// What a page says beside its rows.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) next_link: Option<String>,
    pub(super) count: Option<i64>,
}

/// Serde asks for this text only to build messages, and those are never shown.
macro_rules! expecting_nothing {
    () => {
        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("another value")
        }
    };
}

/// A reply that lists rows.
pub(super) struct PageSeed<'r, 'p> {
    pub(super) rows: &'r mut Rows<'p>,
}

impl<'de> DeserializeSeed<'de> for PageSeed<'_, '_> {
    type Value = Links;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Links, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PageSeed<'_, '_> {
    type Value = Links;
    expecting_nothing!();

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Links, A::Error> {
        let mut links = Links::default();
        let mut has_rows = false;
        while let Some(Text(key)) = members.next_key()? {
            match key.as_ref() {
                "value" => {
                    self.rows.reading = Some(("the reply", "a list of rows"));
                    members.next_value_seed(RowsSeed { rows: self.rows })?;
                    has_rows = true;
                }
                "@odata.nextLink" => {
                    self.rows.reading = Some(("@odata.nextLink", "a text"));
                    links.next_link = members.next_value()?;
                }
                "@odata.count" => {
                    self.rows.reading = Some(("@odata.count", "a whole number"));
                    links.count = members.next_value()?;
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        if !has_rows {
            return Err(self.rows.fail(DecodeError::Shape {
                expected: "a list of rows",
            }));
        }
        Ok(links)
    }
}

/// The rows of a page.
struct RowsSeed<'r, 'p> {
    rows: &'r mut Rows<'p>,
}

impl<'de> DeserializeSeed<'de> for RowsSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for RowsSeed<'_, '_> {
    type Value = ();
    expecting_nothing!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while elements
            .next_element_seed(RowSeed { rows: self.rows })?
            .is_some()
        {}
        Ok(())
    }
}

/// One row.
pub(super) struct RowSeed<'r, 'p> {
    pub(super) rows: &'r mut Rows<'p>,
}

impl<'de> DeserializeSeed<'de> for RowSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.rows.reading = Some(("a row", "an object"));
        self.rows.begin_row();
        let plan = self.rows.plan;
        deserializer.deserialize_map(ObjectVisitor {
            object: &plan.root,
            rows: self.rows,
        })?;
        self.rows
            .end_row()
            .map_err(|failure| self.rows.fail(failure))
    }
}

/// The members of an object; a null is an object without any.
struct ObjectVisitor<'o, 'r, 'p> {
    object: &'o Object,
    rows: &'r mut Rows<'p>,
}

impl<'de> Visitor<'de> for ObjectVisitor<'_, '_, '_> {
    type Value = ();
    expecting_nothing!();

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { object, rows } = self;
        if object.instant.is_some() {
            rows.begin_instant();
        }
        // Graph sends the members in the same order in each row, so that the next one wanted is
        // mostly the one behind the last.
        let mut next = 0;
        while let Some(found) = members.next_key_seed(KeySeed { object, next })? {
            match found {
                Some(place) => {
                    next = place + 1;
                    let (key, node) = &object.members[place];
                    members.next_value_seed(NodeSeed { key, node, rows })?;
                }
                None => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        if let Some(column) = object.instant {
            rows.end_instant(column)
                .map_err(|failure| rows.fail(failure))?;
        }
        Ok(())
    }
}

/// A member's name: gives its place in the object, if it is wanted.
struct KeySeed<'o> {
    object: &'o Object,
    next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<usize>;
    expecting_nothing!();

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let (before, after) = self.object.members.split_at(self.next);
        let place = |members: &[(&str, Node)]| members.iter().position(|&(other, _)| other == key);
        Ok(place(after)
            .map(|place| place + self.next)
            .or_else(|| place(before)))
    }
}

/// A member's value.
struct NodeSeed<'o, 'r, 'p> {
    key: &'static str,
    node: &'o Node,
    rows: &'r mut Rows<'p>,
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let rows = self.rows;
        match self.node {
            Node::Object(object) => {
                rows.reading = Some((self.key, "an object"));
                deserializer.deserialize_any(ObjectVisitor { object, rows })
            }
            Node::Leaf(leaf) => {
                rows.reading = Some((leaf.name, leaf.kind.expected()));
                let visitor = LeafVisitor { leaf, rows };
                if leaf.kind == Kind::Json {
                    visitor.visit_json(<&RawValue>::deserialize(deserializer)?)
                } else {
                    deserializer.deserialize_any(visitor)
                }
            }
        }
    }
}

/// One value for a column.
struct LeafVisitor<'o, 'r, 'p> {
    leaf: &'o Leaf,
    rows: &'r mut Rows<'p>,
}

impl LeafVisitor<'_, '_, '_> {
    /// Appends the value to its column.
    fn store<E: Error>(
        self,
        push: impl FnOnce(&mut Cells) -> Result<(), Refusal>,
    ) -> Result<(), E> {
        // What is only captured is a text, and texts do not come here.
        let Some(column) = self.leaf.column else {
            return Err(E::custom(""));
        };
        self.rows
            .store(column, push)
            .map_err(|failure| self.rows.fail(failure))
    }

    fn store_text<E: Error>(self, text: &str) -> Result<(), E> {
        if let Some(captured) = self.leaf.captured {
            self.rows.capture(captured, text);
        }
        match self.leaf.column {
            Some(_) => self.store(|cells| cells.push_text(text)),
            None => Ok(()),
        }
    }

    fn store_base64<E: Error>(self, text: &str) -> Result<(), E> {
        let mut bytes = std::mem::take(&mut self.rows.bytes);
        bytes.clear();
        STANDARD.decode_vec(text, &mut bytes).map_err(E::custom)?;
        let rows = &mut *self.rows;
        let stored = LeafVisitor {
            leaf: self.leaf,
            rows,
        }
        .store(|cells| cells.push_bytes(&bytes));
        self.rows.bytes = bytes;
        stored
    }

    /// Appends a text that `write` puts together.
    fn store_written<E: Error>(
        self,
        write: impl FnOnce(&mut String) -> Result<(), E>,
    ) -> Result<(), E> {
        let Some(column) = self.leaf.column else {
            return Err(E::custom(""));
        };
        let mut text = std::mem::take(&mut self.rows.text);
        text.clear();
        write(&mut text)?;
        let stored = self.rows.store(column, |cells| cells.push_text(&text));
        self.rows.text = text;
        stored.map_err(|failure| self.rows.fail(failure))
    }

    fn visit_json<E: Error>(self, json: &RawValue) -> Result<(), E> {
        match json.get() {
            "null" => self.visit_unit(),
            json => self.store_written(|list| {
                text::push_compact_json(list, json);
                Ok(())
            }),
        }
    }
}

impl<'de> Visitor<'de> for LeafVisitor<'_, '_, '_> {
    type Value = ();
    expecting_nothing!();

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        match self.leaf.column {
            Some(_) => self.store(|cells| {
                cells.push_null();
                Ok(())
            }),
            None => Ok(()),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.store(|cells| cells.push_boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.store(|cells| cells.push_integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => self.visit_f64(value as f64),
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.store(|cells| cells.push_double(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        match self.leaf.kind {
            Kind::Text => self.store_text(value),
            Kind::Base64 => self.store_base64(value),
            Kind::Timestamp => {
                let instant = datetime::parse_timestamp(value).ok_or(E::custom(""))?;
                self.store(|cells| cells.push_microseconds(instant))
            }
            Kind::Time => {
                let time = datetime::parse_time(value).ok_or(E::custom(""))?;
                self.store(|cells| cells.push_microseconds(time))
            }
            Kind::Date => {
                let date = datetime::parse_date(value).ok_or(E::custom(""))?;
                self.store(|cells| cells.push_days(date))
            }
            Kind::LocalTime => {
                self.rows.local_time = Some(datetime::parse_local(value).ok_or(E::custom(""))?);
                Ok(())
            }
            Kind::Number => {
                let number = special_number(value).ok_or(E::custom(""))?;
                self.store(|cells| cells.push_double(number))
            }
            _ => Err(E::custom("")),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        match self.leaf.kind {
            Kind::Strings => self.store_written(|list| read_strings(elements, list)),
            Kind::Recipients => self.store_written(|list| {
                read_people(elements, list, |recipient: Recipient| {
                    recipient.email_address
                })
            }),
            Kind::EmailAddresses => self.store_written(|list| read_people(elements, list, Some)),
            _ => Err(A::Error::custom("")),
        }
    }
}

/// Numbers that JSON can only write as texts.
fn special_number(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => None,
    }
}

/// A text, borrowed from the reply unless it has escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Recipient<'a> {
    #[serde(borrow, rename = "emailAddress")]
    email_address: Option<EmailAddress<'a>>,
}

#[derive(Deserialize)]
struct EmailAddress<'a> {
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    address: Option<Text<'a>>,
}

fn read_strings<'de, A: SeqAccess<'de>>(
    mut elements: A,
    list: &mut String,
) -> Result<(), A::Error> {
    let mut first = true;
    while let Some(element) = elements.next_element::<Option<Text>>()? {
        if let Some(Text(value)) = element {
            text::push_string(list, &value, first);
            first = false;
        }
    }
    Ok(())
}

fn text_of<'t>(text: &'t Option<Text>) -> &'t str {
    text.as_ref().map_or("", |Text(text)| text)
}

/// Reads people, whose address `address_of` gives. Nulls are skipped.
fn read_people<'de, A: SeqAccess<'de>, T: Deserialize<'de>>(
    mut elements: A,
    list: &mut String,
    address_of: impl Fn(T) -> Option<EmailAddress<'de>>,
) -> Result<(), A::Error> {
    let mut first = true;
    while let Some(element) = elements.next_element::<Option<T>>()? {
        let Some(EmailAddress { name, address }) = element.and_then(&address_of) else {
            continue;
        };
        text::push_address(list, text_of(&name), text_of(&address), first);
        first = false;
    }
    Ok(())
}
