//! Data source names: finding their keys without a driver manager's help.
//!
//! On Unix they are in odbc.ini files, which every driver manager reads in much the same order. On
//! Windows they are in the registry, the user's before the system's.

use super::{Attributes, Error, ErrorKind};
use std::fs;
#[cfg(unix)]
use std::path::Path;
use std::path::PathBuf;

/// The places that may have data sources, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSources {
    files: Vec<PathBuf>,
    /// Whether Windows' registry is searched after the files.
    registry: bool,
}

impl DataSources {
    /// The user's and the system's data sources of this machine.
    pub fn system() -> Self {
        Self::of_environment(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Exactly these files.
    pub fn files(files: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            files: files.into_iter().collect(),
            registry: false,
        }
    }

    #[cfg(unix)]
    fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let home = variable("HOME").map(PathBuf::from);
        let mut files = Vec::new();
        match (variable("ODBCINI"), &home) {
            (Some(file), _) => files.push(PathBuf::from(file)),
            (None, Some(home)) => {
                files.push(home.join(".odbc.ini"));
                if cfg!(target_os = "macos") {
                    files.push(home.join("Library/ODBC/odbc.ini"));
                }
            }
            (None, None) => {}
        }
        match (variable("ODBCSYSINI"), variable("SYSODBCINI")) {
            // A folder for unixODBC.
            (Some(folder), _) => files.push(Path::new(&folder).join("odbc.ini")),
            // A file for iODBC.
            (None, Some(file)) => files.push(PathBuf::from(file)),
            (None, None) => {
                let folders = ["/etc", "/etc/unixODBC", "/usr/local/etc", "/Library/ODBC"];
                files.extend(
                    folders
                        .iter()
                        .map(|folder| Path::new(folder).join("odbc.ini")),
                );
            }
        }
        Self {
            files,
            registry: false,
        }
    }

    #[cfg(not(unix))]
    fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            files: variable("ODBCINI").map(PathBuf::from).into_iter().collect(),
            registry: cfg!(windows),
        }
    }

    /// The keys of a data source, from the first place that has it.
    pub fn find(&self, name: &str) -> Result<Attributes, Error> {
        for file in &self.files {
            // Missing and unreadable files are skipped, as driver managers do.
            let Ok(text) = fs::read(file) else { continue };
            if let Some(attributes) = section(&String::from_utf8_lossy(&text), name) {
                return Ok(attributes);
            }
        }
        #[cfg(windows)]
        if self.registry
            && let Some(attributes) = super::registry::find(name)?
        {
            return Ok(attributes);
        }
        Err(Error::new(
            ErrorKind::DataSourceNotFound,
            self.not_found(name),
        ))
    }

    fn not_found(&self, name: &str) -> String {
        let name = name.escape_debug();
        if self.registry {
            return format!(
                "The data source '{name}' is neither among the user's nor among the system's (64-bit)."
            );
        }
        let files: Vec<_> = self
            .files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        format!(
            "The data source '{name}' is in none of the files searched: {}.",
            files.join(", ")
        )
    }
}

/// The keys of a file data source.
pub(super) fn file_data_source(file: &str) -> Result<Attributes, Error> {
    let text = fs::read(file).map_err(|error| {
        let message = format!(
            "The file data source '{}' cannot be read: {error}.",
            file.escape_debug()
        );
        Error::new(ErrorKind::File, message)
    })?;
    section(&String::from_utf8_lossy(&text), "ODBC").ok_or_else(|| {
        let message = format!(
            "The file data source '{}' has no section [ODBC].",
            file.escape_debug()
        );
        Error::new(ErrorKind::File, message)
    })
}

/// The keys of one section of an ini file; names match without case, and the first section of a
/// name is used.
fn section(text: &str, name: &str) -> Option<Attributes> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines
        .find(|line| heading(line).is_some_and(|found| found.eq_ignore_ascii_case(name.trim())))?;
    let mut attributes = Attributes::default();
    for line in lines.take_while(|line| heading(line).is_none()) {
        if line.starts_with([';', '#']) {
            continue;
        }
        if let Some((key, value)) = line.split_once('=') {
            attributes.push(key.trim(), unquoted(key.trim(), value.trim()));
        }
    }
    Some(attributes)
}

fn heading(line: &str) -> Option<&str> {
    Some(line.strip_prefix('[')?.split_once(']')?.0.trim())
}

/// Values are used as they are, without the braces that a connection string would need. A secret
/// keeps its braces, because they may belong to it.
fn unquoted(key: &str, value: &str) -> String {
    let secret = super::keys::find(key).is_some_and(super::keys::Key::is_secret);
    match value
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        Some(inner) if !secret => inner.replace("}}", "}"),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INI: &str = "\u{feff}; comment = x\n[ODBC Data Sources]\nMail = Exchange\n\n[mail]\r\n# more\n\
        Driver = Exchange\nTenantID=contoso.com\r\nClientSecret = {a;=b#c}\nTenants={a=1;b=2}\nempty=\nnothing\n[Other]\nTenantID=x\n";

    #[test]
    fn a_section_gives_its_keys() {
        let attributes = section(INI, "Mail").expect("the section is there");
        assert_eq!(attributes.get("tenantid"), Some("contoso.com"));
        assert_eq!(attributes.get("ClientSecret"), Some("{a;=b#c}"));
        assert_eq!(attributes.get("Tenants"), Some("a=1;b=2"));
        assert_eq!(attributes.get("empty"), Some(""));
        assert_eq!(attributes.get("comment"), None);
        assert!(section(INI, "Nowhere").is_none());
    }

    #[cfg(unix)]
    #[test]
    fn the_environment_names_the_files() {
        let files = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs
                .iter()
                .map(|(a, b)| (a.to_string(), b.to_string()))
                .collect();
            DataSources::of_environment(move |name| {
                pairs
                    .iter()
                    .find(|(known, _)| known == name)
                    .map(|(_, value)| value.clone())
            })
            .files
        };
        let both = files(&[
            ("ODBCINI", "/a/my.ini"),
            ("ODBCSYSINI", "/b"),
            ("HOME", "/h"),
        ]);
        assert_eq!(
            both,
            [PathBuf::from("/a/my.ini"), PathBuf::from("/b/odbc.ini")]
        );
        let neither = files(&[("HOME", "/h")]);
        assert_eq!(neither[0], PathBuf::from("/h/.odbc.ini"));
        assert!(neither.contains(&PathBuf::from("/etc/odbc.ini")));
    }

    #[test]
    fn the_first_file_that_has_the_name_counts_and_a_missing_one_is_named() {
        let folder = std::env::temp_dir().join(format!("exchange-odbc-{}", uuid::Uuid::new_v4()));
        fs::create_dir(&folder).expect("a folder");
        let (first, second) = (folder.join("1.ini"), folder.join("2.ini"));
        fs::write(&first, "[A]\nTenantID=1\n").expect("written");
        fs::write(&second, "[a]\nTenantID=2\n[b]\nTenantID=3\n").expect("written");
        let sources = DataSources::files([folder.join("0.ini"), first, second.clone()]);
        assert_eq!(sources.find("a").expect("found").get("TenantID"), Some("1"));
        assert_eq!(sources.find("B").expect("found").get("TenantID"), Some("3"));
        let error = sources.find("c").expect_err("not there");
        assert_eq!(error.kind, ErrorKind::DataSourceNotFound);
        assert!(error.message.contains("2.ini"), "{error}");
        fs::remove_dir_all(&folder).expect("removed");
    }
}
