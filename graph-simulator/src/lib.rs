//! A strict local Microsoft Graph for Exchange mailboxes.
//!
//! [`Simulator::start`] serves a [`model::Tenant`] on a loopback port: token endpoint, the directory,
//! mail, calendars, contacts, tasks, `$batch`. It refuses what Graph refuses, with Graph's codes, and what nobody has
//! seen Graph accept; it throttles, expires tokens, and fails on demand. See the README for the rules.
//!
//! A tenant comes from [`sample`], from [`generate`], from mbox files ([`import`]), or by hand:
//!
//! ```
//! use graph_simulator::model::{Application, Tenant};
//! use graph_simulator::{Options, Simulator};
//!
//! let tenant = Tenant {
//!     id: "6b2f7a1e-0000-4000-8000-000000000001".into(),
//!     domain: "contoso.example".into(),
//!     applications: vec![Application {
//!         client_id: "app".into(),
//!         client_secret: "secret".into(),
//!         permissions: Some(vec!["Mail.Read".into()]),
//!     }],
//!     ..Tenant::default()
//! };
//! let simulator = Simulator::start(tenant, Options::default())?;
//! println!("Graph is at {}/v1.0", simulator.address());
//! # Ok::<(), std::io::Error>(())
//! ```

#![forbid(unsafe_code)]

pub mod entities;
pub mod filter;
pub mod generate;
pub mod import;
pub mod model;
pub mod sample;

mod calendar;
mod odata;
mod refusal;
mod resources;
mod rules;
mod schema;
mod search;
mod server;
mod simulator;
mod store;
mod writer;
mod zones;

pub use resources::{mime, readable};
pub use server::action::Action;
pub use server::damage::Damage;
pub use server::faults::{Chaos, Fault, Faults};
pub use server::flood::Flood;
pub use server::log::{Counters, Entry};
pub use server::options::{OnRequest, Options};
pub use simulator::{Simulator, TenantView};
pub use writer::{Change, Per, Writing, Written};

/// The examples of the README are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
