//! The tenant, its application and those of its users that tests ask for.

pub const TENANT: &str = "6f0fbfd5-9d84-4f2c-8f1f-0d6a3c0f5a11";
pub const DOMAIN: &str = "contoso.example";
pub const CLIENT: &str = "1d1a1c1e-0000-4000-8000-00000000c11e";
pub const SECRET: &str = "s3cret~Value;with}odd{signs";
pub const ALICE: &str = "alice@contoso.example";
pub const BOB: &str = "bob@contoso.example";
/// Has no mailbox.
pub const CAROL: &str = "carol@contoso.example";
