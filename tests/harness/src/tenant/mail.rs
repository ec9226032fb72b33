//! Folders and messages.

use super::attachments::attachments;
use super::entities::{FOLDER, MESSAGE, change_key, entity, id, leave_out_nulls};
use super::texts::{by_turns, list, moment, odd, recipient, recipients, some, zoned};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use graph_simulator::model::{Entity, Folder, Hidden, Item, Mailbox};
use serde_json::{Value, json};

const MESSAGES: usize = 72;

/// Name, well-known name, number of the parent.
const FOLDERS: &[(&str, Option<&str>, Option<usize>)] = &[
    ("Inbox", Some("inbox"), None),
    ("Drafts", Some("drafts"), None),
    ("Gesendete Elemente", Some("sentitems"), None),
    ("Deleted Items", Some("deleteditems"), None),
    ("Projects", None, Some(0)),
    ("projects", None, Some(0)),
    ("Ünïcode 😀", None, Some(4)),
    ("a/b", None, Some(6)),
    ("100% _done_", None, Some(5)),
    ("Empty 'folder'", None, None),
    ("Hidden", None, None),
    ("Inside hidden", None, Some(10)),
    ("", None, Some(3)),
    (
        "Deletions",
        Some("recoverableitemsdeletions"),
        Some(RECOVERABLE),
    ),
    ("Conflicts", None, Some(5)),
];
/// Folders that are hidden, and those in which they are the only children.
const HIDDEN: &[usize] = &[10, 14];
/// Lies beside the root folder and is no folder that anybody can ask for.
const RECOVERABLE: usize = 98;
/// Folders that hold mail, those of the first message first: hidden ones, one inside of a hidden one, Recoverable
/// Items.
const UNUSUAL: &[usize] = &[10, 11, 13, 14];

pub fn fill(mailbox: &mut Mailbox, seed: usize) {
    mailbox.root_folder_id = id(seed, FOLDER, 99);
    // The mailboxes are of both kinds.
    mailbox.hidden = Hidden {
        uncounted: seed.is_multiple_of(2),
        unlisted: seed.is_multiple_of(2),
    };
    mailbox.messages = (0..MESSAGES).map(|number| message(seed, number)).collect();
    mailbox.folders = (0..FOLDERS.len())
        .map(|number| folder(mailbox, seed, number))
        .collect();
}

fn folder(mailbox: &Mailbox, seed: usize, number: usize) -> Folder {
    let (name, well_known_name, parent) = FOLDERS[number];
    let folder_id = id(seed, FOLDER, number);
    let parent_id = parent.map(|parent| id(seed, FOLDER, parent));
    let held = || {
        mailbox
            .messages
            .iter()
            .filter(|message| message.parent_id == folder_id)
    };
    let unread = held().filter(|message| message.entity.get("isRead") == Some(&json!(false)));
    let children = FOLDERS.iter().enumerate().filter(|(child, folder)| {
        folder.2 == Some(number) && !(mailbox.hidden.uncounted && HIDDEN.contains(child))
    });
    Folder {
        well_known_name: well_known_name.map(str::to_owned),
        entity: entity(json!({
            "id": folder_id,
            "displayName": name,
            "parentFolderId": parent_id.unwrap_or_else(|| mailbox.root_folder_id.clone()),
            "childFolderCount": children.count(),
            "unreadItemCount": unread.count(),
            "totalItemCount": held().count(),
            "isHidden": HIDDEN.contains(&number),
        })),
    }
}

