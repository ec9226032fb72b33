//! The steps of a scan, determined before any request is sent.
//!
//! [`steps::of`] gives the [steps](step::Step) of one mailbox, with the exact requests of each. Readers execute them and
//! `EXPLAIN` prints them, so that the two cannot differ.

pub mod attachments;
pub mod count;
pub mod estimate;
pub mod extended;
pub mod inquiry;
pub mod items;
pub mod listing;
pub mod look_ups;
pub mod mailbox_api;
pub mod mailboxes;
pub mod nested;
pub mod order;
pub mod page_size;
pub mod properties;
pub mod reports;
pub mod resource_root;
pub mod scan;
pub mod step;
pub mod steps;
pub mod traces;
pub mod values;
pub mod window;
pub mod windows;
