//! Adding, changing and removing data sources, as `ConfigDSN` and `ConfigDriver` ask for it.
//!
//! Where they are kept is behind [`Store`]. Windows' registry is the only one, because on other systems files are edited
//! by hand.

use super::connection_string::Attributes;
use super::keys::{self, Id, Key};
use super::others::is_of_others;
use std::fmt;

/// Whose data sources are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    User,
    /// The system's, which every user sees.
    Machine,
}

/// How the secrets of a data source are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Encrypted for the user.
    User,
    /// Encrypted for every user of the machine.
    Machine,
    Plain,
}

impl Saving {
    /// As secure as those who see the data source allow.
    pub fn of(scope: Scope) -> Self {
        match scope {
            Scope::User => Self::User,
            Scope::Machine => Self::Machine,
        }
    }
}

/// The data sources of one scope. Functions that change something return whether it was possible.
pub trait Store {
    fn is_valid_name(&self, name: &str) -> bool;
    fn has(&self, name: &str) -> bool;
    fn scope(&self) -> Scope;
    fn add(&mut self, name: &str, driver: &str) -> bool;
    /// Writes a value, or removes it.
    fn write(&mut self, name: &str, key: &str, value: Option<&str>) -> bool;
    fn remove(&mut self, name: &str) -> bool;
    /// Writes a value of a driver, or removes it.
    fn write_driver(&mut self, driver: &str, key: &str, value: Option<&str>) -> bool;
    /// The form in which a secret is kept.
    fn protect(&self, secret: &str, saving: Saving) -> Option<String>;
}

/// A request of `ConfigDSN`, with its number in `odbcinst.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    Add = 1,
    Configure = 2,
    Remove = 3,
}

impl Request {
    pub fn new(number: u16) -> Result<Self, Refusal> {
        match number {
            1 => Ok(Self::Add),
            2 => Ok(Self::Configure),
            3 => Ok(Self::Remove),
            _ => Err(Refusal::new(
                code::INVALID_REQUEST_TYPE,
                format!("There is no request {number}"),
            )),
        }
    }
}

/// Why a request was refused. The message never holds the value of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `ODBC_ERROR_*`
    pub code: u32,
    pub message: String,
}

/// `ODBC_ERROR_*` of `odbcinst.h`
pub mod code {
    pub const GENERAL_ERR: u32 = 1;
    pub const INVALID_REQUEST_TYPE: u32 = 5;
    pub const INVALID_NAME: u32 = 7;
    pub const INVALID_KEYWORD_VALUE: u32 = 8;
    pub const INVALID_DSN: u32 = 9;
    pub const REQUEST_FAILED: u32 = 11;
    pub const USER_CANCELED: u32 = 16;
}

