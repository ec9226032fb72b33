//! Messages of all folders.
//!
//! Properties of the derived type eventMessage (meeting requests and answers) are selected with a
//! cast, because Graph refuses their plain names in a list. Some mailboxes refuse the cast, too
//! (docs/graph.md#messages-select). Only those are columns that other programs select in lists.

use super::columns::{
    CHANGE_KEY_LENGTH, ID_LENGTH, at, binary, boolean, enumeration, id, id_reference, json,
    long_text, recipients, strings, text, time_zone, timestamp, zoned_timestamp,
};
use super::derived::{composite_key, mailbox, odata_type_or, safe_key};
use super::permissions;
use crate::definition::{Collection, Filter, ForeignKey, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGES: Table = Table {
    name: "Messages",
    remarks: "Messages of every mail folder, drafts and deleted items too",
    scope: Scope::Mailbox,
    permission: permissions::MAIL,
    collection: Collection::Messages,
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH + 1 + CHANGE_KEY_LENGTH).select("changeKey"),
        safe_key(),
        id(),
        strings(at!(categories)).items("messages-filter").remarks("Names of its categories; the mailbox's category list has their colours"),
        text(at!(changeKey), 128).case_sensitive().unfilterable("messages-not-filtered").remarks("Version of the item; new after every change"),
        timestamp(at!(createdDateTime)).filterable("messages-filter").remarks("When it was created"),
        timestamp(at!(lastModifiedDateTime)).remarks("When it was changed last"),
        recipients(at!(bccRecipients)).unfilterable("messages-not-filtered").indexed("bcc", "mail-search").remarks("Blind copies; only in mail that the mailbox sent or drafts"),
        long_text(at!(body / content)).unfilterable("messages-not-filtered").indexed("body", "mail-search").heavy("message's body").remarks("The body, HTML or text as the setting BodyType has it"),
        enumeration(at!(body / contentType)).heavy("message's body").remarks("How the body is written: text or html"),
        text(at!(bodyPreview), 255).unfilterable("messages-not-filtered").remarks("The first 255 characters of the body, as text"),
        recipients(at!(ccRecipients)).unfilterable("messages-not-filtered").indexed("cc", "mail-search").remarks("Copies"),
        id_reference(at!(conversationId)).remarks("The same for all messages of a conversation"),
        binary(at!(conversationIndex)).remarks("Place of the message in its conversation"),
        zoned_timestamp(at!(endDateTime / dateTime)).cast_unless_refused("microsoft.graph.eventMessage/endDateTime", "messages-select").remarks("End of the meeting that the message is about"),
        time_zone(at!(endDateTime / timeZone)).cast_unless_refused("microsoft.graph.eventMessage/endDateTime", "messages-select"),
        zoned_timestamp(at!(flag / completedDateTime / dateTime)).of_days().remarks("When the follow-up was finished"),
        time_zone(at!(flag / completedDateTime / timeZone)),
        zoned_timestamp(at!(flag / dueDateTime / dateTime)).of_days().unfilterable("messages-not-filtered").remarks("When the follow-up is due"),
        time_zone(at!(flag / dueDateTime / timeZone)),
        enumeration(at!(flag / flagStatus)).members(&["notFlagged", "complete", "flagged"], "messages-filter").remarks("notFlagged, complete or flagged"),
        zoned_timestamp(at!(flag / startDateTime / dateTime)).of_days().remarks("When the follow-up starts"),
        time_zone(at!(flag / startDateTime / timeZone)),
        text(at!(from / emailAddress / address), 320).equality_prefix_and_contains("messages-filter").indexed("from", "mail-search").remarks("Address of the author"),
        text(at!(from / emailAddress / name), 256).indexed("from", "mail-search").remarks("Name of the author"),
        boolean(at!(hasAttachments)).filterable("messages-filter").remarks("Whether it has attachments other than inline ones"),
        enumeration(at!(importance)).members(&["low", "normal", "high"], "messages-filter").remarks("low, normal or high"),
        enumeration(at!(inferenceClassification)).remarks("Focused Inbox: focused or other"),
        json(at!(internetMessageHeaders)).unfilterable("messages-not-filtered").heavy("message's internet headers").remarks("Internet headers, a list of name and value"),
        text(at!(internetMessageId), 998).equality("messages-filter").remarks("Message-ID of RFC 5322"),
        boolean(at!(isDeliveryReceiptRequested)).remarks("Whether a delivery receipt is asked for"),
        boolean(at!(isDraft)).remarks("Whether it is not sent yet"),
        boolean(at!(isRead)).filterable("messages-filter").remarks("Whether it has been read"),
        boolean(at!(isReadReceiptRequested)).remarks("Whether a read receipt is asked for"),
        enumeration(at!(meetingMessageType)).cast_unless_refused("microsoft.graph.eventMessage/meetingMessageType", "messages-select").remarks("none, meetingRequest, meetingCancelled, meetingAccepted, meetingTenativelyAccepted (Graph's spelling) or meetingDeclined; null for other mail"),
        odata_type_or("messageType", "message").remarks("message, or for meetings eventMessage, eventMessageRequest or eventMessageResponse"),
        id_reference(at!(parentFolderId)).filter(Filter::ParentFolder, "messages").remarks("Folder that holds the message (MailFolders.id)"),
        timestamp(at!(receivedDateTime)).filterable("messages-filter").sortable("messages-order").remarks("When it arrived"),
        recipients(at!(replyTo)).unfilterable("messages-not-filtered").remarks("Where answers should go"),
        enumeration(at!(responseType)).cast_unless_refused("microsoft.graph.eventMessageResponse/responseType", "messages-select").remarks("Answer to an invitation: accepted, tentativelyAccepted, declined and others; null for other mail"),
        text(at!(sender / emailAddress / address), 320).equality_prefix_and_contains("messages-filter").remarks("Address of the mailbox that sent it"),
        text(at!(sender / emailAddress / name), 256).remarks("Name of the mailbox that sent it"),
        timestamp(at!(sentDateTime)).filterable("messages-filter").remarks("When it was sent"),
        zoned_timestamp(at!(startDateTime / dateTime)).cast_unless_refused("microsoft.graph.eventMessage/startDateTime", "messages-select").remarks("Start of the meeting that the message is about"),
        time_zone(at!(startDateTime / timeZone)).cast_unless_refused("microsoft.graph.eventMessage/startDateTime", "messages-select"),
        text(at!(subject), 998).prefix_and_contains("messages-filter").indexed("subject", "mail-search").remarks("Subject"),
        recipients(at!(toRecipients)).unfilterable("messages-not-filtered").indexed("to", "mail-search").remarks("To whom it is addressed"),
        long_text(at!(uniqueBody / content)).unfilterable("messages-not-filtered").heavy("message's unique body").remarks("What this message adds to its conversation"),
        enumeration(at!(uniqueBody / contentType)).heavy("message's unique body").remarks("How uniqueBody_content is written: text or html"),
        text(at!(webLink), 2048).remarks("Address that opens it in Outlook on the web"),
    ],
    id_columns: &["id"],
    foreign_keys: &[ForeignKey {
        column: "parentFolderId",
        table: "MailFolders",
        referenced: "id",
    }],
    max_page_size: 1000,
    index: Index::Mail,
    windows: Some("receivedDateTime"),
    proof: TableProof { rows: "messages", pages: "page-sizes", index: Some("mail-search") },
};
