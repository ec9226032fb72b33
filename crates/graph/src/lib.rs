//! Microsoft Graph over HTTP: authentication, requests, throttling, retries, batches, errors.
//!
//! A [`Client`] sends [`Request`]s and returns the bytes of the replies; the layers above interpret
//! them. State that the whole process shares (connections, tokens, the four requests that Graph
//! allows in flight per mailbox) belongs to the process, not to a client.
//!
//! The tables read through it. It knows no SQL and no ODBC, so other programs can read Graph with it, too.
//!
//! ```
//! use exchange_config::{DataSources, from_connection_string};
//! use exchange_graph::{Client, Request, path, runtime};
//! use graph_simulator::{Options, Simulator, sample};
//!
//! let graph = Simulator::start(sample::tenant(), Options::default())?;
//! let settings = from_connection_string(&graph.connection_string(), &DataSources::files([]))?.settings;
//! let client = Client::new(&settings)?;
//! let request = Request {
//!     path: path(["users", sample::ADELE, "mailFolders"]) + "?$select=displayName",
//!     mailbox: Some(sample::ADELE.to_owned()),
//!     ..Request::default()
//! };
//! let response = runtime::block_on(client.get(&request))?;
//! assert!(std::str::from_utf8(&response.body)?.contains("Inbox"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod address;
mod batch;
mod check;
mod client;
mod download;
mod error;
mod fault;
mod http;
mod limit;
mod mend;
mod permissions;
mod process;
mod query;
mod reply;
mod request;
mod retry;
pub mod runtime;
mod tally;
mod token;
mod token_error;
mod unpack;

#[cfg(test)]
mod tests;

pub use batch::{BatchItem, LARGEST as MAX_BATCH};
pub use bytes::Bytes;
pub use check::{Finding, Outcome, Step, check};
pub use client::{Client, Damaged};
pub use error::{Error, ErrorKind};
pub use limit::PER_MAILBOX;
pub use query::{Query, path, quoted, segment};
pub use request::{Prefer, Request, Response};
pub use tally::{Counts, Tally};
