//! Exchange as tables: their definitions, push-down to Graph, and reading rows. Nothing here knows SQL
//! text or ODBC.
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
mod companion;
pub mod conditions;
pub mod datetime;
pub mod decode;
pub mod definition;
mod definitions;
mod elements;
mod error;
pub mod expression;
mod graph_source;
mod items;
mod joined;
pub mod keys;
mod local_times;
mod property_columns;
mod provider;
pub mod pushdown;
pub mod reference;
pub mod rules;
mod scan;
pub mod search;
mod text;
mod warnings;

pub use column_type::ColumnType;
pub use definitions::{TABLES, table};
pub use elements::ElementsExec;
pub use error::Error;
pub use graph_source::GraphSource;
pub use items::includes;
pub use property_columns::{mistake, tables};
pub use provider::TableProvider;
pub use scan::{ScanExec, counted};
pub use warnings::Warnings;
