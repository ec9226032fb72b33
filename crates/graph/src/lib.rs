//! Microsoft Graph over HTTP: authentication, requests, throttling, retries, batches, errors.
//!
//! A [`Client`] sends [`Request`]s and gives the bytes of the replies; what they mean is for the
//! layers above. Everything that has to be shared by the whole process (connections, tokens, the
//! four requests that Graph allows in flight per mailbox) belongs to the process, not to a client.

mod address;
mod batch;
mod client;
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

#[cfg(test)]
mod tests;

pub use batch::{BatchItem, LARGEST as MAX_BATCH};
pub use bytes::Bytes;
pub use client::{Client, Damaged};
pub use error::{Error, ErrorKind};
pub use query::{Query, path, quoted, segment};
pub use request::{Prefer, Request, Response};
pub use tally::{Counts, Tally};
