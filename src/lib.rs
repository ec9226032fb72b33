//! An ODBC driver that presents a Microsoft 365 mailbox as a database.
#![deny(unsafe_code)]
// Only processes of Unix fork, and what holds locks then is unused elsewhere.
#![cfg_attr(not(unix), allow(dead_code))]

#[allow(unsafe_code)]
mod ffi;
mod odbc;
