//! The state of handles. This module knows neither tokens nor calls.

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
