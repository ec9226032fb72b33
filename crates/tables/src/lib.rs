//! Exchange as tables: what the tables are, which part of a statement Graph answers, and how rows are
//! read. Nothing here knows SQL text or ODBC.
//!
//! The SQL layer registers these tables with the engine; the documentation is written from the same definitions.
//!
//! ```
//! let messages = exchange_tables::table("messages").expect("tables are found without case");
//! assert_eq!(messages.name, "Messages");
//! assert!(messages.columns.iter().any(|column| column.name == "subject"));
//! ```

pub mod arrow_schema;
pub mod column_type;
pub mod conditions;
pub mod datetime;
pub mod decode;
pub mod definition;
mod definitions;
mod error;
pub mod expression;
mod extremes;
mod items;
mod joined_mailboxes;
pub mod keys;
mod late_conditions;
mod lineage;
mod named_mailboxes;
mod provider;
pub mod pushdown;
pub mod reference;
mod scan;
pub mod search;
mod source;
mod text;
mod warnings;

pub use column_type::ColumnType;
pub use definitions::{TABLES, table};
pub use error::Error;
pub use extremes::ExtremeByOrder;
pub use items::includes;
pub use joined_mailboxes::JoinedMailboxes;
pub use late_conditions::LateConditions;
pub use named_mailboxes::NamedMailboxes;
pub use provider::TableProvider;
pub use scan::{ScanExec, counted};
pub use source::Source;
pub use warnings::Warnings;
