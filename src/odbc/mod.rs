//! ODBC itself, in safe Rust: handles, states, descriptors, diagnostics, cursors, conversions, catalog
//! and information.
//!
//! The exported functions in `ffi` decode their arguments and call one function here. The
//! application's memory is reached through [`memory::AppMemory`], the engine through the traits of
//! [`exchange_sql`], and connections are made by a [`connector::Connector`].
//!
//! | module                       | content                                                                    |
//! |------------------------------|----------------------------------------------------------------------------|
//! | [`process`]                  | from the first environment to the last, and across forks                   |
//! | [`calls`]                    | the functions of ODBC, a file for each chapter of the reference            |
//! | [`handles`]                  | tokens, and the one way from a token to its object                         |
//! | [`state`]                    | the state of handles: connections, statements, cursors, descriptors        |
//! | [`attributes`]               | tables of attributes, and the values that were set                         |
//! | [`connector`], [`exchange`]  | making connections                                                         |
//! | `dialogs`, `no_dialogs`     | dialogs for connections and data sources, on Windows                       |
//! | [`conversion`]               | values of the engine to and from values of the application                 |
//! | [`diagnostics`]              | records, and the SQLSTATEs                                                 |
//! | [`memory`], [`text`]         | the application's memory, and text in it                                   |
//! | [`constants`]                | numbers of the ODBC headers                                                |
//!
//! Each module uses only those below it. `tests/layers` has the plan and checks the code against it.

pub mod attributes;
pub mod calls;
pub mod connector;
pub mod constants;
pub mod conversion;
pub mod diagnostics;
#[cfg(windows)]
pub mod dialogs;
pub mod exchange;
pub mod handles;
pub mod memory;
#[cfg(not(windows))]
pub mod no_dialogs;
#[cfg(not(windows))]
pub use no_dialogs as dialogs;
pub mod process;
pub mod state;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod text;
