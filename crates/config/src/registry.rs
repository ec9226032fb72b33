//! Data sources of Windows' registry, through ODBC's installer library. It looks among the user's data sources and then
//! among the system's.

use super::setup::{Scope, Store};
use super::{Attributes, Error, protected};
use exchange_windows::data_protection;
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

    fn protect(&self, secret: &str) -> Option<String> {
        let scope = match self.scope() {
            Scope::User => data_protection::Scope::User,
            Scope::Machine => data_protection::Scope::Machine,
        };
        data_protection::protect(secret.as_bytes(), scope).map(|bytes| protected::write(&bytes))
    }
}

/// Records an error for `SQLInstallerError`.
pub fn post(error: &super::setup::Refusal) {
    installer::post_error(error.code, &error.message);
}
