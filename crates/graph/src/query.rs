//! Paths and query options, encoded once and only once.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::{self, Display, Write};

/// Characters that stay as they are in a path segment: unreserved characters and `@`, which every address has.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@')
    .remove(b'=');

/// Characters that stay as they are in an option's value, so that a logged or recorded request stays readable
/// (docs/graph.md#requests).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@')
    .remove(b',')
    .remove(b'(')
    .remove(b')')
    .remove(b'/')
    .remove(b':')
    .remove(b'$')
    .remove(b'=');

/// Encodes one segment of a path: an id, a user principal name, a folder name. Whatever it holds,
/// the path stays on its level.
pub fn segment(text: &str) -> String {
    match text {
        // An empty segment would address the collection, and URL libraries resolve dots, even
        // encoded ones. No item has such an id, and this spelling lets Graph say so.
        "" => "%20".to_owned(),
        "." | ".." => text.replace('.', "%252E"),
        _ => utf8_percent_encode(text, SEGMENT).to_string(),
    }
}

/// A path below `/v1.0` from segments that are not encoded yet.
pub fn path<'a>(segments: impl IntoIterator<Item = &'a str>) -> String {
    segments
        .into_iter()
        .fold(String::new(), |path, text| path + "/" + &segment(text))
}

/// An OData string literal (docs/graph.md#filter-syntax).
pub fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The query options of a request. Values are given as OData has them, not encoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an option of any name; it replaces one of the same name, and an empty value removes it.
    #[must_use]
    pub fn option(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        self.0
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        if !value.is_empty() {
            self.0.push((name.to_owned(), value));
        }
        self
    }

    #[must_use]
    pub fn select<T: AsRef<str>>(self, properties: impl IntoIterator<Item = T>) -> Self {
        self.option("$select", joined(properties))
    }

    #[must_use]
    pub fn filter(self, expression: impl Into<String>) -> Self {
        self.option("$filter", expression)
    }

    #[must_use]
    pub fn order_by<T: AsRef<str>>(self, terms: impl IntoIterator<Item = T>) -> Self {
        self.option("$orderby", joined(terms))
    }

    #[must_use]
    pub fn top(self, rows: u32) -> Self {
        self.option("$top", rows.to_string())
    }

    #[must_use]
    pub fn expand<T: AsRef<str>>(self, terms: impl IntoIterator<Item = T>) -> Self {
        self.option("$expand", joined(terms))
    }

    #[must_use]
    pub fn search(self, expression: impl Into<String>) -> Self {
        self.option("$search", expression)
    }

    #[must_use]
    pub fn count(self) -> Self {
        self.option("$count", "true")
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(&found.1)
    }

    /// The path with these options, encoded.
    pub fn on(&self, path: &str) -> String {
        if self.0.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{self}")
        }
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (name, value)) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_char('&')?;
            }
            let name = utf8_percent_encode(name, VALUE);
            write!(f, "{name}={}", utf8_percent_encode(value, VALUE))?;
        }
        Ok(())
    }
}

fn joined<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(item.as_ref());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn guests_and_odd_ids_stay_one_segment() {
        assert_eq!(
            path(["users", "bob_x.org#EXT#@contoso.com", "messages", "AA/+="]),
            "/users/bob_x.org%23EXT%23@contoso.com/messages/AA%2F%2B="
        );
    }

    #[test]
    fn literals_double_their_quotes() {
        assert_eq!(quoted("let's 'meet'"), "'let''s ''meet'''");
    }

    #[test]
    fn options_are_encoded_once() {
        let query = Query::new()
            .select(["id", "subject"])
            .filter("subject eq '100% a&b+c#d'")
            .order_by(["receivedDateTime desc"])
            .top(5)
            .top(10);
        assert_eq!(
            query.on("/x"),
            "/x?$select=id,subject&$filter=subject%20eq%20%27100%25%20a%26b%2Bc%23d%27\
             &$orderby=receivedDateTime%20desc&$top=10"
        );
        assert_eq!(Query::new().filter("").on("/x"), "/x");
    }

    proptest! {
        #[test]
        fn any_text_is_one_segment_and_one_value(id in any::<String>(), value in any::<String>()) {
            let text = Query::new().option("a", value.clone()).option("b", "1").on(&path(["users", &id, "messages"]));
            let url = Url::parse(&format!("https://h{text}")).expect("a URL");
            let segments: Vec<_> = url.path_segments().expect("segments").collect();
            prop_assert_eq!(segments.len(), 3);
            prop_assert_eq!(segments[2], "messages");
            if !id.is_empty() && id != "." && id != ".." {
                let decoded = percent_encoding::percent_decode_str(segments[1]).decode_utf8().expect("UTF-8");
                prop_assert_eq!(decoded, id);
            }
            let mut pairs = url.query_pairs();
            if !value.is_empty() {
                prop_assert_eq!(pairs.next().expect("a").1, value);
            }
            prop_assert_eq!(pairs.next().expect("b").1, "1");
        }
    }
}
