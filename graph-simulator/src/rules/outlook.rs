//! The collections of a mailbox.
//!
//! Microsoft publishes no table of filterable and sortable properties here; the entries follow its
//! examples and reports of users. docs/graph.md has the sources.

use super::collection::{
    Beyond, Collection, Link, NeverSelected, OrderRules, Paging, Search, Service,
};
use super::filter::Answer::{Allow, Only, Refuse};
use super::filter::Complaint::{
    InternalError, InvalidClause, InvalidNodes, NotFilterable, UnsupportedExpression,
};
use super::filter::FilterRules;

const RANGE: &str = "ge gt le lt";
const TEXT: &str = "eq startswith contains";

/// Ten rows in a page; 1000 at most, and more is an error (docs/graph.md#page-sizes).
const STRICT_PAGES: Paging = Paging::Pages {
    usual: 10,
    largest: 1000,
    beyond: Beyond::Refused,
    link: Link::Skip,
};

/// Ten rows in a page; any `$top` is accepted, and no page is longer than 1000 rows
/// (docs/graph.md#page-sizes).
const LAX_PAGES: Paging = Paging::Pages {
    usual: 10,
    largest: 1000,
    beyond: Beyond::Cut,
    link: Link::Skip,
};

/// The common rules of most collections of a mailbox.
pub(super) const OUTLOOK: Collection = Collection {
    name: "",
    entity: "entity",
    kinds: &[],
    service: Service::Outlook,
    paging: LAX_PAGES,
    filter: FilterRules::Outlook(&[]),
    order: OrderRules::None,
    expand: &[],
    only_selected: &[],
    left_out: &[],
    never_selected: NeverSelected::None,
    casts: &[],
    usual: None,
    search: Search::Unsupported,
};

/// A collection of which no source shows filters or an order.
pub(super) const fn plain(name: &'static str, entity: &'static str) -> Collection {
    Collection {
        name,
        entity,
        ..OUTLOOK
    }
}

/// docs/graph.md#messages-filter, docs/graph.md#messages-not-filtered, docs/graph.md#messages-order,
/// docs/graph.md#messages-select
pub static MESSAGES: Collection = Collection {
    name: "messages",
    entity: "message",
    paging: STRICT_PAGES,
    filter: FilterRules::Outlook(&[
        ("receivedDateTime", Allow(RANGE)),
        ("sentDateTime", Allow(RANGE)),
        ("createdDateTime", Allow(RANGE)),
        ("subject", Allow(TEXT)),
        ("from/emailAddress/address", Allow(TEXT)),
        ("sender/emailAddress/address", Allow(TEXT)),
        ("importance", Only("eq", InvalidClause)),
        ("isRead", Allow("eq")),
        ("hasAttachments", Allow("eq")),
        ("flag/flagStatus", Only("eq", InvalidClause)),
        ("flag", Refuse(InternalError)),
        ("flag/dueDateTime", Refuse(InternalError)),
        ("flag/dueDateTime/dateTime", Refuse(NotFilterable)),
        ("categories/any", Allow("eq")),
        ("internetMessageId", Allow("eq")),
        ("toRecipients", Refuse(InvalidNodes)),
        ("ccRecipients", Refuse(InvalidNodes)),
        ("bccRecipients", Refuse(InvalidNodes)),
        ("replyTo", Refuse(InvalidNodes)),
    ]),
    order: OrderRules::Outlook(&[
        "receivedDateTime",
        "subject",
        "importance",
        "from/emailAddress/address",
        "sender/emailAddress/address",
    ]),
    expand: &["attachments"],
    only_selected: &["internetMessageHeaders", "uniqueBody"],
    // Those that programs are known to select (docs/graph.md#messages-select).
    casts: &[
        "meetingMessageType",
        "startDateTime",
        "endDateTime",
        "responseType",
    ],
    search: Search::Mail,
    ..OUTLOOK
};

/// docs/graph.md#mail-folders, docs/graph.md#mail-folders-filter
pub static MAIL_FOLDERS: Collection = Collection {
    name: "mailFolders",
    entity: "mailFolder",
    paging: STRICT_PAGES,
    filter: FilterRules::Outlook(&[
        ("displayName", Allow("eq startswith")),
        ("childFolderCount", Allow("eq ge gt le lt")),
        ("totalItemCount", Allow("eq ge gt le lt")),
        ("unreadItemCount", Allow("eq ge gt le lt")),
    ]),
    casts: &[
        "filterQuery",
        "includeNestedFolders",
        "isSupported",
        "sourceFolderIds",
    ],
    ..OUTLOOK
};

/// docs/graph.md#events-filter, docs/graph.md#events-not-filtered
const EVENT_FILTERS: FilterRules = FilterRules::Outlook(&[
    // Text, so constants are quoted.
    ("start/dateTime", Allow(RANGE)),
    ("end/dateTime", Allow(RANGE)),
    ("subject", Allow("eq")),
    ("type", Only("eq", InvalidClause)),
    ("isOrganizer", Allow("eq")),
    ("categories/any", Allow("eq")),
    ("attendees", Refuse(UnsupportedExpression)),
    // Worked in 2019, and may work still.
    ("iCalUId", Refuse(UnsupportedExpression)),
    ("lastModifiedDateTime", Refuse(InvalidClause)),
]);

/// docs/graph.md#events, docs/graph.md#events-order
pub static EVENTS: Collection = Collection {
    name: "events",
    entity: "event",
    filter: EVENT_FILTERS,
    order: OrderRules::Outlook(&["start/dateTime", "createdDateTime"]),
    expand: &["attachments"],
    only_selected: &["cancelledOccurrences"],
    ..OUTLOOK
};

/// docs/graph.md#calendar-view
pub static CALENDAR_VIEW: Collection = Collection {
    name: "calendarView",
    entity: "event",
    filter: EVENT_FILTERS,
    order: OrderRules::Outlook(&["start/dateTime", "createdDateTime"]),
    expand: &["attachments"],
    only_selected: &["cancelledOccurrences"],
    never_selected: NeverSelected::Unsupported(&["createdDateTime", "lastModifiedDateTime"]),
    ..OUTLOOK
};

/// docs/graph.md#instances
pub static INSTANCES: Collection = Collection {
    only_selected: &["cancelledOccurrences"],
    ..plain("instances", "event")
};

/// docs/graph.md#calendars
pub static CALENDARS: Collection = plain("calendars", "calendar");

/// docs/graph.md#contacts, docs/graph.md#contacts-filter
pub static CONTACTS: Collection = Collection {
    name: "contacts",
    entity: "contact",
    paging: STRICT_PAGES,
    filter: FilterRules::Outlook(&[
        ("emailAddresses/any/address", Allow("eq")),
        ("emailAddresses", Refuse(InvalidNodes)),
        ("displayName", Allow("startswith")),
    ]),
    search: Search::NotSimulated,
    ..OUTLOOK
};

/// docs/graph.md#contacts
pub static CONTACT_FOLDERS: Collection = plain("contactFolders", "contactFolder");

/// docs/graph.md#attachments
pub static ATTACHMENTS: Collection = Collection {
    name: "attachments",
    entity: "attachment",
    paging: Paging::Whole,
    filter: FilterRules::Ignored,
    casts: &["contentBytes", "contentId", "contentLocation"],
    expand: ITEM_OF_ATTACHMENT,
    ..OUTLOOK
};

/// Names a derived type, so it is not a path of the base type (docs/graph.md#expand).
const ITEM_OF_ATTACHMENT: &[&str] = &["microsoft.graph.itemAttachment/item"];
