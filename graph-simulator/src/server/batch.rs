//! `$batch`: up to twenty requests in one (docs/graph.md#batch).

use super::incoming::Incoming;
use super::reply::Reply;
use super::shared::Shared;
use crate::refusal::Refusal;
use base64::Engine;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

const LARGEST: usize = 20;

/// Outlook works on this many requests of a batch at once (docs/graph.md#batch).
const AT_ONCE: usize = 4;

#[derive(Deserialize)]
struct Body {
    requests: Vec<Item>,
}

#[derive(Clone, Deserialize)]
struct Item {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    body: Option<Value>,
    #[serde(default, rename = "dependsOn")]
    depends_on: Vec<String>,
}

/// Answers a request of a batch.
pub type Answer = fn(Shared, Incoming) -> Pin<Box<dyn Future<Output = Reply> + Send>>;

/// Answers the batch with this number; `each` answers its items.
pub async fn answer(
    shared: &Shared,
    incoming: &Incoming,
    number: u64,
    each: Answer,
) -> Result<Reply, Refusal> {
    if incoming.method != "POST" {
        return Err(Refusal::method_not_allowed());
    }
    let items = read(incoming)?;
    let responses = run(shared, incoming, number, items, each).await;
    Ok(Reply::json(200, &json!({ "responses": responses })))
}

fn read(incoming: &Incoming) -> Result<Vec<Item>, Refusal> {
    let is_json = incoming
        .header("content-type")
        .is_some_and(|text| text.starts_with("application/json"));
    if !is_json {
        return Err(Refusal::bad_request(
            "Write request id or batch content type is not valid.",
        ));
    }
    let body: Body = serde_json::from_slice(&incoming.body)
        .map_err(|error| Refusal::bad_request(format!("Invalid batch payload format: {error}")))?;
    if body.requests.is_empty() || body.requests.len() > LARGEST {
        return Err(Refusal::bad_request(format!(
            "Number of batch request steps must be between 1 and the maximum value of {LARGEST}."
        )));
    }
    let mut known: Vec<String> = Vec::new();
    for item in &body.requests {
        let id = item.id.to_lowercase();
        if id.is_empty() || known.contains(&id) {
            return Err(Refusal::bad_request(
                "Request id should be specified and unique within the batch.",
            ));
        }
        // Only earlier requests can be waited for, so that there are no circles.
        if item
            .depends_on
            .iter()
            .any(|other| !known.contains(&other.to_lowercase()))
        {
            return Err(Refusal::bad_request(
                "Invalid dependency: a request must follow those it depends on.",
            ));
        }
        known.push(id);
    }
    Ok(body.requests)
}

async fn run(
    shared: &Shared,
    incoming: &Incoming,
    number: u64,
    items: Vec<Item>,
    each: Answer,
) -> Vec<Value> {
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut statuses: HashMap<String, watch::Receiver<Option<u16>>> = HashMap::new();
    let mut tasks = JoinSet::new();
    for item in items {
        let (sender, receiver) = watch::channel(None);
        let waits: Vec<_> = item
            .depends_on
            .iter()
            .filter_map(|id| statuses.get(&id.to_lowercase()).cloned())
            .collect();
        statuses.insert(item.id.to_lowercase(), receiver);
        let (shared, places) = (shared.clone(), Arc::clone(&places));
        let request = request(&item, incoming, number);
        tasks.spawn(async move {
            let reply = match wait(waits).await {
                true => {
                    let _place = places.acquire().await;
                    each(shared, request).await
                }
                false => failed_dependency(&request),
            };
            let _ = sender.send(Some(reply.status));
            response(&item.id, reply)
        });
    }
    let mut responses = Vec::new();
    while let Some(outcome) = tasks.join_next().await {
        responses.extend(outcome);
    }
    responses
}

/// Whether all that a request depends on has succeeded.
async fn wait(waits: Vec<watch::Receiver<Option<u16>>>) -> bool {
    for mut status in waits {
        let outcome = status.wait_for(Option::is_some).await.map(|status| *status);
        if !matches!(outcome, Ok(Some(200..=299))) {
            return false;
        }
    }
    true
}

fn failed_dependency(request: &Incoming) -> Reply {
    let refusal = Refusal::new(
        424,
        "FailedDependency",
        "A request that this one depends on has failed.",
    );
    Reply::refusal(&refusal, &request.request_id, request.client_request_id())
}

/// The request of an item. It has its own headers, but the batch's token.
fn request(item: &Item, batch: &Incoming, number: u64) -> Incoming {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let own = item
        .headers
        .iter()
        .map(|(name, value)| (name.to_lowercase(), text(value)));
    let mut headers: Vec<(String, String)> =
        own.filter(|(name, _)| name != "authorization").collect();
    headers.extend(
        batch
            .header("authorization")
            .map(|token| ("authorization".to_owned(), token.to_owned())),
    );
    let body = item
        .body
        .as_ref()
        .map(|body| Bytes::from(body.to_string()))
        .unwrap_or_default();
    let target = format!("/v1.0/{}", item.url.trim_start_matches('/'));
    let mut request = Incoming::new(&item.method, &target, headers, body, batch.base.clone());
    request.request_id = format!("{}-{}", batch.request_id, item.id);
    request.batch = Some(number);
    request
}

fn response(id: &str, reply: Reply) -> Value {
    let names = [
        "content-type",
        "retry-after",
        "preference-applied",
        "odata-version",
        "cache-control",
    ];
    let headers: Map<String, Value> = names
        .iter()
        .filter_map(|name| Some((canonical(name), json!(reply.header(name)?))))
        .collect();
    let is_json = reply
        .header("content-type")
        .is_some_and(|text| text.starts_with("application/json"));
    let body = match is_json {
        true => serde_json::from_slice(&reply.body).unwrap_or_default(),
        false => json!(base64::engine::general_purpose::STANDARD.encode(&reply.body)),
    };
    json!({"id": id, "status": reply.status, "headers": headers, "body": body})
}

/// `Retry-After`, in the notation of names inside of batches (docs/graph.md#batch).
fn canonical(name: &str) -> String {
    let parts = name.split('-').map(|part| {
        let mut letters = part.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect::<String>()
        })
    });
    parts.collect::<Vec<_>>().join("-")
}
