//! The objects behind each path: the tenant's data, read by Graph's rules.

mod access;
mod ask;
mod asked;
mod attachments;
mod catalogue;
mod extended;
mod kind;
mod list;
mod mailbox;
mod mailbox_api;
mod mime;
mod objects;
mod permissions;
mod prefer;
mod remembered;
mod reports;
mod resource;
mod route;
mod rows;
mod settings;
mod shelf;
mod text;
mod traces;
mod users;
mod view;
mod write;
mod zone;

pub use ask::{Ask, Content, Twist};
#[cfg(test)]
pub use catalogue::rules;
pub use mime::write as mime;
pub use permissions::Roles;
pub use prefer::Prefer;
pub use remembered::Remembered;
pub use route::{Route, route, segments};
pub use text::readable;

use crate::refusal::Refusal;
use crate::rules::Service;
use crate::store::Store;
use rows::Library;

/// Answers a request.
pub fn answer(route: &Route, ask: &Ask, store: &Store) -> Result<Content, Refusal> {
    access::check(route, ask.roles)?;
    access::check_extended(route, &ask.pairs, ask.roles)?;
    match route {
        Route::Users => users::list(ask, store).map(Content::Json),
        Route::UserCount => users::count(ask, store).map(Content::Text),
        Route::User(name) => users::single(ask, store, name).map(Content::Json),
        Route::Directory(address) => Library {
            ask,
            data: store.tenant(),
            catalogue: catalogue::DIRECTORY,
            prefix: String::new(),
            missing: match address.resource.rules.service {
                Service::Directory => Refusal::directory_object_not_found,
                Service::Outlook => |_| Refusal::item_not_found(),
            },
        }
        .answer(address),
        Route::Traces => traces::list(ask, store.tenant()).map(Content::Json),
        Route::Report(report) => reports::file(ask, store.tenant(), *report).map(Content::File),
        Route::Mailbox { user, place } => mailbox::answer(ask, store, user, place),
    }
}
