//! An ODBC driver that makes a Microsoft 365 mailbox look like a database.
//!
//! The library speaks ODBC to applications and Microsoft Graph to Exchange Online. Each module uses
//! only the modules below it:
//!
//! | module     | what it knows                                                                       |
//! |------------|-------------------------------------------------------------------------------------|
//! | [`ffi`]    | the exported C functions; the only module with `unsafe` code                        |
//! | [`odbc`]   | ODBC itself: handles, states, descriptors, diagnostics, cursors, conversions        |
//! | [`sql`]    | SQL text: escapes, dialect, names, parameters, planning, execution                  |
//! | [`tables`] | Exchange as tables: definitions, keys, push-down to OData, JSON to Arrow, scans      |
//! | [`graph`]  | Microsoft Graph over HTTP: authentication, requests, paging, throttling, errors      |
//! | [`config`] | connection strings, data source names, settings                                     |
#![deny(unsafe_code)]

pub mod config;
#[allow(unsafe_code)]
pub mod ffi;
pub mod graph;
pub mod odbc;
pub mod sql;
pub mod tables;
