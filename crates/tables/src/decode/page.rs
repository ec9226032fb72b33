//! A reply that lists rows: the list and its link, independent of the use of the rows.

use super::error::DecodeError;
use super::expecting::expecting_nothing;
use super::lists::Text;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Receives the rows of a page.
pub trait Sink {
    /// Is called before each part, with its name and its expected type.
    fn reads(&mut self, _what: &'static str, _expected: &'static str) {}

    /// Ends reading for this reason. Serde's error only says that there is one.
    fn fail<E: Error>(&mut self, failure: DecodeError) -> E;

    /// Reads the next row; `false` after the last one.
    fn row<'de, A: SeqAccess<'de>>(&mut self, rows: &mut A) -> Result<bool, A::Error>;
}

/// The page as a whole; returns the link to the next one.
pub struct PageSeed<'s, S>(pub &'s mut S);

impl<'de, S: Sink> DeserializeSeed<'de> for PageSeed<'_, S> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Option<String>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: Sink> Visitor<'de> for PageSeed<'_, S> {
    type Value = Option<String>;
    expecting_nothing!();

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Option<String>, A::Error> {
        let Self(sink) = self;
        let mut next_link = None;
        let (mut has_rows, mut has_link) = (false, false);
        while let Some(Text(key)) = members.next_key()? {
            let twice = match key.as_ref() {
                "value" => std::mem::replace(&mut has_rows, true),
                "@odata.nextLink" => std::mem::replace(&mut has_link, true),
                _ => false,
            };
            if twice {
                return Err(sink.fail(DecodeError::twice(&key)));
            }
            match key.as_ref() {
                "value" => {
                    sink.reads("the reply", "a list of rows");
                    members.next_value_seed(RowsSeed(sink))?;
                }
                "@odata.nextLink" => {
                    sink.reads("@odata.nextLink", "a text");
                    next_link = members.next_value()?;
                }
                _ => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        match has_rows {
            true => Ok(next_link),
            false => Err(sink.fail(DecodeError::no_rows())),
        }
    }
}

/// The rows of a page.
struct RowsSeed<'s, S>(&'s mut S);

impl<'de, S: Sink> DeserializeSeed<'de> for RowsSeed<'_, S> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: Sink> Visitor<'de> for RowsSeed<'_, S> {
    type Value = ();
    expecting_nothing!();

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while self.0.row(&mut rows)? {}
        Ok(())
    }
}
