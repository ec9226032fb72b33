//! ODBC itself, in safe Rust: handles, states, descriptors, diagnostics, cursors, conversions, catalog
//! and information.
//!
//! The exported functions in `ffi` decode their arguments and call one function here. The
//! application's memory is reached through [`memory::AppMemory`], the engine through the traits of
//! [`exchange_sql`], and connections are made by a [`connector::Connector`].
//!
//! | chapter of the reference     | module                                    |
//! |------------------------------|-------------------------------------------|
//! | handles                      | [`handles`]                               |
//! | connecting                   | [`connect`], [`browse`], [`connector`], [`exchange`] |
//! | attributes                   | [`attributes`]                            |
//! | descriptors, binding         | [`descriptor`], [`columns`]               |
//! | executing, parameters        | [`statement`]                             |
//! | retrieving results           | [`cursor`], [`conversion`]                |
//! | catalog functions            | [`catalog`]                               |
//! | capabilities                 | [`info`], [`functions`]                   |
//! | diagnostics                  | [`diagnostics`]                           |

pub mod attributes;
pub mod browse;
pub mod catalog;
pub mod columns;
pub mod connect;
pub mod connector;
pub mod constants;
pub mod conversion;
pub mod cursor;
pub mod descriptor;
pub mod diagnostics;
pub mod exchange;
pub mod functions;
pub mod handles;
pub mod info;
pub mod memory;
pub mod statement;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
pub mod text;
