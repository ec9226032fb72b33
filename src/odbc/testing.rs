//! Test support of this layer: simulated memory of an application, and an engine without SQL.

mod application;
mod arena;
pub mod code_pages;
mod engine;

pub use application::{Application, first_state, states};
pub use arena::Arena;
pub use engine::{Behaviour, FakeConnector, FakeStatement, batch, column};