impl Refusal {
    pub fn new(code: u32, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// The `key=value` of a list for `ConfigDSN`.
pub fn attributes<'a>(items: impl IntoIterator<Item = &'a str>) -> Result<Attributes, Refusal> {
    let mut attributes = Attributes::default();
    for item in items {
        let Some((key, value)) = item.split_once('=') else {
            // The item may be a secret.
            let message = "An attribute of the data source has no '=' behind its key";
            return Err(Refusal::new(code::INVALID_KEYWORD_VALUE, message));
        };
        attributes.push(key.trim(), value.trim());
    }
    Ok(attributes)
}

/// `ConfigDSN`, without a dialog. Without `saving`, secrets are encrypted for those who see the data source.
pub fn change(
    store: &mut impl Store,
    request: Request,
    driver: &str,
    given: &Attributes,
    saving: Option<Saving>,
) -> Result<(), Refusal> {
    let name = given.get(keys::of(Id::Dsn).name).unwrap_or_default();
    if name.is_empty() {
        let message = "The name of the data source is missing: give it as DSN";
        return Err(Refusal::new(code::INVALID_DSN, message));
    }
    if !store.is_valid_name(name) {
        let message = format!(
            "'{}' cannot be the name of a data source",
            name.escape_debug()
        );
        return Err(Refusal::new(code::INVALID_DSN, message));
    }
    if request == Request::Remove {
        return remove(store, name);
    }
    if request == Request::Configure {
        must_exist(store, name)?;
    }
    let saving = saving.unwrap_or(Saving::of(store.scope()));
    // Everything is checked and encrypted before anything is written.
    let mut values = Vec::new();
    for (key, value) in checked(given)? {
        values.push((key.name, stored(store, key, value, saving)?));
    }
    if request == Request::Add {
        // The values of an older data source of the name would stay.
        if store.has(name) {
            done(store.remove(name), name, "replaced")?;
        }
        done(store.add(name, driver), name, "added")?;
    }
    for (key, value) in values {
        done(store.write(name, key, value.as_deref()), name, "written")?;
    }
    Ok(())
}

/// Removes a data source.
pub fn remove(store: &mut impl Store, name: &str) -> Result<(), Refusal> {
    must_exist(store, name)?;
    done(store.remove(name), name, "removed")
}

/// Refuses a name that no data source has.
pub fn must_exist(store: &impl Store, name: &str) -> Result<(), Refusal> {
    if store.has(name) {
        return Ok(());
    }
    let message = format!("There is no data source '{}'", name.escape_debug());
    Err(Refusal::new(code::INVALID_DSN, message))
}

/// The value as it is kept; `None` to remove it.
fn stored(
    store: &impl Store,
    key: &Key,
    value: &str,
    saving: Saving,
) -> Result<Option<String>, Refusal> {
    if value.is_empty() {
        return Ok(None);
    }
    if !key.is_secret() {
        return Ok(Some(value.to_owned()));
    }
    let protected = store.protect(value, saving).ok_or_else(|| {
        let message = format!("{} could not be encrypted", key.name);
        Refusal::new(code::REQUEST_FAILED, message)
    })?;
    Ok(Some(protected))
}

/// The keys to write, each once, with the values that their settings accept.
fn checked(given: &Attributes) -> Result<Vec<(&'static Key, &str)>, Refusal> {
    let mut values: Vec<(&'static Key, &str)> = Vec::new();
    for attribute in given.iter() {
        let Some(key) = keys::find(&attribute.key) else {
            if is_of_others(&attribute.key) {
                continue;
            }
            return Err(Refusal::new(
                code::INVALID_KEYWORD_VALUE,
                unknown(&attribute.key),
            ));
        };
        // The name is not a value, and the driver's path is the installer's.
        let is_written = ![Id::Dsn, Id::Driver, Id::FileDsn, Id::SaveFile].contains(&key.id);
        if !is_written || values.iter().any(|(known, _)| known.id == key.id) {
            continue;
        }
        let value = attribute.value.expose();
        if !value.is_empty() && !key.is_secret() {
            key.check(value).map_err(|allowed| {
                let message = format!("{} cannot have this value: {allowed} is expected", key.name);
                Refusal::new(code::INVALID_KEYWORD_VALUE, message)
            })?;
        }
        values.push((key, value));
    }
    Ok(values)
}

fn unknown(key: &str) -> String {
    match keys::nearest(key) {
        Some(nearest) => format!("There is no such key; did you mean '{nearest}'?"),
        None => "There is no such key; the driver's manual lists all of them".to_owned(),
    }
}

fn done(succeeded: bool, name: &str, action: &str) -> Result<(), Refusal> {
    match succeeded {
        true => Ok(()),
        false => Err(Refusal::new(
            code::REQUEST_FAILED,
            format!(
                "The data source '{}' could not be {action}",
                name.escape_debug()
            ),
        )),
    }
}

/// A request of `ConfigDriver`, with its number in `odbcinst.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriverRequest {
    Install = 1,
    Remove = 2,
    Configure = 3,
}

impl DriverRequest {
    pub fn new(number: u16) -> Result<Self, Refusal> {
        match number {
            1 => Ok(Self::Install),
            2 => Ok(Self::Remove),
            3 => Ok(Self::Configure),
            _ => Err(Refusal::new(
                code::INVALID_REQUEST_TYPE,
                format!("There is no request {number}"),
            )),
        }
    }
}

/// The facts that a driver tells the driver manager in the registry, beside the places of its files.
const DRIVER_VALUES: &[(&str, &str)] = &[
    ("APILevel", "2"),
    // SQLConnect, SQLDriverConnect, SQLBrowseConnect.
    ("ConnectFunctions", "YYY"),
    ("DriverODBCVer", "03.80"),
    ("FileUsage", "0"),
    ("SQLLevel", "1"),
];

/// `ConfigDriver`. The installer itself registers the driver's name and files, and keeps the time-out of connection pools.
pub fn change_driver(
    store: &mut impl Store,
    request: DriverRequest,
    driver: &str,
    arguments: &str,
) -> Result<(), Refusal> {
    if driver.is_empty() {
        return Err(Refusal::new(
            code::INVALID_NAME,
            "The name of the driver is missing",
        ));
    }
    let value = match request {
        DriverRequest::Install => Some(()),
        DriverRequest::Remove => None,
        DriverRequest::Configure if arguments.is_empty() => return Ok(()),
        DriverRequest::Configure => {
            let message = "The driver has no settings of its own; settings belong to data sources";
            return Err(Refusal::new(code::INVALID_KEYWORD_VALUE, message));
        }
    };
    for (key, fact) in DRIVER_VALUES {
        if !store.write_driver(driver, key, value.map(|()| *fact)) {
            let message = format!("The driver's {key} could not be written");
            return Err(Refusal::new(code::REQUEST_FAILED, message));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
