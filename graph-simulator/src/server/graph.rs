//! One request of Graph, from the token to the log.

use super::action::{self, Action};
use super::incoming::Incoming;
use super::log::Entry;
use super::reply::Reply;
use super::shared::Shared;
use super::throttle::Place;
use super::{batch, token};
use crate::odata::pairs;
use crate::refusal::Refusal;
use crate::resources::{self, Ask, Content, Prefer, Roles, Route, Twist};
use std::pin::Pin;

/// Facts about a request that are found on the way, for the log.
#[derive(Default)]
struct Trace {
    mailbox: Option<String>,
    in_flight: usize,
    fault: Option<&'static str>,
}

/// A request that is being answered.
struct Call<'a> {
    shared: &'a Shared,
    incoming: &'a Incoming,
    number: u64,
    trace: Trace,
}

/// Answers a request and logs it.
pub async fn answer(shared: &Shared, incoming: &Incoming) -> Reply {
    let number = shared.log.number();
    let mut call = Call {
        shared,
        incoming,
        number,
        trace: Trace::default(),
    };
    let reply = match call.serve().await {
        Ok(reply) => reply,
        Err(refusal) => refused(&refusal, incoming),
    };
    let reply = decorated(reply, incoming);
    log(shared, incoming, number, &reply, call.trace);
    reply
}

/// The same for a request in a batch, with its own type.
fn item(shared: Shared, incoming: Incoming) -> Pin<Box<dyn Future<Output = Reply> + Send>> {
    Box::pin(async move { answer(&shared, &incoming).await })
}

impl Call<'_> {
    /// From the pending fault of the request to its answer.
    async fn serve(&mut self) -> Result<Reply, Refusal> {
        let (shared, incoming) = (self.shared, self.incoming);
        let below = incoming
            .path
            .strip_prefix("/v1.0")
            .filter(|rest| rest.starts_with('/'));
        let below = below.ok_or_else(|| Refusal::bad_request("Invalid version."))?;
        let fault = shared.faults.take(&decoded(below), &incoming.query);
        self.trace.fault = fault.as_ref().map(Action::name);
        let application = shared.tokens.application(incoming)?;
        match &fault {
            Some(Action::ExpireToken) => return Err(shared.tokens.expire(incoming)),
            Some(Action::Refuse {
                status,
                code,
                message,
                retry_after,
            }) => {
                let retry_after = *retry_after;
                return Err(Refusal {
                    retry_after,
                    ..Refusal::new(*status, code, message)
                });
            }
            Some(Action::Delay { seconds }) => {
                tokio::time::sleep(action::duration(*seconds)).await;
            }
            Some(other) => {
                if let Some(reply) = substitute(other) {
                    return Ok(reply);
                }
            }
            None => {}
        }
        let mut reply = match below {
            "/$batch" if incoming.batch.is_some() => {
                return Err(Refusal::bad_request("A batch cannot hold another one."));
            }
            "/$batch" => batch::answer(shared, incoming, self.number, item).await?,
            _ => {
                let twist = fault.as_ref().map(Action::twist).unwrap_or_default();
                self.read(below, &application, twist).await?
            }
        };
        spoil(&mut reply, fault.as_ref());
        Ok(reply)
    }

    async fn read(
        &mut self,
        below: &str,
        application: &str,
        twist: Twist,
    ) -> Result<Reply, Refusal> {
        let segments = resources::segments(below)
            .ok_or_else(|| Refusal::bad_request("The path is not correctly percent-encoded."))?;
        let route = resources::route(&segments)?;
        let method = if route.is_action() { "POST" } else { "GET" };
        if self.incoming.method != method {
            return Err(Refusal::method_not_allowed());
        }
        // Kept until the answer is ready, as the service counts requests.
        let _place = match &route {
            Route::Mailbox { user, .. } => Some(self.place(application, user)?),
            _ => None,
        };
        tokio::time::sleep(self.shared.options.latency).await;
        let reply = self.look_up(&route, application, twist)?;
        if route.is_list_of_messages() {
            self.shared.write_after_page();
        }
        let per_kilobyte = self.shared.options.latency_per_kilobyte;
        if !per_kilobyte.is_zero() {
            tokio::time::sleep(per_kilobyte.mul_f64(reply.body.len() as f64 / 1024.0)).await;
        }
        Ok(reply)
    }

    fn look_up(&self, route: &Route, application: &str, twist: Twist) -> Result<Reply, Refusal> {
        let Self {
            shared, incoming, ..
        } = self;
        let prefer = Prefer::read(incoming.all("prefer"))?;
        let applied = prefer.applied.join(", ");
        let level = incoming.header("consistencylevel");
        let store = shared.store();
        let ask = Ask {
            base: &incoming.base,
            path: &incoming.path,
            pairs: pairs::pairs(&incoming.query)?,
            prefer,
            consistency: level.is_some_and(|level| level.eq_ignore_ascii_case("eventual")),
            twist,
            roles: Roles(store.tenant().permissions_of(application)),
            remembered: &shared.remembered,
            version: store.version(),
            body: &incoming.body,
        };
        let reply = match resources::answer(route, &ask, &store)? {
            Content::File(file) => {
                let link = shared.links.add(file, shared.options.link_lifetime);
                let link = format!("{}{link}", incoming.base);
                Reply::new(302, "text/plain", Vec::new()).with("location", link)
            }
            content => Reply::content(content),
        };
        Ok(if applied.is_empty() {
            reply
        } else {
            reply.with("preference-applied", applied)
        })
    }

    /// A place among the requests of the mailbox (docs/graph.md#throttling).
    fn place(&mut self, application: &str, user: &str) -> Result<Place, Refusal> {
        let mailbox = {
            let store = self.shared.store();
            let entity = store
                .user(user)
                .map(|position| &store.user_at(position).entity);
            let id = entity
                .and_then(|entity| entity.get("id"))
                .and_then(|id| id.as_str());
            id.map_or_else(|| user.to_lowercase(), str::to_owned)
        };
        let options = &self.shared.options;
        let entered = self
            .shared
            .throttle
            .enter(application, &mailbox, options.concurrency);
        self.trace.mailbox = Some(mailbox);
        match entered {
            Ok(place) => {
                self.trace.in_flight = place.in_flight;
                Ok(place)
            }
            Err(in_flight) => {
                self.trace.in_flight = in_flight + 1;
                let message = "Application is over its MailboxConcurrency limit.";
                let retry_after = Some(options.retry_after.as_secs_f64());
                Err(Refusal {
                    retry_after,
                    ..Refusal::new(429, "ApplicationThrottled", message)
                })
            }
        }
    }
}

