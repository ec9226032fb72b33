//! The configuration of a connection: connection strings, data source names, settings.
//!
//! Text becomes [`Attributes`], a data source adds missing keys, and the table of keys in [`keys`]
//! turns the result into typed [`Settings`]. Nothing here talks to the network.
//!
//! The driver reads connection strings with it. All crates above use the [`Settings`], and filter
//! text that leaves the process with [`outgoing`].
//!
//! ```
//! use exchange_config::{DataSources, from_connection_string};
//!
//! let text = "TenantID=contoso.com;ClientId=app;ClientSecret=s3cret;UserID=ann@contoso.com";
//! let settings = from_connection_string(text, &DataSources::files([]))?.settings;
//! assert_eq!(settings.tenant, "contoso.com");
//! assert!(!format!("{settings:?}").contains("s3cret"));
//! # Ok::<(), exchange_config::Error>(())
//! ```

mod browse;
mod choices;
mod cloud;
mod connection_string;
mod data_source;
mod endpoint;
mod error;
pub mod form;
pub mod keys;
mod log_place;
pub mod logging;
mod others;
pub mod outgoing;
mod property_column;
mod property_id;
#[cfg(windows)]
mod protected;
#[cfg(windows)]
pub mod registry;
mod resolve;
mod secret;
mod settings;
pub mod setup;
#[cfg(windows)]
pub mod system_proxy;
mod trust;
mod zone;

pub use browse::{Browsed, Wanted, browse};
pub use choices::{
    BodyType, ClientAuthentication, Collections, KeyColumn, LogLevel, OnMailboxError, Pushdown,
};
pub use cloud::Cloud;
pub use connection_string::{Attribute, Attributes};
pub use data_source::DataSources;
pub use endpoint::is_loopback;
pub use error::{Error, ErrorKind};
pub use property_column::{PROPERTY_TABLES, PropertyColumn};
pub use property_id::{Malformed, PropertyId, PropertyType};
pub use resolve::{Configuration, from_connection_string, from_data_source};
pub use secret::Secret;
pub use settings::{Authentication, Mailboxes, Proxy, Settings};
pub use zone::{Moments, Zone};
