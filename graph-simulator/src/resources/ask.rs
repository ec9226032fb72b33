//! A reading request, and what it brings.

use super::permissions::Roles;
use super::prefer::Prefer;
use super::remembered::Remembered;
use crate::odata::pairs::Pairs;
use crate::refusal::Refusal;
use serde_json::Value;

/// A reading request, taken apart.
pub struct Ask<'a> {
    /// Scheme, host and port under which the client knows the simulator.
    pub base: &'a str,
    /// With `/v1.0`, as it was sent.
    pub path: &'a str,
    pub pairs: Pairs,
    pub prefer: Prefer,
    /// `ConsistencyLevel: eventual`
    pub consistency: bool,
    pub twist: Twist,
    /// The permissions of the application.
    pub roles: Roles<'a>,
    pub remembered: &'a Remembered,
    pub version: u64,
    /// The body of a POST.
    pub body: &'a [u8],
}

impl Ask<'_> {
    /// The parameters of an action.
    pub fn question(&self) -> Result<Value, Refusal> {
        serde_json::from_slice(self.body)
            .map_err(|_| Refusal::bad_request("Unable to read JSON request payload."))
    }
}

/// The content of a reply to a reading request.
#[derive(Debug)]
pub enum Content {
    Json(Vec<u8>),
    /// A file, to which Graph only gives a link.
    File(Vec<u8>),
    /// `/$count`
    Text(String),
    /// `/$value`
    Bytes {
        content_type: String,
        bytes: Vec<u8>,
    },
}

/// The effect of a fault on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Twist {
    #[default]
    None,
    /// No rows, and a link to the same ones.
    EmptyPage,
    /// Half of the rows, and a link to the others.
    ShortPage,
    /// The next page starts with the last row of this one.
    RepeatRow,
    /// The last page has a link to the first one.
    StartOver,
    /// A link to this page.
    SamePage,
    /// The rows of the first page, and a separate link to this one.
    FirstRows,
    /// Not found if there are no rows.
    VanishEmpty,
}