/// The reply that replaces Graph's.
pub fn substitute(action: &Action) -> Option<Reply> {
    match action {
        Action::Answer {
            status,
            content_type,
            body,
        } => Some(Reply::new(*status, content_type, body.as_bytes())),
        Action::Flood {
            status,
            of,
            bytes,
            gzip,
        } => Some(Reply::flood(*status, *of, *bytes, *gzip)),
        _ => None,
    }
}

/// The effect of a fault on a finished reply.
pub fn spoil(reply: &mut Reply, fault: Option<&Action>) {
    if let Some(Action::Damage { how }) = fault {
        how.apply(reply);
    }
    reply.broken = fault.and_then(Action::as_break);
}

/// The refusal of a fault, from a service that is not Graph.
pub fn refuse(action: &Action) -> Option<Reply> {
    let Action::Refuse {
        status,
        code,
        message,
        retry_after,
    } = action
    else {
        return None;
    };
    let refusal = Refusal {
        retry_after: *retry_after,
        ..Refusal::new(*status, code, message)
    };
    Some(Reply::refusal(&refusal, "", ""))
}

fn refused(refusal: &Refusal, incoming: &Incoming) -> Reply {
    let reply = Reply::refusal(refusal, &incoming.request_id, incoming.client_request_id());
    match refusal.status {
        401 => reply.with("www-authenticate", token::challenge(&incoming.base)),
        _ => reply,
    }
}

/// docs/graph.md#requests
fn decorated(reply: Reply, incoming: &Incoming) -> Reply {
    reply
        .with("cache-control", "private")
        .with("request-id", incoming.request_id.clone())
        .with("client-request-id", incoming.client_request_id())
}

/// The path in readable form.
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
        query: pairs::pairs(&incoming.query).unwrap_or_default(),
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
                tokio::time::sleep(action::duration(*seconds)).await;
            }
            other.as_ref().and_then(substitute).unwrap_or_else(|| {
                let store = shared.store();
                let lifetime = shared.options.token_lifetime;
                token::endpoint(&shared.tokens, store.tenant(), tenant, incoming, lifetime)
            })
        }
    };
    spoil(&mut reply, fault.as_ref());
    trace.in_flight = 0;
    log(shared, incoming, number, &reply, trace);
    reply
}
