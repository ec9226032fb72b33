//! A cache for values computed from arguments that are mostly the same in every row.

use crate::Error;

/// The last value and its key: a pattern, a path, a template.
pub struct Latest<K, V> {
    last: Option<(K, V)>,
}

impl<K: PartialEq, V> Latest<K, V> {
    pub fn new() -> Self {
        Self { last: None }
    }

    /// The result of `make` for this key, cached from the previous row.
    pub fn of(&mut self, key: K, make: impl FnOnce(&K) -> Result<V, Error>) -> Result<&V, Error> {
        let known = self.last.take().filter(|(known, _)| *known == key);
        let entry = match known {
            Some(entry) => entry,
            None => {
                let made = make(&key)?;
                (key, made)
            }
        };
        Ok(&self.last.insert(entry).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_row_before_needed_is_made_once() {
        let mut latest = Latest::new();
        let mut made = Vec::new();
        for key in ["a", "a", "b", "b", "a"] {
            let length = latest.of(key, |key| {
                made.push(*key);
                Ok(key.len())
            });
            assert_eq!(length, Ok(&1));
        }
        assert_eq!(made, ["a", "b", "a"]);
    }
}
