//! Texts in double quotes, in which a backslash escapes a quote or a backslash
//! (docs/graph.md#directory-search).

use crate::refusal::Refusal;

/// The text, if the whole value is quoted.
pub fn whole(value: &str) -> Result<String, Refusal> {
    let (text, length) = first(value, value, 0)?;
    match value[length..].chars().next() {
        None => Ok(text),
        Some(found) => Err(invalid(found, length, value)),
    }
}

/// The quoted text at a position of the value, and its end, in bytes.
pub fn first(rest: &str, value: &str, at: usize) -> Result<(String, usize), Refusal> {
    let mut letters = rest.char_indices();
    match letters.next() {
        Some((_, '"')) => {}
        Some((_, other)) => return Err(invalid(other, at, value)),
        None => return Err(unfinished(value)),
    }
    let mut text = String::new();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' => return Ok((text, at + index + 1)),
            '\\' => match letters.next() {
                Some((_, escaped @ ('"' | '\\'))) => text.push(escaped),
                Some((index, other)) => return Err(invalid(other, at + index, value)),
                None => break,
            },
            letter => text.push(letter),
        }
    }
    Err(unfinished(value))
}

/// Graph's complaint about a text that is not a search.
pub fn invalid(letter: char, at: usize, value: &str) -> Refusal {
    Refusal::bad_request(format!(
        "Syntax error: character '{letter}' is not valid at position {at} in '{value}'."
    ))
}

pub fn unfinished(value: &str) -> Refusal {
    Refusal::bad_request(format!(
        "Syntax error: unexpected end of the search in '{value}'."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_quotes_and_backslashes_stand_for_themselves() {
        assert_eq!(
            whole(r#""subject:\"a \\ b\"""#).as_deref(),
            Ok(r#"subject:"a \ b""#)
        );
        assert_eq!(whole(r#""""#).as_deref(), Ok(""));
    }

    #[test]
    fn what_is_not_in_quotes_is_refused_where_it_stands() {
        let refusal = whole("from:bob").expect_err("no quotes");
        assert!(
            refusal
                .message
                .contains("character 'f' is not valid at position 0")
        );
        let refusal = whole(r#""a" OR "b""#).expect_err("two texts");
        assert!(refusal.message.contains("position 3"));
        for text in ["", "\"", r#""a"#, r#""a\"#, r#""a\b""#, r#""a"b""#] {
            assert_eq!(whole(text).expect_err(text).status, 400);
        }
    }
}
