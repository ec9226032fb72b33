//! Query strings.

use crate::refusal::Refusal;
use percent_encoding::percent_decode_str;

/// Names and values of a query string, decoded, in order.
pub type Pairs = Vec<(String, String)>;

/// Decodes the part of a URL after `?`.
pub fn pairs(text: &str) -> Result<Pairs, Refusal> {
    let parts = text.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

fn decode(text: &str) -> Result<String, Refusal> {
    let spaced = text.replace('+', " ");
    let broken = || Refusal::bad_request("The query string is not correctly percent-encoded.");
    let bytes = spaced.as_bytes();
    let whole = (0..bytes.len()).filter(|&at| bytes[at] == b'%').all(|at| {
        let digits = bytes.get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if !whole {
        return Err(broken());
    }
    percent_decode_str(&spaced)
        .decode_utf8()
        .map(|text| text.into_owned())
        .map_err(|_| broken())
}

/// The option of this name, which Graph matches without case.
pub fn option<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    let found = pairs
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}
