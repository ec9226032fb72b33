//! Files that Graph does not send itself: it answers with a link to another host (docs/graph.md#reports).
//!
//! Whoever has the link can read the file, so the link is a credential. It goes into no message and no line of the log, and it
//! is requested with neither the access token nor cookies.

use super::address::shown;
use super::error::{Error, ErrorKind};
use super::fault;
use super::http::{Pool, Reply, host_of};
use super::request::Response;
use super::retry::retry_after;
use exchange_config::{Secret, is_loopback, outgoing};
use reqwest::Method;
use reqwest::header::LOCATION;
use std::time::{Duration, Instant};
use url::Url;

/// Maximum links from one to the next.
const MOST_HOPS: usize = 5;

/// How a file is read.
pub(super) struct File<'p> {
    pub(super) pool: &'p Pool,
    pub(super) silence: Option<Duration>,
    pub(super) most: u64,
    /// Whether a link may lead to this machine without TLS.
    pub(super) allows_http: bool,
}

impl File<'_> {
    /// Reads the file that a reply of Graph links to. Graph has to be asked for another link after a failure.
    pub(super) async fn read(&self, redirect: Reply) -> Result<Response, Error> {
        let request_id = redirect.header("request-id").map(str::to_owned);
        let with_id = |error: Error| error.with_request_id(request_id.clone());
        let mut link = self.link(&redirect, None).map_err(with_id)?;
        for _ in 0..MOST_HOPS {
            let reply = self.exchange(&link).await.map_err(with_id)?;
            match reply.status {
                200..=299 => {
                    let host = host_of(&link);
                    if let Some(what) = reply.damage() {
                        return Err(with_id(fault::damaged(&host, what, "a file")));
                    }
                    return Ok(Response {
                        status: reply.status,
                        body: reply.body,
                        is_framed: reply.is_framed,
                        request_id,
                    });
                }
                _ if reply.is_redirect() => {
                    link = self.link(&reply, Some(&link)).map_err(with_id)?;
                }
                _ => return Err(with_id(refused(&link, &reply))),
            }
        }
        Err(with_id(Error::new(
            ErrorKind::Protocol,
            format!("The link to a file leads from place to place, more than {MOST_HOPS} times."),
        )))
    }

    async fn exchange(&self, link: &Url) -> Result<Reply, Error> {
        let started = Instant::now();
        let request = self.pool.request(Method::GET, link.clone());
        let outcome = self.pool.exchange(request, self.silence, self.most).await;
        let milliseconds = started.elapsed().as_millis() as u64;
        let host = host_of(link);
        match &outcome {
            Ok(reply) => {
                let (status, bytes) = (reply.status, reply.body.len());
                tracing::debug!(host, status, bytes, milliseconds, "reply to a link");
            }
            Err(error) => {
                let error = error.for_log();
                tracing::debug!(host, error, milliseconds, "no reply to a link");
            }
        }
        outcome
    }

    /// Where a reply leads to.
    fn link(&self, reply: &Reply, before: Option<&Url>) -> Result<Url, Error> {
        let refused = |what: &str| {
            Error::new(
                ErrorKind::Protocol,
                format!("Graph gave a link to a file that {what}. The link was not followed."),
            )
        };
        let text = reply.header(LOCATION.as_str());
        let text = text.ok_or_else(|| refused("has no address"))?;
        outgoing::hide_token(&Secret::new(text));
        let link = match before {
            Some(before) => before.join(text),
            None => Url::parse(text),
        };
        let link = link.map_err(|_| refused("is not a URL"))?;
        // A user name would be sent as a login.
        if !link.username().is_empty() || link.password().is_some() {
            return Err(refused(&format!("leads to {}", shown(&link))));
        }
        match link.scheme() {
            "https" => Ok(link),
            "http" if self.allows_http && is_loopback(&link) => Ok(link),
            _ => Err(refused(&format!(
                "leads to {}, which is not HTTPS",
                shown(&link)
            ))),
        }
    }
}

fn refused(link: &Url, reply: &Reply) -> Error {
    let message = format!(
        "{} does not give the file that Graph links to; most likely the link has expired. Run the statement again.",
        host_of(link)
    );
    let wait = reply.header("retry-after").and_then(retry_after);
    Error::new(ErrorKind::LinkLost, message)
        .with_status(reply.status)
        .with_retry_after(wait)
        .transient()
}
