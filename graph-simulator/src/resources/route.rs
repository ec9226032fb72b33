//! Paths below `/v1.0` and their targets.

use super::catalogue::{DIRECTORY, MAILBOX};
use super::reports::{self, Report};
use super::resource::{self, Address};
use crate::model::{Mailbox, Tenant};
use crate::refusal::Refusal;
use crate::schema::schema;

/// The target of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Users,
    UserCount,
    User(String),
    Report(Report),
    /// Traces of messages.
    Traces,
    /// Another collection of the directory.
    Directory(Address<Tenant>),
    Mailbox {
        user: String,
        place: Place,
    },
}

impl Route {
    pub fn is_list_of_messages(&self) -> bool {
        let Self::Mailbox { place, .. } = self else {
            return false;
        };
        matches!(place, Place::Messages { .. })
    }

    /// Whether it is an action, which is asked with POST.
    pub fn is_action(&self) -> bool {
        matches!(
            self,
            Self::Mailbox {
                place: Place::Action(_),
                ..
            }
        )
    }

    pub fn is_of_messages(&self) -> bool {
        let Self::Mailbox { place, .. } = self else {
            return false;
        };
        matches!(
            place,
            Place::Messages { .. } | Place::Message { .. } | Place::Mime { .. }
        )
    }
}

/// An object in a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Folders at the top, or in a folder.
    Folders {
        parent: Option<String>,
    },
    Folder(String),
    /// All messages, or those of a folder.
    Messages {
        folder: Option<String>,
    },
    Message {
        folder: Option<String>,
        id: String,
    },
    /// A message as Internet mail has it.
    Mime {
        folder: Option<String>,
        id: String,
    },
    DefaultCalendar,
    Events {
        calendar: Option<String>,
    },
    Event {
        calendar: Option<String>,
        id: String,
    },
    View {
        calendar: Option<String>,
    },
    /// The occurrences of a series.
    Instances {
        event: String,
    },
    /// Contacts of the default folder, or of one.
    Contacts {
        folder: Option<String>,
    },
    Contact {
        folder: Option<String>,
        id: String,
    },
    ContactFolders {
        parent: Option<String>,
    },
    ContactFolder(String),
    Attachments {
        owner: Owner,
    },
    Attachment {
        owner: Owner,
        id: String,
        raw: bool,
    },
    /// The settings of the mailbox.
    Settings,
    /// The id of the mailbox in the import and export API.
    MailboxId,
    /// Folders there: of the root, or of a folder.
    ApiFolders {
        parent: Option<String>,
    },
    /// Items of a folder there.
    ApiItems {
        folder: String,
    },
    /// An action that answers a question.
    Action(Action),
    /// Another collection.
    Listed(Address<Mailbox>),
}

/// An action that only reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    GetSchedule,
    GetMailTips,
}

/// The owner of an attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    Message(String),
    Event(String),
}

/// Splits segments at brackets: `users('ann')/messages`.
pub fn segments(path: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for raw in path.split('/').filter(|segment| !segment.is_empty()) {
        let text = percent_encoding::percent_decode_str(raw)
            .decode_utf8()
            .ok()?
            .into_owned();
        match text
            .strip_suffix("')")
            .and_then(|text| text.split_once("('"))
        {
            Some((name, key)) => {
                found.push(name.to_owned());
                found.push(key.replace("''", "'"));
            }
            None => found.push(text),
        }
    }
    Some(found)
}

/// Finds the target of the segments after `v1.0`. Names are matched without case, ids with it
/// (docs/graph.md#requests).
pub fn route(segments: &[String]) -> Result<Route, Refusal> {
    let names: Vec<String> = segments
        .iter()
        .map(|segment| segment.to_lowercase())
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["users"] => Ok(Route::Users),
        ["users", "$count"] => Ok(Route::UserCount),
        ["users", _] => Ok(Route::User(segments[1].clone())),
        ["users", _, rest @ ..] => {
            let place = place(rest, &segments[2..])?;
            Ok(Route::Mailbox {
                user: segments[1].clone(),
                place,
            })
        }
        ["admin", "exchange", "tracing", "messagetraces"] => Ok(Route::Traces),
        ["admin", "exchange", "mailboxes", _, rest @ ..] => Ok(Route::Mailbox {
            user: user_of_api(&segments[3])?.to_owned(),
            place: place_of_api(rest, &segments[4..])?,
        }),
        ["reports", _] => reports::report(&segments[1]).map(Route::Report),
        ["me", ..] => Err(Refusal::bad_request(
            "/me request is only valid with delegated authentication flow.",
        )),
        [first, ..] => match resource::find(DIRECTORY, segments) {
            Some(address) => Ok(Route::Directory(address)),
            None => Err(unknown(first, &segments[0])),
        },
        [] => Err(Refusal::bad_request("Invalid request")),
    }
}

