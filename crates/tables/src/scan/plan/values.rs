//! Values that take a request for each row: the MIME content of messages.

use super::listing::{EACH, Each};
use super::resource_root::ResourceRoot;
use super::scan::Scan;
use crate::definition::Table;

/// The places of these values and of the ids that lead to them, among the columns of a scan.
#[derive(Clone, Copy, Debug)]
pub struct Values {
    pub id: usize,
    pub value: usize,
}

impl Values {
    /// `None` where the scan has no such values.
    pub fn of(scan: &Scan) -> Option<Self> {
        let place = |column: usize| scan.columns.iter().position(|known| *known == column);
        Some(Self {
            value: place(scan.table.value_of_each()?)?,
            id: place(scan.table.column_index("id")?)?,
        })
    }

    /// A column that reading these needs, too.
    pub fn needed(table: &Table, columns: &[usize]) -> Option<usize> {
        let value = table.value_of_each()?;
        let id = table.column_index("id")?;
        (columns.contains(&value) && !columns.contains(&id)).then_some(id)
    }
}

/// The request for the value of a row.
pub fn of_each(mailbox: Option<&str>) -> Each {
    ResourceRoot::new(mailbox).each(&["messages"], EACH, &["$value"])
}
