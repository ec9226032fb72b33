//! A connection that is browsed for.

/// How far the browsing has come.
pub struct Browse {
    /// The connection string so far.
    pub text: String,
    /// What the last step asked for.
    pub asked: String,
}
