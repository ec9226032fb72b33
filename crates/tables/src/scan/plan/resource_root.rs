//! The resource of Graph that a table's collections belong to: a mailbox, or the directory.

use super::listing::{Each, Listing};
use crate::decode::RowContext;

/// A mailbox by the name that the statement has for it, or the directory.
#[derive(Clone, Copy, Debug)]
pub struct ResourceRoot<'m> {
    mailbox: Option<&'m str>,
}

impl<'m> ResourceRoot<'m> {
    pub const DIRECTORY: Self = Self { mailbox: None };

    pub fn new(mailbox: Option<&'m str>) -> Self {
        Self { mailbox }
    }

    /// The listing or object at this path, without options.
    pub fn at(self, segments: &[&str]) -> Listing {
        Listing::new(self.path(segments), self.context())
    }

    /// A listing of the mailbox whose path does not begin with its name.
    pub fn outside(self, segments: &[&str]) -> Listing {
        let path = segments.iter().map(|segment| (*segment).to_owned());
        Listing::new(path.collect(), self.context())
    }

    /// The same for each id.
    pub fn each_outside(self, collection: &[&str], placeholder: &str, rest: &[&str]) -> Each {
        let segments: Vec<&str> = [collection, &[placeholder], rest].concat();
        Each::new(self.outside(&segments), collection.len())
    }

    /// The listing or object for each id: `mailFolders/{each}/messages`.
    pub fn each(self, collection: &[&str], placeholder: &str, rest: &[&str]) -> Each {
        let segments: Vec<&str> = [collection, &[placeholder], rest].concat();
        Each::new(self.at(&segments), self.path(collection).len())
    }

    fn path(self, segments: &[&str]) -> Vec<String> {
        let owner = self.mailbox.map(|mailbox| ["users", mailbox]);
        let segments = owner.iter().flatten().chain(segments);
        segments.map(|segment| (*segment).to_owned()).collect()
    }

    fn context(self) -> RowContext {
        RowContext {
            mailbox: self.mailbox.unwrap_or_default().to_owned(),
            ..RowContext::default()
        }
    }
}
