//! Messages for failed connections.

use super::error::{Error, ErrorKind};
use std::error::Error as _;
use std::time::Duration;

/// The error for a failed exchange. URLs are left out, because their queries may quote mail.
pub(super) fn of(error: &reqwest::Error, host: &str) -> Error {
    let cause = cause(error);
    if let Some(message) = untrusted(error, host) {
        return Error::new(ErrorKind::Unreachable, message);
    }
    if error.is_builder() {
        return Error::new(
            ErrorKind::Protocol,
            format!("The request to {host} cannot be made: {cause}."),
        );
    }
    if is_proxy_login(&cause) {
        return proxy_refused();
    }
    if error.is_connect() {
        let what = if error.is_dns() {
            "cannot be found"
        } else {
            "cannot be reached"
        };
        let message =
            format!("{host} {what} ({cause}). Check the network, Proxy, Cloud and the endpoints.");
        return Error::new(ErrorKind::Unreachable, message).transient();
    }
    let message = format!("The connection to {host} broke ({cause}). Run the statement again.");
    Error::new(ErrorKind::LinkLost, message).transient()
}

/// Whether the proxy refused to connect without another login.
pub(super) fn is_proxy_login(cause: &str) -> bool {
    cause.to_lowercase().contains("proxy auth")
}

/// The proxy requires another login. It is not asked again, because many proxies lock a user out
/// after a few wrong passwords.
pub(super) fn proxy_refused() -> Error {
    Error::new(
        ErrorKind::Credentials,
        "The proxy does not accept the login. Check ProxyUser and ProxyPassword.",
    )
}

pub(super) fn silent(host: &str, time: Duration) -> Error {
    let message = format!(
        "{host} sent nothing for {} seconds. Run the statement again, or raise Timeout.",
        time.as_secs_f64()
    );
    Error::new(ErrorKind::LinkLost, message).transient()
}

pub(super) fn cut(host: &str) -> Error {
    let message = format!("The reply of {host} ended too early. Run the statement again.");
    Error::new(ErrorKind::LinkLost, message).transient()
}

/// A reply of the wrong form; `what` completes "the reply ...".
pub(super) fn damaged(host: &str, what: &str, expected: &str) -> Error {
    let message = format!(
        "The reply of {host} {what}, where {expected} was expected. Run the statement again; if it stays so, look for a \
         proxy or a gateway on the way."
    );
    Error::new(ErrorKind::LinkLost, message).transient()
}

/// The message names megabytes, as the setting does.
pub(super) fn too_large(host: &str, most: u64) -> Error {
    let message = format!(
        "The reply of {host} is larger than {} MB. Lower PageSize, select fewer columns, or raise MaxReplySize.",
        most >> 20
    );
    Error::new(ErrorKind::TooLarge, message)
}

/// The innermost reason.
pub(super) fn cause(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(|cause| cause.source()) {
        cause = Some(inner);
    }
    let text = cause.map_or_else(|| "no reason is known".to_owned(), ToString::to_string);
    text.trim_end_matches('.').to_owned()
}

/// The message for a certificate that is not trusted, if that is the reason.
pub(super) fn untrusted(error: &reqwest::Error, host: &str) -> Option<String> {
    let rustls::Error::InvalidCertificate(problem) = tls_problem(error)? else {
        return None;
    };
    Some(format!(
        "The certificate of {host} is not trusted ({problem}). If a proxy inspects the traffic, give its certificate \
         in CACertificate."
    ))
}

/// The reason if it lies in TLS.
pub(super) fn tls_problem(error: &reqwest::Error) -> Option<&rustls::Error> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(problem) = inner.downcast_ref::<rustls::Error>() {
            return Some(problem);
        }
        // An I/O error does not return the error that it wraps as its source, but that error's
        // source.
        let io = inner.downcast_ref::<std::io::Error>();
        cause = match io.and_then(std::io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => inner.source(),
        };
    }
    None
}
