//! The delivered rows, at a few bytes each.

use crate::scan::plan::window::Window;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Remembers rows by a hash of their ids.
///
/// Graph's pages are not a snapshot (docs/graph.md#paging): a row can come again on the next page,
/// after a hundred pages, or in another folder that it was moved to meanwhile. So a whole scan is
/// remembered, with only eight bytes for each row. Of a scan in windows of time, only the rows are whose
/// second was not read to its end. Two different ids have the same hash once in
/// 2^64; among a million rows of a scan that happens with a probability of 3 in 100,000,000. The
/// keys of the hash differ from scan to scan, so nobody can provoke it.
#[derive(Default)]
pub struct Seen {
    keys: RandomState,
    hashes: HashSet<u64, AsItIs>,
    /// Rows with the second that each belongs to, until everything of the second was read.
    of_seconds: Vec<(i64, u64)>,
    /// The seconds that were not read to their end; `None` before any was.
    unread: Option<Unread>,
}

/// The part of time of which rows may still come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread(pub Vec<Window>);

impl Unread {
    fn contains(&self, second: i64) -> bool {
        self.0.iter().any(|window| window.contains(second))
    }
}

impl Seen {
    /// Adds the row with these ids, its own and those that distinguish it from others. Returns
    /// whether it is new.
    pub fn insert(&mut self, ids: &[&str]) -> bool {
        self.hashes.insert(self.keys.hash_one(ids))
    }

    /// Adds the row with this id, of this second. It is known, too, if everything of the second was read before.
    pub fn insert_of_second(&mut self, id: &str, second: Option<i64>) -> bool {
        let is_read = |second| {
            self.unread
                .as_ref()
                .is_some_and(|unread| !unread.contains(second))
        };
        if second.is_some_and(is_read) {
            return false;
        }
        let hash = self.keys.hash_one([id]);
        let is_new = self.hashes.insert(hash);
        if let (true, Some(second)) = (is_new, second) {
            self.of_seconds.push((second, hash));
        }
        is_new
    }

    /// Forgets the rows of all seconds but these: no more of them are needed to tell rows apart.
    pub fn keep(&mut self, unread: Unread) {
        let hashes = &mut self.hashes;
        self.of_seconds.retain(|(second, hash)| {
            let stays = unread.contains(*second);
            if !stays {
                hashes.remove(hash);
            }
            stays
        });
        self.unread = Some(unread);
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
    fn rows_of_seconds_that_were_read_are_known_without_their_ids() {
        let mut seen = Seen::default();
        for (id, second) in [("a", 1), ("b", 2), ("c", 3)] {
            assert!(seen.insert_of_second(id, Some(second)));
        }
        seen.keep(Unread(vec![Window::second(3), Window::second(7)]));
        assert_eq!(seen.hashes.len(), 1);
        assert!(!seen.insert_of_second("x", Some(1)), "that second was read");
        assert!(!seen.insert_of_second("c", Some(3)));
        assert!(seen.insert_of_second("d", Some(3)));
        assert!(seen.insert_of_second("e", Some(7)));
        assert!(seen.insert_of_second("f", None));
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
