//! Addresses with a prefix that tells their kind: `SMTP:ann@x.org`.

/// The primary address for mail; all others have another prefix, `smtp` among them.
pub(super) const PRIMARY: &str = "SMTP";

/// The prefix and the address behind it.
pub(super) fn parts(text: &str) -> (Option<&str>, &str) {
    match text.split_once(':') {
        Some((prefix, address)) => (Some(prefix), address),
        None => (None, text),
    }
}
