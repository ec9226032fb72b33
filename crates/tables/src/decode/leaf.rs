//! Reading of one value of a reply, according to its column.

use super::cells::{Cells, Refusal};
use super::expecting::expecting_nothing;
use super::lists::{self, Recipient};
use super::plan::{Leaf, ValueKind};
use super::rows::Rows;
use crate::{datetime, text};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Error, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// One value for a column.
pub(super) struct LeafVisitor<'o, 'r, 'p> {
    pub(super) leaf: &'o Leaf,
    pub(super) rows: &'r mut Rows<'p>,
}

impl LeafVisitor<'_, '_, '_> {
    /// Appends the value to its column.
    fn store<E: Error>(
        self,
        push: impl FnOnce(&mut Cells) -> Result<(), Refusal>,
    ) -> Result<(), E> {
        // A captured value without a column is a text, and texts do not come here.
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

    /// Appends a text that `write` builds.
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

    pub(super) fn visit_json<E: Error>(self, json: &RawValue) -> Result<(), E> {
        match json.get() {
            "null" => self.visit_unit(),
            json if self.leaf.column.is_none() => {
                if let Some(captured) = self.leaf.captured {
                    self.rows.capture(captured, json);
                }
                Ok(())
            }
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
            ValueKind::Text => self.store_text(value),
            ValueKind::Base64 => self.store_base64(value),
            ValueKind::Timestamp => {
                let instant = datetime::parse_timestamp(value).ok_or_else(|| E::custom(""))?;
                self.store(|cells| cells.push_microseconds(instant))
            }
            ValueKind::Time => {
                let time = datetime::parse_time(value).ok_or_else(|| E::custom(""))?;
                self.store(|cells| cells.push_microseconds(time))
            }
            ValueKind::Date => {
                let date = datetime::parse_date(value).ok_or_else(|| E::custom(""))?;
                self.store(|cells| cells.push_days(date))
            }
            ValueKind::LocalTime => {
                self.rows.local_time =
                    Some(datetime::parse_local(value).ok_or_else(|| E::custom(""))?);
                Ok(())
            }
            // Some of Graph's replies have a number as a text (docs/graph.md#places).
            ValueKind::Number => match value.parse() {
                Ok(number) => self.store(|cells| cells.push_integer(number)),
                Err(_) => {
                    let number = special_number(value).ok_or_else(|| E::custom(""))?;
                    self.store(|cells| cells.push_double(number))
                }
            },
            _ => Err(E::custom("")),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<(), A::Error> {
        match self.leaf.kind {
            ValueKind::Strings => self.store_written(|list| lists::read_strings(elements, list)),
            ValueKind::Recipients => self.store_written(|list| {
                lists::read_people(elements, list, |recipient: Recipient| {
                    recipient.email_address
                })
            }),
            ValueKind::EmailAddresses => {
                self.store_written(|list| lists::read_people(elements, list, Some))
            }
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
