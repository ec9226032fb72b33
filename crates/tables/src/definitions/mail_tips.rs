//! Hints for senders about recipients.

use super::columns::{
    ID_LENGTH, at, boolean, enumeration, id, integer, long_text, recipients, text, time_zone,
    zoned_timestamp,
};
use super::derived::{ADDRESS_LENGTH, composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Asked, Collection, Filter, Index, Question, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MAIL_TIPS: Table = Table {
    name: "MailTips",
    remarks: "Hints for senders about recipients: automatic replies, full mailboxes, sizes of lists",
    scope: Scope::Mailbox,
    permission: permissions::MAIL_TIPS,
    collection: Collection::Asked(Asked {
        action: &["getMailTips"],
        question: Question::MailTips,
        most: 20,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH),
        safe_key(),
        id(),
        long_text(at!(automaticReplies / message)).remarks("Text of the automatic reply, HTML"),
        text(at!(automaticReplies / messageLanguage / displayName), 256).remarks("Language of the reply by name"),
        text(at!(automaticReplies / messageLanguage / locale), 64).remarks("Language tag of the reply: en-US"),
        zoned_timestamp(at!(automaticReplies / scheduledEndTime / dateTime)).remarks("When the replies end"),
        time_zone(at!(automaticReplies / scheduledEndTime / timeZone)),
        zoned_timestamp(at!(automaticReplies / scheduledStartTime / dateTime)).remarks("When the replies begin"),
        time_zone(at!(automaticReplies / scheduledStartTime / timeZone)),
        text(at!(customMailTip), 1024).remarks("Note that the recipient has for senders"),
        boolean(at!(deliveryRestricted)).remarks("Whether only some people may write to it"),
        text(at!(emailAddress / address), ADDRESS_LENGTH).filter(Filter::Asked, "mail-tips").remarks("Address, as the statement writes it"),
        text(at!(emailAddress / name), 256).remarks("Name"),
        text(at!(error / code), 256).remarks("Why Graph does not know more"),
        text(at!(error / message), 1024).remarks("The same in words"),
        integer(at!(externalMemberCount)).remarks("Members of the list outside of the organization"),
        boolean(at!(isModerated)).remarks("Whether somebody has to approve mail to it"),
        boolean(at!(mailboxFull)).remarks("Whether the mailbox is full"),
        integer(at!(maxMessageSize)).remarks("Largest message that it takes, in bytes"),
        enumeration(at!(recipientScope)).remarks("none, internal, external, externalPartner or externalNonPartner"),
        recipients(at!(recipientSuggestions)).remarks("People that are often written to together with it"),
        integer(at!(totalMemberCount)).remarks("Members of the list"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "mail-tips", pages: "mail-tips", index: None },
};
