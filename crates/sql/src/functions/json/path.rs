//! Paths of SQL/JSON that lead to one value: `$.name`, `$."a name"`, `$[0]`, `$[last]`.

use crate::{Error, ErrorKind};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Member(String),
    Index(usize),
    Last,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl Path {
    pub fn parse(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let text = match text.split_once(char::is_whitespace) {
            Some((mode, path)) if mode.eq_ignore_ascii_case("lax") => path.trim_start(),
            _ => text,
        };
        let mut rest = text.strip_prefix('$').ok_or_else(wrong)?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = step(rest).ok_or_else(wrong)?;
            steps.push(step);
            rest = after;
        }
        Ok(Self(steps))
    }
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(text) = text.strip_prefix('[') {
        let (index, after) = text.split_once(']')?;
        let step = match index.trim() {
            "last" => Step::Last,
            index if index.bytes().all(|digit| digit.is_ascii_digit()) => {
                Step::Index(index.parse().ok()?)
            }
            _ => return None,
        };
        return Some((step, after));
    }
    let text = text.strip_prefix('.')?;
    if let Some(quoted) = text.strip_prefix('"') {
        let end = end_of_quoted(quoted)?;
        // The escapes are those of JSON.
        let name = serde_json::from_str(&text[..end + 2]).ok()?;
        return Some((Step::Member(name), &quoted[end + 1..]));
    }
    let is_part = |next: char| next.is_alphanumeric() || matches!(next, '_' | '$' | '@');
    let end = text.find(|next| !is_part(next)).unwrap_or(text.len());
    let (name, after) = text.split_at(end);
    let begins_well = name.starts_with(|first: char| !first.is_numeric() && first != '@');
    begins_well.then(|| (Step::Member(name.to_owned()), after))
}

/// The position of the quote that ends a name.
fn end_of_quoted(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, character)| {
        let ends = character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn wrong() -> Error {
    Error::new(
        ErrorKind::Syntax,
        "a path of JSON is written as $.name, $.\"a name\", $[0] or $[last], one after the other; there are neither \
         filters, stars nor the strict mode",
    )
}
