//! Several reading requests in one: `$batch`.
//!
//! Graph answers a batch with 200 whatever happens inside. So each item has its own outcome, and
//! only the items that may succeed later are sent again (docs/graph.md#batch).

use super::client::{Client, Expects, Sending};
use super::error::{Error, ErrorKind};
use super::limit::{Gate, PER_MAILBOX};
use super::reply::{Asked, Refusal};
use super::request::{Prefer, Response};
use super::retry::Retries;
use bytes::Bytes;
use futures::future::try_join_all;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Graph's limit for one batch (docs/graph.md#batch).
pub const LARGEST: usize = 20;

/// One of the requests of a batch; see [`super::Request`].
#[derive(Clone, Debug, Default)]
pub struct BatchItem {
    pub path: String,
    pub mailbox: Option<String>,
    pub prefer: Prefer,
}

#[derive(Serialize)]
struct Asking<'a> {
    requests: Vec<AskingItem<'a>>,
}

#[derive(Serialize)]
struct AskingItem<'a> {
    id: String,
    method: &'static str,
    url: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<&'static str, String>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    responses: Vec<AnswerItem<'a>>,
}

#[derive(Deserialize)]
struct AnswerItem<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    status: u16,
    #[serde(default)]
    headers: Option<HashMap<String, serde_json::Value>>,
    #[serde(borrow, default)]
    body: Option<&'a RawValue>,
}

impl AnswerItem<'_> {
    fn header(&self, name: &str) -> Option<String> {
        let headers = self.headers.as_ref()?;
        let (_, value) = headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned),
        )
    }
}

type Outcome = Result<Response, Error>;

impl Client {
    /// Sends reading requests in batches of up to twenty. Each item has its own outcome, in the
    /// order of the items. The error is for failures that end them all: credentials. If the answers
    /// are too large together, each item gets that error, although it may succeed alone.
    ///
    /// The body of an outcome is the item's JSON object.
    pub async fn batch(&self, items: &[BatchItem]) -> Result<Vec<Outcome>, Error> {
        let batches = items.chunks(LARGEST).map(|items| self.one_batch(items));
        let outcomes = try_join_all(batches).await?;
        Ok(outcomes.into_iter().flatten().collect())
    }

    async fn one_batch(&self, items: &[BatchItem]) -> Result<Vec<Outcome>, Error> {
        let mut work = Batch::new(self, items)?;
        let mut retries = self.retries(None);
        let mut tokens_left = 1;
        while !work.open.is_empty() {
            let token = self.token(None).await?;
            let reply = {
                let sending = work.sending(self)?;
                self.attempt(&sending, &work.gates(self), &token).await
            };
            let failures = match reply {
                Ok(response) => work.take(self, &response),
                Err(error) => Err(error),
            };
            let failures = match failures {
                Ok(failures) => failures,
                // The whole batch failed, and with it every open item.
                Err(error) => work
                    .open
                    .iter()
                    .map(|&index| (index, error.clone()))
                    .collect(),
            };
            let expired = failures
                .iter()
                .any(|(_, error)| error.status() == Some(401));
            let renewed = expired && tokens_left > 0 && self.reject(&token);
            tokens_left -= u32::from(renewed);
            let wait = work.settle(failures, renewed, &mut retries)?;
            if !work.open.is_empty() {
                self.count_again(wait.unwrap_or_default(), !work.throttled.is_empty());
            }
            if let Some(wait) = wait {
                work.close_throttled(self, wait);
                tokio::time::sleep(wait).await;
            }
        }
        Ok(work
            .outcomes
            .into_iter()
            .map(|outcome| outcome.expect("no item is open"))
            .collect())
    }
}

/// A batch in progress: the finished and the open items.
struct Batch<'a> {
    items: &'a [BatchItem],
    paths: Vec<String>,
    outcomes: Vec<Option<Outcome>>,
    open: Vec<usize>,
    throttled: Vec<usize>,
}

impl<'a> Batch<'a> {
    fn new(client: &Client, items: &'a [BatchItem]) -> Result<Self, Error> {
        let relative = |item: &BatchItem| {
            client
                .address()
                .resolve(&item.path)
                .map(|url| client.address().relative(&url))
        };
        Ok(Self {
            items,
            paths: items.iter().map(relative).collect::<Result<_, _>>()?,
            outcomes: items.iter().map(|_| None).collect(),
            open: (0..items.len()).collect(),
            throttled: Vec::new(),
        })
    }

