//! The id of an element: `to-1-AAMk...`, the kind of its list, its place there, and the id of the row that has the
//! list.
//!
//! The parent's id is last and everything else is made of characters of ids, so that the `safeKey` stays as short as
//! that of an id.

use std::fmt::Write;

const SEPARATOR: char = '-';

/// Appends the id. A table of one list has no kind.
pub fn push(text: &mut String, kind: &str, ordinal: i32, parent: &str) {
    if !kind.is_empty() {
        text.push_str(kind);
        text.push(SEPARATOR);
    }
    write!(text, "{ordinal}{SEPARATOR}").expect("a String takes every text");
    text.push_str(parent);
}

/// The parts of an id that tell what to read: the kind of its list and its parent's id.
pub fn kind_and_parent(id: &str, has_kind: bool) -> Option<(&str, &str)> {
    let (kind, rest) = match has_kind {
        true => id.split_once(SEPARATOR)?,
        false => ("", id),
    };
    let (ordinal, parent) = rest.split_once(SEPARATOR)?;
    let is_number = ordinal.parse::<u32>().is_ok();
    (is_number && !parent.is_empty()).then_some((kind, parent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{id_from_safe_key, safe_key};
    use proptest::prelude::*;

    #[test]
    fn texts_that_no_element_has_are_none() {
        for text in ["", "AAMk", "1", "1-", "x-A", "to-1-", "to-x-A"] {
            assert_eq!(kind_and_parent(text, false), None, "{text}");
        }
        assert_eq!(kind_and_parent("1-A", true), None);
        assert_eq!(kind_and_parent("to-1-A", true), Some(("to", "A")));
    }

    proptest! {
        #[test]
        fn ids_are_read_back(kind in "[a-zA-Z]{0,8}", ordinal in 1..i32::MAX, parent in "[A-Za-z0-9_-]{1,200}={0,2}") {
            let mut id = String::new();
            push(&mut id, &kind, ordinal, &parent);
            prop_assert_eq!(kind_and_parent(&id, !kind.is_empty()), Some((kind.as_str(), parent.as_str())));
            let key = safe_key(&id);
            prop_assert!(key.len() <= id.len() * 6 / 5 + 2);
            prop_assert_eq!(id_from_safe_key(&key), Some(id));
        }
    }
}
