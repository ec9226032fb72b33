//! Whether an application may read what it asks for (docs/graph.md#permissions).

use super::permissions::{self, Any, Roles};
use super::route::{Action, Owner, Place, Route};
use crate::odata::pairs::{Pairs, option};
use crate::refusal::Refusal;
use crate::rules::Service;

/// Reads messages without bodies and attachments, which the simulator cannot show.
const BASIC_MAIL: &str = "Mail.ReadBasic.All";

/// Refuses a request without its permission (docs/graph.md#errors).
pub fn check(route: &Route, roles: Roles) -> Result<(), Refusal> {
    let (any, service) = match route {
        Route::Users | Route::UserCount | Route::User(_) => {
            (permissions::USERS, Service::Directory)
        }
        Route::Directory(address) => (address.resource.permissions, address.resource.rules.service),
        Route::Traces => (permissions::TRACES, Service::Directory),
        Route::Report(_) => (permissions::REPORTS, Service::Directory),
        Route::Mailbox { place, .. } => (of_place(place), Service::Outlook),
    };
    if roles.allow(any) {
        return Ok(());
    }
    let is_basic = any == permissions::MAIL && roles.allow(&[BASIC_MAIL]) && route.is_of_messages();
    Err(match service {
        _ if is_basic => Refusal::not_simulated("messages as Mail.ReadBasic.All shows them"),
        Service::Outlook => Refusal::new(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ),
        Service::Directory => Refusal::new(
            403,
            "Authorization_RequestDenied",
            "Insufficient privileges to complete the operation.",
        ),
    })
}

/// The permission that extended properties need, where objects need another one (docs/graph.md#extended-properties).
pub fn check_extended(route: &Route, pairs: &Pairs, roles: Roles) -> Result<(), Refusal> {
    let expanded = option(pairs, "$expand").unwrap_or_default();
    if !expanded.contains("ExtendedProperties") {
        return Ok(());
    }
    let any = match route {
        Route::Mailbox { place, .. } => match of_place(place) {
            permissions::CALENDARS => permissions::ALL_OF_CALENDARS,
            permissions::FOLDERS => permissions::MAIL,
            other => other,
        },
        _ => return Ok(()),
    };
    match roles.allow(any) {
        true => Ok(()),
        false => Err(Refusal::new(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        )),
    }
}

fn of_place(place: &Place) -> Any {
    match place {
        Place::Folders { .. } | Place::Folder(_) => permissions::FOLDERS,
        Place::Messages { .. } | Place::Message { .. } | Place::Mime { .. } => permissions::MAIL,
        Place::DefaultCalendar
        | Place::Events { .. }
        | Place::Event { .. }
        | Place::View { .. }
        | Place::Instances { .. } => permissions::CALENDARS,
        Place::Contacts { .. }
        | Place::Contact { .. }
        | Place::ContactFolders { .. }
        | Place::ContactFolder(_) => permissions::CONTACTS,
        Place::Attachments { owner } | Place::Attachment { owner, .. } => match owner {
            Owner::Message(_) => permissions::MAIL,
            Owner::Event(_) => permissions::ALL_OF_CALENDARS,
        },
        Place::Settings => permissions::SETTINGS,
        Place::MailboxId => permissions::MAILBOX_ID,
        Place::ApiFolders { .. } => permissions::MAILBOX_FOLDERS,
        Place::ApiItems { .. } => permissions::MAILBOX_ITEMS,
        Place::Action(Action::GetSchedule) => permissions::CALENDARS,
        Place::Action(Action::GetMailTips) => permissions::MAIL_TIPS,
        Place::Listed(address) => address.resource.permissions,
    }
}
