//! Tables whose rows are answers about addresses.

/// An action of a mailbox that answers questions about addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its path below the mailbox.
    pub action: &'static [&'static str],
    pub question: Question,
    /// The most addresses of one request.
    pub most: usize,
}

/// The form of the question, and that of the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// When people and rooms are busy, in a span of time of so many days at most (docs/graph.md#schedules).
    Schedules { longest: i64 },
    /// Hints for senders about recipients (docs/graph.md#mail-tips).
    MailTips,
}
