//! The words of a text in the index of mail: letters and digits, without case
//! (docs/graph.md#mail-search).

/// The words of a text, in order.
pub fn of(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Whether the text has the words one after the other; for the last one, its beginning is enough.
pub fn holds(text: &str, words: &[String]) -> bool {
    let Some((last, firsts)) = words.split_last() else {
        return false;
    };
    let found: Vec<String> = of(text).collect();
    found.windows(words.len()).any(|window| {
        let (end, start) = (&window[firsts.len()], &window[..firsts.len()]);
        start == firsts && end.starts_with(last.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, search: &str) -> bool {
        holds(text, &of(search).collect::<Vec<_>>())
    }

    #[test]
    fn words_are_found_by_their_beginnings_and_without_case() {
        assert!(found("The Budget, 2026", "budg"));
        assert!(found("The Budget, 2026", "BUDGET 20"));
        assert!(found("Ünïcode straße", "ünï"));
        assert!(!found("The Budget", "udget"));
        assert!(!found("The Budget 2026", "2026 budget"));
        assert!(!found("The Budget", "bud the"));
        assert!(!found("The big Budget", "the budget"));
    }

    #[test]
    fn signs_divide_words() {
        assert!(found("ann.lee@contoso.example", "lee@contoso"));
        assert!(found("api-catalog.md", "api-catalog.md"));
        assert!(!found("anything", "!?"));
    }
}