fn place(names: &[&str], given: &[String]) -> Result<Place, Refusal> {
    let id = |at: usize| given[at].clone();
    let some = |at: usize| Some(given[at].clone());
    let place = match names {
        ["mailfolders"] => Place::Folders { parent: None },
        ["mailfolders", _] => Place::Folder(id(1)),
        ["mailfolders", _, "childfolders"] => Place::Folders { parent: some(1) },
        ["mailfolders", _, "childfolders", _] => Place::Folder(id(3)),
        ["mailfolders", _, "messages"] => Place::Messages { folder: some(1) },
        ["mailfolders", _, "messages", _] => Place::Message {
            folder: some(1),
            id: id(3),
        },
        ["messages"] => Place::Messages { folder: None },
        ["messages", _] => Place::Message {
            folder: None,
            id: id(1),
        },
        ["messages", _, "$value"] => Place::Mime {
            folder: None,
            id: id(1),
        },
        ["mailfolders", _, "messages", _, "$value"] => Place::Mime {
            folder: some(1),
            id: id(3),
        },
        ["messages", _, "attachments", rest @ ..] => {
            return attachments(Owner::Message(id(1)), rest, &given[3..]);
        }
        ["mailfolders", _, "messages", _, "attachments", rest @ ..] => {
            return attachments(Owner::Message(id(3)), rest, &given[5..]);
        }
        ["calendar"] => Place::DefaultCalendar,
        ["events"] | ["calendar", "events"] => Place::Events { calendar: None },
        ["calendars", _, "events"] => Place::Events { calendar: some(1) },
        ["events", _] => Place::Event {
            calendar: None,
            id: id(1),
        },
        ["calendar", "events", _] => Place::Event {
            calendar: None,
            id: id(2),
        },
        ["calendars", _, "events", _] => Place::Event {
            calendar: some(1),
            id: id(3),
        },
        ["events", _, "attachments", rest @ ..] => {
            return attachments(Owner::Event(id(1)), rest, &given[3..]);
        }
        ["events", _, "instances"] => Place::Instances { event: id(1) },
        ["calendar", "events", _, "instances"] => Place::Instances { event: id(2) },
        ["calendars", _, "events", _, "instances"] => Place::Instances { event: id(3) },
        ["calendarview"] | ["calendar", "calendarview"] => Place::View { calendar: None },
        ["calendars", _, "calendarview"] => Place::View { calendar: some(1) },
        ["contacts"] => Place::Contacts { folder: None },
        ["contacts", _] => Place::Contact {
            folder: None,
            id: id(1),
        },
        ["contactfolders"] => Place::ContactFolders { parent: None },
        ["contactfolders", _] => Place::ContactFolder(id(1)),
        ["contactfolders", _, "childfolders"] => Place::ContactFolders { parent: some(1) },
        ["contactfolders", _, "contacts"] => Place::Contacts { folder: some(1) },
        ["contactfolders", _, "contacts", _] => Place::Contact {
            folder: some(1),
            id: id(3),
        },
        ["mailboxsettings"] => Place::Settings,
        ["settings", "exchange"] => Place::MailboxId,
        ["calendar", "getschedule"] => Place::Action(Action::GetSchedule),
        ["getmailtips"] => Place::Action(Action::GetMailTips),
        _ => match resource::find(MAILBOX, given) {
            Some(address) => Place::Listed(address),
            None => return Err(unknown(names[0], &given[0])),
        },
    };
    Ok(place)
}

fn attachments(owner: Owner, names: &[&str], given: &[String]) -> Result<Place, Refusal> {
    match names {
        [] => Ok(Place::Attachments { owner }),
        [_] => Ok(Place::Attachment {
            owner,
            id: given[0].clone(),
            raw: false,
        }),
        [_, "$value"] => Ok(Place::Attachment {
            owner,
            id: given[0].clone(),
            raw: true,
        }),
        _ => Err(unknown("", &given[1])),
    }
}

