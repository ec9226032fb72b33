//! Words and signs of an OData expression.

use super::ast::Literal;
use super::moment;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A property, an operator, a function: letters, digits, `_`, `.`, `$`.
    Word(String),
    Literal(Literal),
    Open,
    Close,
    Comma,
    Slash,
    Colon,
    /// Blanks; OData requires them around operators.
    Space,
}

/// The tokens of a text, or the position of the first error.
pub fn tokens(text: &str) -> Result<Vec<Token>, usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let (token, length) = next(&text[at..], first).ok_or(at)?;
        found.push(token);
        at += length;
    }
    Ok(found)
}

/// The first token and how many bytes it takes.
fn next(text: &str, first: char) -> Option<(Token, usize)> {
    Some(match first {
        '(' => (Token::Open, 1),
        ')' => (Token::Close, 1),
        ',' => (Token::Comma, 1),
        '/' => (Token::Slash, 1),
        ':' => (Token::Colon, 1),
        ' ' | '\t' => (Token::Space, length(text, |c| c == ' ' || c == '\t')),
        '\'' => {
            let (value, length) = quoted(text)?;
            (Token::Literal(Literal::Text(value)), length)
        }
        _ if is_guid(text) => (Token::Literal(Literal::Guid(text[..36].to_owned())), 36),
        '0'..='9' | '-' => {
            let length = length(text, |c| c.is_ascii_alphanumeric() || "-+:.".contains(c));
            (Token::Literal(number_or_time(&text[..length])?), length)
        }
        'A'..='Z' | 'a'..='z' | '_' | '$' => word(text)?,
        _ => return None,
    })
}

fn word(text: &str) -> Option<(Token, usize)> {
    let end = length(text, |c| c.is_ascii_alphanumeric() || "_.$".contains(c));
    let name = &text[..end];
    // An enumeration's member: microsoft.graph.importance'high'
    if name.contains('.') && text[end..].starts_with('\'') {
        let (member, length) = quoted(&text[end..])?;
        let literal = Literal::Enumeration(name.to_owned(), member);
        return Some((Token::Literal(literal), end + length));
    }
    let token = match name {
        "null" => Token::Literal(Literal::Null),
        "true" => Token::Literal(Literal::Boolean(true)),
        "false" => Token::Literal(Literal::Boolean(false)),
        _ => Token::Word(name.to_owned()),
    };
    Some((token, end))
}

fn length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// A quoted text, in which a doubled quote means one.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut rest = text.strip_prefix('\'')?;
    loop {
        let end = rest.find('\'')?;
        value.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('\'') {
            Some(after) => {
                value.push('\'');
                rest = after;
            }
            None => return Some((value, text.len() - rest.len())),
        }
    }
}

fn is_guid(text: &str) -> bool {
    let Some(head) = text.get(..36) else {
        return false;
    };
    let ends = !text[36..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let fits = head.bytes().enumerate().all(|(index, byte)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    });
    ends && fits
}

fn number_or_time(text: &str) -> Option<Literal> {
    let text = text.to_owned();
    if moment::date(&text).is_some() {
        return Some(Literal::Date(text));
    }
    if moment::offset(&text).is_some() {
        return Some(Literal::DateTime(text));
    }
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    plain.then_some(Literal::Number(text))
}
