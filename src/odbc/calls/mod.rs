//! The functions of ODBC, a file for each chapter of the reference.

pub mod allocate;
pub mod attributes;
pub mod bind;
pub mod browse;
pub mod bulk;
pub mod cancel;
pub mod catalog;
pub mod close;
pub mod columns;
pub mod connect;
pub mod cursor_name;
pub mod descriptor;
pub mod diagnostics;
pub mod execute;
pub mod fetch;
pub mod functions;
pub mod get_data;
pub mod info;
pub mod parameters;
pub mod position;
pub mod prepare;
pub mod put_data;
pub mod results;
pub mod running;
