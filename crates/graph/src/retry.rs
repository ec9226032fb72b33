//! Rules for sending a failed request again.

use super::error::{Error, ErrorKind};
use std::time::{Duration, Instant, SystemTime};

/// The first wait without `Retry-After`; each further one is twice as long (docs/graph.md#throttling).
pub(super) const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// The longest wait that is accepted from a server.
const LONGEST_PATIENCE: Duration = Duration::from_secs(300);
/// An unreachable host will hardly come up while a user looks at the login window.
const CONNECT_RETRIES: u32 = 2;
/// 500 is as often a permanent fault with this request as it is a passing one; the same holds for
/// 404 without a reason (docs/graph.md#missing-items).
const SERVER_ERROR_RETRIES: u32 = 3;

/// Counts the attempts of one request.
#[derive(Debug)]
pub(super) struct Retries {
    most: u32,
    done: u32,
    first_wait: Duration,
    deadline: Option<Instant>,
    /// How often the same request was sent again after 504.
    gateway_timeouts: u32,
    /// How often it failed for a reason that may be permanent. Other failures in between say nothing about that.
    server_errors: u32,
}

impl Retries {
    pub(super) fn new(most: u32, first_wait: Duration, deadline: Option<Instant>) -> Self {
        Self {
            most,
            done: 0,
            first_wait,
            deadline,
            gateway_timeouts: most,
            server_errors: 0,
        }
    }

    /// For a request that the caller can make smaller: 504 is returned to the caller after one more
    /// try (docs/graph.md#large-pages).
    pub(super) fn that_can_shrink(mut self, shrinks: bool) -> Self {
        if shrinks {
            self.gateway_timeouts = self.most.min(1);
        }
        self
    }

    /// How long to wait before the next attempt; the error if there is no further attempt.
    pub(super) fn after(&mut self, error: Error) -> Result<Duration, Error> {
        if !error.is_transient() {
            return Err(error);
        }
        let most = match (error.kind(), error.status()) {
            (ErrorKind::Unreachable, _) => self.most.min(CONNECT_RETRIES),
            (ErrorKind::GatewayTimeout, _) => self.gateway_timeouts,
            // An empty 400 is an oddity of Graph that may succeed at a second try
            // (docs/graph.md#retries); the login service returns 400 with a code while it is busy.
            (_, Some(400)) if error.code().is_none() => self.most.min(1),
            _ => self.most,
        };
        let may_be_permanent = matches!(error.status(), Some(404 | 500)) || is_refused_file(&error);
        let is_permanent =
            may_be_permanent && self.server_errors >= self.most.min(SERVER_ERROR_RETRIES);
        self.server_errors += u32::from(may_be_permanent);
        if self.done >= most || is_permanent {
            let attempts = self.done + 1;
            return Err(if attempts == 1 {
                error
            } else {
                error.with_note(&format!("It was tried {attempts} times."))
            });
        }
        let wait = match error.retry_after() {
            // Other requests with the same wait should not all return at the same instant.
            Some(asked) => asked + jitter(Duration::from_millis(50)),
            None => {
                let wait = self
                    .first_wait
                    .saturating_mul(1 << self.done.min(10))
                    .min(LONGEST_WAIT);
                wait / 2 + jitter(wait / 2)
            }
        };
        if wait > LONGEST_PATIENCE {
            return Err(error.with_note(&format!(
                "Graph asks to wait for {} seconds.",
                wait.as_secs()
            )));
        }
        if self
            .deadline
            .is_some_and(|deadline| Instant::now() + wait > deadline)
        {
            let note = "The next attempt would come after the time allowed for the operation.";
            return Err(error.with_note(note).with_kind(ErrorKind::TimedOut));
        }
        self.done += 1;
        Ok(wait)
    }
}

/// Whether the host of a file refuses the link. A new one helps if it was too old, and nothing else does.
fn is_refused_file(error: &Error) -> bool {
    let is_refusal = |status| matches!(status, 401 | 403 | 410);
    error.kind() == ErrorKind::LinkLost && error.status().is_some_and(is_refusal)
}

