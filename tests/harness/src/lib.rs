//! Tools of tests and benchmarks for using the driver from outside: an ODBC client that calls the built library as
//! applications do, a tenant full of oddities, and a simulator that serves it.
//!
//! ```no_run
//! use driver_harness::client::{self, Layout, Value};
//! use driver_harness::{simulator, tenant};
//!
//! let simulator = simulator::start(tenant::odd());
//! let connection = client::connect(&simulator::alice(&simulator, "PageSize=10"))?;
//! let rows = connection.query("SELECT subject FROM Messages")?; // Vec<Vec<Option<String>>>
//!
//! let mut statement = connection.execute_with("SELECT ? + 1", &[41.into()])?;
//! assert_eq!(statement.values()?, [[Value::Integer(42)]]);
//!
//! let mut statement = connection.execute("SELECT * FROM Messages")?;
//! let layout = Layout::texts(statement.columns()?.len(), 4096);
//! let mut block = statement.bind(1000, &layout)?;
//! while statement.fetch_block(&mut block)? > 0 {
//!     println!("{:?}", block.text(0, 0));
//! }
//! # Ok::<(), client::Failure>(())
//! ```

// The tenant's entities are written in one piece each.
#![recursion_limit = "256"]

// It calls the driver's C functions.
#[allow(unsafe_code)]
pub mod client;
pub mod required;
pub mod simulator;
pub mod tenant;
