//! Connections, and one exchange over them.

use super::error::{Error, ErrorKind};
use super::fault;
use crate::config::{Proxy, Settings, outgoing};
use bytes::{Bytes, BytesMut};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

const USER_AGENT: &str = concat!("exchange-odbc/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Below Azure's load balancers, which drop idle connections after four minutes.
const IDLE: Duration = Duration::from_secs(90);
/// However many requests fail together, connections are replaced at most this often.
const RENEW_AFTER: Duration = Duration::from_secs(1);
/// No page that Graph sends is anywhere near this, so it is not worth more memory at first.
const FIRST_CAPACITY: u64 = 8 << 20;

/// What decides which connections may be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    proxy: Option<Proxy>,
    ca_certificate: Option<PathBuf>,
    /// Both endpoints are on this machine, without TLS.
    plain: bool,
    local: bool,
}

impl Route {
    pub(super) fn new(settings: &Settings) -> Self {
        let endpoints = [&settings.graph_endpoint, &settings.login_endpoint];
        Self {
            proxy: settings.proxy.clone(),
            ca_certificate: settings.ca_certificate.clone(),
            plain: endpoints.iter().all(|url| url.scheme() == "http"),
            local: endpoints.iter().all(|url| crate::config::is_loopback(url)),
        }
    }
}

/// A pool of connections.
#[derive(Clone)]
pub(super) struct Pool {
    client: reqwest::Client,
    made: Instant,
}

/// The pools of the process.
#[derive(Default)]
pub(super) struct Connections(Mutex<Vec<(Route, Pool)>>);

impl Connections {
    fn lock(&self) -> MutexGuard<'_, Vec<(Route, Pool)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn pool(&self, route: &Route) -> Result<Pool, Error> {
        let mut pools = self.lock();
        if let Some((_, pool)) = pools.iter().find(|(known, _)| known == route) {
            return Ok(pool.clone());
        }
        let pool = Pool {
            client: build(route)?,
            made: Instant::now(),
        };
        pools.push((route.clone(), pool.clone()));
        Ok(pool)
    }

    /// Lets the next request start on a new connection. Those in flight end on the old ones.
    pub(super) fn renew(&self, route: &Route, pool: &Pool) {
        if pool.made.elapsed() >= RENEW_AFTER {
            self.lock()
                .retain(|(known, other)| known != route || other.made != pool.made);
        }
    }

    pub(super) fn clear(&self) {
        self.lock().clear();
    }
}

fn build(route: &Route) -> Result<reqwest::Client, Error> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Fails only when a program that links this crate has chosen a provider: then that one is used.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        // A redirect would carry the token to where it does not belong.
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE)
        .tcp_keepalive(Duration::from_secs(30))
        .tcp_nodelay(true)
        .http2_adaptive_window(true)
        .http2_keep_alive_interval(Duration::from_secs(20))
        .http2_keep_alive_timeout(Duration::from_secs(20));
    if let Some(proxy) = &route.proxy {
        builder = builder.proxy(proxy_of(proxy)?);
    } else if route.local {
        builder = builder.no_proxy();
    }
    if route.plain && route.ca_certificate.is_none() {
        // Nothing will be verified, so the system's certificates need not be read, nor even be there.
        builder = builder.tls_certs_only([]);
    }
    if let Some(file) = &route.ca_certificate {
        builder = builder.tls_certs_merge(certificates(file)?);
    }
    builder.build().map_err(|error| {
        let cause = fault::cause(&error);
        let message = match &route.ca_certificate {
            Some(file) => unusable(file, &format!("cannot be used: {cause}")),
            None => format!("Secure connections cannot be set up: {cause}."),
        };
        Error::new(ErrorKind::Unreachable, message)
    })
}

fn proxy_of(proxy: &Proxy) -> Result<reqwest::Proxy, Error> {
    let made = reqwest::Proxy::all(proxy.address.clone()).map_err(|_| {
        Error::new(
            ErrorKind::Unreachable,
            "The address in Proxy cannot be used; write http://host:port.",
        )
    })?;
    Ok(match &proxy.user {
        Some(user) => {
            let password = proxy
                .password
                .as_ref()
                .map(|secret| secret.expose())
                .unwrap_or_default();
            if let Some(password) = &proxy.password {
                outgoing::hide(password);
            }
            made.basic_auth(user, password)
        }
        None => made,
    })
}

fn unusable(file: &Path, problem: &str) -> String {
    format!(
        "The file '{}' given as CACertificate {problem}.",
        file.display()
    )
}

fn certificates(file: &PathBuf) -> Result<Vec<reqwest::Certificate>, Error> {
    let failed = |problem: String| Error::new(ErrorKind::Unreachable, unusable(file, &problem));
    let pem = std::fs::read(file).map_err(|error| failed(format!("cannot be read: {error}")))?;
    match reqwest::Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(failed("holds no certificate in PEM form".to_owned())),
    }
}

/// A whole reply, whatever its status.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The host, with the port where it is not the usual one.
fn host_of(url: &url::Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

impl Pool {
    pub(super) fn request(
        &self,
        method: reqwest::Method,
        url: url::Url,
    ) -> reqwest::RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request and reads its reply. `silence` is the longest time without any progress.
    pub(super) async fn exchange(
        &self,
        request: reqwest::RequestBuilder,
        silence: Option<Duration>,
    ) -> Result<Reply, Error> {
        let request = request
            .build()
            .map_err(|error| fault::of(&error, "Graph"))?;
        let host = host_of(request.url());
        let lost = |error: reqwest::Error| fault::of(&error, &host);
        let sent = within(silence, &host, self.client.execute(request)).await?;
        let mut response = sent.map_err(lost)?;
        let capacity = response.content_length().unwrap_or(0).min(FIRST_CAPACITY);
        let mut body = BytesMut::with_capacity(capacity as usize);
        while let Some(bytes) = within(silence, &host, response.chunk())
            .await?
            .map_err(lost)?
        {
            body.extend_from_slice(&bytes);
        }
        let reply = Reply {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: body.freeze(),
        };
        if reply.status == 407 {
            Err(fault::proxy_refused().with_status(407))
        } else if is_cut(&reply) {
            Err(fault::cut(&host))
        } else {
            Ok(reply)
        }
    }
}

async fn within<T>(
    silence: Option<Duration>,
    host: &str,
    work: impl Future<Output = T>,
) -> Result<T, Error> {
    match silence {
        Some(time) => tokio::time::timeout(time, work)
            .await
            .map_err(|_| fault::silent(host, time)),
        None => Ok(work.await),
    }
}

/// A proxy that closes early can cut a reply whose length was not announced. JSON shows it.
fn is_cut(reply: &Reply) -> bool {
    let json = reply.headers.get(CONTENT_TYPE).is_some_and(|value| {
        value
            .as_bytes()
            .to_ascii_lowercase()
            .starts_with(b"application/json")
    });
    let last = reply.body.trim_ascii_end().last();
    json && (200..300).contains(&reply.status) && last.is_some_and(|byte| !b"}]\"".contains(byte))
}
