//! Answers about addresses.

use super::delivery::Flow;
use super::reader::Reader;
use crate::scan::plan::inquiry::{Inquiry, Span, is_same};
use crate::{Error, datetime};
use exchange_config::OnMailboxError;
use exchange_graph::{Bytes, Damaged, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// The reply of an action.
#[derive(Deserialize)]
struct Answers {
    value: Vec<Map<String, Value>>,
}

pub async fn read(reader: &Arc<Reader>, inquiries: Vec<Inquiry>) -> Result<Flow, Error> {
    let mut waiting = VecDeque::from(inquiries);
    while let Some(inquiry) = waiting.pop_front() {
        let answers = reader.answers(&inquiry).await?;
        let rows = match inquiry.span {
            Some(span) => {
                let (rows, crowded) = schedules(reader, &inquiry, span, &answers)?;
                // In their order, before the parts that come later.
                let halves = divided(reader, &inquiry, &crowded)?;
                halves
                    .into_iter()
                    .rev()
                    .for_each(|half| waiting.push_front(half));
                rows
            }
            None => tips(reader, &inquiry, &answers)?,
        };
        let page = json!({ "value": rows }).to_string();
        let (rows, _) = reader.page(page.as_bytes(), &inquiry.listing.context)?;
        if reader.deliver(rows).await.flow == Flow::Enough {
            return Ok(Flow::Enough);
        }
    }
    Ok(Flow::More)
}

impl Reader {
    async fn answers(&self, inquiry: &Inquiry) -> Result<Vec<Map<String, Value>>, Error> {
        let question = inquiry.listing.question.clone();
        let request = exchange_graph::Request {
            question: question.map(Bytes::from),
            ..self.request(inquiry.listing.address())
        };
        let parse = |response: &Response| {
            let answers: Result<Answers, _> = serde_json::from_slice(&response.body);
            answers.map_err(|_| Damaged("is not a list of answers".to_owned()))
        };
        Ok(self.shared.client.read(&request, parse).await?.value)
    }

    /// Leaves an address out with a warning, if the connection wants that.
    fn skip(&self, error: Error) -> Result<(), Error> {
        match self.shared.source.settings().on_mailbox_error {
            OnMailboxError::Skip => {
                self.warnings
                    .add(format!("an address was left out: {error}"));
                Ok(())
            }
            OnMailboxError::Fail => Err(error),
        }
    }

    /// Answers have no ids. Each mailbox has answers of its own.
    fn id_of(&self, answer: &str) -> String {
        let mailbox = self.mailbox.as_deref().unwrap_or_default();
        format!("{answer}|{mailbox}")
    }
}

/// Graph's code for more entries than it tells in a span (docs/graph.md#schedules).
const TOO_MANY: &str = "5006";

/// Requests for shorter spans about addresses that have too many entries.
fn divided(reader: &Reader, inquiry: &Inquiry, crowded: &[String]) -> Result<Vec<Inquiry>, Error> {
    if crowded.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(halves) = inquiry.halves(crowded) {
        return Ok(halves.into());
    }
    for address in crowded {
        let address = address.clone();
        reader.skip(Error::CrowdedSchedule { address })?;
    }
    Ok(Vec::new())
}

/// A row for each entry of the schedules, and the addresses that have too many.
fn schedules(
    reader: &Reader,
    inquiry: &Inquiry,
    span: Span,
    answers: &[Map<String, Value>],
) -> Result<(Vec<Value>, Vec<String>), Error> {
    let (mut rows, mut crowded) = (Vec::new(), Vec::new());
    for address in &inquiry.addresses {
        let is_of = |answer: &&Map<String, Value>| {
            let id = answer.get("scheduleId").and_then(Value::as_str);
            id.is_some_and(|id| is_same(id, address))
        };
        let items = match answers.iter().find(is_of) {
            Some(answer) => items(answer),
            None => Err("no answer".to_owned()),
        };
        match items {
            Ok(items) => rows.extend(of_schedule(reader, address, span, items)),
            Err(code) if code == TOO_MANY => crowded.push(address.clone()),
            Err(code) => {
                let error = Error::NoSchedule {
                    address: address.clone(),
                    code,
                };
                reader.skip(error)?;
            }
        }
    }
    Ok((rows, crowded))
}

/// The entries of a schedule, or the code of the reason why Graph does not tell.
fn items(answer: &Map<String, Value>) -> Result<&[Value], String> {
    match answer.get("error").filter(|error| error.is_object()) {
        Some(error) => {
            let code = error["responseCode"].as_str();
            Err(code.unwrap_or("no reason given").to_owned())
        }
        None => {
            let items = answer.get("scheduleItems").and_then(Value::as_array);
            Ok(items.map(Vec::as_slice).unwrap_or_default())
        }
    }
}

/// Entries have no ids: the driver makes theirs of the times and the address.
fn of_schedule(reader: &Reader, address: &str, span: Span, items: &[Value]) -> Vec<Value> {
    let mut equal: HashMap<String, usize> = HashMap::new();
    let rows = items.iter().filter(|item| span.has(item)).map(|item| {
        let at = |name: &str| {
            item[name]["dateTime"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let times = format!("{}|{}", at("start"), at("end"));
        let count = equal.entry(times.clone()).or_default();
        *count += 1;
        let id = reader.id_of(&format!("{times}|{count}|{address}"));
        let mut row = item.as_object().cloned().unwrap_or_default();
        row.insert("id".to_owned(), Value::from(id));
        row.insert("scheduleId".to_owned(), Value::from(address));
        Value::from(row)
    });
    rows.collect()
}

impl Span {
    /// Whether an entry is one of this part: an entry that began before is one of the part before.
    fn has(&self, item: &Value) -> bool {
        let start = item["start"]["dateTime"].as_str();
        let start = start.and_then(|start| datetime::parse_timestamp(&format!("{start}Z")));
        start.is_none_or(|start| {
            (self.is_first || start >= self.from) && (self.is_last || start < self.to)
        })
    }
}

/// A row for each address, in the spelling of the statement.
fn tips(
    reader: &Reader,
    inquiry: &Inquiry,
    answers: &[Map<String, Value>],
) -> Result<Vec<Value>, Error> {
    let mut rows = Vec::new();
    for address in &inquiry.addresses {
        let is_of = |answer: &&Map<String, Value>| {
            let found = answer.get("emailAddress");
            let found = found.and_then(|found| found["address"].as_str());
            found.is_some_and(|found| is_same(found, address))
        };
        let Some(answer) = answers.iter().find(is_of) else {
            let address = address.clone();
            reader.skip(Error::NoMailTips { address })?;
            continue;
        };
        let mut row = answer.clone();
        row.insert("id".to_owned(), Value::from(reader.id_of(address)));
        row["emailAddress"]["address"] = Value::from(address.as_str());
        rows.push(Value::from(row));
    }
    Ok(rows)
}
