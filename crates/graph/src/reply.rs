//! Interpretation of Graph's refusals (docs/graph.md#errors).

use super::error::{Error, ErrorKind};
use super::http::Reply;
use super::permissions;
use super::retry::retry_after;
use exchange_config::outgoing;
use serde::Deserialize;
use std::time::Duration;

/// The shown part of Graph's own message.
const LONGEST_MESSAGE: usize = 400;

/// Facts about a refused request.
pub(super) struct Asked<'a> {
    /// Path below `/v1.0`.
    pub(super) path: &'a str,
    pub(super) mailbox: Option<&'a str>,
    /// The whole `$batch`, whose errors say nothing about its items.
    pub(super) is_batch: bool,
}

/// The parts of a refusal, from a separate reply or from an item of a batch.
#[derive(Debug, Default)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: String,
    pub(super) message: String,
    pub(super) request_id: Option<String>,
    pub(super) retry_after: Option<Duration>,
    /// How the body differs from an error of Graph, if it does.
    foreign: Option<&'static str>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    error: Inside,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Inside {
    code: Option<String>,
    message: Option<String>,
    #[serde(alias = "innererror", rename = "innerError")]
    inner: Option<Inner>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Inner {
    code: Option<String>,
    #[serde(rename = "request-id")]
    request_id: Option<String>,
}

impl Refusal {
    pub(super) fn of_reply(reply: &Reply) -> Self {
        let header = |name| reply.header(name).map(str::to_owned);
        Self::new(
            reply.status,
            &reply.body,
            header("request-id"),
            reply.header("retry-after"),
        )
    }

    pub(super) fn new(
        status: u16,
        body: &[u8],
        request_id: Option<String>,
        wait: Option<&str>,
    ) -> Self {
        let parsed = serde_json::from_slice::<Body>(body);
        let foreign = match (&parsed, body.trim_ascii()) {
            (_, [] | b"null") => Some("has no body"),
            (_, [b'<', ..]) => Some("is a web page"),
            (Err(_), _) => Some("is no JSON"),
            (Ok(_), _) => None,
        };
        let Inside {
            code,
            message,
            inner,
        } = parsed.unwrap_or_default().error;
        let inner = inner.unwrap_or_default();
        Self {
            status,
            // The outer code may be empty while an inner one is set (docs/graph.md#errors).
            code: hidden(
                &code
                    .filter(|code| !code.is_empty())
                    .or(inner.code)
                    .unwrap_or_default(),
            ),
            message: clean(&message.unwrap_or_default()),
            request_id: request_id.or(inner.request_id).map(|id| hidden(&id)),
            retry_after: wait.and_then(retry_after),
            foreign,
        }
    }

    pub(super) fn into_error(self, asked: &Asked) -> Error {
        let kind = match (self.status, self.foreign) {
            // Only Graph can say that an item does not exist (docs/graph.md#missing-items).
            (404, Some(_)) => ErrorKind::LinkLost,
            _ => kind(self.status, &self.code, asked),
        };
        let said = if self.message.is_empty() {
            String::new()
        } else {
            sentence(&self.message)
        };
        // docs/graph.md#retries
        let transient = matches!(self.status, 408 | 423 | 425 | 429 | 500 | 502 | 503 | 504 | 509)
            // A third party has seen empty 400s that succeeded later.
            || (self.status == 400 && self.code.is_empty() && self.message.is_empty())
            || is_unexplained(self.status, kind);
        let (text, said) = match (self.status, self.foreign) {
            (404, Some(what)) => (
                format!(
                    "Something on the way to Graph answered that nothing is there: the reply {what}, which no reply \
                     of Graph does. Run the statement again; if it stays so, check Proxy and GraphEndpoint."
                ),
                String::new(),
            ),
            _ => (what_to_do(kind, self.status, asked), said),
        };
        let error = Error::new(kind, text)
            .with_words(said)
            .with_status(self.status)
            .with_code(Some(self.code).filter(|code| !code.is_empty()))
            .with_request_id(self.request_id)
            .with_retry_after(self.retry_after);
        if transient { error.transient() } else { error }
    }
}

