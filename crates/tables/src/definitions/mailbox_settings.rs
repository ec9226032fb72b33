//! Settings of mailboxes, one row each.

use super::columns::{
    at, enumeration, id_reference, long_text, strings, text, time, time_zone, zoned_timestamp,
};
use super::derived::{ADDRESS_LENGTH, composite_key, mailbox, mailbox_as_id, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MAILBOX_SETTINGS: Table = Table {
    name: "MailboxSettings",
    remarks: "Settings of the mailbox, one row: automatic replies, working hours, language, time zone, purpose",
    scope: Scope::Mailbox,
    permission: permissions::SETTINGS,
    collection: Collection::Single(&["mailboxSettings"]),
    columns: &[
        mailbox(),
        composite_key(ADDRESS_LENGTH),
        safe_key().without_select(),
        mailbox_as_id(),
        id_reference(at!(archiveFolder)).remarks("Folder into which messages are archived (MailFolders.id)"),
        enumeration(at!(automaticRepliesSetting / externalAudience)).remarks("Who outside gets replies: none, contactsOnly or all"),
        long_text(at!(automaticRepliesSetting / externalReplyMessage)).remarks("Reply to people outside the organization, HTML"),
        long_text(at!(automaticRepliesSetting / internalReplyMessage)).remarks("Reply to people inside the organization, HTML"),
        zoned_timestamp(at!(automaticRepliesSetting / scheduledEndDateTime / dateTime)).remarks("When scheduled replies end"),
        time_zone(at!(automaticRepliesSetting / scheduledEndDateTime / timeZone)),
        zoned_timestamp(at!(automaticRepliesSetting / scheduledStartDateTime / dateTime)).remarks("When scheduled replies begin"),
        time_zone(at!(automaticRepliesSetting / scheduledStartDateTime / timeZone)),
        enumeration(at!(automaticRepliesSetting / status)).remarks("disabled, alwaysEnabled or scheduled"),
        text(at!(dateFormat), 64).remarks("Format of dates: MM/dd/yyyy"),
        enumeration(at!(delegateMeetingMessageDeliveryOptions)).remarks("Who gets messages about meetings: the delegate, the owner or both"),
        text(at!(language / displayName), 256).remarks("Language by name"),
        text(at!(language / locale), 64).remarks("Language tag: en-US"),
        text(at!(timeFormat), 64).remarks("Format of times: hh:mm tt"),
        text(at!(timeZone), 128).remarks("Time zone in which the owner works"),
        enumeration(at!(userPurpose)).remarks("Whose mailbox it is: user, linked, shared, room, equipment or others"),
        strings(at!(workingHours / daysOfWeek)).remarks("Days of work"),
        time(at!(workingHours / endTime)).remarks("End of the working day"),
        time(at!(workingHours / startTime)).remarks("Beginning of the working day"),
        text(at!(workingHours / timeZone / name), 128).remarks("Time zone of the working hours"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "mailbox-settings", pages: "mailbox-settings", index: None },
};
