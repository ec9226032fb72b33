//! LIKE patterns as `startswith`, `endswith` and `contains`.

/// The constant parts of a pattern whose escape character is a backslash.
#[derive(Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Text before the first wildcard.
    pub prefix: String,
    /// The longest text between wildcards, except the prefix.
    pub longest_inner: String,
    /// Text after the last wildcard.
    pub suffix: String,
    /// No wildcard at all.
    pub is_constant: bool,
    /// Exactly `prefix%`.
    pub is_prefix: bool,
}

/// Splits a pattern; `None` if it ends in a lone escape character, which SQL forbids.
pub fn parse(pattern: &str, escape: char) -> Option<Pattern> {
    let mut parts = vec![String::new()];
    let mut only_percent = true;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        let last = parts.last_mut().expect("there is always a part");
        if character == escape {
            last.push(characters.next()?);
        } else if matches!(character, '%' | '_') {
            only_percent &= character == '%';
            parts.push(String::new());
        } else {
            last.push(character);
        }
    }
    let longest_inner = parts[1..].iter().max_by_key(|part| part.len()).cloned();
    Some(Pattern {
        is_constant: parts.len() == 1,
        is_prefix: parts.len() == 2 && parts[1].is_empty() && only_percent,
        suffix: parts[1..].last().cloned().unwrap_or_default(),
        prefix: parts[0].clone(),
        longest_inner: longest_inner.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_split_at_its_wildcards() {
        let pattern = parse("a%bcd_e", '\\').unwrap();
        assert_eq!(pattern.prefix, "a");
        assert_eq!(pattern.longest_inner, "bcd");
        assert_eq!(pattern.suffix, "e");
        assert!(!pattern.is_constant && !pattern.is_prefix);
    }

    #[test]
    fn escaped_wildcards_are_text() {
        let pattern = parse("100\\%\\_\\\\", '\\').unwrap();
        assert_eq!(pattern.prefix, "100%_\\");
        assert!(pattern.is_constant);
    }

    #[test]
    fn a_trailing_escape_is_refused() {
        assert_eq!(parse("abc\\", '\\'), None);
    }

    #[test]
    fn an_underscore_at_the_end_is_no_plain_prefix() {
        assert!(parse("abc%", '\\').unwrap().is_prefix);
        assert!(!parse("abc_", '\\').unwrap().is_prefix);
        assert!(!parse("%abc", '\\').unwrap().is_prefix);
    }
}
