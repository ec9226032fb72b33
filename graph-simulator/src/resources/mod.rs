//! The objects behind each path: the tenant's data, read by Graph's rules.

mod ask;
mod list;
mod mailbox;
mod prefer;
mod remembered;
mod route;
mod shelf;
mod text;
mod users;
mod view;
mod write;
mod zone;

pub use ask::{Ask, Content, Twist};
pub use prefer::Prefer;
pub use remembered::Remembered;
pub use route::{Route, route, segments};
pub use text::readable;

use crate::refusal::Refusal;
use crate::store::Store;

/// Answers a request.
pub fn answer(route: &Route, ask: &Ask, store: &Store) -> Result<Content, Refusal> {
    match route {
        Route::Users => users::list(ask, store).map(Content::Json),
        Route::UserCount => users::count(ask, store).map(Content::Text),
        Route::User(name) => users::single(ask, store, name).map(Content::Json),
        Route::Mailbox { user, place } => mailbox::answer(ask, store, user, place),
    }
}
