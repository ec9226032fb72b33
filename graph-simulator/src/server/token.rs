//! Tokens: the endpoint that issues them, with Entra ID's checks and errors, and the check of each
//! use.

use super::incoming::Incoming;
use super::reply::Reply;
use crate::model::{Application, Tenant};
use crate::odata::pairs;
use crate::refusal::Refusal;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Hosts whose `/.default` scope means Graph, in every cloud.
const GRAPH_HOSTS: &[&str] = &[
    "graph.microsoft.com",
    "graph.microsoft.us",
    "dod-graph.microsoft.us",
    "microsoftgraph.chinacloudapi.cn",
];

/// The issued tokens.
#[derive(Default)]
pub struct Tokens {
    given: Mutex<HashMap<String, Given>>,
    random: RandomState,
}

struct Given {
    application: String,
    until: Instant,
}

impl Tokens {
    fn give(&self, application: &Application, lifetime: Duration) -> String {
        let id = application.client_id.as_str();
        let mut given = self.lock();
        let now = Instant::now();
        // Expired ones are kept for a while, so that they can be distinguished from invented ones.
        given.retain(|_, token| token.until + Duration::from_secs(3600) > now);
        let part = |salt: u64| self.random.hash_one((id, given.len(), now, salt));
        let random = format!("{:016x}{:016x}", part(1), part(2));
        let token = match &application.permissions {
            Some(permissions) => readable(id, permissions, &random),
            None => format!("simulated.{random}"),
        };
        let entry = Given {
            application: id.to_owned(),
            until: now + lifetime,
        };
        given.insert(token.clone(), entry);
        token
    }

    /// The application of a request.
    pub fn application(&self, incoming: &Incoming) -> Result<String, Refusal> {
        let Some(token) = bearer(incoming) else {
            return Err(invalid_token("Access token is empty."));
        };
        let given = self.lock();
        match given.get(token) {
            None => Err(invalid_token("Invalid access token.")),
            Some(token) if token.until <= Instant::now() => Err(invalid_token(
                "Lifetime validation failed, the token is expired.",
            )),
            Some(token) => Ok(token.application.clone()),
        }
    }

    /// Ends the token of a request.
    pub fn expire(&self, incoming: &Incoming) -> Refusal {
        if let Some(token) = bearer(incoming).and_then(|token| self.lock().remove_entry(token)) {
            let (text, given) = token;
            self.lock().insert(
                text,
                Given {
                    until: Instant::now(),
                    ..given
                },
            );
        }
        invalid_token("Lifetime validation failed, the token is expired.")
    }

