//! Lengths that must not be mixed up.

/// A length in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByteLen(pub usize);

/// A length in characters (of text that is all ASCII, where it is multiplied to bytes).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CharLen(pub usize);

impl CharLen {
    /// Bytes of so many one-unit characters.
    pub const fn bytes(self, unit: usize) -> ByteLen {
        ByteLen(self.0.saturating_mul(unit))
    }
}