    /// The open items as one request.
    fn sending(&self, client: &Client) -> Result<Sending<'_>, Error> {
        let requests = self.open.iter().map(|&index| {
            let item = &self.items[index];
            let mut headers = BTreeMap::new();
            if let Some(prefer) = item.prefer.header() {
                headers.insert("Prefer", prefer);
            }
            AskingItem {
                id: index.to_string(),
                method: "GET",
                url: &self.paths[index],
                headers,
            }
        });
        let asking = Asking {
            requests: requests.collect(),
        };
        let body = serde_json::to_vec(&asking).expect("text becomes JSON");
        Ok(Sending {
            url: client.address().resolve("/$batch")?,
            mailbox: None,
            prefer: None,
            consistency: false,
            unpacked: false,
            expects: Expects::Json,
            body: Some(Bytes::from(body)),
            items: (self.open.iter())
                .map(|&index| self.paths[index].as_str())
                .collect(),
        })
    }

    /// Graph runs four items at once, so a batch takes as many of a mailbox's slots as it has items
    /// for it, at most four (docs/graph.md#batch).
    fn gates(&self, client: &Client) -> Vec<(Arc<Gate>, u32)> {
        let mut counts: BTreeMap<Option<String>, u32> = BTreeMap::new();
        for &index in &self.open {
            let mailbox = self.items[index]
                .mailbox
                .as_ref()
                .map(|name| name.to_lowercase());
            *counts.entry(mailbox).or_default() += 1;
        }
        let gate = |(mailbox, count): (Option<String>, u32)| {
            (client.gate(mailbox.as_deref()), count.min(PER_MAILBOX))
        };
        counts.into_iter().map(gate).collect()
    }

    /// Stores the successes of a reply and returns the failures, including items without an answer.
    fn take(&mut self, client: &Client, response: &Response) -> Result<Vec<(usize, Error)>, Error> {
        let answer: Answer = serde_json::from_slice(&response.body).map_err(|_| {
            let error = client.damaged("is no answer to a batch", "JSON");
            error.with_request_id(response.request_id.clone())
        })?;
        let mut failures = Vec::new();
        for item in &answer.responses {
            let Some(index) = item
                .id
                .parse()
                .ok()
                .filter(|index| self.open.contains(index))
            else {
                continue;
            };
            if self.outcomes[index].is_some() || failures.iter().any(|(other, _)| *other == index) {
                continue;
            }
            let body = item.body.map_or("", RawValue::get).as_bytes();
            let request_id = item
                .header("request-id")
                .or_else(|| response.request_id.clone());
            if (200..300).contains(&item.status) && !body.starts_with(b"{") {
                let error = client.damaged("to one request of a batch is no object", "JSON");
                failures.push((index, error.with_request_id(request_id)));
                continue;
            }
            if (200..300).contains(&item.status) {
                let body = response.body.slice_ref(body);
                self.outcomes[index] = Some(Ok(Response {
                    status: item.status,
                    body,
                    is_framed: true,
                    request_id,
                }));
                continue;
            }
            let wait = item.header("retry-after");
            let refusal = Refusal::new(item.status, body, request_id, wait.as_deref());
            failures.push((index, self.error(index, refusal)));
        }
        for &index in &self.open {
            let answered =
                self.outcomes[index].is_some() || failures.iter().any(|(other, _)| *other == index);
            if !answered {
                let message =
                    "Graph's answer to a batch lacks one of its items. Run the statement again.";
                failures.push((index, Error::new(ErrorKind::LinkLost, message).transient()));
            }
        }
        Ok(failures)
    }

    fn error(&self, index: usize, refusal: Refusal) -> Error {
        let dependency = refusal.status == 424;
        let mailbox = self.items[index].mailbox.as_deref();
        let error = refusal.into_error(&Asked {
            path: &self.paths[index],
            mailbox,
            is_batch: false,
        });
        // The driver sends no dependencies, so the item failed together with a throttled batch, as
        // Graph once did it (docs/graph.md#batch).
        if dependency {
            error.transient().with_kind(ErrorKind::Throttled)
        } else {
            error
        }
    }

    /// Decides about failed items: which stay open, and how long to wait before sending them again.
    /// An error ends the whole batch.
    fn settle(
        &mut self,
        failures: Vec<(usize, Error)>,
        renewed: bool,
        retries: &mut Retries,
    ) -> Result<Option<Duration>, Error> {
        self.open.clear();
        self.throttled.clear();
        let mut again: Vec<(usize, Error)> = Vec::new();
        for (index, error) in failures {
            match error.status() {
                Some(401) if renewed => self.open.push(index),
                Some(401) => return Err(error),
                _ if error.is_transient() => again.push((index, error)),
                _ => self.outcomes[index] = Some(Err(error)),
            }
        }
        // The longest requested wait is right for all (docs/graph.md#batch).
        let Some((_, slowest)) = again.iter().max_by_key(|(_, error)| error.retry_after()) else {
            return Ok(None);
        };
        let wait = match retries.after(slowest.clone()) {
            Ok(wait) => wait,
            Err(error) if error.kind() == ErrorKind::TimedOut => return Err(error),
            Err(_) => {
                for (index, error) in again {
                    self.outcomes[index] = Some(Err(error));
                }
                return Ok(None);
            }
        };
        for (index, error) in again {
            if error.kind() == ErrorKind::Throttled {
                self.throttled.push(index);
            }
            self.open.push(index);
        }
        self.open.sort_unstable();
        Ok(Some(wait))
    }

    fn close_throttled(&self, client: &Client, wait: Duration) {
        for &index in &self.throttled {
            client
                .gate(self.items[index].mailbox.as_deref())
                .close_until(Instant::now() + wait);
        }
    }
}