/// Codes of 404 about the mailbox, not its items (docs/graph.md#missing-items).
const MAILBOX_CODES: &[&str] = &[
    "MailboxNotEnabledForRESTAPI",
    "MailboxNotHostedInExchangeOnline",
    "ErrorNonExistentMailbox",
    "ErrorInvalidUser",
    "ResourceNotFound",
];

/// Codes of 404 about the item: it does not exist. Any other 404 says nothing about it
/// (docs/graph.md#missing-items).
const ITEM_CODES: &[&str] = &["ErrorItemNotFound", "Request_ResourceNotFound"];

/// The application of Microsoft that traces messages (docs/graph.md#message-traces).
const TRACING: &str = "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373";

/// Whether the application of Microsoft that does the work is unknown to the tenant. The token is right.
fn is_without_principal(code: &str, asked: &Asked) -> bool {
    code == "Unauthorized" && asked.path.starts_with("/admin/exchange/tracing/")
}

/// Whether the status is 404 for an unknown reason, which may pass.
fn is_unexplained(status: u16, kind: ErrorKind) -> bool {
    let is_known = matches!(kind, ErrorKind::ItemNotFound | ErrorKind::MailboxNotFound);
    status == 404 && !is_known
}

fn kind(status: u16, code: &str, asked: &Asked) -> ErrorKind {
    match (status, code) {
        (404, _) if asked.is_batch => ErrorKind::Protocol,
        (400, "ErrorInvalidIdMalformed") if asked.is_batch => ErrorKind::QueryRefused,
        (_, "ErrorIrresolvableConflict") | (412, _) => ErrorKind::Conflict,
        // No item can have such an id (docs/graph.md#direct-reads).
        (400, "ErrorInvalidIdMalformed") => ErrorKind::ItemNotFound,
        (400 | 501, _) => ErrorKind::QueryRefused,
        (401, _) if is_without_principal(code, asked) => ErrorKind::PermissionDenied,
        (401, _) => ErrorKind::Credentials,
        (403, _) => ErrorKind::PermissionDenied,
        (404, code) if MAILBOX_CODES.contains(&code) => ErrorKind::MailboxNotFound,
        // The directory looks the mailbox up before anything below it.
        (404, "Request_ResourceNotFound") if asked.mailbox.is_some() => ErrorKind::MailboxNotFound,
        (404, code) if ITEM_CODES.contains(&code) => ErrorKind::ItemNotFound,
        (404, _) => ErrorKind::Protocol,
        (409, _) => ErrorKind::Duplicate,
        // docs/graph.md#lost-places
        (410, _) => ErrorKind::Gone,
        (429, _) => ErrorKind::Throttled,
        (504, _) => ErrorKind::GatewayTimeout,
        (408 | 423 | 425 | 500..=599, _) => ErrorKind::Server,
        _ => ErrorKind::Protocol,
    }
}

fn what_to_do(kind: ErrorKind, status: u16, asked: &Asked) -> String {
    let mailbox = asked.mailbox.unwrap_or_default();
    match kind {
        ErrorKind::PermissionDenied if status == 401 => format!(
            "The tenant has no service principal for tracing messages. An administrator has to create it once, with \
             New-MgServicePrincipal -AppId {TRACING} in Microsoft Graph PowerShell; it works some hours later."
        ),
        ErrorKind::PermissionDenied => permission_denied(asked),
        ErrorKind::Credentials => {
            "Graph does not accept the access token. Check that TenantID, Cloud and Scopes belong together.".into()
        }
        ErrorKind::MailboxNotFound => format!(
            "The mailbox {mailbox} cannot be read: it does not exist, has no licence, or is not in Exchange Online. \
             Check UserID."
        ),
        ErrorKind::ItemNotFound => "The item or folder does not exist, or was moved or deleted.".into(),
        ErrorKind::QueryRefused if asks_more(asked.path) => {
            "Graph does not accept the query. Set Pushdown=Safe or Off to ask less of Graph.".into()
        }
        ErrorKind::QueryRefused => "Graph does not accept the request.".into(),
        ErrorKind::Protocol if status == 404 => {
            "Graph does not find something, for a reason that the driver does not know. Run the statement again later."
                .into()
        }
        ErrorKind::Throttled => {
            "Graph is throttling this application. Run the statement later, or lower MaxConcurrentRequests.".into()
        }
        ErrorKind::Conflict => "The item was changed by someone else. Read it again and repeat the change.".into(),
        ErrorKind::Duplicate => "Something of this name exists already.".into(),
        ErrorKind::Gone => "Graph has forgotten where the reading stopped. Run the statement again.".into(),
        ErrorKind::GatewayTimeout => {
            "Graph took too long. Select fewer columns or a smaller range, or lower PageSize.".into()
        }
        ErrorKind::Server if status == 507 => "The mailbox is full.".into(),
        ErrorKind::Server => "Graph failed to serve the request. Run the statement again later.".into(),
        _ => "Graph gave a reply that makes no sense here. Check GraphEndpoint.".into(),
    }
}

