//! The owner's actions on a message of an exported mailbox: reading it, flagging it.

use mail_parser::Message as Mime;

use super::headers::text;
use crate::entities::message::Flag;

/// The state of a message in its mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub is_read: bool,
    pub is_draft: bool,
    pub flag: Flag,
}

/// Reads the headers that programs add when they write mbox files. A message without them counts as
/// read, because exports are of old mail.
pub fn read(mime: &Mime<'_>) -> State {
    let status = text(mime, "Status").unwrap_or_default();
    let more_status = text(mime, "X-Status").unwrap_or_default();
    let mozilla_status =
        text(mime, "X-Mozilla-Status").and_then(|status| u16::from_str_radix(status, 16).ok());
    let labels: Vec<&str> = text(mime, "X-Gmail-Labels")
        .map(|labels| labels.split(',').map(str::trim).collect())
        .unwrap_or_default();
    let is_flagged = more_status.contains('F')
        || mozilla_status.is_some_and(|status| status & 4 != 0)
        || labels.contains(&"Starred");
    let is_unread = (!status.is_empty() && !status.contains('R'))
        || mozilla_status.is_some_and(|status| status & 1 == 0)
        || labels.contains(&"Unread");
    State {
        is_read: !is_unread,
        is_draft: more_status.contains('T') || labels.contains(&"Drafts"),
        flag: match is_flagged {
            true => Flag::Flagged { due: None },
            false => Flag::NotFlagged,
        },
    }
}
