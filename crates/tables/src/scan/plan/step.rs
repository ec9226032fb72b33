//! One step of a scan: requests of one kind.

use super::inquiry::Inquiry;
use super::listing::{Each, Listing};
use super::look_ups::{FolderLookUp, IdLookUp, MessageLookUp};
use super::mailbox_api::Part;
use super::nested::Lists;
use super::reports::ReportFile;

/// Requests of one kind, in the order in which they are sent. Each request is whole but for ids that only replies tell.
#[derive(Clone, Debug)]
pub enum Step {
    /// The rows are without number: occurrences without a bound of their span. The text says what is missing.
    Endless(String),
    /// Another cloud than this has the rows.
    NotInCloud,
    /// Answers about addresses.
    Ask(Vec<Inquiry>),
    /// The number of rows, without them; the rows where Graph does not count.
    Count { number: Listing, rows: Listing },
    /// One row, without an id of its own.
    Single(Listing),
    /// The rows of a collection.
    All(Listing),
    /// The rows of collections that the statement names. One that is not there has none.
    Named(Vec<Listing>),
    /// The messages of folders that the statement names, or `all` messages where it is in doubt whether these are rows.
    Folders {
        folders: Vec<(String, Listing)>,
        look_up: FolderLookUp,
        all: Listing,
    },
    /// Rows by their ids, twenty a `$batch`.
    Items { items: Vec<Item>, rows: Rows },
    /// Rows by their ids in each of the parents, which are listed before.
    ItemsOfEach {
        parents: Listing,
        items: Vec<Each>,
        rows: Rows,
    },
    /// The rows of each of the parents, which are listed before, in as many lists as there are spans of time.
    OfEach { parents: Listing, rows: Vec<Each> },
    /// The rows of each of the parents, twenty parents a `$batch`.
    Nested(Lists),
    /// The rows of each folder of a tree, of which each level is listed before its rows.
    Branches {
        top: Listing,
        children: Each,
        rows: Each,
    },
    /// A tree of folders which are the rows themselves, level by level, twenty folders a `$batch`.
    Tree {
        /// The folders that have names of Graph, for these are not in the list.
        names: Option<Each>,
        top: Listing,
        children: Each,
    },
    /// Rows below an id that the settings of the mailbox have.
    MailboxApi { settings: Listing, part: Box<Part> },
    /// The rows of each message or event that the statement names, in as many lists as there are spans of time, twenty of
    /// them a `$batch`.
    OfOwners {
        owners: Vec<String>,
        rows: Vec<Each>,
        look_up: Option<OwnerLookUp>,
    },
    /// The rows of reports, each of which is a file that Graph links to.
    Reports(Vec<ReportFile>),
    /// The same for every message or event.
    OfEachOwner { owners: AllOwners, rows: Vec<Each> },
}

/// The lists of all owners.
#[derive(Clone, Debug)]
pub enum AllOwners {
    Messages(Box<Listing>),
    /// The events of every calendar.
    Events {
        calendars: Box<Listing>,
        events: Box<Each>,
    },
}

/// Tells which owners are rows of their own table, of which no more is known than the ids.
#[derive(Clone, Debug)]
pub enum OwnerLookUp {
    Messages(Box<IdLookUp>),
    /// Events with their types: occurrences of a series are not rows.
    Events(Box<Each>),
}

/// An object that is read by its id.
#[derive(Clone, Debug)]
pub struct Item {
    pub listing: Listing,
    /// `false` for an item that is only read for its id.
    pub is_row: bool,
}

/// Which of the objects that are read by their ids are rows.
#[derive(Clone, Debug)]
pub enum Rows {
    All,
    /// Messages that are listed.
    Messages(Box<MessageLookUp>),
    /// Folders below the top.
    Folders(Box<FolderLookUp>),
    /// Events that are no occurrences of a series: lists have single events and masters of series.
    Masters,
    /// Events that are no masters of series.
    Occurrences,
    /// Events that belong to a series.
    OfSeries,
}
