//! The delivered rows, at a few bytes each.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Remembers rows by a hash of their ids.
///
/// Graph's pages are not a snapshot (docs/graph.md#paging): a row can come again on the next page,
/// after a hundred pages, or in another folder that it was moved to meanwhile. So a whole scan is
/// remembered, with only eight bytes for each row. Two different ids have the same hash once in
/// 2^64; among a million rows of a scan that happens with a probability of 3 in 100,000,000. The
/// keys of the hash differ from scan to scan, so nobody can provoke it.
#[derive(Default)]
pub struct Seen {
    keys: RandomState,
    hashes: HashSet<u64, AsItIs>,
}

impl Seen {
    /// Adds the row with these ids, its own and those that distinguish it from others. Returns
    /// whether it is new.
    pub fn insert(&mut self, ids: &[&str]) -> bool {
        self.hashes.insert(self.keys.hash_one(ids))
    }

    /// Whether the row was added before.
    pub fn contains(&self, ids: &[&str]) -> bool {
        self.hashes.contains(&self.keys.hash_one(ids))
    }
}

/// Uses hashes unchanged, because they are spread well enough.
#[derive(Clone, Copy, Default)]
struct AsItIs;

impl BuildHasher for AsItIs {
    type Hasher = Kept;

    fn build_hasher(&self) -> Kept {
        Kept(0)
    }
}

#[derive(Clone, Copy)]
struct Kept(u64);

impl Hasher for Kept {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_known_however_long_ago_it_came() {
        let mut seen = Seen::default();
        for row in 0..100_000 {
            assert!(seen.insert(&[&row.to_string()]), "{row}");
        }
        for row in 0..100_000 {
            assert!(!seen.insert(&[&row.to_string()]), "{row}");
            assert!(seen.contains(&[&row.to_string()]), "{row}");
        }
        assert!(!seen.contains(&["100000"]));
        assert!(seen.hashes.capacity() * size_of::<u64>() < 100_000 * 20);
    }

    #[test]
    fn ids_are_told_apart_by_case_and_by_what_holds_them() {
        let mut seen = Seen::default();
        for ids in [
            &["a"][..],
            &["A"],
            &["a", "b"],
            &["b", "a"],
            &["ab"],
            &["", "ab"],
        ] {
            assert!(seen.insert(ids), "{ids:?}");
        }
    }
}
