//! Arguments of catalog functions: search patterns, identifiers, ordinary names.

use crate::odbc::diagnostics::{Error, sqlstate};

/// `SQL_SEARCH_PATTERN_ESCAPE`
pub const ESCAPE: char = '\\';

/// The condition on a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Not given.
    Any,
    Pattern(Vec<Piece>),
    /// Matched exactly, ignoring case.
    Name(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// `%`
    Anything,
    /// `_`
    One,
    Literal(char),
}

impl Argument {
    /// A pattern argument. With `SQL_ATTR_METADATA_ID` it is an identifier, which must be given.
    pub fn pattern(text: Option<&str>, identifiers: bool) -> Result<Self, Error> {
        match (text, identifiers) {
            (None, false) => Ok(Argument::Any),
            (None, true) => Err(Error::of(sqlstate::HY009)),
            (Some(text), true) => Ok(Argument::Name(identifier(text))),
            (Some(text), false) => Ok(Argument::Pattern(pieces(text))),
        }
    }

    /// A name that must be given and is not a pattern.
    pub fn required_name(text: Option<&str>, identifiers: bool) -> Result<Self, Error> {
        let text = text.ok_or_else(|| Error::of(sqlstate::HY009))?;
        Ok(Argument::Name(if identifiers {
            identifier(text)
        } else {
            text.to_owned()
        }))
    }

    pub fn matches(&self, name: &str) -> bool {
        match self {
            Argument::Any => true,
            Argument::Name(wanted) => wanted.eq_ignore_ascii_case(name),
            Argument::Pattern(pieces) => {
                let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
                matches_pieces(pieces, &name)
            }
        }
    }

    /// Whether a name matches, or its absence.
    pub fn matches_optional(&self, name: Option<&str>) -> bool {
        name.map_or_else(|| self.matches_absent(), |name| self.matches(name))
    }

    /// Whether a column that is null would match: tables have no catalog and no schema, and
    /// `""` matches tables without one.
    pub fn matches_absent(&self) -> bool {
        match self {
            Argument::Any => true,
            Argument::Name(wanted) => wanted.is_empty(),
            Argument::Pattern(pieces) => pieces.iter().all(|piece| *piece == Piece::Anything),
        }
    }
}

/// An identifier argument: a quoted one is used as it is, otherwise trailing blanks are removed.
fn identifier(text: &str) -> String {
    let trimmed = text.trim_end();
    match trimmed
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => trimmed.to_owned(),
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            ESCAPE if matches!(characters.peek(), Some('%' | '_' | &ESCAPE)) => {
                pieces.extend(characters.next().map(Piece::Literal));
            }
            '%' => pieces.push(Piece::Anything),
            '_' => pieces.push(Piece::One),
            other => pieces.extend(other.to_lowercase().map(Piece::Literal)),
        }
    }
    pieces
}

/// Linear matching: on a mismatch the last `%` matches one character more.
fn matches_pieces(pieces: &[Piece], name: &[char]) -> bool {
    let (mut piece, mut at) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let step = match pieces.get(piece) {
            Some(Piece::Anything) => {
                retry = Some((piece + 1, at));
                piece += 1;
                continue;
            }
            Some(Piece::One) => at < name.len(),
            Some(Piece::Literal(wanted)) => name.get(at) == Some(wanted),
            None if at == name.len() => return true,
            None => false,
        };
        match (step, retry) {
            (true, _) => {
                piece += 1;
                at += 1;
            }
            (false, Some((after, from))) if from < name.len() => {
                piece = after;
                at = from + 1;
                retry = Some((after, from + 1));
            }
            (false, _) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn matches(pattern: &str, name: &str) -> bool {
        Argument::pattern(Some(pattern), false)
            .unwrap()
            .matches(name)
    }

    #[test]
    fn wildcards_and_escapes() {
        assert!(matches("mess%", "Messages"));
        assert!(matches("%", ""));
        assert!(matches("_essages", "Messages"));
        assert!(!matches("Messages", "MessagesX"));
        assert!(matches("a\\_b", "a_b"));
        assert!(!matches("a\\_b", "axb"));
        assert!(matches("%a%b%", "xxaxxbxx"));
        assert!(!matches("", "x"));
    }

    #[test]
    fn identifiers_are_no_patterns() {
        let argument = Argument::pattern(Some("mess%  "), true).unwrap();
        assert!(!argument.matches("Messages"));
        assert!(
            Argument::pattern(Some("\"Messages\""), true)
                .unwrap()
                .matches("messages")
        );
        assert_eq!(
            Argument::pattern(None, true).unwrap_err().state,
            sqlstate::HY009
        );
    }

    fn slow(pattern: &[char], name: &[char]) -> bool {
        match pattern.split_first() {
            None => name.is_empty(),
            Some(('%', rest)) => (0..=name.len()).any(|skip| slow(rest, &name[skip..])),
            Some(('_', rest)) => !name.is_empty() && slow(rest, &name[1..]),
            Some((c, rest)) => name.first() == Some(c) && slow(rest, &name[1..]),
        }
    }

    proptest! {
        #[test]
        fn the_fast_matcher_agrees_with_the_obvious_one(
            pattern in "[ab%_]{0,8}", name in "[ab]{0,8}"
        ) {
            let expected = slow(
                &pattern.chars().collect::<Vec<_>>(), &name.chars().collect::<Vec<_>>());
            prop_assert_eq!(matches(&pattern, &name), expected);
        }
    }
}
