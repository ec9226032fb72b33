//! The Keyword Query Language, the search language of mail (docs/graph.md#mail-search).

use super::condition::Condition;
use super::error::Error;
use super::words::has_word;

/// Words that have another meaning when unquoted.
const OPERATORS: &[&str] = &[
    "ALL", "AND", "ANY", "NEAR", "NONE", "NOT", "ONEAR", "OR", "WORDS", "XRANK",
];

/// Checks that a text from an application is complete in itself, so that parentheses around it do
/// not change it.
pub fn checked(text: &str) -> Result<String, Error> {
    let (mut depth, mut in_phrase) = (0_usize, false);
    for letter in text.chars() {
        match letter {
            '"' => in_phrase = !in_phrase,
            '(' if !in_phrase => depth += 1,
            ')' if !in_phrase => depth = depth.checked_sub(1).ok_or(Error::Unbalanced)?,
            _ => {}
        }
    }
    match (depth, in_phrase) {
        (0, false) if has_word(text) => Ok(text.to_owned()),
        (0, false) => Err(Error::NoWord),
        _ => Err(Error::Unbalanced),
    }
}

/// The condition for any of the properties, or for sender, subject and body if none are given.
pub fn of(condition: &Condition, properties: &[&str]) -> String {
    match properties {
        [] => of_property(condition, ""),
        [property] => of_property(condition, &format!("{property}:")),
        several => {
            let each = several
                .iter()
                .map(|property| within(condition, &format!("{property}:")));
            each.collect::<Vec<_>>().join(" OR ")
        }
    }
}

fn of_property(condition: &Condition, property: &str) -> String {
    let joined = |parts: &[Condition], operator: &str| {
        let parts = parts.iter().map(|part| within(part, property));
        parts.collect::<Vec<_>>().join(operator)
    };
    match condition {
        Condition::All(parts) => joined(parts, " AND "),
        Condition::Any(parts) => joined(parts, " OR "),
        Condition::Not(part) => format!("NOT {}", within(part, property)),
        Condition::Words { text, is_prefix } => {
            let star = if *is_prefix { "*" } else { "" };
            let is_word = text.chars().all(char::is_alphanumeric);
            match is_word && !OPERATORS.contains(&text.as_str()) {
                true => format!("{property}{text}{star}"),
                false => format!("{property}\"{text}{star}\""),
            }
        }
    }
}

/// As a part of a larger condition.
fn within(condition: &Condition, property: &str) -> String {
    let text = of_property(condition, property);
    match condition {
        Condition::All(_) | Condition::Any(_) => format!("({text})"),
        Condition::Not(_) | Condition::Words { .. } => text,
    }
}
