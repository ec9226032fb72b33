//! The values of a dialog.

use super::field::{self, Field};
use crate::keys::{self, Id, KEYS, Key};
use crate::setup::{Saving, Scope};
use crate::{Attributes, Secret};
use std::collections::HashMap;

/// Shown in a field whose secret is there. Left as it is, the secret stays.
const DOTS: &str = "●●●●●●●●●●";
const DOT: char = '●';

/// The keys that are not settings of a connection.
const NO_SETTINGS: &[Id] = &[Id::Driver, Id::Dsn, Id::FileDsn, Id::SaveFile];

/// A data source as it is stored.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    pub values: Attributes,
    /// Secrets that another user encrypted, or another machine.
    pub unreadable: Vec<Id>,
    /// How its secrets are kept; `None` without one.
    pub saving: Option<Saving>,
}

#[derive(Clone, Debug)]
pub(super) enum Purpose {
    /// A data source is made or changed.
    DataSource { name: String, scope: Scope },
    /// An application connects. With `required_only` it lets nothing be changed that a connection can do without.
    Connection {
        given: Attributes,
        required_only: bool,
    },
}

type Values = HashMap<Id, Secret>;

/// The values of a dialog.
#[derive(Clone, Debug)]
pub struct Form {
    pub(super) purpose: Purpose,
    /// The values at the beginning, which are stored or come from a data source.
    first: Values,
    values: Values,
    first_saving: Option<Saving>,
    saving: Saving,
    pub(super) unreadable: Vec<Id>,
}

impl Form {
    /// For a data source. `given` takes precedence over what is stored.
    pub fn of_data_source(given: &Attributes, stored: &Stored, scope: Scope) -> Self {
        let first = values_of(&stored.values);
        let mut values = first.clone();
        values.extend(values_of(given));
        let name = given.get(keys::of(Id::Dsn).name).unwrap_or_default();
        Self {
            purpose: Purpose::DataSource {
                name: name.to_owned(),
                scope,
            },
            first,
            values,
            first_saving: stored.saving,
            saving: stored.saving.unwrap_or(Saving::of(scope)),
            unreadable: stored.unreadable.clone(),
        }
    }

    /// For a connection. `all` is `given`, completed from its data source.
    pub(super) fn of_connection(given: &Attributes, all: &Attributes, required_only: bool) -> Self {
        let first = values_of(all);
        Self {
            purpose: Purpose::Connection {
                given: given.clone(),
                required_only,
            },
            values: first.clone(),
            first,
            first_saving: None,
            saving: Saving::User,
            unreadable: Vec::new(),
        }
    }

