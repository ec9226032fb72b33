//! The ways of messages through Exchange.

use super::columns::{ID_LENGTH, at, enumeration, id, integer, text, timestamp};
use super::derived::{ADDRESS_LENGTH, composite_key, safe_key};
use super::permissions;
use crate::definition::{Collection, Filter, Index, Scope, Table, TableProof};

const STATUS: &[&str] = &[
    "gettingStatus",
    "pending",
    "failed",
    "delivered",
    "expanded",
    "quarantined",
    "filteredAsSpam",
];

const ANY: Filter = Filter::Single(&[]);

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static MESSAGE_TRACES: Table = Table {
    name: "MessageTraces",
    remarks: "What became of each message for each of its recipients, in the last 90 days",
    scope: Scope::Directory,
    permission: permissions::TRACES,
    collection: Collection::Traces(&["admin", "exchange", "tracing", "messageTraces"]),
    columns: &[
        composite_key(ADDRESS_LENGTH + 1 + ID_LENGTH),
        safe_key(),
        id(),
        text(at!(recipientAddress), ADDRESS_LENGTH).required().case_sensitive().filter(ANY, "message-traces").remarks("Address of the recipient"),
        text(at!(senderAddress), ADDRESS_LENGTH).filter(ANY, "message-traces").remarks("Address of the sender"),
        timestamp(at!(receivedDateTime)).filter(Filter::Span, "message-traces").remarks("When Exchange received the message"),
        text(at!(subject), 1024).remarks("Subject"),
        enumeration(at!(status)).filter(Filter::Single(STATUS), "message-traces").remarks("delivered, failed, pending, expanded, quarantined, filteredAsSpam or gettingStatus"),
        integer(at!(size)).remarks("Size in bytes"),
        text(at!(messageId), 1024).filter(ANY, "message-traces").remarks("Message-ID in its header (Messages.internetMessageId)"),
        text(at!(fromIP), 64).filter(ANY, "message-traces").remarks("Address of the computer that sent it"),
        text(at!(toIP), 64).filter(ANY, "message-traces").remarks("Address of the computer that it was sent to; empty for incoming mail"),
    ],
    id_columns: &["recipientAddress", "id"],
    foreign_keys: &[],
    max_page_size: 5_000,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "message-traces", pages: "page-sizes", index: None },
};
