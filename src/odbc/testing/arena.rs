//! Simulated memory of an application.

use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::text::{Form, encode};
use std::cell::RefCell;
use std::ops::Range;

/// The content of fresh memory, which makes unwritten bytes visible.
const POISON: u8 = 0xAB;

/// Forbidden bytes between allocations. The number is odd, so that hardly an allocation is aligned.
const GAP: usize = 13;

/// The first address of the arena, which nothing else uses.
const BASE: usize = 0x7001;

/// Memory that is only accessible inside its allocations: any other access fails the test.
#[derive(Debug, Default)]
pub struct Arena {
    state: RefCell<State>,
}

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    allocations: Vec<Range<usize>>,
}

impl State {
    /// The position of an access in `bytes`. Even an empty access has to be in an allocation or at
    /// its end.
    fn range(&self, at: AppPtr, length: usize) -> Range<usize> {
        let start = at.address().wrapping_sub(BASE);
        let end = start.wrapping_add(length);
        let next = self
            .allocations
            .partition_point(|allocation| allocation.start <= start);
        let inside = next
            .checked_sub(1)
            .is_some_and(|index| end >= start && end <= self.allocations[index].end);
        assert!(
            inside,
            "{length} bytes at {at:?} are not the application's to be touched"
        );
        start..end
    }
}

impl Arena {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn allocate(&self, size: usize) -> AppPtr {
        let mut state = self.state.borrow_mut();
        let start = state.bytes.len() + GAP;
        state.bytes.resize(start + size, POISON);
        state.allocations.push(start..start + size);
        AppPtr::new(BASE + start)
    }

    /// Memory with these bytes in it.
    pub fn place(&self, bytes: &[u8]) -> AppPtr {
        let at = self.allocate(bytes.len());
        self.write(at, bytes);
        at
    }

    /// Terminated text in UTF-8.
    pub fn text(&self, text: &str) -> AppPtr {
        self.encoded(text, Form::Utf8)
    }

    /// Terminated text.
    pub fn encoded(&self, text: &str, form: Form) -> AppPtr {
        let mut bytes = encode(text, form);
        bytes.extend_from_slice(&[0; 4][..form.unit()]);
        self.place(&bytes)
    }

    /// A length or indicator word.
    pub fn word(&self, value: isize) -> AppPtr {
        self.place(&value.to_ne_bytes())
    }

    pub fn bytes(&self, at: AppPtr, length: usize) -> Vec<u8> {
        self.read_vec(at, length)
    }

    pub fn i16(&self, at: AppPtr) -> i16 {
        i16::from_ne_bytes(self.read_array(at))
    }

    pub fn u16(&self, at: AppPtr) -> u16 {
        self.read_u16(at)
    }

    pub fn i32(&self, at: AppPtr) -> i32 {
        i32::from_ne_bytes(self.read_array(at))
    }

    pub fn u32(&self, at: AppPtr) -> u32 {
        u32::from_ne_bytes(self.read_array(at))
    }

    pub fn i64(&self, at: AppPtr) -> i64 {
        i64::from_ne_bytes(self.read_array(at))
    }

    pub fn f64(&self, at: AppPtr) -> f64 {
        f64::from_ne_bytes(self.read_array(at))
    }

    pub fn len(&self, at: AppPtr) -> isize {
        self.read_len(at)
    }

    pub fn ulen(&self, at: AppPtr) -> usize {
        usize::from_ne_bytes(self.read_array(at))
    }

    /// Whether nothing was written there.
    pub fn is_untouched(&self, at: AppPtr, length: usize) -> bool {
        self.bytes(at, length).iter().all(|byte| *byte == POISON)
    }
}

impl AppMemory for Arena {
    fn read(&self, at: AppPtr, into: &mut [u8]) {
        let state = self.state.borrow();
        into.copy_from_slice(&state.bytes[state.range(at, into.len())]);
    }

    fn write(&self, at: AppPtr, bytes: &[u8]) {
        let mut state = self.state.borrow_mut();
        let range = state.range(at, bytes.len());
        state.bytes[range].copy_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn only_allocations_can_be_touched() {
        let arena = Arena::new();
        let (first, second) = (arena.allocate(4), arena.allocate(4));
        arena.write(first, &[1, 2, 3, 4]);
        assert_eq!(arena.bytes(first, 4), [1, 2, 3, 4]);
        assert!(arena.is_untouched(second, 4));
        for (at, length) in [
            (first, 5),
            (first.plus(5), 1),
            (second.offset(-1), 2),
            (AppPtr::NULL, 1),
        ] {
            let read = catch_unwind(AssertUnwindSafe(|| arena.bytes(at, length)));
            assert!(read.is_err(), "{length} bytes at {at:?}");
        }
    }
}
