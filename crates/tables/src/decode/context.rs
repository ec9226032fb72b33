//! The values that decoding needs besides the table.

use crate::definition::Context;
use std::collections::HashMap;
use std::sync::Arc;

/// Maximum number of rows of one reply. Graph sends a thousand at most (docs/graph.md#page-sizes),
/// or all attachments of a message.
pub const MOST_ROWS: usize = 100_000;

/// The format of multi-valued columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Collections {
    /// As one readable text: `Ann <ann@x.org>; bob@x.org`.
    #[default]
    Text,
    /// As the JSON that Graph sent, without white space.
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecodeOptions {
    pub collections: Collections,
}

/// The scan's facts about all rows of a reply.
#[derive(Clone, Debug, Default)]
pub struct RowContext {
    /// The mailbox as the statement names it.
    pub mailbox: String,
    /// Ids of the rows that the reply's rows belong to, each with the column that shows it.
    pub parents: Vec<(Context, String)>,
    /// The days that a report covers.
    pub report_period: Option<i32>,
    /// The folder of the reply's rows; `None` if unknown.
    pub folder: Option<FolderContext>,
    /// Graph's names for default folders, by the folder's id.
    pub well_known_names: Arc<HashMap<String, String>>,
}

impl RowContext {
    /// The id of this parent.
    pub fn parent(&self, parent: Context) -> Option<&str> {
        let mut parents = self.parents.iter();
        parents.find_map(|(known, id)| (*known == parent).then_some(id.as_str()))
    }
}

/// The place of folders in the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderContext {
    /// `path` of the parent folder; empty at the top.
    pub parent_path: String,
    /// Their `depth`: 1 at the top.
    pub depth: i32,
}
