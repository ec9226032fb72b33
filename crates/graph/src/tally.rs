//! Counts of requests.

use percent_encoding::percent_decode_str;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Longest position in a list to show; Graph's longer ones are unreadable.
const READABLE: usize = 16;

/// Counts the traffic of the clients that share it.
#[derive(Debug, Default)]
pub struct Tally(Mutex<Counts>);

/// The figures so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests, including repeated ones. A batch is one.
    pub requests: u64,
    /// Requests inside of batches.
    pub in_batches: u64,
    /// The first and the latest request.
    pub first: Option<String>,
    pub last: Option<String>,
    /// Bytes of the replies, uncompressed.
    pub bytes: u64,
    /// Repeated requests, and how many of them because Graph throttled.
    pub again: u64,
    pub throttled: u64,
    /// Total wait before repeated requests.
    pub waited: Duration,
}

impl Tally {
    pub fn counts(&self) -> Counts {
        self.with(|counts| counts.clone())
    }

    /// Counts a request to this encoded path, or a batch of `in_batch` requests, the first of which
    /// has this path.
    pub(super) fn sent(&self, path: &str, in_batch: Option<usize>) {
        let line = match in_batch {
            None => format!("GET {}", readable(path)),
            Some(1) => format!("POST /$batch of GET {}", readable(path)),
            Some(items) => {
                format!(
                    "POST /$batch of GET {} and {} more",
                    readable(path),
                    items - 1
                )
            }
        };
        self.with(|counts| {
            counts.requests += 1;
            counts.in_batches += in_batch.unwrap_or(0) as u64;
            counts.first.get_or_insert_with(|| line.clone());
            counts.last = Some(line);
        });
    }

    pub(super) fn received(&self, bytes: usize) {
        self.with(|counts| counts.bytes += bytes as u64);
    }

    /// Counts a request that will be sent again after this wait.
    pub(super) fn again(&self, wait: Duration, throttled: bool) {
        self.with(|counts| {
            counts.again += 1;
            counts.throttled += u64::from(throttled);
            counts.waited += wait;
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Counts) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The path for people: decoded, and without parts that only Graph understands.
fn readable(path: &str) -> String {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let Some((path, query)) = path.split_once('?') else {
        return decode(path);
    };
    // Graph's links write spaces as `+`.
    let query = query.replace('+', " ");
    let options = query.split('&').map(|option| {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let (name, value) = (decode(name), decode(value));
        match name.as_str() {
            "$skiptoken" => format!("{name}={}", shortened(&value)),
            _ => format!("{name}={value}"),
        }
    });
    let options: Vec<String> = options.collect();
    format!("{}?{}", decode(path), options.join("&"))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(READABLE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_shown_decoded_and_places_in_lists_cut() {
        assert_eq!(
            readable("/users/a@x.org/messages?$select=id&$filter=subject%20eq%20'a%26b'"),
            "/users/a@x.org/messages?$select=id&$filter=subject eq 'a&b'"
        );
        assert_eq!(
            readable("/users?$filter=subject+eq+'a%2Bb'&%24skip=5"),
            "/users?$filter=subject eq 'a+b'&$skip=5"
        );
        assert_eq!(
            readable("/users?$skiptoken=RFNwdAIAAQAAACM6QWRl"),
            "/users?$skiptoken=RFNwdAIAAQAAACM6…"
        );
        assert_eq!(readable("/users/b%20c"), "/users/b c");
    }

    #[test]
    fn a_batch_is_one_request_of_several() {
        let tally = Tally::default();
        tally.sent("/users", None);
        tally.sent("/users/a", Some(20));
        tally.received(10);
        tally.again(Duration::from_millis(5), true);
        tally.again(Duration::from_millis(7), false);
        let counts = Counts {
            requests: 2,
            in_batches: 20,
            first: Some("GET /users".to_owned()),
            last: Some("POST /$batch of GET /users/a and 19 more".to_owned()),
            bytes: 10,
            again: 2,
            throttled: 1,
            waited: Duration::from_millis(12),
        };
        assert_eq!(tally.counts(), counts);
    }
}
