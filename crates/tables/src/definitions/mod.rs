//! The tables, each a list of columns.
//!
//! A column filters and sorts only as Graph is proven to accept it, because a refused or silently
//! ignored filter costs more than a local one. Each claim names the section of docs/graph.md with
//! its source, and a test checks that the section exists ([`Proof`](crate::definition::Proof)).

mod attachment_columns;
mod calendar_groups;
mod calendar_permissions;
mod calendar_view;
mod calendars;
mod categories;
mod checklist_items;
mod columns;
mod contact_email_addresses;
mod contact_folders;
mod contact_phones;
mod contacts;
mod deleted_users;
mod derived;
mod element_columns;
mod email_activity;
mod email_app_usage;
mod event_attachments;
mod event_attendees;
mod event_categories;
mod event_columns;
mod event_instances;
mod event_locations;
mod events;
mod extended_properties;
mod free_busy;
mod group_conversations;
mod group_members;
mod group_owners;
mod group_posts;
mod group_threads;
mod groups;
mod inference_overrides;
mod linked_resources;
mod mail_folders;
mod mail_tips;
mod mailbox_folders;
mod mailbox_items;
mod mailbox_quota_status;
mod mailbox_settings;
mod mailbox_usage;
mod message_attachments;
mod message_categories;
mod message_headers;
mod message_mime;
mod message_recipients;
mod message_rules;
mod message_texts;
mod message_traces;
mod messages;
mod org_contacts;
mod organization;
mod people;
mod permissions;
mod report_columns;
mod room_lists;
mod rooms;
mod subscribed_skus;
mod task_attachments;
mod todo_lists;
mod todo_tasks;
mod user_licenses;
mod user_managers;
mod user_proxy_addresses;
mod user_sign_ins;
mod users;
mod workspaces;

#[cfg(test)]
mod sample_tests;
#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;

pub use calendar_groups::CALENDAR_GROUPS;
pub use calendar_permissions::CALENDAR_PERMISSIONS;
pub use calendar_view::CALENDAR_VIEW;
pub use calendars::CALENDARS;
pub use categories::CATEGORIES;
pub use checklist_items::CHECKLIST_ITEMS;
pub use contact_email_addresses::CONTACT_EMAIL_ADDRESSES;
pub use contact_folders::CONTACT_FOLDERS;
pub use contact_phones::CONTACT_PHONES;
pub use contacts::CONTACTS;
pub use deleted_users::DELETED_USERS;
pub use derived::derived;
pub use email_activity::EMAIL_ACTIVITY;
pub use email_app_usage::EMAIL_APP_USAGE;
pub use event_attachments::EVENT_ATTACHMENTS;
pub use event_attendees::EVENT_ATTENDEES;
pub use event_categories::EVENT_CATEGORIES;
pub use event_instances::EVENT_INSTANCES;
pub use event_locations::EVENT_LOCATIONS;
pub use events::EVENTS;
pub use extended_properties::{EXTENDED_PROPERTIES, ITEMS_WITH_PROPERTIES};
pub use free_busy::FREE_BUSY;
pub use group_conversations::GROUP_CONVERSATIONS;
pub use group_members::GROUP_MEMBERS;
pub use group_owners::GROUP_OWNERS;
pub use group_posts::GROUP_POSTS;
pub use group_threads::GROUP_THREADS;
pub use groups::GROUPS;
pub use inference_overrides::INFERENCE_OVERRIDES;
pub use linked_resources::LINKED_RESOURCES;
pub use mail_folders::{MAIL_FOLDERS, WELL_KNOWN_FOLDERS};
pub use mail_tips::MAIL_TIPS;
pub use mailbox_folders::MAILBOX_FOLDERS;
pub use mailbox_items::MAILBOX_ITEMS;
pub use mailbox_quota_status::MAILBOX_QUOTA_STATUS;
pub use mailbox_settings::MAILBOX_SETTINGS;
pub use mailbox_usage::MAILBOX_USAGE;
pub use message_attachments::MESSAGE_ATTACHMENTS;
pub use message_categories::MESSAGE_CATEGORIES;
pub use message_headers::MESSAGE_HEADERS;
pub use message_mime::MESSAGE_MIME;
pub use message_recipients::MESSAGE_RECIPIENTS;
pub use message_rules::MESSAGE_RULES;
pub use message_texts::MESSAGE_TEXTS;
pub use message_traces::MESSAGE_TRACES;
pub use messages::MESSAGES;
pub use org_contacts::ORG_CONTACTS;
pub use organization::ORGANIZATION;
pub use people::PEOPLE;
pub use room_lists::ROOM_LISTS;
pub use rooms::ROOMS;
pub use subscribed_skus::SUBSCRIBED_SKUS;
pub use task_attachments::TASK_ATTACHMENTS;
pub use todo_lists::TODO_LISTS;
pub use todo_tasks::TODO_TASKS;
pub use user_licenses::USER_LICENSES;
pub use user_managers::USER_MANAGERS;
pub use user_proxy_addresses::USER_PROXY_ADDRESSES;
pub use user_sign_ins::USER_SIGN_INS;
pub use users::{USERS, USUAL_USERS};
pub use workspaces::WORKSPACES;

use super::definition::Table;

/// Every table, in alphabetical order.
pub static TABLES: &[&Table] = &[
    &CALENDAR_GROUPS,
    &CALENDAR_PERMISSIONS,
    &CALENDAR_VIEW,
    &CALENDARS,
    &CATEGORIES,
    &CHECKLIST_ITEMS,
    &CONTACT_EMAIL_ADDRESSES,
    &CONTACT_FOLDERS,
    &CONTACT_PHONES,
    &CONTACTS,
    &DELETED_USERS,
    &EMAIL_ACTIVITY,
    &EMAIL_APP_USAGE,
    &EVENT_ATTACHMENTS,
    &EVENT_ATTENDEES,
    &EVENT_CATEGORIES,
    &EVENT_INSTANCES,
    &EVENT_LOCATIONS,
    &EVENTS,
    &EXTENDED_PROPERTIES,
    &FREE_BUSY,
    &GROUP_CONVERSATIONS,
    &GROUP_MEMBERS,
    &GROUP_OWNERS,
    &GROUP_POSTS,
    &GROUP_THREADS,
    &GROUPS,
    &INFERENCE_OVERRIDES,
    &LINKED_RESOURCES,
    &MAIL_FOLDERS,
    &MAIL_TIPS,
    &MAILBOX_FOLDERS,
    &MAILBOX_ITEMS,
    &MAILBOX_QUOTA_STATUS,
    &MAILBOX_SETTINGS,
    &MAILBOX_USAGE,
    &MESSAGE_ATTACHMENTS,
    &MESSAGE_CATEGORIES,
    &MESSAGE_HEADERS,
    &MESSAGE_MIME,
    &MESSAGE_RECIPIENTS,
    &MESSAGE_RULES,
    &MESSAGE_TEXTS,
    &MESSAGE_TRACES,
    &MESSAGES,
    &ORG_CONTACTS,
    &ORGANIZATION,
    &PEOPLE,
    &ROOM_LISTS,
    &ROOMS,
    &SUBSCRIBED_SKUS,
    &TASK_ATTACHMENTS,
    &TODO_LISTS,
    &TODO_TASKS,
    &USER_LICENSES,
    &USER_MANAGERS,
    &USER_PROXY_ADDRESSES,
    &USER_SIGN_INS,
    &USERS,
    &WORKSPACES,
];

/// The table of this name, matched without case.
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES
        .iter()
        .copied()
        .find(|table| table.name.eq_ignore_ascii_case(name))
}
