//! Filters without a server, for tests of code that writes them.

use crate::odata::bind;
use crate::rules::{CONTACTS, Collection, EVENTS, MESSAGES, Query, USERS};
use serde_json::{Map, Value};

const COLLECTIONS: [&Collection; 4] = [&MESSAGES, &EVENTS, &CONTACTS, &USERS];

/// A filter that Graph accepts.
#[derive(Debug)]
pub struct Filter(bind::Filter);

impl Filter {
    /// Reads a `$filter` for `messages`, `events`, `contacts` or `users`; `advanced` says whether the request is an
    /// advanced query of the directory. The error is Graph's code and message.
    pub fn new(collection: &str, text: &str, advanced: bool) -> Result<Self, String> {
        let known = COLLECTIONS.iter().find(|known| known.name == collection);
        let known = known.ok_or_else(|| format!("no collection {collection} to filter"))?;
        bind::filter(text, known, Query { advanced })
            .map(Self)
            .map_err(|refusal| format!("{}: {}", refusal.code, refusal.message))
    }

    /// Whether the row is selected.
    pub fn accepts(&self, row: &Map<String, Value>) -> bool {
        self.0.test.accepts(row)
    }
}
