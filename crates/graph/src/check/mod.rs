//! Tries a connection step by step, for people who set one up: each step says in words how far it came, and what to do.
//!
//! Nothing is tried twice, so that a mistake shows at once. No finding holds a secret.

mod finding;
mod reach;
mod reading;
mod roles;

use super::client::Client;
use super::error::{Error, ErrorKind};
use exchange_config::{Authentication, Settings};
use finding::{Failed, failed};
pub use finding::{Finding, Outcome, Step};
use roles::Roles;
use std::time::{Duration, Instant};

/// The longest time of a step if the settings have no limit.
const PATIENCE: Duration = Duration::from_secs(30);

/// Tries the connection and tells each finding when it is there. Returns whether everything works; a step that fails
/// ends it.
pub async fn check(settings: &Settings, mut tell: impl FnMut(Finding)) -> bool {
    let mut settings = settings.clone();
    settings.max_retries = 0;
    steps(&settings, &mut tell).await.is_ok()
}

async fn steps(settings: &Settings, tell: &mut impl FnMut(Finding)) -> Result<(), Failed> {
    let limit = settings.login_timeout.unwrap_or(PATIENCE);
    let client = match Client::new(settings) {
        Ok(client) => client,
        Err(error) => return Err(failed(step_of(&error), &error, tell)),
    };
    reach::hosts(&client, settings, limit, tell).await?;
    let roles = login(&client, settings, limit, tell).await?;
    permissions(&roles, tell);
    reading::mailboxes(&client, settings, &roles, tell).await
}

/// The step of settings that no client can be made of: an access token with odd characters, or a file of certificates.
fn step_of(error: &Error) -> Step {
    match error.kind() {
        ErrorKind::Credentials => Step::Login,
        _ => Step::Encryption,
    }
}

async fn login(
    client: &Client,
    settings: &Settings,
    limit: Duration,
    tell: &mut impl FnMut(Finding),
) -> Result<Roles, Failed> {
    let deadline = Instant::now() + limit;
    match client.new_token(deadline).await {
        Ok(token) => {
            let text = match &settings.authentication {
                Authentication::ClientSecret { .. } => {
                    "The login service accepts the application and its secret."
                }
                Authentication::AccessToken(_) => "An access token is given, so nobody logs in.",
            };
            tell(Finding::new(Step::Login, Outcome::Passed, text));
            Ok(roles::of(token.text()))
        }
        Err(error) => Err(failed(Step::Login, &error, tell)),
    }
}

fn permissions(roles: &Roles, tell: &mut impl FnMut(Finding)) {
    let (outcome, text) = match roles {
        Roles::Named(names) if names.is_empty() => (
            Outcome::Note,
            "The application has no permission of its own in Microsoft Entra. Add one of the kind Application (not \
             Delegated), such as Mail.Read, and let an administrator consent to it. Roles that Exchange itself gives \
             to applications do not show here."
                .to_owned(),
        ),
        Roles::Named(names) => (Outcome::Passed, format!("The application has {}.", names.join(", "))),
        Roles::Unreadable => (
            Outcome::Note,
            "The access token does not show the application's permissions. Reading shows whether they suffice."
                .to_owned(),
        ),
    };
    tell(Finding::new(Step::Permissions, outcome, &text));
}

#[cfg(test)]
mod tests;
