//! How the simulator behaves.

use super::log::Entry;
use std::fmt;
use std::num::NonZeroU64;
use std::sync::Arc;
use std::time::Duration;

/// A callback for every request, besides logging it.
pub type OnRequest = Arc<dyn Fn(&Entry) + Send + Sync>;

/// How the simulator behaves.
#[derive(Clone)]
pub struct Options {
    /// 0 takes any free port.
    pub port: u16,
    pub threads: usize,
    pub token_lifetime: Duration,
    /// Before every answer of Graph.
    pub latency: Duration,
    /// Added for each 1024 bytes of the reply.
    pub latency_per_kilobyte: Duration,
    /// Bytes that each connection sends in a second, at most.
    pub bandwidth: Option<NonZeroU64>,
    /// Requests that an application may have in flight for one mailbox.
    pub concurrency: usize,
    /// The wait in the reply to a throttled request.
    pub retry_after: Duration,
    /// How long a link to a file is good for.
    pub link_lifetime: Duration,
    /// Compresses replies for clients that accept it.
    pub gzip: bool,
    /// Serves HTTPS, with HTTP/2 for clients that speak it, in place of HTTP/1.1. They have to trust
    /// [`crate::Simulator::AUTHORITY`].
    pub http2: bool,
    /// Number of requests in the log.
    pub log_capacity: usize,
    /// Called for every request.
    pub on_request: Option<OnRequest>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            threads: 2,
            token_lifetime: Duration::from_secs(3599),
            latency: Duration::ZERO,
            latency_per_kilobyte: Duration::ZERO,
            bandwidth: None,
            concurrency: 4,
            retry_after: Duration::from_millis(200),
            link_lifetime: Duration::from_secs(300),
            gzip: true,
            http2: false,
            log_capacity: 100_000,
            on_request: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("port", &self.port)
            .field("threads", &self.threads)
            .field("token_lifetime", &self.token_lifetime)
            .field("latency", &self.latency)
            .field("latency_per_kilobyte", &self.latency_per_kilobyte)
            .field("bandwidth", &self.bandwidth)
            .field("concurrency", &self.concurrency)
            .field("retry_after", &self.retry_after)
            .field("link_lifetime", &self.link_lifetime)
            .field("gzip", &self.gzip)
            .field("http2", &self.http2)
            .field("log_capacity", &self.log_capacity)
            .finish_non_exhaustive()
    }
}
