//! What stands behind each path: the tenant's things, read by Graph's rules.

mod list;
mod mailbox;
mod prefer;
mod route;
mod shelf;
mod text;
mod users;
mod view;
mod write;
mod zone;

pub use list::{Remembered, Twist};
pub use prefer::Prefer;
pub use route::{Owner, Place, Route, route, segments};
pub use text::readable;

use crate::odata::query::Pairs;
use crate::refusal::Refusal;
use crate::store::Store;

/// A reading request, taken apart.
pub struct Ask<'a> {
    /// Scheme, host and port under which the client knows the simulator.
    pub base: &'a str,
    /// With `/v1.0`, as it was sent.
    pub path: &'a str,
    pub pairs: Pairs,
    pub prefer: Prefer,
    /// `ConsistencyLevel: eventual`
    pub consistency: bool,
    pub twist: Twist,
    pub remembered: &'a Remembered,
    pub version: u64,
}

/// What a reading request brings.
#[derive(Debug)]
pub enum Content {
    Json(Vec<u8>),
    /// `/$count`
    Text(String),
    /// `/$value`
    Bytes {
        content_type: String,
        bytes: Vec<u8>,
    },
}

/// Answers a request.
pub fn answer(route: &Route, ask: &Ask, store: &Store) -> Result<Content, Refusal> {
    match route {
        Route::Users => users::list(ask, store).map(Content::Json),
        Route::UserCount => users::count(ask, store).map(Content::Text),
        Route::User(name) => users::single(ask, store, name).map(Content::Json),
        Route::Mailbox { user, place } => mailbox::answer(ask, store, user, place),
    }
}
