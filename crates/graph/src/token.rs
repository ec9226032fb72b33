//! Access tokens: requested once, shared by the process, renewed before they expire
//! (docs/graph.md#tokens).

use super::error::{Error, ErrorKind};
use super::http::{Pool, Reply, SMALL_REPLY};
use super::retry::Retries;
use super::token_error;
use base64::prelude::{BASE64_STANDARD, Engine};
use exchange_config::{Authentication, ClientAuthentication, Secret, Settings, outgoing};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde::Deserialize;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use url::form_urlencoded::{self, byte_serialize};

/// A token is renewed this long before its end, or a fifth of its life if that is less.
const EARLY: Duration = Duration::from_secs(300);
/// While an old token is still valid, a failed renewal is not repeated before this.
const RENEWAL_PAUSE: Duration = Duration::from_secs(30);

/// Before the token in `Authorization`.
const SCHEME: &str = "Bearer ";

/// How a client gets its tokens.
#[derive(Clone, Debug)]
pub(super) enum Grant {
    /// A token from the application, used as it is.
    Given(Token),
    /// Client credentials.
    Credentials(Box<Credentials>),
}

#[derive(Clone, Debug)]
pub(super) struct Credentials {
    endpoint: url::Url,
    client_id: String,
    secret: Secret,
    method: ClientAuthentication,
    scopes: String,
}

/// A bearer token. It hides itself, and its text is wiped after its last use; only the filter for
/// outgoing text remembers it longer.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// `Authorization`
    text: Secret,
    renew_at: Option<Instant>,
    ends_at: Option<Instant>,
}

impl Token {
    fn new(text: &str, life: Option<Duration>) -> Result<Self, Error> {
        outgoing::hide_token(&Secret::new(text));
        let now = Instant::now();
        if HeaderValue::from_str(text).is_err() {
            return Err(Error::new(
                ErrorKind::Credentials,
                "The access token holds characters that no token has.",
            ));
        }
        let renew_at = life.map(|life| now + (life - EARLY.min(life / 5)));
        Ok(Self {
            text: Secret::new(format!("{SCHEME}{text}")),
            renew_at,
            ends_at: life.map(|life| now + life),
        })
    }

    /// The value of `Authorization`.
    pub(super) fn header(&self) -> HeaderValue {
        let mut header = HeaderValue::from_str(self.text.expose()).expect("the text was checked");
        header.set_sensitive(true);
        header
    }

    /// The token itself.
    pub(super) fn text(&self) -> &str {
        let text = self.text.expose();
        text.strip_prefix(SCHEME).unwrap_or(text)
    }

    fn is_fresh(&self) -> bool {
        self.renew_at.is_none_or(|moment| Instant::now() < moment)
    }

    fn is_alive(&self) -> bool {
        self.ends_at.is_none_or(|moment| Instant::now() < moment)
    }
}

impl Grant {
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        match &settings.authentication {
            Authentication::AccessToken(token) => {
                Ok(Self::Given(Token::new(token.expose().trim(), None)?))
            }
            Authentication::ClientSecret { secret, method } => {
                outgoing::hide(secret);
                let mut endpoint = settings.login_endpoint.clone();
                let path = endpoint.path().trim_end_matches('/');
                endpoint.set_path(&format!("{path}/{}/oauth2/v2.0/token", settings.tenant));
                Ok(Self::Credentials(Box::new(Credentials {
                    endpoint,
                    client_id: settings.client_id.clone(),
                    secret: secret.clone(),
                    method: *method,
                    scopes: settings.scopes.clone(),
                })))
            }
        }
    }

    /// Identifies applications for Graph's limits.
    pub(super) fn application(&self) -> String {
        match self {
            Self::Given(token) => {
                format!("token {:x}", fingerprint(token.text.expose().as_bytes()))
            }
            Self::Credentials(credentials) => credentials.client_id.to_lowercase(),
        }
    }
}

/// A number that replaces a secret in keys: it distinguishes secrets and cannot be reversed.
fn fingerprint(secret: &[u8]) -> u128 {
    static HASHERS: OnceLock<(RandomState, RandomState)> = OnceLock::new();
    let (one, two) = HASHERS.get_or_init(|| (RandomState::new(), RandomState::new()));
    (u128::from(one.hash_one(secret)) << 64) | u128::from(two.hash_one(secret))
}

