//! The effects of faults on a request.

use super::damage::Damage;
use super::flood::Flood;
use super::reply::Break;
use crate::resources::Twist;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The effect on a request, instead of or in addition to its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
pub enum Action {
    /// An error reply of Graph.
    Refuse {
        status: u16,
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
        /// Seconds.
        #[serde(default)]
        retry_after: Option<f64>,
    },
    /// A reply that does not come from Graph: the page of a proxy, an empty body.
    Answer {
        status: u16,
        content_type: String,
        body: String,
    },
    /// Graph's own reply with damage.
    Damage { how: Damage },
    /// A reply of this many bytes, most of them generated while sending.
    Flood {
        #[serde(default = "success")]
        status: u16,
        of: Flood,
        bytes: u64,
        /// Sent in a small fraction of its size.
        #[serde(default)]
        gzip: bool,
    },
    /// The connection is reset in the middle of the reply.
    Reset,
    /// The connection ends in order in the middle of the reply, whose length was announced.
    Truncate,
    /// The reply ends in order in its middle, and its length was not announced. Over HTTP/2 the stream is reset
    /// without an error.
    End,
    /// Half of the reply, and the rest so many seconds later.
    Stall { seconds: f64 },
    /// The reply starts so many seconds later.
    Delay { seconds: f64 },
    /// A page without rows, and a link to the same rows. Collections only.
    EmptyPage,
    /// Half of a page, and a link to the rest. Collections only.
    ShortPage,
    /// The next page starts with the last row of this one. Collections only.
    RepeatRow,
    /// The last page has a link to the first one. Collections only.
    StartOver,
    /// The next page is this one. Collections only.
    SamePage,
    /// The rows of the first page, and a separate link to the requested page. Collections only.
    FirstRows,
    /// A collection without rows is not found. Nothing is lost if its reader takes it for vanished.
    VanishEmpty,
    /// The token is no longer valid: 401, for this request and all later ones that use it.
    ExpireToken,
}

fn success() -> u16 {
    200
}

impl Action {
    pub fn as_break(&self) -> Option<Break> {
        match self {
            Self::Reset => Some(Break::Reset),
            Self::Truncate => Some(Break::Truncate),
            Self::End => Some(Break::End),
            Self::Stall { seconds } => Some(Break::Stall(duration(*seconds))),
            _ => None,
        }
    }

    pub fn twist(&self) -> Twist {
        match self {
            Self::EmptyPage => Twist::EmptyPage,
            Self::ShortPage => Twist::ShortPage,
            Self::RepeatRow => Twist::RepeatRow,
            Self::StartOver => Twist::StartOver,
            Self::SamePage => Twist::SamePage,
            Self::FirstRows => Twist::FirstRows,
            Self::VanishEmpty => Twist::VanishEmpty,
            _ => Twist::None,
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Refuse { .. } => "refuse",
            Self::Answer { .. } => "answer",
            Self::Damage { .. } => "damage",
            Self::Flood { .. } => "flood",
            Self::Reset => "reset",
            Self::Truncate => "truncate",
            Self::End => "end",
            Self::Stall { .. } => "stall",
            Self::Delay { .. } => "delay",
            Self::EmptyPage => "emptyPage",
            Self::ShortPage => "shortPage",
            Self::RepeatRow => "repeatRow",
            Self::StartOver => "startOver",
            Self::SamePage => "samePage",
            Self::FirstRows => "firstRows",
            Self::VanishEmpty => "vanishEmpty",
            Self::ExpireToken => "expireToken",
        }
    }
}

/// A number of seconds from outside.
pub fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}
