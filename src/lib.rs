//! An ODBC driver that presents a Microsoft 365 mailbox as a database.
#![deny(unsafe_code)]

#[allow(unsafe_code)]
mod ffi;
mod odbc;
