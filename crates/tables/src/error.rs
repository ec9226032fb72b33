//! Errors of reading a table.

use super::decode::DecodeError;
use exchange_graph as graph;

/// A failure of a scan.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Graph(#[from] graph::Error),
    #[error("Microsoft Graph sent a reply that the driver cannot read: {0}")]
    Decode(#[from] DecodeError),
    #[error(
        "Microsoft Graph links from page to page without an end: the last {pages} pages had no new rows. Run the \
         statement again; if that does not help, read less with a condition"
    )]
    NoProgress { pages: usize },
    #[error(
        "Microsoft Graph lists more than {most} parents of rows; name those to read in a condition"
    )]
    TooLong { most: usize },
    #[error(
        "table {table} belongs to a mailbox, but no mailbox is known: set UserID (or Mailboxes) in the \
         connection, or write WHERE mailbox = 'name@domain' in the statement"
    )]
    NoMailbox { table: &'static str },
    /// A condition without which the table has rows without number.
    #[error("{0}")]
    Endless(String),
    #[error(
        "Microsoft Graph does not tell when {address} is busy ({code}): check the address, or ask for a shorter span of \
         time; OnMailboxError=Skip leaves such addresses out"
    )]
    NoSchedule { address: String, code: String },
    #[error(
        "Microsoft Graph tells at most 1,000 entries of a schedule at once, and {address} has more within an hour: leave the \
         address out of the statement; OnMailboxError=Skip does so for every such address"
    )]
    CrowdedSchedule { address: String },
    #[error(
        "Microsoft Graph gives no hints about {address}: check the address; OnMailboxError=Skip leaves such addresses out"
    )]
    NoMailTips { address: String },
    #[error(
        "table {table} belongs to Microsoft's import and export API, which only the global cloud has: MailFolders and Messages \
         have the mail in this one"
    )]
    NotInCloud { table: &'static str },
    #[error(
        "Microsoft Graph names no id of the mailbox {mailbox} for its import and export API, so its folders and items cannot be \
         read there; MailFolders and Messages have the mail"
    )]
    NoMailboxId { mailbox: String },
    #[error(transparent)]
    Search(#[from] super::search::Error),
    /// Graph does not understand the search text.
    #[error("{0} The text of SEARCH is in the language of Graph's index: see docs/search.md.")]
    SearchRefused(graph::Error),
    #[error(transparent)]
    Arrow(#[from] datafusion::arrow::error::ArrowError),
    /// The statement's own condition failed for a row, for example by a division by zero.
    #[error(transparent)]
    Engine(Box<datafusion::error::DataFusionError>),
}

impl Error {
    /// The error for the log, without any part of the statement or of mail.
    pub fn for_log(&self) -> String {
        match self {
            Self::Graph(error) | Self::SearchRefused(error) => error.for_log(),
            Self::NoProgress { .. }
            | Self::TooLong { .. }
            | Self::NoMailbox { .. }
            | Self::NotInCloud { .. } => self.to_string(),
            Self::Endless(_) => "the statement lacks a condition, or has a wrong one".to_owned(),
            Self::NoSchedule { code, .. } => format!("no schedule: {code}"),
            Self::CrowdedSchedule { .. } => "too many entries in a schedule".to_owned(),
            Self::NoMailTips { .. } => "no mail tips".to_owned(),
            Self::NoMailboxId { .. } => "no id of the mailbox".to_owned(),
            Self::Decode(_) => "a reply could not be read".to_owned(),
            Self::Search(_) | Self::Arrow(_) | Self::Engine(_) => "the statement failed".to_owned(),
        }
    }

    /// Graph did not understand the query, so another way to read the rows may work.
    pub fn is_refused_query(&self) -> bool {
        matches!(self, Self::Graph(error) if error.kind() == graph::ErrorKind::QueryRefused)
    }

    /// The kind of a failed request, if it is one.
    pub fn graph_kind(&self) -> Option<graph::ErrorKind> {
        match self {
            Self::Graph(error) => Some(error.kind()),
            _ => None,
        }
    }

    /// The mailbox does not exist.
    pub fn is_no_mailbox(&self) -> bool {
        self.graph_kind() == Some(graph::ErrorKind::MailboxNotFound)
    }

    /// The folder or the item does not exist, but the mailbox does.
    pub fn is_missing_item(&self) -> bool {
        matches!(self, Self::Graph(error) if is_missing_item(error))
    }

    /// The application may not see it. Exchange also reports items that are not shared as missing.
    pub fn is_kept_back(&self) -> bool {
        self.is_missing_item() || self.graph_kind() == Some(graph::ErrorKind::PermissionDenied)
    }

    /// No other mailbox can be read either.
    pub fn is_fatal(&self) -> bool {
        use graph::ErrorKind::{Credentials, TimedOut, Unreachable};
        match self {
            Self::Graph(error) => {
                matches!(error.kind(), Credentials | TimedOut | Unreachable)
            }
            // Only this mailbox has a circle of links, or too many pages.
            Self::NoProgress { .. } | Self::TooLong { .. } => false,
            _ => true,
        }
    }
}

/// The item, the folder or the directory object does not exist, or its id is invalid.
pub fn is_missing_item(error: &graph::Error) -> bool {
    error.kind() == graph::ErrorKind::ItemNotFound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_concerns_one_mailbox_leaves_the_others_readable() {
        for error in [
            Error::NoProgress { pages: 20 },
            Error::TooLong { most: 1_000_000 },
        ] {
            assert!(!error.is_fatal(), "{error}");
        }
        assert!(Error::NoMailbox { table: "Messages" }.is_fatal());
    }
}