/// The tokens of the process.
#[derive(Default)]
pub(super) struct Tokens(Mutex<HashMap<Key, Arc<Entry>>>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    endpoint: String,
    client_id: String,
    secret: u128,
    method: ClientAuthentication,
    scopes: String,
}

#[derive(Default)]
struct Entry {
    state: Mutex<State>,
    /// Locked by the task that requests a token; the others wait for its result.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// Counts answers, so that tasks that waited through a failure share it.
    answers: u64,
    failure: Option<Error>,
}

/// Needed to request a token, besides the credentials.
pub(super) struct Means<'a> {
    pub(super) pool: &'a Pool,
    pub(super) silence: Option<Duration>,
    pub(super) retries: Retries,
}

impl Tokens {
    fn entry(&self, credentials: &Credentials) -> Arc<Entry> {
        let key = Key {
            endpoint: credentials.endpoint.to_string(),
            client_id: credentials.client_id.clone(),
            secret: fingerprint(credentials.secret.expose().as_bytes()),
            method: credentials.method,
            scopes: credentials.scopes.clone(),
        };
        lock(&self.0).entry(key).or_default().clone()
    }

    /// A token that is valid now; requested only if none is available.
    pub(super) async fn get(&self, grant: &Grant, means: Means<'_>) -> Result<Token, Error> {
        let credentials = match grant {
            Grant::Given(token) => return Ok(token.clone()),
            Grant::Credentials(credentials) => credentials,
        };
        let entry = self.entry(credentials);
        let answers = match entry.look(None) {
            Ok(Some(token)) => return Ok(token),
            Ok(None) | Err(_) => lock(&entry.state).answers,
        };
        let _asking = entry.asking.lock().await;
        if let Some(token) = entry.look(Some(answers))? {
            return Ok(token);
        }
        let answer = ask(credentials, means).await;
        entry.keep(answer)
    }

    /// A new token, even if there is a valid one: that has the permissions of the time when it was given.
    pub(super) async fn renew(&self, grant: &Grant, means: Means<'_>) -> Result<Token, Error> {
        let credentials = match grant {
            Grant::Given(token) => return Ok(token.clone()),
            Grant::Credentials(credentials) => credentials,
        };
        let entry = self.entry(credentials);
        let _asking = entry.asking.lock().await;
        let token = ask(credentials, means).await?;
        entry.keep(Ok(token))
    }

    /// Forgets all tokens. Requests in flight keep theirs.
    pub(super) fn clear(&self) {
        lock(&self.0).clear();
    }

    /// Forgets a token that Graph has refused, unless a newer one exists. Returns whether a new one
    /// can be requested.
    pub(super) fn reject(&self, grant: &Grant, token: &Token) -> bool {
        let Grant::Credentials(credentials) = grant else {
            return false;
        };
        let entry = self.entry(credentials);
        let mut state = lock(&entry.state);
        if state
            .token
            .as_ref()
            .is_some_and(|kept| kept.text == token.text)
        {
            state.token = None;
        }
        true
    }
}

impl Entry {
    /// The token, or a failure that came after `answers`, while the caller waited.
    fn look(&self, answers: Option<u64>) -> Result<Option<Token>, Error> {
        let state = lock(&self.state);
        match (&state.token, &state.failure) {
            (Some(token), _) if token.is_fresh() => Ok(Some(token.clone())),
            (_, Some(failure)) if answers.is_some_and(|before| before != state.answers) => {
                Err(failure.clone())
            }
            _ => Ok(None),
        }
    }

