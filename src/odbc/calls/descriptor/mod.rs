//! The functions that read and write descriptors.

pub mod copy;
pub mod fields;
pub mod record;
