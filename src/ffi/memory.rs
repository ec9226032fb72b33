//! Access to the application's memory, which is that of the process.

use crate::odbc::memory::{AppMemory, AppPtr};
use std::ptr;

/// Reads and writes at the addresses that the caller of an exported function passed, now or when it
/// bound them. Only exported functions create one, and they are `unsafe`. Their callers promise to
/// keep the contract in [`super`], and every access here relies on that promise.
#[derive(Debug)]
pub(super) struct ProcessMemory(());

impl ProcessMemory {
    pub(super) const fn of_the_caller() -> Self {
        Self(())
    }
}

impl AppMemory for ProcessMemory {
    #[inline]
    fn read(&self, at: AppPtr, into: &mut [u8]) {
        debug_assert!(!at.is_null() || into.is_empty());
        let from = ptr::with_exposed_provenance::<u8>(at.address());
        // SAFETY: the caller of the exported function lets the driver read as many bytes there as
        // its argument's length and type say, and callers of `read` request no more. Bytes have no
        // alignment, and `into` is the driver's own, so the two do not overlap.
        unsafe { ptr::copy_nonoverlapping(from, into.as_mut_ptr(), into.len()) }
    }

    #[inline]
    fn write(&self, at: AppPtr, bytes: &[u8]) {
        debug_assert!(!at.is_null() || bytes.is_empty());
        let to = ptr::with_exposed_provenance_mut::<u8>(at.address());
        // SAFETY: the caller of the exported function lets the driver write there as many bytes as
        // its argument's length and type say, and callers of `write` keep within them. Bytes have no
        // alignment, and `bytes` is the driver's own, so the two do not overlap.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_need_no_alignment() {
        let mut buffer = [0xAB_u8; 24];
        let address = AppPtr::new(buffer.as_mut_ptr().expose_provenance());
        let memory = ProcessMemory::of_the_caller();
        for shift in 0..8 {
            let at = address.plus(shift);
            memory.write_len(at, -0x0102_0304);
            assert_eq!(memory.read_len(at), -0x0102_0304);
        }
        memory.write_u16(address.plus(17), 0x1234);
        assert_eq!(memory.read_u16(address.plus(17)), 0x1234);
        assert_eq!(buffer[16], 0xAB);
        assert_eq!(buffer[19..], [0xAB; 5]);
    }

    #[test]
    fn nothing_is_read_or_written_for_a_length_of_zero() {
        let memory = ProcessMemory::of_the_caller();
        memory.write(AppPtr::NULL, &[]);
        assert!(memory.read_vec(AppPtr::NULL, 0).is_empty());
    }
}
