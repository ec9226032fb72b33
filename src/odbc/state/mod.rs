//! What a handle holds. Nothing here knows how a handle is found, or which calls there are.

pub mod browse;
pub mod cancel;
pub mod collecting;
pub mod cursor;
pub mod descriptor;
pub mod group;
pub mod parameters;
pub mod prepared;
pub mod slab;
pub mod statement;
