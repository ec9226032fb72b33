//! The place of the writer.

use crate::writer::Writer;

/// The writer with a number, by which its task knows that another one has taken its place.
#[derive(Default)]
pub struct Desk {
    pub writer: Option<Writer>,
    pub works: bool,
    pub turn: u64,
}
