//! Tables whose rows are the elements of lists: the recipients of messages, the telephones of contacts.
//!
//! Such a table has no requests of its own. The scan of its parents reads their ids and lists, with all that
//! scans do for windows, pages, mailboxes and failures, and [`ElementsExec`] above it takes the lists apart.
//! Conditions on the mailbox and the parent's id go down to that scan; conditions on the kind of a list leave out
//! lists. The engine checks all other conditions on the elements.

mod asked;
mod exec;
mod id;
mod kept;
mod outer;
mod unfold;

pub use asked::{Asked, is_of_parents};
pub use exec::ElementsExec;
pub use kept::{Kept, is_list};
pub use outer::Outer;
pub use unfold::{ParentPlaces, Unfold};

#[cfg(test)]
mod tests;
