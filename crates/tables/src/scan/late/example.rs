//! An example of a scan for `EXPLAIN`, as if each join and subquery had given it one value.

use crate::definition::{Column, Filter};
use crate::scan::plan::scan::Scan;

/// How a scan reads with keys of joins.
pub struct Example {
    pub scan: Scan,
    /// The scan if there are too many keys.
    pub otherwise: Scan,
    /// Whether an id in a path stands for many.
    pub stands_for_many: bool,
    /// Whether a join may name other mailboxes than these.
    pub chooses_mailboxes: bool,
    /// Maximum number of keys that are read one by one, if that depends on their number.
    pub most: Option<usize>,
    /// Columns with a `$filter` if the values are few.
    pub filtered: Vec<&'static str>,
    /// Columns with a `$filter` for the value of a subquery.
    pub compared: Vec<&'static str>,
}

impl Example {
    pub fn new(scan: &Scan) -> Self {
        Self {
            scan: scan.clone(),
            otherwise: scan.clone(),
            stands_for_many: false,
            chooses_mailboxes: false,
            most: None,
            filtered: Vec::new(),
            compared: Vec::new(),
        }
    }

    /// Confines the scan by one key, where up to `most` are read one by one.
    pub fn confine(&mut self, column: &'static Column, most: usize, key: &str) {
        let keys = vec![key.to_owned()];
        match column.filter {
            Filter::Mailbox if !self.scan.joined_mailboxes => self.chooses_mailboxes = true,
            Filter::Mailbox => {
                self.scan.pushed.among_mailboxes = Some(keys.clone());
                self.otherwise.pushed.among_mailboxes = Some(keys);
            }
            Filter::Parent => {
                self.scan.pushed.parents = Some(keys.clone());
                self.otherwise.pushed.parents = Some(keys);
                self.stands_for_many = true;
            }
            Filter::Grandparent => {
                self.scan.pushed.grandparents = Some(keys.clone());
                self.otherwise.pushed.grandparents = Some(keys);
                self.stands_for_many = true;
            }
            Filter::Asked => self.scan.pushed.asked = Some(keys),
            Filter::ParentFolder => {
                self.scan.pushed.folders = Some(keys);
                self.most = (most < usize::MAX).then_some(most);
            }
            Filter::Id | Filter::CompositeKey | Filter::SafeKey => {
                self.scan.pushed.ids = Some(keys);
                self.stands_for_many = true;
                self.most = (most < usize::MAX).then_some(most);
            }
            _ => self.filtered.push(column.name),
        }
    }
}
