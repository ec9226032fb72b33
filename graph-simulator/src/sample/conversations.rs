//! Conversations of the group that works on the release.

use super::directory::id;
use super::names::DOMAIN;
use crate::entities::whole;
use crate::model::{Item, Tenant};
use serde_json::{Value, json};

const GROUP: &str = "Release 2.42";

/// Topic, and the posts: name and address of the author, time, and text.
type Thread = (
    &'static str,
    &'static [(&'static str, &'static str, &'static str, &'static str)],
);

#[rustfmt::skip] // one line for each post
const THREADS: &[Thread] = &[
    ("What goes into 2.42?", &[
        ("Adele Vance", "adele.vance", "2002-09-02T09:12:00Z", "Please add your changes to the list until Friday."),
        ("Alex Wilber", "alex.wilber", "2002-09-02T10:40:00Z", "The new folder tree, and the text about it."),
        ("Megan Bowen", "megan.bowen", "2002-09-03T08:05:00Z", "Import of mbox. It is nearly done."),
    ]),
    ("Build machine is back", &[
        ("Hiroshi Tanaka", "hiroshi.tanaka", "2002-09-11T16:20:00Z", "The disk was full. It is not any more."),
    ]),
];

pub fn fill(tenant: &mut Tenant) {
    let group = id("group", GROUP);
    for (topic, posts) in THREADS {
        let conversation_id = id("conversation", topic);
        let thread_id = id("thread", topic);
        let names: Vec<&str> = posts.iter().map(|post| post.0).collect();
        let last = posts.last();
        let common = json!({
            "topic": topic,
            "hasAttachments": false,
            "lastDeliveredDateTime": last.map(|post| post.2),
            "uniqueSenders": names,
            "preview": last.map(|post| post.3),
        });
        let item = |parent: &str, kind: &'static str, id: &str, more: Value| Item {
            parent_id: parent.to_owned(),
            entity: whole(kind, with(&common, id, more)),
            attachments: Vec::new(),
        };
        let conversation = item(&group, "conversation", &conversation_id, json!({}));
        tenant.group_conversations.push(conversation);
        let mail = json!([recipient(GROUP, "release-2-42")]);
        let addressed = json!({ "toRecipients": mail, "ccRecipients": [], "isLocked": false });
        let thread = item(&group, "conversationThread", &thread_id, addressed);
        tenant.group_threads.push(thread);
        for (number, (name, alias, time, text)) in posts.iter().enumerate() {
            let post_id = id("post", &format!("{topic} {number}"));
            let facts = json!({
                "id": post_id,
                "changeKey": id("version", &post_id),
                "createdDateTime": time,
                "lastModifiedDateTime": time,
                "receivedDateTime": time,
                "categories": [],
                "hasAttachments": false,
                "body": { "contentType": "html", "content": format!("<html><body><p>{text}</p></body></html>") },
                "from": recipient(name, alias),
                "sender": recipient(name, alias),
                "newParticipants": [],
            });
            tenant.group_posts.push(Item {
                parent_id: thread_id.clone(),
                entity: whole("post", facts),
                attachments: Vec::new(),
            });
        }
    }
}

/// The common properties with an id and more.
fn with(common: &Value, id: &str, more: Value) -> Value {
    let mut all = common.clone();
    all["id"] = json!(id);
    if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
        all.extend(more);
    }
    all
}

fn recipient(name: &str, alias: &str) -> Value {
    json!({ "emailAddress": { "name": name, "address": format!("{alias}@{DOMAIN}") } })
}
