//! Messages about meetings in Alex's inbox: an invitation of Adele's, and Megan's answer to one of his.

use super::moment::moment;
use super::names::DOMAIN;
use crate::entities::ids::{Ids, Kind};
use crate::entities::message::{Body, ContentType, Conversation, Message};
use crate::entities::{Address, whole};
use crate::model::{Folder, Item, Mailbox};
use serde_json::{Value, json};

/// Ids of messages that no other message of the sample has.
const FIRST: u64 = 1_000_000;

pub fn add(mailbox: &mut Mailbox, owner: &Address, ids: &Ids) {
    let inbox = mailbox.folders.iter_mut();
    let Some(inbox) = inbox.into_iter().find(|folder| is_inbox(folder)) else {
        return;
    };
    let folder_id = inbox.entity["id"].as_str().unwrap_or_default().to_owned();
    let invitation = (
        "Marketing for 2.42",
        address("Adele Vance"),
        "2002-09-16T09:20:00Z",
        "eventMessageRequest",
        json!({
            "meetingMessageType": "meetingRequest",
            "meetingRequestType": "newMeetingRequest",
            "startDateTime": utc("2002-09-18T13:00:00"),
            "endDateTime": utc("2002-09-18T14:00:00"),
            "responseRequested": true,
        }),
    );
    let answer = (
        "Accepted: Brochure for the fair",
        address("Megan Bowen"),
        "2002-09-17T07:45:00Z",
        "eventMessageResponse",
        json!({
            "meetingMessageType": "meetingAccepted",
            "startDateTime": utc("2002-09-19T08:00:00"),
            "endDateTime": utc("2002-09-19T08:30:00"),
            "responseType": "accepted",
        }),
    );
    for (number, (subject, from, time, kind, meeting)) in (FIRST..).zip([invitation, answer]) {
        let time = moment(time);
        let text = format!("{subject}\r\n");
        let message = Message {
            subject: Some(subject.to_owned()),
            body: Body {
                content_type: ContentType::Html,
                content: format!("<html><body><p>{subject}</p></body></html>"),
            },
            text,
            from: Some(from.clone()),
            sender: Some(from),
            to: vec![owner.clone()],
            created: time,
            modified: time,
            received: time,
            sent: time,
            internet_message_id: Some(format!("<{number}@mail.{DOMAIN}>")),
            conversation: Conversation::of(subject, time, 0),
            is_read: true,
            ..Message::default()
        };
        let id = ids.item(Kind::Message, number);
        let mut entity = Value::Object(message.entity(ids, &id, number, &folder_id));
        entity["@odata.type"] = json!(format!("#microsoft.graph.{kind}"));
        entity["isAllDay"] = json!(false);
        entity["isDelegated"] = json!(false);
        entity["isOutOfDate"] = json!(false);
        entity["type"] = json!("singleInstance");
        if let (Some(all), Value::Object(meeting)) = (entity.as_object_mut(), meeting) {
            all.extend(meeting);
        }
        mailbox.messages.push(Item {
            parent_id: folder_id.clone(),
            entity: whole(kind, entity),
            attachments: Vec::new(),
        });
        let held = inbox.entity["totalItemCount"].as_i64().unwrap_or_default();
        inbox
            .entity
            .insert("totalItemCount".to_owned(), json!(held + 1));
    }
}

fn is_inbox(folder: &Folder) -> bool {
    folder.well_known_name.as_deref() == Some("inbox")
}

fn address(name: &str) -> Address {
    let local = name.to_lowercase().replace(' ', ".");
    Address::new(name, format!("{local}@{DOMAIN}"))
}

fn utc(time: &str) -> Value {
    json!({ "dateTime": format!("{time}.0000000"), "timeZone": "UTC" })
}
