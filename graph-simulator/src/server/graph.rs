//! One request of Graph, from the token to the log.

use super::faults::Action;
use super::incoming::Incoming;
use super::log::Entry;
use super::reply::Reply;
use super::{Shared, batch, faults, token};
use crate::odata::query;
use crate::refusal::Refusal;
use crate::resources::{self, Ask, Prefer, Route, Twist};
use std::pin::Pin;

/// What is found out about a request on its way, for the log.
#[derive(Default)]
struct Trace {
    mailbox: Option<String>,
    in_flight: usize,
    fault: Option<&'static str>,
}

/// Answers a request and logs it.
pub async fn answer(shared: &Shared, incoming: &Incoming) -> Reply {
    let number = shared.log.number();
    let mut trace = Trace::default();
    let reply = match serve(shared, incoming, number, &mut trace).await {
        Ok(reply) => reply,
        Err(refusal) => refused(&refusal, incoming),
    };
    let reply = decorated(reply, incoming);
    let per_kilobyte = shared.options.latency_per_kilobyte;
    if !per_kilobyte.is_zero() && incoming.batch.is_none() {
        tokio::time::sleep(per_kilobyte.mul_f64(reply.body.len() as f64 / 1024.0)).await;
    }
    log(shared, incoming, number, &reply, trace);
    reply
}

/// The same for a request that came in a batch, and has to be a type of its own.
pub fn item(shared: Shared, incoming: Incoming) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
    Box::pin(async move { answer(&shared, &incoming).await })
}

async fn serve(
    shared: &Shared,
    incoming: &Incoming,
    number: u64,
    trace: &mut Trace,
) -> Result<Reply, Refusal> {
    let below = incoming
        .path
        .strip_prefix("/v1.0")
        .filter(|rest| rest.starts_with('/'));
    let Some(below) = below else {
        return Err(Refusal::bad_request("Invalid version."));
    };
    let fault = shared.faults.take(&decoded(below), &incoming.query);
    trace.fault = fault.as_ref().map(Action::name);
    let application = shared.tokens.application(incoming)?;
    let mut reply = match &fault {
        Some(Action::ExpireToken) => return Err(shared.tokens.expire(incoming)),
        Some(Action::Refuse {
            status,
            code,
            message,
            retry_after,
        }) => {
            let refusal = Refusal {
                status: *status,
                code: code.clone(),
                message: message.clone(),
                retry_after: *retry_after,
            };
            return Err(refusal);
        }
        Some(Action::Delay { seconds }) => {
            tokio::time::sleep(faults::duration(*seconds)).await;
            read(
                shared,
                incoming,
                below,
                &application,
                number,
                Twist::None,
                trace,
            )
            .await?
        }
        other => {
            let twist = other.as_ref().map(Action::twist).unwrap_or_default();
            read(shared, incoming, below, &application, number, twist, trace).await?
        }
    };
    reply.broken = fault.as_ref().and_then(Action::as_break);
    Ok(reply)
}

async fn read(
    shared: &Shared,
    incoming: &Incoming,
    below: &str,
    application: &str,
    number: u64,
    twist: Twist,
    trace: &mut Trace,
) -> Result<Reply, Refusal> {
    if below == "/$batch" && incoming.batch.is_some() {
        return Err(Refusal::bad_request("A batch cannot hold another one."));
    }
    if below == "/$batch" {
        return batch::answer(shared, incoming, number).await;
    }
    let segments = resources::segments(below)
        .ok_or_else(|| Refusal::bad_request("The path is not correctly percent-encoded."))?;
    let route = resources::route(&segments)?;
    if incoming.method != "GET" {
        return Err(Refusal::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        ));
    }
    // The place is kept until the answer is ready, as the service counts requests.
    let place = match &route {
        Route::Mailbox { user, .. } => Some(place(shared, application, user, trace)?),
        _ => None,
    };
    tokio::time::sleep(shared.options.latency).await;
    let prefer = Prefer::read(incoming.all("prefer"))?;
    let applied = prefer.applied.join(", ");
    let store = shared.store();
    let ask = Ask {
        base: &incoming.base,
        path: &incoming.path,
        pairs: query::pairs(&incoming.query)?,
        prefer,
        consistency: incoming
            .header("consistencylevel")
            .is_some_and(|level| level.eq_ignore_ascii_case("eventual")),
        twist,
        remembered: &shared.remembered,
        version: store.version(),
    };
    let content = resources::answer(&route, &ask, &store)?;
    drop(store);
    drop(place);
    let reply = Reply::content(content);
    Ok(if applied.is_empty() {
        reply
    } else {
        reply.with("preference-applied", applied)
    })
}

