//! A table and the elements of its lists, joined: each row of elements beside the columns of its parent.
//!
//! `Messages JOIN MessageRecipients ON messageId = id` needs each message once, with its lists. The rule
//! `rules/joined_elements.rs` replaces such a join with this table.

mod provider;
mod steps;
mod table;

pub use table::{JoinedProvider, Place};
