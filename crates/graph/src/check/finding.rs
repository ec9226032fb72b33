//! The findings of the steps.

use crate::error::Error;
use exchange_config::outgoing;
use std::fmt;

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading the settings themselves.
    Settings,
    /// Finding the addresses of the hosts, or the proxy's.
    Names,
    /// Reaching the hosts, through the proxy if there is one.
    Network,
    /// TLS: trusting the hosts' certificates.
    Encryption,
    Login,
    /// The permissions in the access token.
    Permissions,
    /// Reading one row.
    Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    /// Worth knowing, and no proof that something is wrong.
    Note,
    Failed,
}

/// The outcome of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub step: Step,
    pub outcome: Outcome,
    pub text: String,
}

impl Finding {
    /// Secrets and control characters are taken out of the text.
    pub fn new(step: Step, outcome: Outcome, text: &str) -> Self {
        Self {
            step,
            outcome,
            text: outgoing::clean(text).into_owned(),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Settings => "Settings",
            Self::Names => "Names",
            Self::Network => "Network",
            Self::Encryption => "TLS",
            Self::Login => "Login",
            Self::Permissions => "Permissions",
            Self::Reading => "Reading",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.outcome {
            Outcome::Passed => "OK",
            Outcome::Note => "Note",
            Outcome::Failed => "Failed",
        };
        write!(formatter, "{}: {word}. {}", self.step, self.text)
    }
}

/// A step failed, and its finding has been told.
pub(super) struct Failed;

pub(super) fn failed(step: Step, error: &Error, tell: &mut impl FnMut(Finding)) -> Failed {
    tell(Finding::new(step, Outcome::Failed, &error.to_string()));
    Failed
}
