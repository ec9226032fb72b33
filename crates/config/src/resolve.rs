//! Converts a connection string or a data source name to settings.

use super::keys::{self, Id, Key};
use super::others::is_of_others;
use super::settings::invalid;
use super::{Attributes, DataSources, Error, Settings, data_source, trust};

/// The settings of a connection, and the warnings about its keys.
#[derive(Clone, Debug)]
pub struct Configuration {
    pub settings: Settings,
    /// Unknown keys (01S00), each with the most similar known one.
    pub warnings: Vec<String>,
    given: Attributes,
}

impl Configuration {
    /// The completed connection string: the application's values under the keys' canonical names.
    /// It holds secrets only with `PersistSecurityInfo=Yes`.
    pub fn connection_string(&self) -> String {
        let mut shown = Attributes::default();
        for attribute in self.given.iter() {
            let secret = keys::find(&attribute.key).is_some_and(Key::is_secret);
            if !secret || self.settings.persist_security_info {
                shown.push(attribute.key.as_str(), attribute.value.expose());
            }
        }
        shown.write()
    }
}

/// Reads the argument of `SQLDriverConnect`.
pub fn from_connection_string(text: &str, sources: &DataSources) -> Result<Configuration, Error> {
    configure(&Attributes::parse(text)?, sources)
}

/// Reads the arguments of `SQLConnect`. An empty user or password keeps the data source's.
pub fn from_data_source(
    name: &str,
    user: Option<&str>,
    password: Option<&str>,
    sources: &DataSources,
) -> Result<Configuration, Error> {
    let mut attributes = Attributes::default();
    attributes.push("DSN", name);
    for (key, value) in [("UID", user), ("PWD", password)] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            attributes.push(key, value);
        }
    }
    configure(&attributes, sources)
}

fn configure(attributes: &Attributes, sources: &DataSources) -> Result<Configuration, Error> {
    let mut warnings = Vec::new();
    let mut given = Attributes::default();
    merge(&mut given, attributes, &mut warnings)?;
    Ok(Configuration {
        settings: Settings::new(&with_data_source(&given, sources, &mut warnings)?)?,
        warnings,
        given,
    })
}

/// The attributes, completed from files and data sources.
pub(super) fn with_data_source(
    given: &Attributes,
    sources: &DataSources,
    warnings: &mut Vec<String>,
) -> Result<Attributes, Error> {
    let mut all = given.clone();
    let (mut of_file, mut of_name) = (Attributes::default(), Attributes::default());
    if let Some(file) = file_data_source_name(given) {
        // The file may name a data source; the string's own is not used.
        let is_name = |key: &str| key == keys::of(Id::Dsn).name;
        let others = given.iter().filter(|attribute| !is_name(&attribute.key));
        all = Attributes::default();
        for attribute in others {
            all.push(attribute.key.as_str(), attribute.value.expose());
        }
        of_file = data_source::file_data_source(&file)?;
        merge(&mut all, &of_file, warnings)?;
    }
    if let Some(name) = data_source_name(&all) {
        of_name = sources.find(&name)?;
        merge(&mut all, &of_name, warnings)?;
    }
    trust::check(&[given, &of_file, &of_name])?;
    Ok(all)
}

/// The first of `FILEDSN` and `DSN` is used, as ODBC says. Driver managers read the file themselves and pass its keys, so
/// its name only arrives without one.
fn file_data_source_name(attributes: &Attributes) -> Option<String> {
    let is = |key: &str, id| key == keys::of(id).name;
    let first = attributes
        .iter()
        .filter(|a| !a.value.is_empty())
        .find(|a| is(&a.key, Id::Dsn) || is(&a.key, Id::FileDsn))?;
    is(&first.key, Id::FileDsn).then(|| first.value.expose().to_owned())
}

/// The first of `DSN` and `Driver` is used; an empty name counts as absent.
fn data_source_name(attributes: &Attributes) -> Option<String> {
    let is = |key: &str, id| key == keys::of(id).name;
    let first = attributes
        .iter()
        .find(|a| is(&a.key, Id::Dsn) || is(&a.key, Id::Driver))?;
    let name = first.value.expose();
    (is(&first.key, Id::Dsn) && !name.is_empty()).then(|| name.to_owned())
}

/// Adds the keys that `target` lacks, with their canonical names and checked values.
pub(super) fn merge(
    target: &mut Attributes,
    source: &Attributes,
    warnings: &mut Vec<String>,
) -> Result<(), Error> {
    // An unknown key after a secret may be the end of the secret: a value with a semicolon needs
    // braces.
    let mut secret_before = None;
    for attribute in source.iter() {
        let Some(key) = keys::find(&attribute.key) else {
            if !is_of_others(&attribute.key) {
                warnings.push(unknown(&attribute.key, secret_before));
            }
            continue;
        };
        secret_before = key.is_secret().then_some(key.name);
        let value = attribute.value.expose();
        let is_not_given = key.is_of_login() && value.trim().is_empty();
        if is_not_given || target.get(key.name).is_some() {
            continue;
        }
        let secret = key.is_secret();
        let empty = value.trim().is_empty();
        let checked = if secret || empty {
            Ok(value.to_owned())
        } else {
            key.check(value)
        };
        let checked = checked.map_err(|allowed| invalid(key.id, value, &allowed))?;
        target.push(key.name, checked);
    }
    Ok(())
}

fn unknown(key: &str, secret_before: Option<&str>) -> String {
    if let (Some(secret), None) = (secret_before, keys::nearest(key)) {
        return format!(
            "A key after {secret} is unknown and was ignored. If it is a part of {secret}, write the value in braces: \
             {secret}={{...}}"
        );
    }
    let key_shown: String = key
        .chars()
        .take(64)
        .collect::<String>()
        .escape_debug()
        .to_string();
    match keys::nearest(key) {
        Some(nearest) => {
            format!("The key '{key_shown}' is unknown and was ignored; did you mean '{nearest}'?")
        }
        None => format!("The key '{key_shown}' is unknown and was ignored."),
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod given_tests;
