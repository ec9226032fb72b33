//! The permissions that an access token names (docs/graph.md#tokens).

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde::Deserialize;

/// The permissions of an application, as far as its token shows them. Only a hint: Graph decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roles {
    /// Empty if nothing was granted.
    Named(Vec<String>),
    /// Tokens may have any form.
    Unreadable,
}

impl Roles {
    /// Whether a permission that begins like this is named.
    pub(super) fn have(&self, begin: &str) -> bool {
        match self {
            Self::Named(names) => names.iter().any(|name| name.starts_with(begin)),
            Self::Unreadable => false,
        }
    }
}

#[derive(Deserialize)]
struct Claims {
    /// Permissions of the application.
    #[serde(default)]
    roles: Vec<String>,
    /// Permissions on behalf of a user.
    #[serde(default)]
    scp: String,
}

pub(super) fn of(token: &str) -> Roles {
    let claims = token
        .split('.')
        .nth(1)
        .and_then(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok())
        .and_then(|json| serde_json::from_slice::<Claims>(&json).ok());
    let Some(Claims { mut roles, scp }) = claims else {
        return Roles::Unreadable;
    };
    roles.extend(scp.split_whitespace().map(str::to_owned));
    roles.sort();
    roles.dedup();
    Roles::Named(roles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("e30.{}.sig", BASE64_URL_SAFE_NO_PAD.encode(claims))
    }

    fn named(names: &[&str]) -> Roles {
        Roles::Named(names.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn permissions_of_applications_and_of_users_are_read() {
        let text = r#"{"aud":"x","roles":["Mail.Read","Calendars.Read"]}"#;
        assert_eq!(of(&token(text)), named(&["Calendars.Read", "Mail.Read"]));
        let text = r#"{"scp":"User.Read Mail.Read"}"#;
        assert_eq!(of(&token(text)), named(&["Mail.Read", "User.Read"]));
        assert_eq!(of(&token(r#"{"aud":"x"}"#)), named(&[]));
        assert!(of(&token(text)).have("Mail.Read") && !of(&token(text)).have("Contacts."));
    }

    #[test]
    fn other_tokens_are_not_read() {
        for text in [
            "",
            "opaque",
            "a.b.c",
            "e30.e30x.",
            &token("[1]"),
            &token(r#"{"roles":7}"#),
        ] {
            assert_eq!(of(text), Roles::Unreadable, "{text}");
        }
    }
}
