//! Rows of reports, from the tenant's mailboxes.
//!
//! The size of an item is that of its body and its attachments. No source says how Exchange counts.

use super::span::Span;
use crate::model::{Entity, Item, Mailbox, Tenant, User};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::borrow::Cow;

/// Quotas of a mailbox of 100 GB.
const ISSUE_WARNING: u64 = 105_226_698_752;
const PROHIBIT_SEND: u64 = 106_300_440_576;
const PROHIBIT_SEND_RECEIVE: u64 = 107_374_182_400;

pub fn mailbox_usage(tenant: &Tenant, span: &Span) -> Vec<Entity> {
    let row = |user: &User, mailbox: Option<&Mailbox>| {
        let sizes = mailbox.map(sizes).unwrap_or_default();
        json!({
            "createdDate": text(date(&user.entity, "createdDateTime")),
            "lastActivityDate": text(mailbox.and_then(|mailbox| last_activity(mailbox, span))),
            "itemCount": sizes.len(),
            "storageUsedInBytes": sizes.iter().sum::<u64>(),
            "issueWarningQuotaInBytes": ISSUE_WARNING,
            "prohibitSendQuotaInBytes": PROHIBIT_SEND,
            "prohibitSendReceiveQuotaInBytes": PROHIBIT_SEND_RECEIVE,
            "deletedItemCount": 0,
            "deletedItemSizeInBytes": 0,
            "deletedItemQuota": PROHIBIT_SEND_RECEIVE,
            "hasArchive": false,
        })
    };
    users(tenant, span, row)
}

pub fn quota_status(tenant: &Tenant, span: &Span) -> Vec<Entity> {
    let mailboxes = tenant.users.iter().filter_map(|user| user.mailbox.as_ref());
    let used = mailboxes.map(|mailbox| sizes(mailbox).iter().sum::<u64>());
    let used: Vec<u64> = used.collect();
    let between = |from: u64, before: u64| {
        let sizes = used.iter().filter(|used| (from..before).contains(*used));
        sizes.count()
    };
    let counts = json!({
        "reportRefreshDate": text(span.last),
        "underLimit": between(0, ISSUE_WARNING),
        "warningIssued": between(ISSUE_WARNING, PROHIBIT_SEND),
        "sendProhibited": between(PROHIBIT_SEND, PROHIBIT_SEND_RECEIVE),
        "sendReceiveProhibited": between(PROHIBIT_SEND_RECEIVE, u64::MAX),
        "indeterminate": 0,
    });
    // The newest first.
    let days = span.first.iter_days().take_while(|day| *day <= span.last);
    let mut days: Vec<NaiveDate> = days.collect();
    days.reverse();
    let rows = days.into_iter().map(|day| {
        let mut row = object(counts.clone());
        row.insert("reportDate".to_owned(), json!(text(day)));
        row
    });
    rows.collect()
}

pub fn email_activity(tenant: &Tenant, span: &Span) -> Vec<Entity> {
    let row = |_: &User, mailbox: Option<&Mailbox>| {
        let Some(mailbox) = mailbox else {
            return json!({ "sendCount": 0, "receiveCount": 0, "readCount": 0 });
        };
        let sent: Vec<&str> = folders(mailbox, &["sentitems"]);
        let own: Vec<&str> = folders(mailbox, &["sentitems", "drafts", "outbox"]);
        let (mut sends, mut receives, mut reads) = (0, 0, 0);
        for message in mailbox.every_message() {
            let is_in = |property| is_within(&message.entity, property, span);
            let folder = message.parent_id.as_str();
            sends += u32::from(sent.contains(&folder) && is_in("sentDateTime"));
            let is_received = !own.contains(&folder) && is_in("receivedDateTime");
            receives += u32::from(is_received);
            reads += u32::from(is_received && !message.is_unread());
        }
        let created = mailbox.events.iter().filter(|event| {
            event.entity.get("isOrganizer") == Some(&Value::Bool(true))
                && is_within(&event.entity, "createdDateTime", span)
        });
        json!({
            "lastActivityDate": text(last_activity(mailbox, span)),
            "sendCount": sends,
            "receiveCount": receives,
            "readCount": reads,
            "meetingCreatedCount": created.count(),
            "meetingInteractedCount": 0,
            "assignedProducts": "MICROSOFT 365 E3",
        })
    };
    users(tenant, span, row)
}