    fn keep(&self, answer: Result<Token, Error>) -> Result<Token, Error> {
        let mut state = lock(&self.state);
        let error = match answer {
            Ok(token) => {
                state.answers += 1;
                state.failure = None;
                state.token = Some(token.clone());
                return Ok(token);
            }
            Err(error) => error,
        };
        if let Some(old) = state
            .token
            .as_mut()
            .filter(|old| old.is_alive() && error.is_transient())
        {
            tracing::warn!(%error, "the access token could not be renewed; the old one still serves");
            old.renew_at = Some(Instant::now() + RENEWAL_PAUSE);
            return Ok(old.clone());
        }
        state.token = None;
        // A deadline belongs to its caller; waiting tasks have their own.
        if error.kind() != ErrorKind::TimedOut {
            state.answers += 1;
            state.failure = Some(error.clone());
        }
        Err(error)
    }
}

async fn ask(credentials: &Credentials, mut means: Means<'_>) -> Result<Token, Error> {
    let host = credentials.endpoint.host_str().unwrap_or_default();
    loop {
        let started = Instant::now();
        let reply = means
            .pool
            .exchange(request(credentials, means.pool), means.silence, SMALL_REPLY)
            .await;
        let answer = match reply {
            Ok(reply) => read(&reply, host),
            Err(error) if error.kind() == ErrorKind::TooLarge => Err(no_login_service(host)),
            Err(error) => Err(error),
        };
        let milliseconds = started.elapsed().as_millis() as u64;
        let error = match answer {
            Ok(token) => {
                tracing::info!(host, milliseconds, "access token received");
                return Ok(token);
            }
            Err(error) => error,
        };
        tracing::warn!(host, milliseconds, %error, "no access token");
        let wait = means.retries.after(error)?;
        tokio::time::sleep(wait).await;
    }
}

fn request(credentials: &Credentials, pool: &Pool) -> reqwest::RequestBuilder {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials")
        .append_pair("scope", &credentials.scopes);
    let request = pool.request(reqwest::Method::POST, credentials.endpoint.clone());
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    match credentials.method {
        ClientAuthentication::Basic => {
            // RFC 6749, 2.3.1: both are form-encoded before they are joined.
            let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!(
                "{}:{}",
                encoded(&credentials.client_id),
                encoded(credentials.secret.expose())
            );
            let text = format!(
                "Basic {}",
                BASE64_STANDARD.encode(zeroize::Zeroizing::new(pair).as_bytes())
            );
            let mut header = HeaderValue::from_str(&text).expect("base64 is ASCII");
            header.set_sensitive(true);
            request.header(AUTHORIZATION, header).body(form.finish())
        }
        ClientAuthentication::Post => {
            form.append_pair("client_id", &credentials.client_id)
                .append_pair("client_secret", credentials.secret.expose());
            request.body(form.finish())
        }
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: String,
    #[serde(default)]
    token_type: String,
    /// Seconds. RFC 6749 only recommends it, and some services write it as a fraction or as a text.
    #[serde(default)]
    expires_in: serde_json::Value,
}

fn read(reply: &Reply, host: &str) -> Result<Token, Error> {
    if reply.status != 200 {
        return Err(token_error::of_reply(reply, host));
    }
    let odd = || no_login_service(host).with_status(reply.status);
    // A reply without a token was most likely damaged on the way.
    if reply.damage().is_some() {
        return Err(odd().transient());
    }
    let granted: Granted = serde_json::from_slice(&reply.body).map_err(|_| odd().transient())?;
    let is_bearer =
        granted.token_type.is_empty() || granted.token_type.eq_ignore_ascii_case("Bearer");
    if granted.access_token.is_empty() || !is_bearer {
        return Err(odd());
    }
    let life = life(&granted.expires_in);
    let access_token = Secret::new(granted.access_token);
    Token::new(access_token.expose(), life)
}

fn no_login_service(host: &str) -> Error {
    let message = format!("{host} does not answer as a login service does. Check LoginEndpoint.");
    Error::new(ErrorKind::Unreachable, message)
}

/// How long a token is valid. Without a number it is used until Graph refuses it.
fn life(expires_in: &serde_json::Value) -> Option<Duration> {
    let seconds = match expires_in {
        serde_json::Value::String(text) => text.trim().parse().ok(),
        number => number.as_f64(),
    };
    let seconds = seconds.filter(|seconds: &f64| *seconds >= 0.0)?;
    Some(Duration::from_secs_f64(seconds.min(f64::from(u32::MAX))))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
