//! The names of the sample's tenant.

/// Directory id of the tenant.
pub const TENANT_ID: &str = "5b3a9c1e-8f4d-4b57-9a20-6c1d7e0f2a34";
pub const DOMAIN: &str = "contoso.example";
