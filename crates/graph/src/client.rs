//! The client: sends requests after the other modules have applied their rules.

use super::address::{Address, loggable};
use super::download;
use super::error::{Error, ErrorKind};
use super::fault;
use super::http::{Pool, Reply, Route};
use super::limit::{self, Gate};
use super::process::Process;
use super::reply::{Asked, Refusal};
use super::request::{Prefer, Request, Response};
use super::retry::{FIRST_WAIT, Retries};
use super::tally::Tally;
use super::token::{Grant, Means, Token};
use bytes::Bytes;
use exchange_config::Settings;
use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use url::Url;

/// One connection's access to Graph. Clones are cheap; all clients of the process with the same
/// credentials share tokens, sockets and limits.
#[derive(Clone, Debug)]
pub struct Client {
    inner: Arc<Inner>,
    /// Counts the requests.
    tally: Option<Arc<Tally>>,
}

#[derive(Debug)]
struct Inner {
    address: Address,
    grant: Grant,
    route: Route,
    application: String,
    silence: Option<Duration>,
    /// Maximum bytes of a reply, uncompressed.
    largest_reply: u64,
    max_retries: u32,
    max_requests: u32,
    first_wait: Duration,
    /// Whether the last exchange failed for lack of a connection.
    dead: AtomicBool,
}

/// Why a reply is not the expected JSON. Completes "the reply ...".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged(pub String);

/// The form of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expects {
    Json,
    /// A file, to which Graph answers with a link.
    File,
    /// Bytes of any kind, such as the MIME content of a message.
    Content,
}

/// One request, which may be sent several times.
pub(super) struct Sending<'a> {
    pub(super) url: Url,
    /// For messages and the log; a batch has those of its items instead.
    pub(super) mailbox: Option<&'a str>,
    pub(super) prefer: Option<&'a Prefer>,
    pub(super) consistency: bool,
    pub(super) unpacked: bool,
    pub(super) expects: Expects,
    /// The body of a POST: a `$batch`, or a question.
    pub(super) body: Option<Bytes>,
    /// The paths in the batch.
    pub(super) items: Vec<&'a str>,
}

impl Sending<'_> {
    fn expected(&self) -> &'static str {
        match self.expects {
            Expects::Json => "JSON",
            Expects::File => "a file",
            Expects::Content => "the content of an item",
        }
    }
}

