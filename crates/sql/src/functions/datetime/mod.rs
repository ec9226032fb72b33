//! Functions of dates and times, in UTC unless they name a zone.

mod add;
mod build;
pub mod clock;
mod difference;
mod names;
mod parts;
pub mod range;
mod truncate;
mod zone;

#[cfg(test)]
mod tests;

use super::definition::Function;
pub use parts::EXTRACT;
pub use zone::AT_TIME_ZONE;

pub const FUNCTIONS: &[&[Function]] = &[
    add::FUNCTIONS,
    build::FUNCTIONS,
    difference::FUNCTIONS,
    names::FUNCTIONS,
    parts::FUNCTIONS,
    truncate::FUNCTIONS,
    zone::FUNCTIONS,
];
