//! Distinct types for lengths.

/// A length in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteLen(pub usize);

/// A length in characters (to convert it to bytes, all characters must be one unit).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CharLen(pub usize);

impl CharLen {
    /// Bytes of that many one-unit characters.
    pub const fn bytes(self, unit: usize) -> ByteLen {
        ByteLen(self.0.saturating_mul(unit))
    }
}