fn place(
    shared: &Shared,
    application: &str,
    user: &str,
    trace: &mut Trace,
) -> Result<super::throttle::Place, Refusal> {
    let mailbox = {
        let store = shared.store();
        let entity = store
            .user(user)
            .map(|position| &store.user_at(position).entity);
        let id = entity
            .and_then(|entity| entity.get("id"))
            .and_then(|id| id.as_str());
        id.map_or_else(|| user.to_lowercase(), str::to_owned)
    };
    let entered = shared
        .throttle
        .enter(application, &mailbox, shared.options.concurrency);
    trace.mailbox = Some(mailbox);
    match entered {
        Ok(place) => {
            trace.in_flight = place.in_flight;
            Ok(place)
        }
        Err(in_flight) => {
            trace.in_flight = in_flight + 1;
            Err(Refusal {
                retry_after: Some(shared.options.retry_after.as_secs_f64()),
                ..Refusal::new(
                    429,
                    "ApplicationThrottled",
                    "Application is over its MailboxConcurrency limit.",
                )
            })
        }
    }
}

fn refused(refusal: &Refusal, incoming: &Incoming) -> Reply {
    let reply = Reply::refusal(refusal, &incoming.request_id, incoming.client_request_id());
    match refusal.status {
        401 => reply.with("www-authenticate", token::challenge(&incoming.base)),
        _ => reply,
    }
}

fn decorated(reply: Reply, incoming: &Incoming) -> Reply {
    reply
        .with("cache-control", "private")
        .with("request-id", incoming.request_id.clone())
        .with("client-request-id", incoming.client_request_id())
}

/// The path as people write it.
pub fn decoded(path: &str) -> String {
    percent_encoding::percent_decode_str(path)
        .decode_utf8_lossy()
        .into_owned()
}

fn log(shared: &Shared, incoming: &Incoming, number: u64, reply: &Reply, trace: Trace) {
    let entry = Entry {
        number,
        at: u64::try_from(shared.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        method: incoming.method.clone(),
        path: decoded(&incoming.path),
        query: query::pairs(&incoming.query).unwrap_or_default(),
        headers: incoming.logged_headers(),
        status: reply.status,
        code: reply.code.clone(),
        bytes: reply.body.len(),
        mailbox: trace.mailbox,
        in_flight: trace.in_flight,
        batch: incoming.batch,
        fault: trace.fault,
    };
    shared.log(entry);
}

/// Answers a request for a token and logs it, without its form.
pub async fn token(shared: &Shared, incoming: &Incoming, tenant: &str) -> Reply {
    let number = shared.log.number();
    let fault = shared.faults.take(&format!("/oauth2/{tenant}"), "");
    let mut trace = Trace {
        fault: fault.as_ref().map(Action::name),
        ..Trace::default()
    };
    let mut reply = match &fault {
        Some(Action::Refuse {
            status,
            code,
            message,
            retry_after,
        }) => {
            let body = serde_json::json!({"error": code, "error_description": message});
            let reply = Reply::json(*status, &body);
            match retry_after {
                Some(seconds) => reply.with("retry-after", seconds.to_string()),
                None => reply,
            }
        }
        other => {
            if let Some(Action::Delay { seconds }) = other {
                tokio::time::sleep(faults::duration(*seconds)).await;
            }
            let store = shared.store();
            let lifetime = shared.options.token_lifetime;
            token::endpoint(&shared.tokens, store.tenant(), tenant, incoming, lifetime)
        }
    };
    reply.broken = fault.as_ref().and_then(Action::as_break);
    trace.in_flight = 0;
    log(shared, incoming, number, &reply, trace);
    reply
}
