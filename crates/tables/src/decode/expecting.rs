//! The text that a visitor expects, which nobody reads.

/// Serde only uses this text for messages, and those are never shown.
macro_rules! expecting_nothing {
    () => {
        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("another value")
        }
    };
}
pub(super) use expecting_nothing;
