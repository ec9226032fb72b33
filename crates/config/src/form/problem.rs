//! The first thing that is missing in a form or not allowed, in words.

use super::field::Field;
use super::values::{Form, Purpose, settable};
use crate::keys::{self, Id};
use crate::{DataSources, from_connection_string, settings};

/// Why a form cannot be used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field to correct, if it is on the first page.
    pub field: Option<Field>,
    /// Tells the user what to do. It holds no secret.
    pub text: String,
}

fn problem(field: Field, text: impl Into<String>) -> Problem {
    Problem {
        field: Some(field),
        text: text.into(),
    }
}

impl Form {
    /// The first problem. `is_valid_name` tells whether a data source may have a name; `sources` are those that a
    /// connection may name.
    pub fn problem(
        &self,
        is_valid_name: impl Fn(&str) -> bool,
        sources: &DataSources,
    ) -> Option<Problem> {
        if let Purpose::DataSource { name, .. } = &self.purpose {
            if name.is_empty() {
                let text = "Give the data source a name: applications list it by this name.";
                return Some(problem(Field::Name, text));
            }
            if !is_valid_name(name) {
                let text = "A data source cannot have this name. It may have up to 32 characters, without \
                            [ ] { } ( ) , ; ? * = ! @ and \\.";
                return Some(problem(Field::Name, text));
            }
        }
        self.setting_problem(sources)
    }

    /// The first problem of the settings alone, which can be tried without a name.
    pub fn setting_problem(&self, sources: &DataSources) -> Option<Problem> {
        for key in settable() {
            let value = self.value(key.id);
            if value.is_empty() {
                continue;
            }
            if let Err(allowed) = key.check(value) {
                return Some(Problem {
                    field: Field::of(key.id),
                    text: format!("{} cannot have this value. Enter {allowed}.", key.name),
                });
            }
        }
        let attributes = self.attributes();
        if let Some(missing) = self.missing() {
            return Some(missing);
        }
        let sources = match self.purpose {
            Purpose::DataSource { .. } => &DataSources::files([]),
            Purpose::Connection { .. } => sources,
        };
        let error = from_connection_string(&attributes.write(), sources).err()?;
        // The only key of the first page with rules of its own that only all settings together can check.
        let field = [Id::TenantId, Id::Proxy]
            .into_iter()
            .find(|id| error.message.starts_with(keys::of(*id).name))
            .and_then(Field::of);
        Some(Problem {
            field,
            text: error.message,
        })
    }

    /// The first key that logging in needs and that is empty.
    fn missing(&self) -> Option<Problem> {
        let mut all = crate::Attributes::default();
        for key in settable() {
            all.push(key.name, self.value(key.id));
        }
        let id = settings::missing_keys(&all).into_iter().next()?;
        let was_unreadable = self.unreadable.contains(&id);
        let text = match id {
            Id::TenantId => {
                "Enter the directory (tenant) ID, or a domain of your organization such as contoso.com."
            }
            Id::ClientId => {
                "Enter the application (client) ID. The application's page in Microsoft Entra shows it."
            }
            Id::ClientSecret if was_unreadable => {
                "The client secret was saved for another user or on another machine. Enter it again."
            }
            Id::ClientSecret => {
                "Enter the client secret. It is the secret's value, not its ID, and is shown only once, when it is made."
            }
            Id::AccessToken if was_unreadable => {
                "The access token was saved for another user or on another machine. Enter it again."
            }
            Id::AccessToken => "Enter the access token, or sign in with a client secret.",
            _ => "A setting is missing.",
        };
        Some(Problem {
            field: Field::of(id),
            text: text.to_owned(),
        })
    }
}
