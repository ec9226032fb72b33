//! The dialogs of Windows: a data source, or a connection that lacks something.
//!
//! [`exchange_config::form`] knows the fields and what they mean, [`exchange_windows::dialog`] how dialogs are shown. Here
//! each control meets its field.

mod all_keys;
mod connection;
mod data_source;
mod layout;
mod main_page;
mod test_page;

pub use connection::of_connections;
pub use data_source::data_source;
