//! Asking: executes the steps of a scan and makes rows of the replies.

mod all_messages;
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
mod nested;
mod owners;
mod pages;
mod reader;
mod requests;
mod seen;
pub mod shared_scan;
mod steps;
pub mod stream;
mod timed_ids;
mod tree;
pub mod usage;
mod walk;
mod windows;
