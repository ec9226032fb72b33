//! Mailboxes from mbox files, so that anyone can point the driver at their own exported mail.
//!
//! ```no_run
//! use graph_simulator::entities::Address;
//! use graph_simulator::import::Importer;
//!
//! # fn main() -> std::io::Result<()> {
//! let mut importer = Importer::new(&Address::new("Ann", "ann@contoso.example"));
//! importer.file("Inbox", "inbox.mbox.gz".as_ref())?;
//! importer.file("Inbox/Lists/Linux", "linux.mbox".as_ref())?;
//! let mailbox = importer.finish();
//! # Ok(())
//! # }
//! ```
//!
//! No message is ever left out: what is broken is kept as well as it can be read.

mod attachments;
mod body;
mod charset;
mod conversations;
mod headers;
mod mbox;
mod message;
mod parts;
mod repair;
mod state;
mod transfer;

#[cfg(test)]
mod attachment_tests;
#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use chrono::{DateTime, Utc};
use flate2::bufread::MultiGzDecoder;

pub use mbox::{Messages, RawMessage};

use self::conversations::Conversations;
use crate::entities::Address;
use crate::entities::calendar::Calendar;
use crate::entities::folder::{CALENDAR, CONTACTS, FolderTree, count_items};
use crate::entities::ids::{Ids, Kind};
use crate::model::{Item, Mailbox};

/// A mailbox that is being filled with messages from files.
///
/// The same files in the same order give the same mailbox, including ids.
pub struct Importer {
    owner: Address,
    ids: Ids,
    folders: FolderTree,
    conversations: Conversations,
    messages: Vec<Item>,
    /// Number of the first of two messages with ids that differ only in case.
    twins: Option<usize>,
}

impl Importer {
    /// A mailbox with empty default folders.
    pub fn new(owner: &Address) -> Self {
        let ids = Ids::new(&owner.address);
        Self {
            owner: owner.clone(),
            folders: FolderTree::new(ids.clone()),
            ids,
            conversations: Conversations::default(),
            messages: Vec::new(),
            twins: None,
        }
    }

    /// Reads a file (mbox, or a single message; compressed with gzip or not) into the folder at
    /// this path of display names, and returns the number of its messages.
    pub fn file(&mut self, folder: &str, path: &Path) -> io::Result<usize> {
        self.mbox(folder, BufReader::new(File::open(path)?))
    }

    /// Like [`Importer::file`], from any reader.
    pub fn mbox(&mut self, folder: &str, mut reader: impl BufRead) -> io::Result<usize> {
        const GZIP: &[u8] = &[0x1f, 0x8b];
        if reader.fill_buf()?.starts_with(GZIP) {
            self.messages(folder, BufReader::new(MultiGzDecoder::new(reader)))
        } else {
            self.messages(folder, reader)
        }
    }

    fn messages(&mut self, folder: &str, reader: impl BufRead) -> io::Result<usize> {
        let mut count = 0;
        for raw in Messages::new(reader) {
            let raw = raw?;
            self.message(folder, &raw.bytes, raw.delivered);
            count += 1;
        }
        Ok(count)
    }

    /// Adds one message. `delivered` is the time of arrival in the mbox; headers are more reliable.
    pub fn message(&mut self, folder: &str, raw: &[u8], delivered: Option<DateTime<Utc>>) {
        let folder_id = self.folders.at(folder);
        let mut parsed = message::parse(raw, delivered);
        self.conversations.place(&mut parsed, self.messages.len());
        let number = self.messages.len();
        let id = self.id(number);
        let attachments = parsed.attachments.iter().enumerate();
        self.messages.push(Item {
            entity: parsed
                .message
                .entity(&self.ids, &id, number as u64, &folder_id),
            attachments: attachments
                .map(|(index, attachment)| {
                    attachment.entity(&self.ids.attachment(&id, index), &self.ids)
                })
                .collect(),
            parent_id: folder_id,
        });
    }

    fn id(&self, number: usize) -> String {
        match self.twins {
            Some(first) if number.wrapping_sub(first) < 2 => {
                let [upper, lower] = self.ids.twins(Kind::Message, first as u64);
                if number == first { upper } else { lower }
            }
            _ => self.ids.item(Kind::Message, number as u64),
        }
    }

    /// Gives the next two messages ids that differ only in the case of one letter.
    pub fn make_twins(&mut self) {
        self.twins = Some(self.messages.len());
    }

    /// Finds or creates the folder at this path, and returns its id.
    pub fn folder(&mut self, path: &str) -> String {
        self.folders.at(path)
    }

    /// The messages so far, to be changed before the mailbox is finished.
    pub fn messages_mut(&mut self) -> &mut [Item] {
        &mut self.messages
    }

    /// The mailbox, with an empty calendar and no contacts.
    pub fn finish(self) -> Mailbox {
        let calendar = Calendar {
            name: "Calendar".into(),
            color: "auto",
            hex_color: "",
            is_default: true,
            can_edit: true,
            owner: self.owner,
        };
        Mailbox {
            root_folder_id: self.folders.root_id().to_owned(),
            folders: self.folders.finish(&count_items(&self.messages)),
            messages: self.messages,
            calendars: vec![calendar.entity(&self.ids, &self.ids.folder(CALENDAR), 1)],
            default_contact_folder_id: self.ids.folder(CONTACTS),
            ..Mailbox::default()
        }
    }
}
