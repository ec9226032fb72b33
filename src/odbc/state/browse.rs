//! The state of `SQLBrowseConnect`.

/// The progress of the browsing.
pub struct Browse {
    /// The connection string so far.
    pub text: String,
    /// The request of the last step.
    pub asked: String,
}