/// Whether the request has a filter, an order or a search.
fn asks_more(path: &str) -> bool {
    ["$filter", "$orderby", "$search"]
        .iter()
        .any(|option| path.contains(option))
}

fn permission_denied(asked: &Asked) -> String {
    let mut text = "Graph refuses access.".to_owned();
    if let Some(permission) = permissions::needed(asked.path) {
        text += &format!(
            " The application most likely lacks the application permission {permission} with an administrator's \
             consent"
        );
        text += match asked.mailbox {
            // docs/graph.md#mailboxes
            Some(_) => ", or an application access policy keeps it from",
            None => ".",
        };
        if let Some(mailbox) = asked.mailbox {
            text += &format!(" the mailbox {mailbox}.");
        }
    }
    text
}

/// A server's text without secrets.
pub(super) fn hidden(text: &str) -> String {
    outgoing::without_secrets(text).into_owned()
}

/// One line without control characters, not too long.
pub(super) fn clean(text: &str) -> String {
    // Before the cut, because half a secret is not recognized.
    let text = outgoing::without_secrets(text);
    let line = text
        .split(|c: char| c.is_control())
        .next()
        .unwrap_or_default()
        .trim();
    let mut short: String = line.chars().take(LONGEST_MESSAGE).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, body: &str, asked: &Asked) -> Error {
        Refusal::new(status, body.as_bytes(), None, None).into_error(asked)
    }

    fn mail() -> Asked<'static> {
        Asked {
            path: "/users/ann@x.org/messages?$top=5",
            mailbox: Some("ann@x.org"),
            is_batch: false,
        }
    }

    fn body(code: &str) -> String {
        format!(
            r#"{{"error":{{"code":"{code}","message":"Sorry","innerError":{{"request-id":"r-1"}}}}}}"#
        )
    }

    #[test]
    fn status_and_code_tell_the_kind() {
        for (status, code, kind) in [
            (400, "ErrorInvalidUrlQueryFilter", ErrorKind::QueryRefused),
            (400, "InefficientFilter", ErrorKind::QueryRefused),
            (400, "ErrorInvalidIdMalformed", ErrorKind::ItemNotFound),
            (401, "InvalidAuthenticationToken", ErrorKind::Credentials),
            (403, "ErrorAccessDenied", ErrorKind::PermissionDenied),
            (404, "ErrorItemNotFound", ErrorKind::ItemNotFound),
            (
                404,
                "MailboxNotEnabledForRESTAPI",
                ErrorKind::MailboxNotFound,
            ),
            (404, "ResourceNotFound", ErrorKind::MailboxNotFound),
            (404, "Request_ResourceNotFound", ErrorKind::MailboxNotFound),
            (404, "ErrorInvalidUser", ErrorKind::MailboxNotFound),
            (404, "UnknownError", ErrorKind::Protocol),
            (404, "", ErrorKind::Protocol),
            (409, "ErrorFolderExists", ErrorKind::Duplicate),
            (410, "SyncStateNotFound", ErrorKind::Gone),
            (412, "ErrorIrresolvableConflict", ErrorKind::Conflict),
            (429, "ApplicationThrottled", ErrorKind::Throttled),
            (500, "InternalServerError", ErrorKind::Server),
            (501, "NotImplemented", ErrorKind::QueryRefused),
            (503, "MailboxInfoStale", ErrorKind::Server),
            (504, "UnknownError", ErrorKind::GatewayTimeout),
            (507, "ErrorQuotaExceeded", ErrorKind::Server),
            (302, "", ErrorKind::Protocol),
        ] {
            let error = error(status, &body(code), &mail());
            assert_eq!(error.kind(), kind, "{status} {code}");
            assert_eq!(error.request_id(), Some("r-1"));
            assert!(
                error.to_string().contains(code) && error.to_string().contains("r-1"),
                "{error}"
            );
        }
    }

    #[test]
    fn only_a_known_code_says_that_an_item_is_not_there() {
        for body in ["", "null", "<html>", "Error 1020", "\"PGh0bWw+\"", "[1"] {
            let error = error(404, body, &mail());
            assert_eq!(error.kind(), ErrorKind::LinkLost, "{body}");
            assert!(error.is_transient(), "{body}");
        }
        for code in ["", "UnknownError", "ResourceGone"] {
            let error = error(404, &body(code), &mail());
            assert_eq!(error.kind(), ErrorKind::Protocol, "{code}");
            assert!(error.is_transient(), "{code}");
        }
        assert!(!error(404, &body("ErrorItemNotFound"), &mail()).is_transient());
    }

    #[test]
    fn an_error_of_a_batch_says_nothing_about_its_items() {
        let batch = Asked {
            path: "/$batch",
            mailbox: None,
            is_batch: true,
        };
        for code in [
            "ErrorItemNotFound",
            "ResourceNotFound",
            "Request_ResourceNotFound",
        ] {
            assert_eq!(
                error(404, &body(code), &batch).kind(),
                ErrorKind::Protocol,
                "{code}"
            );
        }
        let malformed = error(400, &body("ErrorInvalidIdMalformed"), &batch);
        assert_eq!(malformed.kind(), ErrorKind::QueryRefused);
    }

    #[test]
    fn only_what_was_asked_of_graph_is_advised_to_be_asked_less() {
        let plain = error(400, &body("BadRequest"), &mail()).to_string();
        assert!(!plain.contains("Pushdown"), "{plain}");
        let filtered = Asked {
            path: "/users/ann@x.org/messages?$filter=isRead%20eq%20true",
            ..mail()
        };
        assert!(
            error(400, &body("BadRequest"), &filtered)
                .to_string()
                .contains("Pushdown")
        );
    }

    #[test]
    fn a_refused_access_names_the_missing_permission() {
        let text = error(403, &body("ErrorAccessDenied"), &mail()).to_string();
        for part in [
            "Mail.Read ",
            "consent",
            "policy",
            "ann@x.org",
            "Sorry.",
            "HTTP 403",
            "ErrorAccessDenied",
            "r-1",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }

    #[test]
    fn a_missing_service_principal_is_no_wrong_token() {
        let traces = Asked {
            path: "/admin/exchange/tracing/messageTraces?$top=1",
            mailbox: None,
            is_batch: false,
        };
        let missing = error(401, &body("Unauthorized"), &traces);
        assert_eq!(missing.kind(), ErrorKind::PermissionDenied);
        let text = missing.to_string();
        assert!(
            text.contains(TRACING) && text.contains("New-MgServicePrincipal"),
            "{text}"
        );
        let expired = error(401, &body("InvalidAuthenticationToken"), &traces);
        assert_eq!(expired.kind(), ErrorKind::Credentials);
        assert_eq!(
            error(401, &body("Unauthorized"), &mail()).kind(),
            ErrorKind::Credentials
        );
    }

    #[test]
    fn odd_bodies_are_survived() {
        for body in [
            "",
            "<html>",
            "{}",
            r#"{"error":null}"#,
            r#"{"error":{"code":"","message":""}}"#,
            "[1]",
        ] {
            assert_eq!(
                error(503, body, &mail()).kind(),
                ErrorKind::Server,
                "{body}"
            );
            assert!(error(400, body, &mail()).is_transient(), "{body}");
        }
        assert!(!error(400, &super::tests::body("BadRequest"), &mail()).is_transient());
        let inner =
            r#"{"error":{"code":"","innererror":{"code":"ErrorFolderExists","request-id":"q"}}}"#;
        let error = error(409, inner, &mail());
        assert_eq!(
            (error.code(), error.request_id()),
            (Some("ErrorFolderExists"), Some("q"))
        );
    }

    #[test]
    fn long_and_many_lined_messages_are_cut() {
        assert_eq!(clean("one\r\ntwo"), "one");
        assert_eq!(
            clean(&"x".repeat(1000)).chars().count(),
            LONGEST_MESSAGE + 1
        );
    }
}
