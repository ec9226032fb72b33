//! Connections, and one exchange over a connection.

use super::error::{Error, ErrorKind};
use super::fault;
use super::mend::mended;
use super::unpack::{Body, Failure};
use bytes::Bytes;
use exchange_config::{Proxy, Settings, outgoing};
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue,
    TRANSFER_ENCODING,
};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

const USER_AGENT: &str = concat!("exchange-odbc/", env!("CARGO_PKG_VERSION"));
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// Below Azure's load balancers, which drop idle connections after four minutes.
const IDLE: Duration = Duration::from_secs(90);
/// Connections are replaced at most this often, however many requests fail together.
const RENEW_AFTER: Duration = Duration::from_secs(1);
/// The initial capacity. No page of Graph comes near it, so more memory is not reserved at first.
const FIRST_CAPACITY: u64 = 8 << 20;
/// Maximum bytes of an error or a token. Microsoft sends nothing larger.
pub(super) const SMALL_REPLY: u64 = 1 << 20;

/// Two requests may share connections if this is equal.
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
            local: endpoints
                .iter()
                .all(|url| exchange_config::is_loopback(url)),
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

    /// Makes the next request use a new connection. Requests in flight finish on the old ones.
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
        // Fails only if a program that links this crate has chosen a provider, which is then used.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(HeaderMap::from_iter([(
            ACCEPT_ENCODING,
            HeaderValue::from_static("gzip"),
        )]))
        // A redirect would send the token to another host.
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
    } else if let Some(proxy) = of_the_system() {
        builder = builder.proxy(proxy);
    }
    if route.plain && route.ca_certificate.is_none() {
        // Nothing is verified without TLS, so the system's certificates need not be read or even
        // exist.
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

/// Windows' proxy for each address. The environment is of this program alone, so a proxy that it names wins.
#[cfg(windows)]
fn of_the_system() -> Option<reqwest::Proxy> {
    let is_given = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if ["HTTPS_PROXY", "ALL_PROXY"].into_iter().any(is_given) {
        return None;
    }
    let proxy = reqwest::Proxy::custom(|url| {
        // A script may wait for the network, and this thread has other requests.
        match tokio::runtime::Handle::try_current().map(|handle| handle.runtime_flavor()) {
            Ok(tokio::runtime::RuntimeFlavor::MultiThread) => {
                tokio::task::block_in_place(|| exchange_config::system_proxy::of(url))
            }
            _ => exchange_config::system_proxy::of(url),
        }
    });
    Some(proxy.no_proxy(reqwest::NoProxy::from_env()))
}

/// Other systems have the environment's proxy only.
#[cfg(not(windows))]
fn of_the_system() -> Option<reqwest::Proxy> {
    None
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
    /// Whether the reply had an explicit end, other than the end of the connection.
    pub(super) is_framed: bool,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Whether the reply leads to another place.
    pub(super) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308)
    }

    /// Why the reply cannot be right for any request: it is a web page, is empty, or ends in the
    /// middle. Only a parser can find other damage.
    pub(super) fn damage(&self) -> Option<&'static str> {
        let content_type = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let content_type = content_type.to_ascii_lowercase();
        let body = self.body.trim_ascii();
        match (body.first(), body.last()) {
            (None, _) | (_, None) => Some("is empty"),
            (Some(b'<'), _) => Some("is a web page"),
            _ if content_type.starts_with("text/html") => Some("is a web page"),
            (_, Some(last)) if content_type.contains("json") && !b"}]\"".contains(last) => {
                Some("ends too early")
            }
            _ => None,
        }
    }
}

/// The host, with the port if it is not the default.
pub(super) fn host_of(url: &url::Url) -> String {
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

    /// Asks for the address and returns the status of the reply, whatever it is.
    pub(super) async fn probe(&self, url: url::Url) -> Result<u16, reqwest::Error> {
        let reply = self.client.get(url).send().await?;
        Ok(reply.status().as_u16())
    }

    /// Sends a request and reads its reply. `silence` is the longest time without progress, `most`
    /// the largest body, uncompressed.
    pub(super) async fn exchange(
        &self,
        request: reqwest::RequestBuilder,
        silence: Option<Duration>,
        most: u64,
    ) -> Result<Reply, Error> {
        let request = request
            .build()
            .map_err(|error| fault::of(&error, "Graph"))?;
        let host = host_of(request.url());
        let lost = |error: reqwest::Error| fault::of(&error, &host);
        let sent = within(silence, &host, self.client.execute(request)).await?;
        let mut response = sent.map_err(lost)?;
        let is_success = response.status().is_success();
        let most = match is_success {
            true => most,
            false => most.min(SMALL_REPLY),
        };
        let capacity = response.content_length().unwrap_or(0);
        let encoding = response.headers().get(CONTENT_ENCODING);
        let is_packed = encoding.is_some_and(|name| name.as_bytes().eq_ignore_ascii_case(b"gzip"));
        let failed = |failure| match failure {
            Failure::TooLarge => fault::too_large(&host, most),
            Failure::Damaged => fault::damaged(&host, "is not compressed as it says", "JSON"),
        };
        let capacity = capacity.min(FIRST_CAPACITY) as usize;
        let mut body = Body::new(is_packed, capacity, most as usize);
        let mut length = 0;
        while let Some(bytes) = within(silence, &host, response.chunk())
            .await?
            .map_err(lost)?
        {
            length += bytes.len();
            match body.push(&bytes) {
                Ok(()) => {}
                // The status is enough.
                Err(Failure::TooLarge) if !is_success => {
                    body = Body::new(false, 0, 0);
                    break;
                }
                Err(failure) => return Err(failed(failure)),
            }
        }
        // A stream of HTTP/2 may end early without an error.
        let announced = response.headers().get(CONTENT_LENGTH);
        let announced = announced.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if is_success && announced.is_some_and(|announced| announced != length) {
            return Err(fault::cut(&host));
        }
        let body = match body.finish() {
            Err(Failure::TooLarge) if !is_success => Vec::new(),
            outcome => outcome.map_err(failed)?,
        };
        let reply = Reply {
            status: response.status().as_u16(),
            is_framed: announced.is_some()
                || response.headers().contains_key(TRANSFER_ENCODING)
                || response.version() >= reqwest::Version::HTTP_2,
            headers: std::mem::take(response.headers_mut()),
            body: mended(body),
        };
        match reply.status {
            407 => Err(fault::proxy_refused().with_status(407)),
            _ => Ok(reply),
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
