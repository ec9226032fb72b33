//! Asking: executes the steps of a scan and makes rows of the replies.

mod all_messages;
mod attachments;
mod batches;
mod branches;
mod collections;
mod count;
mod delivery;
mod each;
mod folder_places;
mod index;
mod items;
mod listed;
mod mailboxes;
mod message_ids;
mod nested;
mod pages;
mod reader;
mod reports;
mod requests;
mod seen;
pub mod shared_scan;
mod steps;
pub mod stream;
mod tree;
pub mod usage;
mod walk;
mod windows;