/// The texts of applications are not proven; this is the only one that was seen.
pub fn app_usage(tenant: &Tenant, span: &Span) -> Vec<Entity> {
    let row = |_: &User, mailbox: Option<&Mailbox>| {
        let activity = mailbox.and_then(|mailbox| last_activity(mailbox, span));
        let version = activity.map(|_| "Undetermined");
        json!({ "lastActivityDate": text(activity), "outlookForWindows": version })
    };
    users(tenant, span, row)
}

/// A row for each user with a mailbox, and for each that was deleted.
fn users(
    tenant: &Tenant,
    span: &Span,
    values: impl Fn(&User, Option<&Mailbox>) -> Value,
) -> Vec<Entity> {
    let live = tenant.users.iter().filter(|user| user.mailbox.is_some());
    let deleted = tenant.deleted_users.iter().map(|entity| User {
        entity: entity.clone(),
        mailbox: None,
    });
    let all = live.map(Cow::Borrowed).chain(deleted.map(Cow::Owned));
    let rows = all.map(|user| {
        let mut row = object(values(&user, user.mailbox.as_ref()));
        let deleted = date(&user.entity, "deletedDateTime");
        let facts = json!({
            "reportRefreshDate": text(span.last),
            "userPrincipalName": user.entity.get("userPrincipalName"),
            "displayName": user.entity.get("displayName"),
            "isDeleted": deleted.is_some(),
            "deletedDate": text(deleted),
        });
        row.extend(object(facts));
        row
    });
    rows.collect()
}

fn object(value: Value) -> Entity {
    match value {
        Value::Object(entity) => entity,
        _ => Entity::new(),
    }
}

/// The sizes of all items.
fn sizes(mailbox: &Mailbox) -> Vec<u64> {
    let messages = mailbox.every_message().map(|message| size(&message));
    let events = mailbox.events.iter().map(size);
    let others = mailbox.contacts.iter().chain(&mailbox.todo_tasks).map(size);
    messages.chain(events).chain(others).collect()
}

fn size(item: &Item) -> u64 {
    let body = item.entity.get("body").and_then(|body| body.get("content"));
    let body = body.and_then(Value::as_str).map_or(0, str::len) as u64;
    let attachments = item.attachments.iter();
    let attached = attachments.filter_map(|attachment| attachment.get("size")?.as_u64());
    body + attached.sum::<u64>()
}

/// The ids of default folders.
fn folders<'m>(mailbox: &'m Mailbox, names: &[&str]) -> Vec<&'m str> {
    let of_names = mailbox.folders.iter().filter(|folder| {
        let name = folder.well_known_name.as_deref();
        name.is_some_and(|name| names.contains(&name))
    });
    let ids = of_names.filter_map(|folder| folder.entity.get("id")?.as_str());
    ids.collect()
}

/// The last day on which a message came or went.
fn last_activity(mailbox: &Mailbox, span: &Span) -> Option<NaiveDate> {
    let days = mailbox.every_message();
    let days = days.filter_map(|message| date(&message.entity, "receivedDateTime"));
    days.filter(|day| *day <= span.last).max()
}

fn is_within(entity: &Entity, property: &str, span: &Span) -> bool {
    date(entity, property).is_some_and(|day| (span.first..=span.last).contains(&day))
}

/// `2026-11-29`
fn text(day: impl Into<Option<NaiveDate>>) -> Option<String> {
    day.into().map(|day| day.to_string())
}

/// The day of a time.
fn date(entity: &Entity, property: &str) -> Option<NaiveDate> {
    entity.get(property)?.as_str()?.get(..10)?.parse().ok()
}