impl Client {
    /// A client for these settings. Nothing is sent yet.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        let grant = Grant::new(settings)?;
        let route = Route::new(settings);
        // Created now, so that a bad certificate file fails here and not in the first request.
        Process::current().connections.pool(&route)?;
        let inner = Inner {
            address: Address::new(&settings.graph_endpoint),
            application: format!("{}\n{}", settings.graph_endpoint, grant.application()),
            grant,
            route,
            silence: settings.timeout,
            largest_reply: settings.max_reply_size,
            max_retries: settings.max_retries,
            max_requests: settings.max_concurrent_requests,
            first_wait: FIRST_WAIT,
            dead: AtomicBool::new(false),
        };
        Ok(Self {
            inner: Arc::new(inner),
            tally: None,
        })
    }

    /// The same client with a tally of its requests.
    #[must_use]
    pub fn counted(&self, tally: &Arc<Tally>) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            tally: Some(Arc::clone(tally)),
        }
    }

    /// The same client with another first wait between attempts, for tests.
    #[cfg(test)]
    pub(super) fn with_first_wait(mut self, wait: Duration) -> Self {
        Arc::get_mut(&mut self.inner)
            .expect("a new client")
            .first_wait = wait;
        self
    }

    /// Makes sure that a token exists, so that wrong credentials fail here. Returns at once if the
    /// process has one.
    pub async fn login(&self, deadline: Option<Instant>) -> Result<(), Error> {
        let token = self.token(deadline);
        let token = match deadline {
            Some(moment) => tokio::time::timeout_at(moment.into(), token)
                .await
                .unwrap_or_else(|_| Err(Error::timed_out())),
            None => token.await,
        };
        token.map(|_| ())
    }

    /// Sends a reading request until it succeeds, fails for good, or reaches its limit.
    pub async fn get(&self, request: &Request) -> Result<Response, Error> {
        self.read(request, |response| Ok(response.clone())).await
    }

    /// Sends a reading request until `parse` accepts the reply. A damaged reply is requested again,
    /// as after a broken connection.
    pub async fn read<T>(
        &self,
        request: &Request,
        parse: impl Fn(&Response) -> Result<T, Damaged>,
    ) -> Result<T, Error> {
        let sending = self.sending(request)?;
        // The caller can halve `$top` of its own path, not that of a link from Graph (docs/graph.md#paging).
        let shrinks = request.path.starts_with('/') && request.path.contains("$top=");
        let retries = self.retries(None).that_can_shrink(shrinks);
        let gates = [(self.gate(request.mailbox.as_deref()), 1)];
        self.send(&sending, &gates, retries, parse).await
    }

    /// The same for a file that Graph gives a link to. A link that has expired is requested again.
    pub async fn download<T>(
        &self,
        request: &Request,
        parse: impl Fn(&Response) -> Result<T, Damaged>,
    ) -> Result<T, Error> {
        self.read_as(Expects::File, request, parse).await
    }

    /// The same for content that is no JSON.
    pub async fn content<T>(
        &self,
        request: &Request,
        parse: impl Fn(&Response) -> Result<T, Damaged>,
    ) -> Result<T, Error> {
        self.read_as(Expects::Content, request, parse).await
    }

    async fn read_as<T>(
        &self,
        expects: Expects,
        request: &Request,
        parse: impl Fn(&Response) -> Result<T, Damaged>,
    ) -> Result<T, Error> {
        let sending = Sending {
            expects,
            ..self.sending(request)?
        };
        let gates = [(self.gate(request.mailbox.as_deref()), 1)];
        self.send(&sending, &gates, self.retries(None), parse).await
    }

    fn sending<'r>(&self, request: &'r Request) -> Result<Sending<'r>, Error> {
        Ok(Sending {
            url: self.inner.address.resolve(&request.path)?,
            mailbox: request.mailbox.as_deref(),
            prefer: Some(&request.prefer),
            consistency: request.consistency,
            unpacked: request.unpacked,
            expects: Expects::Json,
            body: request.question.clone(),
            items: Vec::new(),
        })
    }

    /// Whether the last exchange, with Graph or the login service, failed for lack of a connection.
    pub fn is_dead(&self) -> bool {
        self.inner.dead.load(Ordering::Relaxed)
    }

    /// Records whether an exchange reached the other side. An exchange that ended before that
    /// changes nothing.
    fn note<T>(&self, outcome: &Result<T, Error>) {
        let kind = outcome.as_ref().err().map(Error::kind);
        let is_dead = match kind {
            Some(ErrorKind::Unreachable | ErrorKind::LinkLost) => true,
            Some(ErrorKind::TimedOut) => return,
            _ => false,
        };
        self.inner.dead.store(is_dead, Ordering::Relaxed);
    }

    pub(super) fn address(&self) -> &Address {
        &self.inner.address
    }

    pub(super) fn retries(&self, deadline: Option<Instant>) -> Retries {
        Retries::new(self.inner.max_retries, self.inner.first_wait, deadline)
    }

    pub(super) fn gate(&self, mailbox: Option<&str>) -> Arc<Gate> {
        Process::current()
            .gates
            .gate(&self.inner.application, mailbox)
    }

    /// Forgets a refused token. Returns whether another one can be requested.
    pub(super) fn reject(&self, token: &Token) -> bool {
        Process::current().tokens.reject(&self.inner.grant, token)
    }

    pub(super) fn pool(&self) -> Result<Pool, Error> {
        Process::current().connections.pool(&self.inner.route)
    }

    fn means<'p>(&self, pool: &'p Pool, deadline: Option<Instant>) -> Means<'p> {
        Means {
            pool,
            silence: self.inner.silence,
            retries: self.retries(deadline),
        }
    }

    pub(super) async fn token(&self, deadline: Option<Instant>) -> Result<Token, Error> {
        let pool = self.pool()?;
        let tokens = &Process::current().tokens;
        let means = self.means(&pool, deadline);
        let token = tokens.get(&self.inner.grant, means).await;
        if token.is_err() {
            self.note(&token);
        }
        token
    }

    /// A token that the login service gives now, until the deadline.
    pub(super) async fn new_token(&self, deadline: Instant) -> Result<Token, Error> {
        let pool = self.pool()?;
        let tokens = &Process::current().tokens;
        let means = self.means(&pool, Some(deadline));
        let token = tokens.renew(&self.inner.grant, means);
        tokio::time::timeout_at(deadline.into(), token)
            .await
            .unwrap_or_else(|_| Err(Error::timed_out()))
    }

    /// Sends with new tokens, attempts and waits, depending on the outcomes.
    async fn send<T>(
        &self,
        sending: &Sending<'_>,
        gates: &[(Arc<Gate>, u32)],
        mut retries: Retries,
        parse: impl Fn(&Response) -> Result<T, Damaged>,
    ) -> Result<T, Error> {
        let mut tokens_left = 1;
        loop {
            let token = self.token(None).await?;
            let error = match self.attempt(sending, gates, &token).await {
                Ok(response) => match parse(&response) {
                    Ok(parsed) => return Ok(parsed),
                    Err(Damaged(what)) => self
                        .damaged(&what, sending.expected())
                        .with_status(response.status)
                        .with_request_id(response.request_id),
                },
                Err(error) => error,
            };
            // docs/graph.md#tokens
            let is_token_refused =
                error.status() == Some(401) && error.kind() == ErrorKind::Credentials;
            if is_token_refused && tokens_left > 0 && self.reject(&token) {
                tokens_left -= 1;
                self.count_again(Duration::ZERO, false);
                continue;
            }
            let throttled = error.kind() == ErrorKind::Throttled;
            let text = error.for_log();
            let wait = retries.after(error)?;
            tracing::warn!(
                error = text,
                wait = wait.as_millis() as u64,
                "sending again"
            );
            self.count_again(wait, throttled);
            if throttled {
                gates
                    .iter()
                    .for_each(|(gate, _)| gate.close_until(Instant::now() + wait));
            }
            tokio::time::sleep(wait).await;
        }
    }

    /// One attempt, after waiting for its slots.
    pub(super) async fn attempt(
        &self,
        sending: &Sending<'_>,
        gates: &[(Arc<Gate>, u32)],
        token: &Token,
    ) -> Result<Response, Error> {
        let process = Process::current();
        let overall = process
            .gates
            .overall(&self.inner.application, self.inner.max_requests);
        let _slots = limit::enter(gates, overall).await;
        let pool = self.pool()?;
        let id = uuid::Uuid::new_v4().to_string();
        self.count_sent(sending);
        let started = Instant::now();
        let outcome = pool
            .exchange(
                build(sending, token, &pool, &id),
                self.inner.silence,
                self.inner.largest_reply,
            )
            .await;
        self.note(&outcome);
        log(sending, &id, started, &outcome);
        self.count_received(&outcome);
        // After a broken gateway or a dead connection, another connection often succeeds
        // (docs/graph.md#retries).
        let stale = match &outcome {
            Ok(reply) => (502..=504).contains(&reply.status),
            Err(error) => error.kind() == ErrorKind::LinkLost,
        };
        if stale {
            process.connections.renew(&self.inner.route, &pool);
        }
        let reply = outcome?;
        match sending.expects == Expects::File && reply.is_redirect() {
            true => self.follow(sending, &pool, reply).await,
            false => self.judge(sending, reply, id),
        }
    }

    /// Reads the file that a reply links to.
    async fn follow(
        &self,
        sending: &Sending<'_>,
        pool: &Pool,
        reply: Reply,
    ) -> Result<Response, Error> {
        let file = download::File {
            pool,
            silence: self.inner.silence,
            most: self.inner.largest_reply,
            allows_http: self.inner.address.is_plain(),
        };
        if let Some(tally) = &self.tally {
            let path = self.inner.address.relative(&sending.url);
            tally.sent(&format!("{path} (its file)"), None);
        }
        let outcome = file.read(reply).await;
        self.note(&outcome);
        if let (Some(tally), Ok(response)) = (&self.tally, &outcome) {
            tally.received(response.body.len());
        }
        outcome
    }

    fn count_sent(&self, sending: &Sending) {
        let Some(tally) = &self.tally else { return };
        match sending.items.first() {
            Some(first) => tally.sent(first, Some(sending.items.len())),
            None => tally.sent(&self.inner.address.relative(&sending.url), None),
        }
    }

    fn count_received(&self, outcome: &Result<Reply, Error>) {
        if let (Some(tally), Ok(reply)) = (&self.tally, outcome) {
            tally.received(reply.body.len());
        }
    }

    /// Counts a repeated request and its wait.
    pub(super) fn count_again(&self, wait: Duration, throttled: bool) {
        if let Some(tally) = &self.tally {
            tally.again(wait, throttled);
        }
    }

    fn judge(&self, sending: &Sending, reply: Reply, id: String) -> Result<Response, Error> {
        let mut refusal = match reply.status {
            200..=299 => {
                let request_id = reply.header("request-id").map(str::to_owned);
                if let Some(what) = reply.damage() {
                    let error = self
                        .damaged(what, sending.expected())
                        .with_status(reply.status);
                    return Err(error.with_request_id(request_id.or(Some(id))));
                }
                return Ok(Response {
                    status: reply.status,
                    body: reply.body,
                    is_framed: reply.is_framed,
                    request_id,
                });
            }
            _ => Refusal::of_reply(&reply),
        };
        // Without a request id of Graph, support can search for the driver's own
        // (docs/graph.md#requests).
        refusal.request_id.get_or_insert(id);
        let path = self.inner.address.relative(&sending.url);
        Err(refusal.into_error(&Asked {
            path: &path,
            mailbox: sending.mailbox,
            is_batch: !sending.items.is_empty(),
        }))
    }

    pub(super) fn damaged(&self, what: &str, expected: &str) -> Error {
        fault::damaged(self.inner.address.host(), what, expected)
    }
}

