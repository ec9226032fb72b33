//! What tests of this layer stand on: memory of an application that does not exist, and an engine
//! without SQL.

mod application;
mod arena;
mod engine;

pub use application::{Application, first_state, states};
pub use arena::Arena;
pub use engine::{Behaviour, FakeConnector, FakeStatement, batch, column};
