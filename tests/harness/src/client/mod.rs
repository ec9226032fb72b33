//! A small ODBC client for tests that use the driver as applications do: through the exported
//! symbols of the built library, without a driver manager in between.
//!
//! Handles free what they own when they are dropped, children first. Every function that fails
//! returns the records of its handle as a [`Failure`]; warnings are kept at the statement
//! ([`Statement::warnings`]). Other functions can be called through [`Library::get`].

mod block;
mod catalog;
mod connection;
pub mod constants;
mod diagnostic;
mod handle;
mod library;
mod login;
mod metadata;
mod parameter;
mod rows;
mod statement;
mod text;
mod value;

pub use block::{Block, Layout};
pub use connection::{Connection, Environment, connect};
pub use diagnostic::{Diagnostic, Failure, Result, records};
pub use library::{Handle, Library, Spelling};
pub use login::Login;
pub use metadata::Column;
pub use parameter::Parameter;
pub use rows::Row;
pub use statement::{Canceller, Statement};
pub use text::to_utf16;
pub use value::Value;
