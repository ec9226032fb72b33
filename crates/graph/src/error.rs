//! Errors of requests to Graph.

use std::fmt;
use std::time::Duration;

/// A failed request. The text says what happened and what to do about it, with Graph's code and
/// request id. It holds no secret and no mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    kind: ErrorKind,
    message: String,
    /// Graph's own message, which may quote the query, and with it mail.
    words: String,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    transient: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The login service or Graph refuses the credentials.
    Credentials,
    /// No connection could be made.
    Unreachable,
    /// The connection broke or paused too long in the middle of a request.
    LinkLost,
    /// The caller's deadline passed.
    TimedOut,
    /// Graph does not understand the query or finds it too complex; a simpler one may work.
    QueryRefused,
    /// The item, folder or directory object does not exist.
    ItemNotFound,
    /// The mailbox does not exist or cannot be reached through Graph.
    MailboxNotFound,
    /// A permission is missing; the message names it.
    PermissionDenied,
    /// Too many requests, even after waiting.
    Throttled,
    /// The item was changed meanwhile (412).
    Conflict,
    /// The name already exists (409).
    Duplicate,
    /// Graph has forgotten the position in the collection (410); reading has to start again.
    Gone,
    /// Graph took too long (504); a smaller page may work.
    GatewayTimeout,
    /// The reply is larger than the settings allow; a smaller page may work.
    TooLarge,
    /// Graph failed for another reason.
    Server,
    /// The reply makes no sense, or the request cannot be sent.
    Protocol,
}

impl Error {
    pub(super) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            words: String::new(),
            status: None,
            code: None,
            request_id: None,
            retry_after: None,
            transient: false,
        }))
    }

    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(super) fn with_words(mut self, words: String) -> Self {
        self.0.words = words;
        self
    }

    pub(super) fn with_code(mut self, code: Option<String>) -> Self {
        self.0.code = code;
        self
    }

    pub(super) fn with_request_id(mut self, request_id: Option<String>) -> Self {
        self.0.request_id = request_id;
        self
    }

    pub(super) fn with_retry_after(mut self, retry_after: Option<Duration>) -> Self {
        self.0.retry_after = retry_after;
        self
    }

    /// The same request may succeed later.
    pub(super) fn transient(mut self) -> Self {
        self.0.transient = true;
        self
    }

    pub(super) fn is_transient(&self) -> bool {
        self.0.transient
    }

    pub(super) fn with_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    pub(super) fn with_note(mut self, note: &str) -> Self {
        self.0.message.push(' ');
        self.0.message.push_str(note);
        self
    }

    pub(super) fn timed_out() -> Self {
        Self::new(
            ErrorKind::TimedOut,
            "The time allowed for the operation is over.",
        )
    }

    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The message: the failure and the advice, without code and request id.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The error for the log: without Graph's own words.
    pub fn for_log(&self) -> String {
        let mut error = self.clone();
        error.0.words.clear();
        error.to_string()
    }

    /// HTTP status of the reply, when there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Graph's error code, or the AADSTS code of the login service.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The id that Microsoft's support uses to find the request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How long Graph asked to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        if !self.0.words.is_empty() {
            write!(f, " Graph says: {}", self.0.words)?;
        }
        let parts = [
            self.0.status.map(|status| format!("HTTP {status}")),
            self.0
                .code
                .as_ref()
                .filter(|code| !code.is_empty())
                .map(|code| format!("code {code}")),
            self.0
                .request_id
                .as_ref()
                .map(|id| format!("request-id {id}")),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            Ok(())
        } else {
            write!(f, " [{}]", parts.join(", "))
        }
    }
}

impl std::error::Error for Error {}