    pub fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::DataSource { .. } => "Exchange ODBC data source",
            Purpose::Connection { .. } => "Connect to Exchange",
        }
    }

    /// The name of the data source; empty for a connection.
    pub fn name(&self) -> &str {
        match &self.purpose {
            Purpose::DataSource { name, .. } => name,
            Purpose::Connection { .. } => "",
        }
    }

    /// The fields, in the order of the dialog.
    pub fn fields(&self) -> Vec<Field> {
        let is_shown = |field: &&Field| match self.purpose {
            Purpose::DataSource { .. } => true,
            Purpose::Connection { .. } => {
                !matches!(field, Field::Name | Field::Description | Field::Saving)
            }
        };
        Field::ALL.iter().filter(is_shown).copied().collect()
    }

    /// Whether the field, or with `None` any other key, may be changed.
    pub fn is_enabled(&self, field: Option<Field>) -> bool {
        match self.purpose {
            Purpose::Connection {
                required_only: true,
                ..
            } => field.is_some_and(Field::is_of_login),
            _ => true,
        }
    }

    /// The label of a field; `&` marks the letter that leads to it.
    pub fn label(&self, field: Field) -> &'static str {
        match field {
            Field::Secret if self.secret_key() == Id::AccessToken => "Access to&ken:",
            _ => field.label(),
        }
    }

    /// The text of a field.
    pub fn text(&self, field: Field) -> String {
        match (field, self.key_of(field)) {
            (Field::Name, _) => self.name().to_owned(),
            (_, Some(id)) => self.shown(id),
            _ => String::new(),
        }
    }

    /// Takes the text of a field.
    pub fn set(&mut self, field: Field, text: &str) {
        match (field, self.key_of(field)) {
            (Field::Name, _) => {
                if let Purpose::DataSource { name, .. } = &mut self.purpose {
                    text.trim().clone_into(name);
                }
            }
            (_, Some(id)) => self.set_key(id, text),
            _ => {}
        }
    }

    /// The words of a field that is a choice, and which one is chosen.
    pub fn choices(&self, field: Field) -> (Vec<&'static str>, usize) {
        match field {
            Field::SignIn => {
                let names = field::SIGN_IN.iter().map(|(_, name)| *name).collect();
                (names, usize::from(self.secret_key() == Id::AccessToken))
            }
            Field::Saving => {
                let savings = self.savings();
                let chosen = savings.iter().position(|saving| *saving == self.saving);
                let names = savings.iter().map(|saving| field::name_of(*saving));
                (names.collect(), chosen.unwrap_or(0))
            }
            _ => (Vec::new(), 0),
        }
    }

    /// Takes a choice.
    pub fn choose(&mut self, field: Field, place: usize) {
        match field {
            Field::SignIn => {
                let (scheme, _) = field::SIGN_IN[place.min(1)];
                self.values.insert(Id::AuthScheme, Secret::new(scheme));
            }
            Field::Saving => {
                if let Some(saving) = self.savings().get(place) {
                    self.saving = *saving;
                }
            }
            _ => {}
        }
    }

    /// Who may read the secrets. A secret that only one user can read is of no use in a data source of the system.
    fn savings(&self) -> &'static [Saving] {
        match self.purpose {
            Purpose::DataSource {
                scope: Scope::Machine,
                ..
            } => &[Saving::Machine, Saving::Plain],
            _ => &[Saving::User, Saving::Machine, Saving::Plain],
        }
    }

    /// All keys that may be set here, in the order of the reference.
    pub fn keys() -> impl Iterator<Item = &'static Key> {
        KEYS.iter()
            .filter(|key| !NO_SETTINGS.contains(&key.id) && key.id != Id::Description)
    }

    /// A key's value, with dots for a secret.
    pub fn shown(&self, id: Id) -> String {
        let value = self.value(id);
        match keys::of(id).is_secret() && !value.is_empty() {
            true => DOTS.to_owned(),
            false => value.to_owned(),
        }
    }

    /// Takes a key's value. The dots of a secret are not part of it.
    pub fn set_key(&mut self, id: Id, text: &str) {
        let text = text.trim();
        let typed = text.trim_matches(DOT);
        if keys::of(id).is_secret() && typed.is_empty() && !text.is_empty() {
            return;
        }
        let value = match keys::of(id).is_secret() {
            true => typed,
            false => text,
        };
        self.values.insert(id, Secret::new(value));
    }

    pub(super) fn value(&self, id: Id) -> &str {
        self.values.get(&id).map_or("", Secret::expose)
    }

    fn key_of(&self, field: Field) -> Option<Id> {
        match field {
            Field::Secret => Some(self.secret_key()),
            _ => field.key(),
        }
    }

    /// The key of the secret that the application logs in with.
    fn secret_key(&self) -> Id {
        let scheme = self.value(Id::AuthScheme);
        let is_token = match scheme.is_empty() {
            true => !self.value(Id::AccessToken).is_empty(),
            false => scheme.eq_ignore_ascii_case(field::SIGN_IN[1].0),
        };
        match is_token {
            true => Id::AccessToken,
            false => Id::ClientSecret,
        }
    }

    /// How the secrets are to be kept.
    pub fn saving(&self) -> Saving {
        self.saving
    }

    /// The values that differ from those at the beginning; an empty one is to be removed. Secrets are among them as well
    /// if they are to be kept in another way. They all are, if the data source gets another name.
    pub fn changes(&self, is_renamed: bool) -> Attributes {
        let mut changes = Attributes::default();
        if let Purpose::DataSource { name, .. } = &self.purpose {
            changes.push(keys::of(Id::Dsn).name, name.as_str());
        }
        let is_kept_anew = self
            .first_saving
            .is_some_and(|saving| saving != self.saving);
        for key in settable() {
            let value = self.value(key.id);
            let has_changed = value != self.first.get(&key.id).map_or("", Secret::expose);
            let goes_along = is_renamed || (is_kept_anew && key.is_secret());
            if has_changed || (goes_along && !value.is_empty()) {
                changes.push(key.name, value);
            }
        }
        changes
    }

    /// The attributes to connect with.
    pub fn attributes(&self) -> Attributes {
        let Purpose::Connection { given, .. } = &self.purpose else {
            let mut all = Attributes::default();
            for key in settable().filter(|key| !self.value(key.id).is_empty()) {
                all.push(key.name, self.value(key.id));
            }
            return all;
        };
        let changes = self.changes(false);
        let is_changed =
            |key: &str| keys::find(key).is_some_and(|key| changes.get(key.name).is_some());
        let mut all = Attributes::default();
        let kept = given.iter().filter(|attribute| !is_changed(&attribute.key));
        for attribute in kept.chain(changes.iter()) {
            all.push(attribute.key.as_str(), attribute.value.expose());
        }
        all
    }
}

pub(super) fn settable() -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(|key| !NO_SETTINGS.contains(&key.id))
}

/// The first value of each key; login keys without a value are not given.
fn values_of(attributes: &Attributes) -> Values {
    let mut values = Values::new();
    for attribute in attributes.iter() {
        if let Some(key) = keys::find(&attribute.key)
            && !attribute.value.is_empty()
        {
            let value = attribute.value.clone();
            values.entry(key.id).or_insert(value);
        }
    }
    values
}
