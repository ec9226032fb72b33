//! Graph's refusals: status, code and message (docs/graph.md#errors).

use serde_json::{Value, json};

/// An error reply of Graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    pub status: u16,
    pub code: String,
    pub message: String,
    /// Seconds for `Retry-After`; Graph's own documentation shows a fraction (docs/graph.md#throttling).
    pub retry_after: Option<f64>,
}

impl Refusal {
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            retry_after: None,
        }
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "BadRequest", message)
    }

    /// A name that the service's metadata does not have (docs/graph.md#requests).
    pub fn unknown_property(name: &str, type_name: &str) -> Self {
        let message = format!(
            "Could not find a property named '{name}' on type 'microsoft.graph.{type_name}'."
        );
        Self::new(400, "RequestBroker--ParseUri", message)
    }

    /// A query that Outlook's grammar of filters does not allow (docs/graph.md#filter-syntax).
    pub fn invalid_nodes() -> Self {
        Self::new(
            400,
            "ErrorInvalidUrlQueryFilter",
            "The query filter contains one or more invalid nodes.",
        )
    }

    /// A query that the directory does not support (docs/graph.md#directory-order).
    pub fn unsupported_query(message: impl Into<String>) -> Self {
        Self::new(400, "Request_UnsupportedQuery", message)
    }

    /// A query that the real service answers and the simulator does not.
    pub fn not_simulated(what: &str) -> Self {
        Self::new(
            501,
            "NotImplemented",
            format!("graph-simulator does not simulate {what}."),
        )
    }

    /// docs/graph.md#errors
    pub fn method_not_allowed() -> Self {
        Self::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        )
    }

    /// docs/graph.md#group-conversations
    pub fn filtering_on_conversations() -> Self {
        Self::new(
            501,
            "FilteringOnConversations",
            "$filter is not supported on this collection.",
        )
    }

    /// docs/graph.md#missing-items
    pub fn item_not_found() -> Self {
        Self::new(
            404,
            "ErrorItemNotFound",
            "The specified object was not found in the store.",
        )
    }

    /// docs/graph.md#direct-reads
    pub fn malformed_id() -> Self {
        Self::new(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    }

    /// docs/graph.md#missing-items
    pub fn directory_object_not_found(id: &str) -> Self {
        let message = format!(
            "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
        );
        Self::new(404, "Request_ResourceNotFound", message)
    }

    /// Graph's envelope of the error.
    pub fn body(&self, request_id: &str, client_request_id: &str) -> Value {
        json!({
            "error": {
                "code": self.code,
                "message": self.message,
                "innerError": {
                    "date": chrono::Utc::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
                    "request-id": request_id,
                    "client-request-id": client_request_id,
                },
            }
        })
    }
}
