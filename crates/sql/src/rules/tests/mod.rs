//! Statements that the engine gets wrong without these rules.

mod faults;
mod set_copies;
