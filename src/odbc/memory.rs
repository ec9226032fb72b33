//! Memory of the application.
//!
//! Nothing here dereferences an address. All reads and writes of the application's memory go
//! through [`AppMemory`]. The exported functions implement it for the process, and tests for an
//! arena. Addresses need no alignment.

/// An address that the application gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AppPtr(usize);

impl AppPtr {
    pub const NULL: AppPtr = AppPtr(0);

    pub const fn new(address: usize) -> Self {
        Self(address)
    }

    pub const fn address(self) -> usize {
        self.0
    }

    pub const fn is_null(self) -> bool {
        self.0 == 0
    }

    /// The address `bytes` later; a null address stays null.
    pub const fn offset(self, bytes: isize) -> Self {
        if self.0 == 0 {
            self
        } else {
            Self(self.0.wrapping_add_signed(bytes))
        }
    }

    /// The address `bytes` later, even from null: bound addresses may be relative to
    /// `SQL_ATTR_ROW_BIND_OFFSET_PTR`.
    pub const fn plus(self, bytes: usize) -> Self {
        Self(self.0.wrapping_add(bytes))
    }
}

/// Reads and writes the application's memory.
///
/// Callers check for null themselves; every other address is trusted.
pub trait AppMemory {
    fn read(&self, at: AppPtr, into: &mut [u8]);
    fn write(&self, at: AppPtr, bytes: &[u8]);

    #[inline]
    fn read_array<const N: usize>(&self, at: AppPtr) -> [u8; N] {
        let mut bytes = [0; N];
        self.read(at, &mut bytes);
        bytes
    }

    /// Reads a length or indicator word (`SQLLEN`).
    #[inline]
    fn read_len(&self, at: AppPtr) -> isize {
        isize::from_ne_bytes(self.read_array(at))
    }

    #[inline]
    fn read_u16(&self, at: AppPtr) -> u16 {
        u16::from_ne_bytes(self.read_array(at))
    }

    fn read_vec(&self, at: AppPtr, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.read(at, &mut bytes);
        bytes
    }

    /// Writes a value and its terminator, the zero bytes of one unit of text. Copies of known length
    /// need no call: those of terminators, and of most values without one.
    #[inline]
    fn write_value(&self, at: AppPtr, bytes: &[u8], terminator: usize) {
        fn whole<const N: usize>(bytes: &[u8]) -> Option<&[u8; N]> {
            bytes.try_into().ok()
        }
        if terminator > 0 {
            self.write(at, bytes);
            let end = at.plus(bytes.len());
            match terminator {
                1 => self.write(end, &[0]),
                2 => self.write(end, &[0; 2]),
                _ => self.write(end, &[0; 4]),
            }
        } else if let Some(bytes) = whole::<1>(bytes) {
            self.write(at, bytes);
        } else if let Some(bytes) = whole::<4>(bytes) {
            self.write(at, bytes);
        } else if let Some(bytes) = whole::<8>(bytes) {
            self.write(at, bytes);
        } else if let Some(bytes) = whole::<16>(bytes) {
            self.write(at, bytes);
        } else {
            self.write(at, bytes);
        }
    }

    /// Writes a length or indicator word (`SQLLEN`) unless the address is null.
    #[inline]
    fn write_len(&self, at: AppPtr, value: isize) {
        if !at.is_null() {
            self.write(at, &value.to_ne_bytes());
        }
    }

    #[inline]
    fn write_ulen(&self, at: AppPtr, value: usize) {
        if !at.is_null() {
            self.write(at, &value.to_ne_bytes());
        }
    }

    #[inline]
    fn write_u16(&self, at: AppPtr, value: u16) {
        if !at.is_null() {
            self.write(at, &value.to_ne_bytes());
        }
    }

    fn write_i16(&self, at: AppPtr, value: i16) {
        if !at.is_null() {
            self.write(at, &value.to_ne_bytes());
        }
    }

    fn write_i32(&self, at: AppPtr, value: i32) {
        if !at.is_null() {
            self.write(at, &value.to_ne_bytes());
        }
    }

    fn write_u32(&self, at: AppPtr, value: u32) {
        if !at.is_null() {
            self.write(at, &value.to_ne_bytes());
        }
    }
}
