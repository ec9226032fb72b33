//! From a connection string or a data source name to settings.

use super::keys::{self, Id, Key};
use super::settings::invalid;
use super::{Attributes, DataSources, Error, Settings, data_source, trust};

/// What a connection is to be, and what the application should know about how it was asked for.
#[derive(Clone, Debug)]
pub struct Configuration {
    pub settings: Settings,
    /// Keys that the driver does not know (01S00), each with the nearest one that it does.
    pub warnings: Vec<String>,
    given: Attributes,
}

impl Configuration {
    /// The completed connection string: what the application gave, under the keys' own names. It
    /// holds secrets only with `PersistSecurityInfo=Yes`.
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

/// Reads what `SQLDriverConnect` was given.
pub fn from_connection_string(text: &str, sources: &DataSources) -> Result<Configuration, Error> {
    configure(&Attributes::parse(text)?, sources)
}

/// Reads what `SQLConnect` was given. An empty user or password leaves the data source's.
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

/// The attributes with what files and data sources add to them.
pub(super) fn with_data_source(
    given: &Attributes,
    sources: &DataSources,
    warnings: &mut Vec<String>,
) -> Result<Attributes, Error> {
    let mut all = given.clone();
    let (mut of_file, mut of_name) = (Attributes::default(), Attributes::default());
    if let Some(file) = all.get(keys::of(Id::FileDsn).name).map(str::to_owned) {
        of_file = data_source::file_data_source(&file)?;
        merge(&mut all, &of_file, warnings)?;
    }
    if let Some(name) = data_source_name(&all) {
        of_name = source(&name, sources)?;
        merge(&mut all, &of_name, warnings)?;
    }
    trust::check(&[given, &of_file, &of_name])?;
    Ok(all)
}

/// Of `DSN` and `Driver` the first counts; an empty name is none.
fn data_source_name(attributes: &Attributes) -> Option<String> {
    let is = |key: &str, id| key == keys::of(id).name;
    let first = attributes
        .iter()
        .find(|a| is(&a.key, Id::Dsn) || is(&a.key, Id::Driver))?;
    let name = first.value.expose();
    (is(&first.key, Id::Dsn) && !name.is_empty()).then(|| name.to_owned())
}

#[cfg(unix)]
fn source(name: &str, sources: &DataSources) -> Result<Attributes, Error> {
    sources.find(name)
}

/// The registry is the driver manager's. Without a file that has the name, the string stands alone.
#[cfg(not(unix))]
fn source(name: &str, sources: &DataSources) -> Result<Attributes, Error> {
    Ok(sources.find(name).unwrap_or_default())
}

/// Adds what `target` lacks, under the keys' own names and with their values checked.
pub(super) fn merge(
    target: &mut Attributes,
    source: &Attributes,
    warnings: &mut Vec<String>,
) -> Result<(), Error> {
    // A key behind a secret may be the end of it: a value with a semicolon belongs in braces.
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

/// Keys that driver managers, and tools that think of SQL Server or Access, put beside a driver's own. They mean nothing
/// here, and their users did not write them.
fn is_of_others(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "Driver64",
        "DriverUnicodeType",
        "DriverManagerEncoding",
        "DMEnvAttr",
        "DMConnAttr",
        "DMStmtAttr",
        "Threading",
        "Trace",
        "TraceFile",
        "Setup",
        "UsageCount",
        "FileUsage",
        "CPTimeout",
        "CPTimeToLive",
        "CPProbe",
        "Pooling",
        "DontDLClose",
        "LastUser",
        "Address",
        "AnsiNPW",
        "App",
        "ApplicationIntent",
        "ApplicationName",
        "AutoTranslate",
        "Database",
        "Encrypt",
        "Language",
        "MARS_Connection",
        "MultipleActiveResultSets",
        "Network",
        "QuotedId",
        "Regional",
        "StatsLog_On",
        "QueryLog_On",
        "Trusted_Connection",
        "TrustServerCertificate",
        "WorkstationId",
        "WSID",
    ];
    let key = keys::normal(key);
    KEYS.iter().any(|known| keys::normal(known) == key)
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
#[path = "tests.rs"]
mod tests;

#[cfg(test)]
#[path = "given_tests.rs"]
mod given_tests;
