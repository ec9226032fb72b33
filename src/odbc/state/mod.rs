//! What a handle holds. Nothing here knows a handle or a call.

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
