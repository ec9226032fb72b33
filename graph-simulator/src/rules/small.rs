//! Calendar groups, settings, people, tasks and places.
//!
//! A collection that only lists its rows is one line here and one in [`crate::resources`].

use super::collection::{Beyond, Collection, Link, OrderRules, Paging};
use super::filter::Answer::Allow;
use super::filter::FilterRules;
use super::outlook::plain;

/// docs/graph.md#calendar-groups
pub static CALENDAR_GROUPS: Collection = plain("calendarGroups", "calendarGroup");

/// docs/graph.md#calendar-permissions
pub static CALENDAR_PERMISSIONS: Collection = plain("calendarPermissions", "calendarPermission");

/// docs/graph.md#categories
pub static CATEGORIES: Collection = plain("masterCategories", "outlookCategory");

/// docs/graph.md#message-rules
pub static MESSAGE_RULES: Collection = plain("messageRules", "messageRule");

/// docs/graph.md#inference-overrides
pub static INFERENCE_OVERRIDES: Collection = plain("overrides", "inferenceClassificationOverride");

/// docs/graph.md#mailbox-settings
pub static MAILBOX_SETTINGS: Collection = plain("mailboxSettings", "mailboxSettings");

/// docs/graph.md#mailbox-items
pub static API_FOLDERS: Collection = of_api("folders", "mailboxFolder");

/// docs/graph.md#mailbox-items
pub static API_ITEMS: Collection = of_api("items", "mailboxItem");

/// The samples have pages of ten, and no source tells of larger ones.
const fn of_api(name: &'static str, entity: &'static str) -> Collection {
    Collection {
        paging: Paging::Pages {
            usual: 10,
            largest: 10,
            beyond: Beyond::Refused,
            link: Link::Skip,
        },
        ..plain(name, entity)
    }
}

/// docs/graph.md#people
pub static PEOPLE: Collection = Collection {
    filter: FilterRules::Outlook(&[
        ("displayName", Allow("eq")),
        ("personType/class", Allow("eq")),
        ("personType/subclass", Allow("eq")),
    ]),
    order: OrderRules::Outlook(&["displayName"]),
    ..plain("people", "person")
};

/// docs/graph.md#todo
pub static TODO_LISTS: Collection = Collection {
    paging: Paging::Lossy {
        usual: 16,
        largest: 1000,
    },
    ..plain("lists", "todoTaskList")
};

/// docs/graph.md#todo
pub static TODO_TASKS: Collection = plain("tasks", "todoTask");

/// docs/graph.md#todo
pub static CHECKLIST_ITEMS: Collection = of_task("checklistItems", "checklistItem");

/// docs/graph.md#todo
pub static LINKED_RESOURCES: Collection = of_task("linkedResources", "linkedResource");

/// docs/graph.md#todo
pub static TASK_ATTACHMENTS: Collection = Collection {
    left_out: &["contentBytes"],
    casts: &["contentBytes"],
    ..of_task("attachments", "attachmentBase")
};

const fn of_task(name: &'static str, entity: &'static str) -> Collection {
    Collection {
        paging: Paging::Whole,
        ..plain(name, entity)
    }
}

/// docs/graph.md#group-conversations
pub static GROUP_CONVERSATIONS: Collection = of_group("conversations", "conversation");

/// docs/graph.md#group-conversations
pub static GROUP_THREADS: Collection = of_group("threads", "conversationThread");

/// docs/graph.md#group-conversations
pub static GROUP_POSTS: Collection = of_group("posts", "post");

/// No source shows `$top`, so that more than the usual rows are refused.
const fn of_group(name: &'static str, entity: &'static str) -> Collection {
    Collection {
        filter: FilterRules::Conversations,
        paging: Paging::Pages {
            usual: 10,
            largest: 10,
            beyond: Beyond::Refused,
            link: Link::Skip,
        },
        ..plain(name, entity)
    }
}

/// docs/graph.md#places
pub static ROOMS: Collection = Collection {
    paging: PLACES,
    ..plain("places/microsoft.graph.room", "room")
};

/// docs/graph.md#places
pub static WORKSPACES: Collection = Collection {
    paging: PLACES,
    ..plain("places/microsoft.graph.workspace", "workspace")
};

/// docs/graph.md#places
pub static ROOM_LISTS: Collection = Collection {
    paging: PLACES,
    ..plain("places/microsoft.graph.roomList", "roomList")
};

/// docs/graph.md#places
pub static ROOMS_OF_LIST: Collection = Collection {
    paging: PLACES,
    ..plain("rooms", "room")
};

/// docs/graph.md#message-traces
pub static MESSAGE_TRACES: Collection = Collection {
    paging: Paging::Pages {
        usual: 1000,
        largest: 5000,
        beyond: Beyond::Refused,
        link: Link::SkipToken,
    },
    filter: FilterRules::Outlook(&[
        ("id", Allow("eq")),
        ("messageId", Allow("eq")),
        ("senderAddress", Allow("eq")),
        ("recipientAddress", Allow("eq")),
        ("status", Allow("eq")),
        ("fromIP", Allow("eq")),
        ("toIP", Allow("eq")),
        ("receivedDateTime", Allow("ge le")),
    ]),
    ..plain(
        "admin/exchange/tracing/messageTraces",
        "exchangeMessageTrace",
    )
};

/// A place by its id, a room or a room list (docs/graph.md#places).
pub static PLACE: Collection = Collection {
    kinds: &["room", "roomList"],
    ..plain("places", "place")
};

const PLACES: Paging = Paging::Pages {
    usual: 100,
    largest: 1000,
    beyond: Beyond::Cut,
    link: Link::Skip,
};
