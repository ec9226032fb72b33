//! Requests to Graph and their replies.

use bytes::Bytes;
use exchange_config::{BodyType, Settings};

/// A reading request. Dropping the future that waits for its reply cancels it. Repeat all fields
/// for each page, because Graph's links hold no headers (docs/graph.md#paging).
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Path below `/v1.0` with its encoded query (see [`super::Query`]), or a link from Graph.
    pub path: String,
    /// The mailbox that the request reads, for Graph's limit of four at once (docs/graph.md#throttling); `None` for
    /// the directory.
    pub mailbox: Option<String>,
    pub prefer: Prefer,
    /// Sends `ConsistencyLevel: eventual`, for advanced queries of the directory (docs/graph.md#advanced-queries).
    pub consistency: bool,
    /// Requests an uncompressed reply, because its length is needed.
    pub unpacked: bool,
    /// JSON of an action that only reads, which is sent with POST.
    pub question: Option<Bytes>,
}

/// Preferences for the reply (docs/graph.md#preferences).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefer {
    /// Ids that survive moves between folders.
    pub immutable_ids: bool,
    /// Bodies as text instead of HTML.
    pub text_bodies: bool,
}

impl Prefer {
    /// The preferences of the settings.
    pub fn of(settings: &Settings) -> Self {
        Self {
            immutable_ids: settings.immutable_ids,
            text_bodies: settings.body_type == BodyType::Text,
        }
    }

    /// The value of the `Prefer` header; `None` without preferences.
    pub(super) fn header(&self) -> Option<String> {
        let mut parts = Vec::new();
        if self.immutable_ids {
            parts.push("IdType=\"ImmutableId\"".to_owned());
        }
        if self.text_bodies {
            parts.push("outlook.body-content-type=\"text\"".to_owned());
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

/// A successful reply.
#[derive(Clone, Debug)]
pub struct Response {
    /// HTTP status, 2xx.
    pub status: u16,
    /// The body, uncompressed.
    pub body: Bytes,
    /// Whether the reply had an explicit end, other than the end of the connection. JSON marks its
    /// own end.
    pub is_framed: bool,
    /// The id that Microsoft's support uses to find the request.
    pub request_id: Option<String>,
}
