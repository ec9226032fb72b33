//! Exceptions from the sorting of mail into Focused and Other.

use super::columns::{ID_LENGTH, at, enumeration, id, text};
use super::derived::{composite_key, mailbox, safe_key};
use super::permissions;
use crate::definition::{Collection, Index, List, Scope, Table, TableProof};

#[rustfmt::skip] // one line for each column reads like the table that it defines
pub static INFERENCE_OVERRIDES: Table = Table {
    name: "InferenceOverrides",
    remarks: "Senders whose messages always go to Focused or to Other",
    scope: Scope::Mailbox,
    permission: permissions::ALL_MAIL,
    collection: Collection::List(List {
        path: &["inferenceClassification", "overrides"],
        items: None,
        has_count: false,
        usual: 10,
    }),
    columns: &[
        mailbox(),
        composite_key(ID_LENGTH).select("id"),
        safe_key(),
        id(),
        enumeration(at!(classifyAs)).remarks("Where their messages go: focused or other"),
        text(at!(senderEmailAddress / address), 320).remarks("Address of the sender"),
        text(at!(senderEmailAddress / name), 256).remarks("Name of the sender"),
    ],
    id_columns: &["id"],
    foreign_keys: &[],
    max_page_size: 0,
    index: Index::None,
    windows: None,
    proof: TableProof { rows: "inference-overrides", pages: "page-sizes", index: None },
};
