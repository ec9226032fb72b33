//! Short lists of parents: ids of folders, calendars, messages.
//!
//! Only the needed properties of each object are kept, so anything else that a server sends costs
//! nothing.

use crate::datetime;
use crate::decode::{DecodeError, MOST_ROWS, PageSeed, Sink};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The needed properties of one object, if they are texts; of times with a zone, those in UTC, with a `Z`.
pub type Row<const N: usize> = [Option<String>; N];

/// A page of such a list.
pub struct IndexPage<const N: usize> {
    pub rows: Vec<Row<N>>,
    pub next_link: Option<String>,
}

/// A text of a single object.
pub fn text(reply: &[u8], property: &str) -> Option<String> {
    let object: Map<String, Value> = serde_json::from_slice(reply).ok()?;
    object.get(property)?.as_str().map(str::to_owned)
}

pub fn page<const N: usize>(
    reply: &[u8],
    properties: [&str; N],
) -> Result<IndexPage<N>, DecodeError> {
    let mut objects = Objects {
        properties,
        rows: Vec::new(),
        failure: None,
    };
    let mut json = serde_json::Deserializer::from_slice(reply);
    let next_link = PageSeed(&mut objects).deserialize(&mut json);
    let next_link = next_link.and_then(|next_link| json.end().map(|()| next_link));
    match (next_link, objects.failure) {
        (Ok(next_link), _) => Ok(IndexPage {
            rows: objects.rows,
            next_link,
        }),
        (Err(_), Some(failure)) => Err(failure),
        (Err(error), None) => Err(DecodeError::of_json(&error)),
    }
}

/// The objects of a page.
struct Objects<'a, const N: usize> {
    properties: [&'a str; N],
    rows: Vec<Row<N>>,
    failure: Option<DecodeError>,
}

impl<const N: usize> Sink for Objects<'_, N> {
    fn fail<E: Error>(&mut self, failure: DecodeError) -> E {
        self.failure = Some(failure);
        E::custom("")
    }

    fn row<'de, A: SeqAccess<'de>>(&mut self, rows: &mut A) -> Result<bool, A::Error> {
        let Some(row) = rows.next_element_seed(Object(&self.properties))? else {
            return Ok(false);
        };
        if self.rows.len() == MOST_ROWS {
            return Err(self.fail(DecodeError::TooMany));
        }
        self.rows.push(row);
        Ok(true)
    }
}

struct Object<'a, const N: usize>(&'a [&'a str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for Object<'_, N> {
    type Value = Row<N>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Row<N>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for Object<'_, N> {
    type Value = Row<N>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Row<N>, A::Error> {
        let mut row = [const { None }; N];
        while let Some(key) = members.next_key::<String>()? {
            match self.0.iter().position(|name| *name == key) {
                // A value that is neither a text nor a time is ignored.
                Some(place) => row[place] = members.next_value::<Text>()?.0,
                None => drop(members.next_value::<IgnoredAny>()?),
            }
        }
        Ok(row)
    }
}

/// A text or a time, or `None` for any other value.
#[derive(serde::Deserialize)]
#[serde(from = "Anything")]
struct Text(Option<String>);

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Anything {
    Text(String),
    #[serde(rename_all = "camelCase")]
    Zoned {
        date_time: String,
        time_zone: String,
    },
    #[allow(dead_code, reason = "the value is only skipped")]
    Other(IgnoredAny),
}

impl From<Anything> for Text {
    fn from(value: Anything) -> Self {
        match value {
            Anything::Text(text) => Self(Some(text)),
            Anything::Zoned {
                date_time,
                time_zone,
            } => Self(datetime::is_utc(&time_zone).then(|| format!("{date_time}Z"))),
            Anything::Other(_) => Self(None),
        }
    }
}

/// The first property of each row that has it.
pub fn first_of_each<const N: usize>(
    rows: impl IntoIterator<Item = Row<N>>,
) -> impl Iterator<Item = String> {
    rows.into_iter()
        .filter_map(|row| row.into_iter().next().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_properties_are_kept() {
        let reply = br#"{"x":[[1]],"value":[{"id":"a","mail":null,"more":{"id":"no"}},{"mail":"m","id":7},{}],
            "@odata.nextLink":"https://next"}"#;
        let page = page(reply, ["id", "mail"]).expect("a page");
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            page.rows,
            [[text("a"), None], [None, text("m")], [None, None]]
        );
        assert_eq!(page.next_link.as_deref(), Some("https://next"));
    }

    #[test]
    fn times_in_utc_are_kept() {
        let reply = br#"{"value":[
            {"start":{"dateTime":"2026-03-01T10:00:00.0000000","timeZone":"UTC"}},
            {"start":{"timeZone":"Tokyo Standard Time","dateTime":"2026-03-01T10:00:00"}},
            {"start":{"dateTime":"2026-03-01T10:00:00"}}]}"#;
        let page = page(reply, ["start"]).expect("a page");
        let first = Some("2026-03-01T10:00:00.0000000Z".to_owned());
        assert_eq!(page.rows, [[first], [None], [None]]);
    }

    #[test]
    fn what_is_no_list_is_damaged_and_two_links_are_refused() {
        for reply in [
            "",
            "{\"value\":[",
            "[]",
            "{}",
            "null",
            "{\"value\":[]} x",
            "<html>",
        ] {
            let error = page(reply.as_bytes(), ["id"]).err().expect(reply);
            assert!(error.is_damage(), "{reply}: {error}");
        }
        for reply in [
            r#"{"value":[],"@odata.nextLink":"a","@odata.nextLink":"b"}"#,
            r#"{"value":[],"value":[]}"#,
        ] {
            let error = page(reply.as_bytes(), ["id"]).err().expect(reply);
            assert!(matches!(error, DecodeError::Repeated { .. }), "{error}");
        }
    }

    #[test]
    fn a_page_has_an_end() {
        let rows = vec![r#"{"id":"a"}"#; MOST_ROWS + 1].join(",");
        let reply = format!(r#"{{"value":[{rows}]}}"#);
        let error = page(reply.as_bytes(), ["id"]).err().expect("too many");
        assert!(matches!(error, DecodeError::TooMany), "{error}");
    }
}