    /// Ends all tokens.
    pub fn expire_all(&self) {
        let now = Instant::now();
        self.lock().values_mut().for_each(|token| token.until = now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Given>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A token that names its permissions in the claim `roles`, as Microsoft's do in practice (docs/graph.md#tokens). An
/// application that has all permissions gets one that cannot be read.
fn readable(client_id: &str, permissions: &[String], random: &str) -> String {
    let part = |claims: serde_json::Value| URL_SAFE_NO_PAD.encode(claims.to_string());
    let mut claims = json!({ "appid": client_id, "idtyp": "app" });
    if !permissions.is_empty() {
        claims["roles"] = json!(permissions);
    }
    let header = part(json!({ "typ": "JWT", "alg": "none" }));
    format!("{header}.{}.{random}", part(claims))
}

fn bearer(incoming: &Incoming) -> Option<&str> {
    let (scheme, token) = incoming.header("authorization")?.split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("bearer") && !token.is_empty())
}

fn invalid_token(message: &str) -> Refusal {
    Refusal::new(401, "InvalidAuthenticationToken", message)
}

/// `WWW-Authenticate` of a 401 (docs/graph.md#tokens).
pub fn challenge(base: &str) -> String {
    format!(
        "Bearer realm=\"\", authorization_uri=\"{base}/common/oauth2/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\""
    )
}

/// A refused token request: number, OAuth error, status, text (docs/graph.md#token-errors).
struct Denied(u32, &'static str, u16, String);

/// Answers `POST /{tenant}/oauth2/v2.0/token` (docs/graph.md#tokens).
pub fn endpoint(
    tokens: &Tokens,
    tenant: &Tenant,
    name: &str,
    incoming: &Incoming,
    lifetime: Duration,
) -> Reply {
    match grant(tokens, tenant, name, incoming, lifetime) {
        Ok(token) => {
            let seconds = lifetime.as_secs();
            let body = json!({
                "token_type": "Bearer",
                "expires_in": seconds,
                "ext_expires_in": seconds,
                "access_token": token,
            });
            Reply::json(200, &body).with("cache-control", "no-store, no-cache")
        }
        Err(denied) => denied.reply(&incoming.request_id),
    }
}

fn grant(
    tokens: &Tokens,
    tenant: &Tenant,
    name: &str,
    incoming: &Incoming,
    lifetime: Duration,
) -> Result<String, Denied> {
    if incoming.method != "POST" {
        let text = format!(
            "The endpoint only accepts POST requests. Received a {} request.",
            incoming.method
        );
        return Err(Denied(900561, "invalid_request", 400, text));
    }
    let form = Form::read(incoming)?;
    if form.required("grant_type")? != "client_credentials" {
        let text = "The app requested an unsupported grant type.".to_owned();
        return Err(Denied(70003, "unsupported_grant_type", 400, text));
    }
    check_tenant(tenant, name)?;
    let (client_id, secret) = form.credentials(incoming)?;
    let application = tenant
        .applications
        .iter()
        .find(|application| application.client_id.eq_ignore_ascii_case(&client_id))
        .ok_or_else(|| {
            let text = format!(
                "Application with identifier '{client_id}' was not found in the directory '{name}'. This can happen \
                 if the application has not been installed by the administrator of the tenant or consented to by any \
                 user in the tenant."
            );
            Denied(700016, "unauthorized_client", 400, text)
        })?;
    check_secret(
        &application.client_id,
        &application.client_secret,
        secret.as_deref(),
        &form,
    )?;
    check_scope(&form.required("scope")?, incoming)?;
    Ok(tokens.give(application, lifetime))
}

fn check_tenant(tenant: &Tenant, name: &str) -> Result<(), Denied> {
    if matches!(name, "common" | "consumers" | "organizations") {
        let text = format!(
            "The grant type is not supported over the /{name} endpoint. Use a tenant-specific endpoint."
        );
        return Err(Denied(9001023, "invalid_request", 400, text));
    }
    if name.eq_ignore_ascii_case(&tenant.id) || name.eq_ignore_ascii_case(&tenant.domain) {
        return Ok(());
    }
    let text = format!(
        "Tenant '{name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct \
         cloud."
    );
    Err(Denied(90002, "invalid_request", 400, text))
}

fn check_secret(
    client_id: &str,
    known: &str,
    sent: Option<&str>,
    form: &Form,
) -> Result<(), Denied> {
    if form.get("client_assertion").is_some() {
        let text = "Client assertion failed signature validation: the certificate with identifier used to sign the \
                    client assertion is not registered on application.";
        return Err(Denied(700027, "invalid_client", 401, text.to_owned()));
    }
    match sent {
        Some(secret) if secret == known => Ok(()),
        Some(_) => {
            let text = format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret \
                 value, not the client secret ID, for a secret added to app '{client_id}'."
            );
            Err(Denied(7000215, "invalid_client", 401, text))
        }
        None => {
            let text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
            Err(Denied(7000218, "invalid_client", 401, text.to_owned()))
        }
    }
}

fn check_scope(scope: &str, incoming: &Incoming) -> Result<(), Denied> {
    let resource = scope
        .strip_suffix("/.default")
        .filter(|resource| !resource.contains(' '));
    let Some(resource) = resource else {
        let text = format!(
            "The provided value for the input parameter 'scope' isn't valid. The scope {scope} isn't valid."
        );
        return Err(Denied(70011, "invalid_scope", 400, text));
    };
    let host = resource
        .split_once("://")
        .map_or("", |(_, host)| host.trim_end_matches('/'));
    if GRAPH_HOSTS.contains(&host) || incoming.base.ends_with(&format!("://{host}")) {
        return Ok(());
    }
    let text = format!(
        "The resource principal named {resource} was not found in the tenant. This can happen if the application has \
         not been installed by the administrator of the tenant."
    );
    Err(Denied(500011, "invalid_resource", 400, text))
}

impl Denied {
    fn reply(self, request_id: &str) -> Reply {
        let Self(number, error, status, text) = self;
        let now = chrono::Utc::now().format("%Y-%m-%d %H:%M:%SZ").to_string();
        let description = format!(
            "AADSTS{number}: {text} Trace ID: {request_id} Correlation ID: {request_id} Timestamp: {now}"
        );
        let body = json!({
            "error": error,
            "error_description": description,
            "error_codes": [number],
            "timestamp": now,
            "trace_id": request_id,
            "correlation_id": request_id,
            "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
        });
        let mut reply = Reply::json(status, &body);
        reply.code = Some(format!("AADSTS{number}"));
        reply
    }
}

/// The fields of a token request.
struct Form(pairs::Pairs);

impl Form {
    fn read(incoming: &Incoming) -> Result<Self, Denied> {
        let is_form = incoming
            .header("content-type")
            .is_some_and(|text| text.starts_with("application/x-www-form-urlencoded"));
        let text = std::str::from_utf8(&incoming.body).ok().filter(|_| is_form);
        text.and_then(|text| pairs::pairs(text).ok())
            .map(Self)
            .ok_or_else(|| missing("grant_type"))
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    fn required(&self, name: &'static str) -> Result<String, Denied> {
        self.get(name)
            .map(str::to_owned)
            .ok_or_else(|| missing(name))
    }

    /// Id and secret, from the `Authorization` header (RFC 6749, 2.3.1) or from the form.
    fn credentials(&self, incoming: &Incoming) -> Result<(String, Option<String>), Denied> {
        match basic(incoming) {
            Some((id, secret)) => Ok((id, Some(secret))),
            None => Ok((
                self.required("client_id")?,
                self.get("client_secret").map(str::to_owned),
            )),
        }
    }
}

fn missing(name: &str) -> Denied {
    let text = format!("The request body must contain the following parameter: '{name}'.");
    Denied(900144, "invalid_request", 400, text)
}

/// Both parts are form-encoded before they are joined.
fn basic(incoming: &Incoming) -> Option<(String, String)> {
    let encoded = incoming.header("authorization")?.strip_prefix("Basic ")?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(encoded.trim())
        .ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |text: &str| Some(pairs::pairs(&format!("x={text}")).ok()?.pop()?.1);
    Some((decode(id)?, decode(secret)?))
}