/// A random part of `most`.
fn jitter(most: Duration) -> Duration {
    let random = uuid::Uuid::new_v4().as_u128() as u16;
    most.mul_f64(f64::from(random) / f64::from(u16::MAX))
}

/// The wait in a `Retry-After` header: seconds, also with a fraction, or an HTTP date
/// (docs/graph.md#throttling).
pub(super) fn retry_after(value: &str) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let moment = httpdate::parse_http_date(value).ok()?;
    // A past date means no wait.
    Some(moment.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttled(wait: Option<u64>) -> Error {
        Error::new(ErrorKind::Throttled, "slow down")
            .with_status(429)
            .with_retry_after(wait.map(Duration::from_secs))
            .transient()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(retry_after("2.128"), Some(Duration::from_millis(2128)));
        assert_eq!(retry_after(" 1 "), Some(Duration::from_secs(1)));
        let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(100));
        let wait = retry_after(&date).expect("a date");
        assert!((98..=100).contains(&wait.as_secs()), "{wait:?}");
        assert_eq!(
            retry_after("Sun, 06 Nov 1994 08:49:37 GMT"),
            Some(Duration::ZERO)
        );
        for bad in ["", "soon", "-1", "NaN", "inf"] {
            assert_eq!(retry_after(bad), None, "{bad}");
        }
    }

    #[test]
    fn waits_grow_and_end() {
        let mut retries = Retries::new(4, FIRST_WAIT, None);
        let waits: Vec<_> = (0..4)
            .map(|_| retries.after(throttled(None)).expect("another try"))
            .collect();
        for (number, wait) in waits.iter().enumerate() {
            let whole = FIRST_WAIT * (1 << number);
            assert!(*wait >= whole / 2 && *wait <= whole, "{waits:?}");
        }
        let error = retries.after(throttled(None)).expect_err("the fifth");
        assert!(error.to_string().contains("5 times"), "{error}");
    }

    #[test]
    fn failures_that_may_last_count_by_themselves() {
        let unexplained = || {
            Error::new(ErrorKind::Protocol, "?")
                .with_status(404)
                .transient()
        };
        let mut retries = Retries::new(9, FIRST_WAIT, None);
        for _ in 0..3 {
            assert!(retries.after(throttled(None)).is_ok());
            assert!(retries.after(unexplained()).is_ok());
        }
        let error = retries.after(unexplained()).expect_err("the fourth");
        assert!(error.to_string().contains("7 times"), "{error}");
        let mut retries = Retries::new(1, FIRST_WAIT, None);
        assert!(retries.after(unexplained()).is_ok());
        assert!(retries.after(unexplained()).is_err());
    }

    #[test]
    fn what_the_server_asks_is_honoured_within_reason() {
        let mut retries = Retries::new(9, FIRST_WAIT, None);
        assert!(retries.after(throttled(Some(7))).expect("a try") >= Duration::from_secs(7));
        assert!(retries.after(throttled(Some(3600))).is_err());
        let soon = Instant::now() + Duration::from_secs(2);
        let mut retries = Retries::new(9, FIRST_WAIT, Some(soon));
        let error = retries.after(throttled(Some(7))).expect_err("too late");
        assert_eq!(error.kind(), ErrorKind::TimedOut);
    }

    #[test]
    fn lasting_failures_and_long_pages_are_not_repeated() {
        let mut retries = Retries::new(9, FIRST_WAIT, None);
        assert!(
            retries
                .after(Error::new(ErrorKind::QueryRefused, "no"))
                .is_err()
        );
        let slow = || {
            Error::new(ErrorKind::GatewayTimeout, "slow")
                .with_status(504)
                .transient()
        };
        let mut retries = Retries::new(9, FIRST_WAIT, None).that_can_shrink(true);
        assert!(retries.after(slow()).is_ok());
        assert_eq!(
            retries.after(slow()).expect_err("the second").kind(),
            ErrorKind::GatewayTimeout
        );
    }
}
