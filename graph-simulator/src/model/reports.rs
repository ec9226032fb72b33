//! Reports of usage.

use super::item::Entity;

/// How the tenant's reports are made.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    /// The last day that they cover, such as `2026-11-29`; the day before yesterday if empty.
    pub refreshed: String,
    /// Whether names of users are concealed. Microsoft does so until an administrator changes it.
    pub conceals_names: bool,
    /// Reports that are not made from the mailboxes.
    pub given: Vec<GivenReport>,
}

/// A report with rows of its own.
#[derive(Clone, Debug, Default)]
pub struct GivenReport {
    /// Such as `getMailboxUsageDetail`.
    pub function: String,
    pub period: u32,
    /// The rows, with Graph's names for the fields in JSON, such as `storageUsedInBytes`.
    pub rows: Vec<Entity>,
}
