//! A reply before it becomes HTTP.

use super::flood::{Flood, Flow};
use crate::refusal::Refusal;
use crate::resources::Content;
use serde_json::Value;
use std::time::Duration;

/// How a connection fails.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Break {
    Reset,
    Truncate,
    End,
    Stall(Duration),
}

/// The content type of Graph's JSON.
const ODATA_JSON: &str = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

pub struct Reply {
    pub status: u16,
    /// Graph's error code.
    pub code: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// Whether a client can tell from the body where it ends.
    pub ends_itself: bool,
    /// The content that replaces the body.
    pub flood: Option<Flow>,
    /// How the connection fails during the reply.
    pub broken: Option<Break>,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        Self {
            status,
            code: None,
            headers,
            body: body.into(),
            ends_itself: true,
            flood: None,
            broken: None,
        }
    }

    pub fn flood(status: u16, of: Flood, bytes: u64, gzip: bool) -> Self {
        let mut reply = Self::new(status, of.content_type(), Vec::new());
        reply.flood = Some(Flow::new(of, bytes, gzip));
        reply
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub fn content(content: Content) -> Self {
        match content {
            Content::Json(body) => Self::new(200, ODATA_JSON, body).with("odata-version", "4.0"),
            Content::File(bytes) => Self::new(200, "application/octet-stream", bytes),
            Content::Text(text) => Self::new(200, "text/plain", text),
            Content::Bytes {
                content_type,
                bytes,
            } => Self {
                ends_itself: false,
                ..Self::new(200, &content_type, bytes)
            },
        }
    }

    pub fn refusal(refusal: &Refusal, request_id: &str, client_request_id: &str) -> Self {
        let body = refusal.body(request_id, client_request_id);
        let mut reply = Self::json(refusal.status, &body);
        reply.code = Some(refusal.code.clone());
        if let Some(seconds) = refusal.retry_after {
            reply = reply.with("retry-after", seconds.to_string());
        }
        reply
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}
