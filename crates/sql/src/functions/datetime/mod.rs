//! Functions of dates and times, in UTC.

mod add;
mod build;
pub mod clock;
mod difference;
mod names;
mod parts;
pub mod range;
mod truncate;

#[cfg(test)]
mod tests;

use super::definition::Function;
pub use parts::EXTRACT;

pub const FUNCTIONS: &[&[Function]] = &[
    add::FUNCTIONS,
    build::FUNCTIONS,
    difference::FUNCTIONS,
    names::FUNCTIONS,
    parts::FUNCTIONS,
    truncate::FUNCTIONS,
];
