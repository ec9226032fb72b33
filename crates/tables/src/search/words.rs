//! Texts of searches.

/// A text in double quotes, in the syntax of `$search`.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether there is a word to search for.
pub fn has_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}
