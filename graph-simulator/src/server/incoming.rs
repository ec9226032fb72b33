//! A request as it arrived.

use crate::odata::pairs::Pairs;
use bytes::Bytes;
use hyper::http::HeaderMap;

/// A request of HTTP, or one out of a batch.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub method: String,
    /// As it was sent, without the query.
    pub path: String,
    /// As it was sent; empty without one.
    pub query: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
    /// Scheme, host and port that the client used.
    pub base: String,
    pub request_id: String,
    /// The number of the batch that it came in.
    pub batch: Option<u64>,
}

/// Headers that the log shows.
const LOGGED: &[&str] = &[
    "prefer",
    "consistencylevel",
    "client-request-id",
    "accept-encoding",
    "user-agent",
    "content-type",
];

impl Incoming {
    pub fn new(
        method: &str,
        target: &str,
        headers: Vec<(String, String)>,
        body: Bytes,
        base: String,
    ) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body,
            base,
            request_id: String::new(),
            batch: None,
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.headers.iter().filter(move |(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The caller's id of the request; a generated one if the caller gave none.
    pub fn client_request_id(&self) -> &str {
        self.header("client-request-id").unwrap_or(&self.request_id)
    }

    pub fn logged_headers(&self) -> Pairs {
        let shown = self
            .headers
            .iter()
            .filter(|(name, _)| LOGGED.contains(&name.as_str()));
        shown.cloned().collect()
    }
}

/// Headers with names in lower case, without those that are not text.
pub fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let text = map.iter().filter_map(|(name, value)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    });
    text.collect()
}
