//! The grammar of ODBC connection strings: `key=value;key={value with ; in it};...`.

use super::{Error, ErrorKind, Secret};
use std::fmt;

/// One `key=value`. The value may be a secret, so it is treated as one until its key is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub key: String,
    pub value: Secret,
}

/// The parts of a connection string in their order, repetitions included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<Attribute>);

impl Attributes {
    /// Reads a connection string. Empty parts are allowed; positions in messages count characters
    /// from 1.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut reader = Reader {
            rest: text,
            position: 1,
        };
        let mut attributes = Self::default();
        loop {
            reader.skip(|c| c == ';' || c.is_whitespace());
            if reader.rest.is_empty() {
                return Ok(attributes);
            }
            let key = reader.key()?;
            let value = reader.value(&key)?;
            attributes.push(key, value);
        }
    }

    pub fn push(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.0.push(Attribute {
            key: key.into(),
            value: Secret::new(value),
        });
    }

    pub fn iter(&self) -> impl Iterator<Item = &Attribute> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of the first attribute of this key, matched without case.
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|attribute| attribute.key.eq_ignore_ascii_case(key))?;
        Some(found.value.expose())
    }

    /// The connection string that [`Attributes::parse`] reads back as these attributes. It holds
    /// every value, secrets too, which is why this is not `Display`.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for attribute in &self.0 {
            if !text.is_empty() {
                text.push(';');
            }
            text.push_str(&attribute.key);
            text.push('=');
            write_value(&mut text, &attribute.key, attribute.value.expose());
        }
        text
    }
}

fn write_value(text: &mut String, key: &str, value: &str) {
    // The ODBC grammar also requires braces for `@`, but every reader accepts it without them.
    let special = |c: char| "[]{}(),;?*=!".contains(c) || c.is_control();
    let trimmed = value.trim().len() == value.len();
    if trimmed && !value.contains(special) && !key.eq_ignore_ascii_case("Driver") {
        text.push_str(value);
        return;
    }
    text.push('{');
    text.push_str(&value.replace('}', "}}"));
    text.push('}');
}

struct Reader<'a> {
    rest: &'a str,
    position: usize,
}

impl<'a> Reader<'a> {
    fn skip(&mut self, unwanted: impl Fn(char) -> bool) {
        let end = self.rest.find(|c| !unwanted(c)).unwrap_or(self.rest.len());
        self.take(end);
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.position += taken.chars().count();
        self.rest = rest;
        taken
    }

    fn key(&mut self) -> Result<String, Error> {
        let start = self.position;
        let end = self.rest.find(['=', ';']).unwrap_or(self.rest.len());
        if !self.rest[end..].starts_with('=') {
            return Err(malformed(start, "there is no '=' after the key"));
        }
        let key = self.take(end).trim().to_owned();
        if key.is_empty() {
            return Err(malformed(start, "there is no key before '='"));
        }
        self.take(1);
        Ok(key)
    }

    fn value(&mut self, key: &str) -> Result<String, Error> {
        self.skip(|c| c.is_whitespace());
        if !self.rest.starts_with('{') {
            let end = self.rest.find(';').unwrap_or(self.rest.len());
            return Ok(self.take(end).trim_end().to_owned());
        }
        let start = self.position;
        self.take(1);
        let mut value = String::new();
        loop {
            let Some(end) = self.rest.find('}') else {
                return Err(malformed(
                    start,
                    &format!("the '{{' of {} has no '}}'", Shown(key)),
                ));
            };
            value.push_str(self.take(end));
            self.take(1);
            if !self.rest.starts_with('}') {
                break;
            }
            value.push_str(self.take(1));
        }
        self.skip(|c| c.is_whitespace());
        if self.rest.is_empty() || self.rest.starts_with(';') {
            return Ok(value);
        }
        let problem = format!(
            "';' is expected after the '}}' of {} (a '}}' inside of braces is written '}}}}')",
            Shown(key)
        );
        Err(malformed(self.position, &problem))
    }
}

/// A key for a message. It is cut, because a badly quoted string can turn a value into a key.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = super::keys::find(self.0).map(|key| key.name);
        f.write_str(known.unwrap_or("the value"))
    }
}

fn malformed(position: usize, problem: &str) -> Error {
    let message = format!("The connection string is malformed at character {position}: {problem}.");
    Error::new(ErrorKind::Malformed, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let attributes = Attributes::parse(text).expect(text);
        attributes
            .iter()
            .map(|a| (a.key.clone(), a.value.expose().to_owned()))
            .collect()
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn reads_plain_braced_and_empty_parts() {
        assert_eq!(
            pairs(" ;Driver={Exchange};; TenantID = contoso.com ; PWD={a;b}}c= };UserID=;"),
            [
                pair("Driver", "Exchange"),
                pair("TenantID", "contoso.com"),
                pair("PWD", "a;b}c= "),
                pair("UserID", "")
            ]
        );
        assert!(pairs("").is_empty());
        assert_eq!(pairs("PWD=a=b{c}"), [pair("PWD", "a=b{c}")]);
        assert_eq!(pairs("PWD={}"), [pair("PWD", "")]);
    }

    #[test]
    fn the_first_occurrence_wins() {
        let attributes = Attributes::parse("uid=a;UID=b").expect("valid");
        assert_eq!(attributes.get("Uid"), Some("a"));
    }

    #[test]
    fn malformed_text_is_refused_with_its_position_and_without_values() {
        let cases = [
            ("UID=a;hunter2", 7, "no '='"),
            ("UID=a;=hunter2", 7, "no key"),
            ("é=a;PWD={hunter2", 9, "of ClientSecret has no '}'"),
            ("PWD={hunter2} x", 15, "is expected"),
            ("PWD={hun}ter2;UID=a", 10, "is expected"),
        ];
        for (text, position, problem) in cases {
            let error = Attributes::parse(text).expect_err(text);
            assert_eq!(error.kind, ErrorKind::Malformed);
            assert!(
                error.message.contains(&format!("character {position}:")),
                "{error}"
            );
            assert!(error.message.contains(problem), "{error}");
            assert!(!error.message.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn writes_braces_only_where_they_are_needed() {
        let mut attributes = Attributes::default();
        attributes.push("Driver", "Exchange");
        attributes.push("UserID", "ann@x.org");
        attributes.push("PWD", "a;}");
        assert_eq!(
            attributes.write(),
            "Driver={Exchange};UserID=ann@x.org;PWD={a;}}}"
        );
    }

    #[test]
    fn debug_output_hides_values() {
        let attributes = Attributes::parse("PWD=hunter2").expect("valid");
        assert!(!format!("{attributes:?}").contains("hunter2"));
    }

    proptest! {
        #[test]
        fn any_values_survive_writing_and_reading(
            values in proptest::collection::vec(("[A-Za-z][A-Za-z_ ]{0,8}[a-z]", any::<String>()), 0..6)
        ) {
            let mut attributes = Attributes::default();
            for (key, value) in &values {
                attributes.push(key.as_str(), value.as_str());
            }
            prop_assert_eq!(Attributes::parse(&attributes.write()), Ok(attributes));
        }

        #[test]
        fn the_parser_never_panics(text in any::<String>()) {
            let _ = Attributes::parse(&text);
        }

        #[test]
        fn the_parser_never_panics_on_near_misses(text in "[a=;{} é]{0,24}") {
            if let Ok(attributes) = Attributes::parse(&text) {
                prop_assert_eq!(Attributes::parse(&attributes.write()), Ok(attributes));
            }
        }
    }
}
