//! Searching the directory: `"displayName:one" AND ("displayName:two" OR "mail:two")`.
//!
//! Display names and descriptions are cut into tokens, all of which have to match, in any order;
//! other properties match by their beginning (docs/graph.md#directory-search).

use super::quoted;
use crate::model::Entity;
use crate::refusal::Refusal;
use crate::rules::{Collection, FilterRules, Query as Kind};
use crate::schema::{self, schema};
use serde_json::Value;

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    All(Vec<Query>),
    Any(Vec<Query>),
    Tokens {
        property: &'static str,
        tokens: Vec<String>,
    },
    Start {
        property: &'static str,
        /// In lower case.
        text: String,
    },
}

const TOKENISED: &[&str] = &["displayName", "description"];

impl Query {
    pub fn finds(&self, row: &Entity) -> bool {
        let text = |property: &str| row.get(property).and_then(Value::as_str);
        match self {
            Self::All(parts) => parts.iter().all(|part| part.finds(row)),
            Self::Any(parts) => parts.iter().any(|part| part.finds(row)),
            Self::Tokens {
                property,
                tokens: wanted,
            } => text(property).is_some_and(|text| {
                let known = with_joined(text);
                let found = |token: &String| known.iter().any(|known| known.starts_with(token));
                wanted.iter().all(found)
            }),
            Self::Start {
                property,
                text: wanted,
            } => text(property).is_some_and(|text| text.to_lowercase().starts_with(wanted)),
        }
    }
}

pub fn parse(value: &str, collection: &Collection) -> Result<Query, Refusal> {
    let mut parser = Parser {
        value,
        at: 0,
        depth: 0,
        collection,
    };
    let query = parser.any()?;
    match parser.rest().chars().next() {
        None => Ok(query),
        Some(letter) => Err(quoted::invalid(letter, parser.at, value)),
    }
}

/// Maximum nesting of parentheses.
const DEEPEST: usize = 50;

struct Parser<'a> {
    value: &'a str,
    /// Number of read bytes.
    at: usize,
    depth: usize,
    collection: &'a Collection,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.value[self.at..]
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len() } else { 0 };
        found
    }

    fn any(&mut self) -> Result<Query, Refusal> {
        let mut parts = vec![self.all()?];
        while self.take("OR") {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Query::Any))
    }

    fn all(&mut self) -> Result<Query, Refusal> {
        let mut parts = vec![self.part()?];
        while self.take("AND") {
            parts.push(self.part()?);
        }
        Ok(one_or(parts, Query::All))
    }

    fn part(&mut self) -> Result<Query, Refusal> {
        if !self.take("(") {
            return self.clause();
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(quoted::invalid('(', self.at - 1, self.value));
        }
        let query = self.any()?;
        self.depth -= 1;
        match self.take(")") {
            true => Ok(query),
            false => Err(quoted::unfinished(self.value)),
        }
    }

    fn clause(&mut self) -> Result<Query, Refusal> {
        self.skip_blanks();
        let (text, end) = quoted::first(self.rest(), self.value, self.at)?;
        self.at = end;
        self.skip_blanks();
        let Some((name, wanted)) = text.split_once(':') else {
            return Err(Refusal::unsupported_query(format!(
                "Syntax error: the search clause '{text}' has no property."
            )));
        };
        let property = self.property(name)?;
        let tokens = tokens(wanted);
        Ok(match TOKENISED.contains(&property) {
            _ if tokens.is_empty() => {
                return Err(Refusal::unsupported_query(format!(
                    "Syntax error: the search clause '{text}' has no value."
                )));
            }
            true => Query::Tokens { property, tokens },
            false => Query::Start {
                property,
                text: wanted.to_lowercase(),
            },
        })
    }

    /// A text that can be filtered by its beginning.
    fn property(&self, name: &str) -> Result<&'static str, Refusal> {
        let entity = self.collection.entity;
        let known = schema().get(entity).and_then(|known| known.property(name));
        let known = known.ok_or_else(|| Refusal::unknown_property(name, entity))?;
        let advanced = Kind { advanced: true };
        let is_text = known.kind == schema::Kind::Text && !known.collection;
        let filter: &FilterRules = &self.collection.filter;
        match is_text && filter.check(known.name, "startswith", advanced).is_ok() {
            true => Ok(known.name),
            false => Err(Refusal::unsupported_query(format!(
                "Unsupported or invalid search clause specified for property '{name}'."
            ))),
        }
    }
}

fn one_or(mut parts: Vec<Query>, many: fn(Vec<Query>) -> Query) -> Query {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    Lower,
    Upper,
    Digit,
    Sign,
    Blank,
}

