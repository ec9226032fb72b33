//! Traces of messages.

use super::item::Entity;

/// The traces of a tenant.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// A row for each message and recipient.
    pub rows: Vec<Entity>,
    /// Whether the service principal of the tracing application is missing.
    pub lacks_principal: bool,
}