/// The user with the mailbox of this id in the import and export API.
fn user_of_api(id: &str) -> Result<&str, Refusal> {
    let guid = id.strip_prefix("MBX:").and_then(|id| id.split_once('@'));
    guid.map(|(guid, _)| guid).ok_or_else(|| {
        let message = format!("The requested user '{id}' is invalid.");
        Refusal::new(404, "ErrorInvalidUser", message)
    })
}

/// The collection that a path below the mailbox leads to.
fn place_of_api(names: &[&str], given: &[String]) -> Result<Place, Refusal> {
    match names {
        ["folders"] => Ok(Place::ApiFolders { parent: None }),
        ["folders", _, "childfolders"] => Ok(Place::ApiFolders {
            parent: Some(given[1].clone()),
        }),
        ["folders", _, "items"] => Ok(Place::ApiItems {
            folder: given[1].clone(),
        }),
        _ => Err(Refusal::not_simulated(
            "other objects of the import and export API",
        )),
    }
}

/// A path of Graph that the simulator does not serve, or an invalid path.
fn unknown(name: &str, given: &str) -> Refusal {
    /// Collections besides users, served in part or not at all.
    const ROOTS: &[&str] = &[
        "groups",
        "places",
        "organization",
        "contacts",
        "directory",
        "directoryobjects",
        "subscriptions",
    ];
    let user = schema().get("user").and_then(|user| user.property(name));
    if user.is_some() || ROOTS.contains(&name) {
        return Refusal::new(404, "ResourceNotFound", "Resource could not be discovered.");
    }
    Refusal::bad_request(format!("Resource not found for the segment '{given}'."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Result<Route, Refusal> {
        route(&segments(path).expect("decodes"))
    }

    fn place_of(path: &str) -> Place {
        match at(path) {
            Ok(Route::Mailbox { place, .. }) => place,
            other => panic!("{path}: {other:?}"),
        }
    }

    #[test]
    fn names_are_matched_without_case_and_ids_keep_theirs() {
        assert_eq!(
            place_of("/Users/Ann@x.org/MAILFOLDERS/AbC=/messages"),
            Place::Messages {
                folder: Some("AbC=".into())
            }
        );
        assert_eq!(
            at("/users/b_x.org%23EXT%23@x.org"),
            Ok(Route::User("b_x.org#EXT#@x.org".into()))
        );
    }

    #[test]
    fn keys_in_brackets_are_segments() {
        assert_eq!(
            place_of("/users('ann')/mailfolders('In''box')/messages"),
            Place::Messages {
                folder: Some("In'box".into())
            }
        );
    }

    #[test]
    fn collections_of_the_catalogue_have_their_keys() {
        let Place::Listed(address) = place_of("/users/ann/TODO/lists/L1/tasks('T')/checklistItems")
        else {
            panic!("not in the catalogue");
        };
        assert_eq!(
            format!("{address:?}"),
            r#"List of todo/lists/{}/tasks/{}/checklistItems ["L1", "T"]"#
        );
        let Ok(Route::Directory(address)) = at("/places/microsoft.graph.roomlist") else {
            panic!("not in the catalogue");
        };
        assert_eq!(
            format!("{address:?}"),
            "List of places/microsoft.graph.roomList []"
        );
        let Ok(Route::Directory(address)) = at("/groups/$count") else {
            panic!("not in the catalogue");
        };
        assert_eq!(format!("{address:?}"), "Count of groups []");
    }

    #[test]
    fn what_graph_has_and_the_simulator_has_not_is_told_from_nonsense() {
        for path in [
            "/directoryObjects",
            "/places",
            "/groups/1/members/2",
            "/users/ann/todo",
            "/users/ann/mailFolders/sentitems/messageRules",
        ] {
            assert_eq!(at(path).expect_err("not served").status, 404, "{path}");
        }
        let nonsense = at("/users/ann/mesages").expect_err("nonsense");
        assert_eq!(
            (nonsense.status, nonsense.code.as_str()),
            (400, "BadRequest")
        );
        assert!(nonsense.message.contains("'mesages'"));
    }
}