fn kind(letter: char) -> Letter {
    match letter {
        _ if letter.is_whitespace() => Letter::Blank,
        _ if letter.is_numeric() => Letter::Digit,
        _ if letter.is_uppercase() => Letter::Upper,
        _ if letter.is_alphabetic() => Letter::Lower,
        _ => Letter::Sign,
    }
}

/// Words, numbers and signs in lower case. A capital after a small letter begins a word.
fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut before = Letter::Blank;
    for letter in text.chars() {
        let kind = kind(letter);
        let goes_on = matches!(
            (before, kind),
            (Letter::Lower | Letter::Upper, Letter::Lower)
                | (Letter::Upper, Letter::Upper)
                | (Letter::Digit, Letter::Digit)
        );
        before = kind;
        match (kind, found.last_mut()) {
            (Letter::Blank, _) => {}
            (_, Some(token)) if goes_on => token.extend(letter.to_lowercase()),
            _ => found.push(letter.to_lowercase().collect()),
        }
    }
    found
}

/// The tokens, and words that are only separated by signs as one: `helloworld` for `hello-world`.
fn with_joined(text: &str) -> Vec<String> {
    let mut found = tokens(text);
    let parts = text.split_whitespace();
    let joined = parts.filter(|part| part.chars().any(|letter| kind(letter) == Letter::Sign));
    found.extend(joined.map(|part| {
        let letters = part.chars().filter(|&letter| kind(letter) != Letter::Sign);
        letters.flat_map(char::to_lowercase).collect()
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::USERS;
    use serde_json::json;

    fn finds(name: &str, search: &str) -> bool {
        let query = parse(search, &USERS).unwrap_or_else(|refusal| panic!("{search}: {refusal:?}"));
        let row = json!({"displayName": name, "mail": "david.li@contoso.example"});
        query.finds(row.as_object().expect("an object"))
    }

    #[test]
    fn texts_are_cut_as_the_documentation_shows() {
        assert_eq!(tokens("hello world"), ["hello", "world"]);
        assert_eq!(tokens("HelloWorld"), ["hello", "world"]);
        assert_eq!(tokens("helloWORLD"), ["hello", "world"]);
        assert_eq!(tokens("HELLOworld"), ["helloworld"]);
        assert_eq!(tokens("HelloWORld"), ["hello", "world"]);
        assert_eq!(tokens("hello123world"), ["hello", "123", "world"]);
        assert_eq!(
            with_joined("hello.world"),
            ["hello", ".", "world", "helloworld"]
        );
    }

    #[test]
    fn display_names_are_found_by_tokens_in_any_order() {
        let name = "李四(David Li)";
        for search in [
            "李四(David Li)",
            "李四",
            "David",
            "Li",
            "David)",
            "(李四",
            "Li 李",
        ] {
            assert!(
                finds(name, &format!("\"displayName:{search}\"")),
                "{search}"
            );
        }
        assert!(finds("hello-world", "\"displayName:helloworld\""));
        assert!(!finds(name, "\"displayName:avid\""));
        assert!(!finds(name, "\"displayName:David Wu\""));
    }

    #[test]
    fn clauses_are_joined() {
        for (search, found) in [
            (r#""displayName:david" AND "mail:david.l""#, true),
            (r#""displayName:wu" OR "mail:DAVID""#, true),
            (r#""displayName:wu" AND "mail:david""#, false),
            (r#""mail:li""#, false),
            (
                r#""displayName:wu" OR "displayName:li" AND "mail:david""#,
                true,
            ),
            (
                r#"("displayName:li" OR "displayName:wu") AND "mail:x""#,
                false,
            ),
            (r#""displayName:li \"""#, false),
        ] {
            assert_eq!(finds("David Li", search), found, "{search}");
        }
    }

    #[test]
    fn what_is_no_clause_is_refused() {
        for text in [
            "",
            "displayName:a",
            r#""a""#,
            r#""displayName:""#,
            r#""displayName:a" "displayName:b""#,
            r#""displayName:a" and "displayName:b""#,
            r#""displayName:a" AND"#,
            r#"("displayName:a""#,
            r#""displayName:a")"#,
            r#""colour:a""#,
            r#""accountEnabled:true""#,
            r#""otherMails:a""#,
            r#""faxNumber:1""#,
            r#""displayName:a\b""#,
        ] {
            assert_eq!(parse(text, &USERS).expect_err(text).status, 400, "{text}");
        }
        let deep = "(".repeat(10_000);
        assert_eq!(parse(&deep, &USERS).expect_err("deep").status, 400);
    }
}
