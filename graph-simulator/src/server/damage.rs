//! Damaged replies.

use super::reply::Reply;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The damage of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Damage {
    /// The first half of the JSON, as if it were all.
    Half,
    /// Text follows after the JSON.
    Trailing,
    /// A byte order mark before it.
    ByteOrderMark,
    /// Every `half pair` in it becomes half of a surrogate pair.
    HalfPairs,
    /// Invalid UTF-8 in place of every `half pair`.
    NoText,
    /// It is declared as compressed, but is not.
    NotPacked,
    /// The content type is that of a web page, as some proxies send it for everything.
    WrongType,
    /// An extra value, 200,000 arrays deep.
    Deep,
    /// Two links to the next page.
    TwoLinks,
    /// The next page is on another host.
    ForeignLink,
    /// One answer of a batch is missing.
    ItemLost,
    /// One answer of a batch comes twice.
    ItemTwice,
    /// An answer of a batch has an id that was never sent.
    ItemStrange,
    /// An answer of a batch has no body.
    ItemEmpty,
}

const LINK: &str = "\"@odata.nextLink\":";

impl Damage {
    pub fn apply(self, reply: &mut Reply) {
        let body = &mut reply.body;
        match self {
            Self::Half if body.starts_with(b"{") => body.truncate(body.len() / 2),
            Self::Half => {}
            Self::Trailing if !reply.ends_itself => {}
            Self::Trailing => body.extend_from_slice(b"<!-- gateway -->"),
            Self::ByteOrderMark => drop(body.splice(..0, *b"\xEF\xBB\xBF")),
            Self::HalfPairs => *body = replaced(body, "half pair", br"half \ud83d pair"),
            Self::NoText => *body = replaced(body, "half pair", b"half \xED\xA0\xBD pair"),
            Self::NotPacked => reply.headers.push(("content-encoding", "gzip".into())),
            Self::WrongType => {
                reply.headers.retain(|(name, _)| *name != "content-type");
                reply.headers.push(("content-type", "text/html".into()));
            }
            Self::Deep => {
                let (open, close) = ("[".repeat(200_000), "]".repeat(200_000));
                let deep = format!("{{\"deep\":{open}{close},");
                body.splice(..1.min(body.len()), deep.into_bytes());
            }
            Self::TwoLinks => {
                let text = String::from_utf8_lossy(body).into_owned();
                if let Some(at) = text.find(LINK) {
                    let second = format!("{}\"{}\",", LINK, "https://graph.example/v1.0/users");
                    body.splice(at..at, second.into_bytes());
                }
            }
            Self::ForeignLink => {
                let text = String::from_utf8_lossy(body).into_owned();
                if let Some(at) = text.find(LINK).map(|at| at + LINK.len() + 1) {
                    let end = text[at..].find("/v1.0").map_or(at, |length| at + length);
                    body.splice(at..end, *b"https://graph.example");
                }
            }
            Self::ItemLost => items(body, |items| drop(items.pop())),
            Self::ItemTwice => items(body, |items| items.extend(items.first().cloned())),
            Self::ItemStrange => items(body, |items| {
                if let Some(item) = items.first_mut() {
                    item["id"] = "unknown".into();
                }
            }),
            Self::ItemEmpty => items(body, |items| {
                if let Some(item) = items.first_mut() {
                    item["body"] = Value::Null;
                }
            }),
        }
    }
}

fn replaced(body: &[u8], from: &str, to: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let parts: Vec<&[u8]> = text.split(from).map(str::as_bytes).collect();
    parts.join(to)
}

/// Changes the answers of a batch; other replies stay as they are.
fn items(body: &mut Vec<u8>, change: impl FnOnce(&mut Vec<Value>)) {
    let Ok(mut reply) = serde_json::from_slice::<Value>(body) else {
        return;
    };
    if let Some(items) = reply.get_mut("responses").and_then(Value::as_array_mut) {
        change(items);
        *body = reply.to_string().into_bytes();
    }
}
