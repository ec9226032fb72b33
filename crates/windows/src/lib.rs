//! The functions of Windows that the driver calls, as safe functions. On other systems the crate is empty.
//!
//! Together with `src/ffi` of the driver it is the only place with `unsafe` code. Each block names the fact that it
//! relies on, and nothing here decides anything: the crates above do.
#![cfg(windows)]
#![allow(unsafe_code)]
#![deny(clippy::undocumented_unsafe_blocks)]

pub mod code_page;
pub mod data_protection;
pub mod dialog;
pub mod installer;
pub mod library;
pub mod proxy;
mod text;
mod user32;