fn build(sending: &Sending, token: &Token, pool: &Pool, id: &str) -> reqwest::RequestBuilder {
    let method = if sending.body.is_some() {
        Method::POST
    } else {
        Method::GET
    };
    let mut request = pool
        .request(method, sending.url.clone())
        .header(AUTHORIZATION, token.header())
        .header("client-request-id", id)
        .header("return-client-request-id", "true");
    if sending.expects == Expects::Json {
        request = request.header(ACCEPT, "application/json");
    }
    if let Some(prefer) = sending.prefer.and_then(Prefer::header) {
        request = request.header("Prefer", prefer);
    }
    if sending.consistency {
        request = request.header("ConsistencyLevel", "eventual");
    }
    if sending.unpacked {
        request = request.header(ACCEPT_ENCODING, "identity");
    }
    if let Some(body) = &sending.body {
        let json = HeaderValue::from_static("application/json");
        request = request.header(CONTENT_TYPE, json).body(body.clone());
    }
    request
}

/// One line for each attempt. It has only the names of query options, because their values may
/// quote mail.
fn log(sending: &Sending, id: &str, started: Instant, outcome: &Result<Reply, Error>) {
    let path = loggable(&sending.url);
    let milliseconds = started.elapsed().as_millis() as u64;
    match outcome {
        Ok(reply) => {
            let (status, bytes) = (reply.status, reply.body.len());
            let request_id = reply.header("request-id").unwrap_or_default();
            tracing::debug!(path, status, bytes, milliseconds, id, request_id, "reply");
        }
        Err(error) => {
            let error = error.for_log();
            tracing::debug!(path, error, milliseconds, id, "no reply");
        }
    }
}
