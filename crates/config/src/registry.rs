//! Data sources of Windows' registry, through ODBC's installer library. It looks among the user's data sources and then
//! among the system's.

use super::form::Stored;
use super::setup::{Saving, Scope, Store};
use super::{Attributes, Error, keys, protected};
use exchange_windows::installer::{self, Mode};

/// The keys of a data source; `None` if no data source has this name.
pub(super) fn find(name: &str) -> Result<Option<Attributes>, Error> {
    let values = installer::data_source(name);
    let mut attributes = Attributes::default();
    for (key, value) in &values {
        attributes.push(key.as_str(), protected::open(name, key, value)?);
    }
    Ok((!values.is_empty()).then_some(attributes))
}

/// A data source as it is stored, also one whose secrets this user cannot read.
pub fn stored(name: &str) -> Stored {
    let mut stored = Stored::default();
    for (entry, value) in &installer::data_source(name) {
        let Some(key) = keys::find(entry) else {
            continue;
        };
        if key.is_secret() && !value.is_empty() {
            stored.saving = Some(protected::saving(value));
        }
        match protected::open(name, entry, value) {
            Ok(value) => stored.values.push(key.name, value),
            Err(_) => stored.unreadable.push(key.id),
        }
    }
    stored
}

/// The registry, for changes. The installer's mode says whether the user's data sources are meant or the system's.
#[derive(Debug)]
pub struct Registry;

impl Store for Registry {
    fn is_valid_name(&self, name: &str) -> bool {
        installer::is_valid_name(name)
    }

    fn has(&self, name: &str) -> bool {
        !installer::data_source(name).is_empty()
    }

    fn scope(&self) -> Scope {
        match installer::mode() {
            Mode::System => Scope::Machine,
            Mode::User | Mode::Both => Scope::User,
        }
    }

    fn add(&mut self, name: &str, driver: &str) -> bool {
        installer::write_data_source(name, driver)
    }

    fn write(&mut self, name: &str, key: &str, value: Option<&str>) -> bool {
        installer::write_value(name, key, value)
    }

    fn remove(&mut self, name: &str) -> bool {
        installer::remove_data_source(name)
    }

    fn write_driver(&mut self, driver: &str, key: &str, value: Option<&str>) -> bool {
        installer::write_driver_value(driver, key, value)
    }

    fn protect(&self, secret: &str, saving: Saving) -> Option<String> {
        protected::write(secret, saving)
    }
}

/// Records an error for `SQLInstallerError`.
pub fn post(error: &super::setup::Refusal) {
    installer::post_error(error.code, &error.message);
}
