//! Suggestions for misspelled names.

/// The known name that is most similar to `name`, if one is similar.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let scored = known.map(|known| (strsim::jaro_winkler(&name, &known.to_lowercase()), known));
    let best = scored.max_by(|left, right| left.0.total_cmp(&right.0));
    best.filter(|(score, _)| *score > 0.85)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_when_it_is_near() {
        assert_eq!(
            nearest("message", ["Messages", "Users"].into_iter()),
            Some("Messages")
        );
        assert_eq!(nearest("zzz", ["Messages", "Users"].into_iter()), None);
    }
}
