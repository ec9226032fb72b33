//! The fields of the first page.

use crate::keys::Id;
use crate::setup::Saving;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Of the data source.
    Name,
    Description,
    Tenant,
    SignIn,
    Client,
    /// The client secret or the access token.
    Secret,
    /// Who can read the secret.
    Saving,
    Mailbox,
    Mailboxes,
    Proxy,
}

/// The ways to log in that the driver has: the word of `AuthScheme`, and the name.
pub(super) const SIGN_IN: [(&str, &str); 2] = [
    ("ClientSecret", "Application with a client secret"),
    ("AccessToken", "Access token, ready-made"),
];

pub(super) fn name_of(saving: Saving) -> &'static str {
    match saving {
        Saving::User => "This user only, encrypted",
        Saving::Machine => "All users of this machine, encrypted",
        Saving::Plain => "Plain text in the registry",
    }
}

impl Field {
    pub(super) const ALL: &[Self] = &[
        Self::Name,
        Self::Description,
        Self::Tenant,
        Self::SignIn,
        Self::Client,
        Self::Secret,
        Self::Saving,
        Self::Mailbox,
        Self::Mailboxes,
        Self::Proxy,
    ];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Name => "Data source &name:",
            Self::Description => "&Description:",
            Self::Tenant => "Di&rectory (tenant) ID or domain:",
            Self::SignIn => "&Sign in as:",
            Self::Client => "Application (&client) ID:",
            Self::Secret => "Client s&ecret (its value):",
            Self::Saving => "Save the secret &for:",
            Self::Mailbox => "&Mailbox:",
            Self::Mailboxes => "Ma&ilboxes (several, or * for all):",
            Self::Proxy => "&Proxy (http://host:port):",
        }
    }

    /// Whether the field is a choice of words.
    pub fn is_choice(self) -> bool {
        matches!(self, Self::SignIn | Self::Saving)
    }

    /// Whether what is typed must not be seen.
    pub fn is_secret(self) -> bool {
        self == Self::Secret
    }

    /// Whether a connection needs it.
    pub(super) fn is_of_login(self) -> bool {
        matches!(
            self,
            Self::Tenant | Self::SignIn | Self::Client | Self::Secret
        )
    }

    /// The key of a field that always has the same one.
    pub(super) fn key(self) -> Option<Id> {
        match self {
            Self::Description => Some(Id::Description),
            Self::Tenant => Some(Id::TenantId),
            Self::Client => Some(Id::ClientId),
            Self::Mailbox => Some(Id::UserId),
            Self::Mailboxes => Some(Id::Mailboxes),
            Self::Proxy => Some(Id::Proxy),
            Self::Name | Self::SignIn | Self::Secret | Self::Saving => None,
        }
    }

    /// The field of a key.
    pub(super) fn of(id: Id) -> Option<Self> {
        match id {
            Id::ClientSecret | Id::AccessToken => Some(Self::Secret),
            Id::AuthScheme => Some(Self::SignIn),
            _ => Self::ALL
                .iter()
                .copied()
                .find(|field| field.key() == Some(id)),
        }
    }
}