fn message(seed: usize, number: usize) -> Item {
    let odd_number = number + seed * 31;
    // Not the empty folder, and not every folder the same number.
    let folder = match number.checked_sub(MESSAGES - UNUSUAL.len()) {
        Some(last) => UNUSUAL[last],
        None => number * number % 9,
    };
    let parent_id = id(seed, FOLDER, folder);
    let message_id = id(seed, MESSAGE, number);
    let attachments = attachments(&message_id, number);
    let visible = attachments
        .iter()
        .any(|attachment| attachment["isInline"] != json!(true));
    let change_key = change_key(seed, MESSAGE, number);
    let mut entity = entity(json!({
        "@odata.etag": format!("W/\"{change_key}\""),
        "id": message_id,
        "changeKey": change_key,
        "parentFolderId": parent_id,
        "createdDateTime": moment(odd_number + 1),
        "lastModifiedDateTime": moment(odd_number + 2),
        "receivedDateTime": moment(odd_number),
        "sentDateTime": (number % 10 != 9).then(|| moment(odd_number + 3)),
        "hasAttachments": visible,
        "internetMessageId": (number % 7 != 6).then(|| format!("<{number}.'quoted'%@x.example>")),
        "subject": odd(odd_number),
        "bodyPreview": some(odd_number + 1),
        "importance": by_turns(&["normal", "high", "low"], number),
        "conversationId": id(seed, "CONV", number / 5),
        "conversationIndex": STANDARD.encode([1, number as u8, 0, 255]),
        "isDeliveryReceiptRequested": if number.is_multiple_of(4) { Value::Null } else { json!(number % 4 == 1) },
        "isReadReceiptRequested": number.is_multiple_of(5),
        "isRead": !number.is_multiple_of(3),
        "isDraft": number % 10 == 9,
        "webLink": format!("https://outlook.example/owa/?ItemID={number}&x=%3D"),
        "inferenceClassification": if number.is_multiple_of(4) { "other" } else { "focused" },
        "body": { "contentType": "html", "content": format!("<html><body>{}</body></html>", some(odd_number + 2)) },
        "uniqueBody": { "contentType": "html", "content": some(odd_number + 3) },
        "categories": list(odd_number),
        "sender": (number % 11 != 10).then(|| recipient(number)),
        "from": (number % 11 != 10).then(|| recipient(number + seed)),
        "toRecipients": recipients(number),
        "ccRecipients": recipients(number / 4),
        "bccRecipients": [],
        "replyTo": recipients(number / 16),
        "flag": flag(number),
        "internetMessageHeaders": headers(number),
    }));
    meeting(&mut entity, number);
    if number % 6 == 5 {
        leave_out_nulls(&mut entity);
    }
    Item {
        parent_id,
        entity,
        attachments,
    }
}

/// Some messages are about meetings: the type and the properties that only such messages have.
fn meeting(message: &mut Entity, number: usize) {
    let kind = match number % 9 {
        4 => "eventMessageRequest",
        7 => "eventMessageResponse",
        8 if number.is_multiple_of(2) => "eventMessage",
        2 => "message",
        _ => return,
    };
    message.insert(
        "@odata.type".to_owned(),
        json!(format!("#microsoft.graph.{kind}")),
    );
    if kind == "message" {
        return;
    }
    let types = [
        "meetingRequest",
        "meetingCancelled",
        "meetingTenativelyAccepted",
    ];
    message.insert(
        "meetingMessageType".to_owned(),
        json!(by_turns(&types, number)),
    );
    let time = (number % 4 != 3).then(|| zoned(moment(number)));
    message.insert("startDateTime".to_owned(), json!(time));
    message.insert("endDateTime".to_owned(), zoned(moment(number + 1)));
    if kind == "eventMessageResponse" {
        message.insert("responseType".to_owned(), json!("tentativelyAccepted"));
    }
}

fn flag(number: usize) -> Value {
    match number % 5 {
        0 => {
            json!({ "flagStatus": "flagged", "startDateTime": zoned(moment(number)), "dueDateTime": zoned(moment(number + 1)) })
        }
        1 => json!({ "flagStatus": "complete", "completedDateTime": zoned(moment(number)) }),
        _ => json!({ "flagStatus": "notFlagged" }),
    }
}

fn headers(number: usize) -> Value {
    (0..number % 3)
        .map(|index| json!({ "name": format!("X-{index}"), "value": some(number) }))
        .collect()
}
