//! Walks through the JSON of a reply and passes the values of a plan to the rows.

use super::error::DecodeError;
use super::expecting::expecting_nothing;
use super::leaf::LeafVisitor;
use super::page::Sink;
use super::plan::{Node, Object, ValueKind};
use super::rows::Rows;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

impl Sink for Rows<'_> {
    fn reads(&mut self, what: &'static str, expected: &'static str) {
        self.reading = Some((what, expected));
    }

    fn fail<E: Error>(&mut self, failure: DecodeError) -> E {
        Rows::fail(self, failure)
    }

    fn row<'de, A: SeqAccess<'de>>(&mut self, rows: &mut A) -> Result<bool, A::Error> {
        let row = rows.next_element_seed(RowSeed { rows: self })?;
        Ok(row.is_some())
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

/// The members of an object; a null counts as an empty object.
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
        // Graph sends the members in the same order in each row, so the next one is usually the one
        // after the last (docs/graph.md#requests).
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

/// A member's name; returns its index in the object, if it is read.
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
                if leaf.kind == ValueKind::Json {
                    visitor.visit_json(<&RawValue>::deserialize(deserializer)?)
                } else {
                    deserializer.deserialize_any(visitor)
                }
            }
        }
    }
}
