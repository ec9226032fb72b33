//! An ODBC driver that makes a Microsoft 365 mailbox look like a database.
//!
//! Applications and driver managers load this library. It speaks ODBC to them, and hands their SQL to `exchange-sql`.
//! Each layer uses only those below it, and each but the first two is a crate:
//!
//! | layer             | what it knows                                                                   |
//! |-------------------|---------------------------------------------------------------------------------|
//! | `ffi`             | the exported C functions; the only module with `unsafe` code                    |
//! | `odbc`            | ODBC itself: handles, states, descriptors, diagnostics, cursors, conversions    |
//! | `exchange-sql`    | SQL text: escapes, dialect, names, parameters, planning, execution              |
//! | `exchange-tables` | Exchange as tables: definitions, keys, push-down to OData, JSON to Arrow, scans |
//! | `exchange-graph`  | Microsoft Graph over HTTP: authentication, requests, paging, throttling, errors |
//! | `exchange-config` | connection strings, data source names, settings                                 |
#![deny(unsafe_code)]

#[allow(unsafe_code)]
mod ffi;
mod odbc;
