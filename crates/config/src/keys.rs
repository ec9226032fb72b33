//! Every key of a connection string or data source, as one table.
//!
//! Reading, checking, the completed connection string, the warnings about unknown keys and the
//! reference in docs/connecting.md all use it.

use super::choices::{
    AuthScheme, BodyType, Choice, ClientAuthentication, Collections, KeyColumn, LogLevel,
    OnMailboxError, Pushdown,
};
use super::cloud::Cloud;
use super::zone::Zone;
use std::fmt::Write;

/// A key and the rules for its value.
#[derive(Debug)]
pub struct Key {
    pub id: Id,
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub kind: KeyKind,
    /// As written in a connection string; `None` if the key has no default.
    pub default: Option<&'static str>,
    pub description: &'static str,
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug)]
pub enum KeyKind {
    Text,
    /// Never shown.
    Secret,
    /// `Yes`/`No`, `True`/`False`, `1`/`0`
    Boolean,
    Integer {
        least: u32,
        most: u32,
    },
    /// 0 means no limit.
    Seconds {
        most: u32,
    },
    Choice(&'static [&'static str]),
    Url,
    Path,
    /// Values separated by commas, semicolons or spaces.
    List,
    /// `name=value;name=value`
    Map,
    /// Name of a time zone.
    Zone,
    /// For the driver manager; the driver only recognises it.
    DriverManager,
}

macro_rules! ids {
    ($($id:ident),+ $(,)?) => {
        /// Names a key in code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Id { $($id),+ }

        #[cfg(test)]
        const IDS: &[Id] = &[$(Id::$id),+];
    };
}

ids! {
    Driver, Dsn, FileDsn, SaveFile, Description,
    TenantId, ClientId, ClientSecret, AccessToken, AuthScheme, ClientAuthentication, Scopes,
    Tenants, DefaultTenant, Cloud, LoginEndpoint, GraphEndpoint, AllowedEndpoints,
    UserId, Mailboxes, OnMailboxError,
    PageSize, MaxConcurrentRequests, Timeout, LoginTimeout, QueryTimeout, MaxRetries, MaxReplySize,
    BodyType, ImmutableIds, KeyColumn, ReadOnly, Pushdown, Collections, MaxVarcharLength,
    TimeZone, ExtendedProperties,
    CursorMemory, TempDirectory,
    Proxy, ProxyUser, ProxyPassword, CaCertificate, PersistSecurityInfo, LogFile, LogLevel,
}

const fn key(id: Id, name: &'static str, kind: KeyKind, description: &'static str) -> Key {
    Key {
        id,
        name,
        aliases: &[],
        kind,
        default: None,
        description,
    }
}

impl Key {
    const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    /// Whether the value must never be shown.
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, KeyKind::Secret)
    }

    /// Whether login dialogs and tools may give an empty value for the key.
    pub fn is_of_login(&self) -> bool {
        matches!(
            self.id,
            Id::TenantId | Id::ClientId | Id::ClientSecret | Id::AccessToken
        )
    }

    /// The value in its canonical spelling, or the allowed values as the error.
    pub fn check(&self, value: &str) -> Result<String, String> {
        let value = value.trim();
        match self.kind {
            KeyKind::Boolean => match boolean(value) {
                Some(true) => Ok("Yes".to_owned()),
                Some(false) => Ok("No".to_owned()),
                None => Err("Yes or No".to_owned()),
            },
            KeyKind::Integer { least, most } => integer(value, least, most),
            KeyKind::Seconds { most } => integer(value, 0, most)
                .map_err(|range| format!("{range} (seconds; 0 for no limit)")),
            KeyKind::Choice(words) => {
                let known = words.iter().find(|word| word.eq_ignore_ascii_case(value));
                known
                    .map(|word| (*word).to_owned())
                    .ok_or_else(|| words.join(", "))
            }
            KeyKind::Zone if value.is_empty() || Zone::named(value).is_some() => Ok(value.to_owned()),
            KeyKind::Zone => Err(
                "a time zone's name as IANA has it (Europe/Berlin) or Windows (W. Europe Standard Time)"
                    .to_owned(),
            ),
            KeyKind::Url => match super::endpoint::parse(value) {
                Ok(_) => Ok(value.to_owned()),
                Err(problem) => Err(format!("an address such as https://host ({problem})")),
            },
            _ => Ok(value.to_owned()),
        }
    }
}

fn integer(value: &str, least: u32, most: u32) -> Result<String, String> {
    match value.parse::<u32>() {
        Ok(number) if (least..=most).contains(&number) => Ok(number.to_string()),
        _ => Err(format!("a whole number from {least} to {most}")),
    }
}

fn boolean(value: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    if is(&["Yes", "True", "1"]) {
        Some(true)
    } else if is(&["No", "False", "0"]) {
        Some(false)
    } else {
        None
    }
}

/// The longest time in seconds that a setting allows: a day.
const DAY: u32 = 86_400;

/// Every key, in the order of the reference.
pub static KEYS: &[Key] = &[
    key(Id::Driver, "Driver", KeyKind::DriverManager, "The driver's name in odbcinst.ini, or the path of its library."),
    key(Id::Dsn, "DSN", KeyKind::Text, "Data source for keys that the connection string lacks. Whichever of `DSN` and `Driver` comes first is used."),
    key(Id::FileDsn, "FileDSN", KeyKind::Path, "File whose `[ODBC]` section has keys that the connection string lacks."),
    key(Id::SaveFile, "SaveFile", KeyKind::DriverManager, "File in which the driver manager keeps the connection string."),
    key(Id::Description, "Description", KeyKind::DriverManager, "Description of the data source, for administration tools."),
    key(Id::TenantId, "TenantID", KeyKind::Text, "Directory (tenant) id or domain, or the name of one of `Tenants`.")
        .aliases(&["Tenant", "AzureTenant", "DirectoryId"]),
    key(Id::ClientId, "ClientId", KeyKind::Text, "Application (client) id.")
        .aliases(&["UID", "AppId", "ApplicationId", "OAuthClientId"]),
    key(Id::ClientSecret, "ClientSecret", KeyKind::Secret, "The value (not the id) of a client secret of the application.")
        .aliases(&["PWD", "Password", "OAuthClientSecret"]),
    key(Id::AccessToken, "AccessToken", KeyKind::Secret, "A bearer token to use instead of `ClientId` and `ClientSecret`."),
    key(Id::AuthScheme, "AuthScheme", KeyKind::Choice(AuthScheme::WORDS), "How the application authenticates; inferred from the other keys. `ClientSecret` and `AccessToken` are supported."),
    key(Id::ClientAuthentication, "ClientAuthentication", KeyKind::Choice(ClientAuthentication::WORDS), "How client id and secret are sent to the token endpoint: in a header or in the form.").default("Basic"),
    key(Id::Scopes, "Scopes", KeyKind::Text, "Scopes to request, separated by spaces. Default: `https://<graph host>/.default`, every permission granted to the application.")
        .aliases(&["Scope"]),
    key(Id::Tenants, "Tenants", KeyKind::Map, "Names for tenants: `{contoso=<id>;fabrikam=<id>}`."),
    key(Id::DefaultTenant, "DefaultTenant", KeyKind::Text, "The one of `Tenants` to use when `TenantID` is absent. Default: the first."),
    key(Id::Cloud, "Cloud", KeyKind::Choice(Cloud::WORDS), "The Microsoft cloud that the tenant is in.").default("Global"),
    key(Id::LoginEndpoint, "LoginEndpoint", KeyKind::Url, "Address of the login service, in place of the cloud's. Plain http to a loopback address only."),
    key(Id::GraphEndpoint, "GraphEndpoint", KeyKind::Url, "Address of Microsoft Graph, in place of the cloud's. Plain http to a loopback address only."),
    key(Id::AllowedEndpoints, "AllowedEndpoints", KeyKind::List, "In a data source that holds a secret: the addresses that a connection string may give as `LoginEndpoint`, `GraphEndpoint` or `Proxy`. Without it, they have to be the data source's own."),
    key(Id::UserId, "UserID", KeyKind::Text, "The mailbox of statements that name none: user principal name or object id.")
        .aliases(&["Mailbox"]),
    key(Id::Mailboxes, "Mailboxes", KeyKind::List, "The mailboxes of statements that name none, separated by commas, or `*` for all that the directory lists. Default: `UserID`."),
    key(Id::OnMailboxError, "OnMailboxError", KeyKind::Choice(OnMailboxError::WORDS), "With `Skip`, a mailbox that cannot be read is left out with a warning.").default("Fail"),
    key(Id::PageSize, "PageSize", KeyKind::Integer { least: 1, most: 1000 }, "Rows to request at once. Default: as many as Graph allows, fewer when message bodies are read."),
    key(Id::MaxConcurrentRequests, "MaxConcurrentRequests", KeyKind::Integer { least: 1, most: 256 }, "Requests in flight at once. Of these, never more than four go to one mailbox, which is Graph's limit.").default("32"),
    key(Id::Timeout, "Timeout", KeyKind::Seconds { most: DAY }, "How long a reply may pause before the request is sent again.").default("60"),
    key(Id::LoginTimeout, "LoginTimeout", KeyKind::Seconds { most: DAY }, "How long connecting may take.").default("30"),
    key(Id::QueryTimeout, "QueryTimeout", KeyKind::Seconds { most: DAY }, "How long a call may wait for a statement's rows, unless the application sets its own limit.").default("0"),
    key(Id::MaxRetries, "MaxRetries", KeyKind::Integer { least: 0, most: 100 }, "How often a request is sent again after throttling, a server error or a broken connection.").default("6"),
    key(Id::MaxReplySize, "MaxReplySize", KeyKind::Integer { least: 1, most: 2000 }, "Megabytes of one reply of Graph, unpacked. A larger one is read in smaller pages; if that is not possible, it is an error.").default("256"),
    key(Id::BodyType, "BodyType", KeyKind::Choice(BodyType::WORDS), "The format of message and event bodies.").default("html"),
    key(Id::ImmutableIds, "ImmutableIds", KeyKind::Boolean, "Request ids that survive moves between the folders of a mailbox.").default("Yes"),
    key(Id::KeyColumn, "KeyColumn", KeyKind::Choice(KeyColumn::WORDS), "The column reported as primary key.").default("CompositeKey"),
    key(Id::ReadOnly, "ReadOnly", KeyKind::Boolean, "Refuse every statement that writes.").default("No"),
    key(Id::Pushdown, "Pushdown", KeyKind::Choice(Pushdown::WORDS), "How much of a statement Graph does: all work that gives the same answer, only documented operations, or nothing.").default("Full"),
    key(Id::Collections, "Collections", KeyKind::Choice(Collections::WORDS), "The format of multi-valued columns.").default("Text"),
    key(Id::TimeZone, "TimeZone", KeyKind::Zone, "The zone of all times: in which they are shown, and in which a statement's are read. A name as IANA has it (`Europe/Berlin`) or Windows (`W. Europe Standard Time`).").default("UTC"),
    key(Id::ExtendedProperties, "ExtendedProperties", KeyKind::Map, "Extended properties as columns of Messages, Events and Contacts: `{Messages.size=Integer 0x0E08;Messages.messageClass=String 0x001A}`. The column has the property's type and is read only if a statement names it. A GUID stands without its braces: `String 00020386-0000-0000-C000-000000000046 Name X-Mailer`."),
    key(Id::MaxVarcharLength, "MaxVarcharLength", KeyKind::Integer { least: 1, most: 1_000_000 }, "The length reported for text of unknown length.").default("4000"),
    key(Id::CursorMemory, "CursorMemory", KeyKind::Integer { least: 0, most: 1_000_000 }, "Megabytes of a scrollable result that stay in memory; the rest is kept in a temporary file.").default("64"),
    key(Id::TempDirectory, "TempDirectory", KeyKind::Path, "Folder of temporary files. They hold mail; on Unix they have no name, and nobody but the process's user can read them. Default: the system's."),
    key(Id::Proxy, "Proxy", KeyKind::Text, "Proxy address, `http://host:port`. Default: the environment's `HTTPS_PROXY`, and then on Windows the proxy of its settings; none for loopback addresses."),
    key(Id::ProxyUser, "ProxyUser", KeyKind::Text, "User name for the proxy."),
    key(Id::ProxyPassword, "ProxyPassword", KeyKind::Secret, "Password for the proxy."),
    key(Id::CaCertificate, "CACertificate", KeyKind::Path, "File of PEM certificates to trust besides the system's."),
    key(Id::PersistSecurityInfo, "PersistSecurityInfo", KeyKind::Boolean, "Whether the completed connection string may hold secrets.").default("No"),
    key(Id::LogFile, "LogFile", KeyKind::Path, "File to append the log to. It never holds secrets, tokens or mail. On Windows a name without a folder is in `%LOCALAPPDATA%\\Exchange ODBC`, and with `LogLevel` alone the log is `exchange_odbc.log` there."),
    key(Id::LogLevel, "LogLevel", KeyKind::Choice(LogLevel::WORDS), "The detail of the log file.").default("Info"),
];

/// The key of this name or alias, matched without case, spaces and underscores.
pub fn find(name: &str) -> Option<&'static Key> {
    let name = normal(name);
    KEYS.iter()
        .find(|key| names(key).any(|known| normal(known) == name))
}

/// The key of this id.
pub fn of(id: Id) -> &'static Key {
    KEYS.iter()
        .find(|key| key.id == id)
        .expect("every id has its key")
}

/// The known key with the most similar spelling, if one is similar.
pub fn nearest(name: &str) -> Option<&'static str> {
    let name = normal(name);
    let distance = |known: &str| strsim::damerau_levenshtein(&normal(known), &name);
    let known = KEYS.iter().flat_map(names);
    let (distance, best) = known.map(|known| (distance(known), known)).min()?;
    // One typo, or two in a long name.
    let near = match name.chars().count() {
        0..=2 => 0,
        3..=6 => 1,
        7..=12 => 2,
        _ => 3,
    };
    (distance <= near).then_some(best)
}

fn names(key: &'static Key) -> impl Iterator<Item = &'static str> {
    std::iter::once(key.name).chain(key.aliases.iter().copied())
}

/// The name in its form for comparison: without case, spaces and underscores.
pub fn normal(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, ' ' | '_'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The reference of all keys as a Markdown table.
pub fn markdown() -> String {
    let mut text = String::from("| Key | Values | Default | Meaning |\n|---|---|---|---|\n");
    for key in KEYS {
        let aliases: String = key
            .aliases
            .iter()
            .map(|alias| format!(", `{alias}`"))
            .collect();
        let default = key
            .default
            .map(|value| format!("`{value}`"))
            .unwrap_or_default();
        writeln!(
            text,
            "| `{}`{aliases} | {} | {default} | {} |",
            key.name,
            values(key.kind),
            key.description
        )
        .expect("writing to a String cannot fail");
    }
    text
}

fn values(kind: KeyKind) -> String {
    match kind {
        KeyKind::Text => "text".to_owned(),
        KeyKind::Secret => "secret".to_owned(),
        KeyKind::Boolean => "`Yes`, `No`".to_owned(),
        KeyKind::Integer { least, most } => format!("{least} to {most}"),
        KeyKind::Seconds { .. } => "seconds; 0 for no limit".to_owned(),
        KeyKind::Choice(words) => words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(", "),
        KeyKind::Url => "URL".to_owned(),
        KeyKind::Path => "file".to_owned(),
        KeyKind::List => "list".to_owned(),
        KeyKind::Map => "`name=value;...`".to_owned(),
        KeyKind::Zone => "name of a zone".to_owned(),
        KeyKind::DriverManager => "for the driver manager".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_has_one_key_and_every_name_is_used_once() {
        for id in IDS {
            assert_eq!(KEYS.iter().filter(|key| key.id == *id).count(), 1, "{id:?}");
        }
        let mut all: Vec<_> = KEYS.iter().flat_map(names).map(normal).collect();
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn every_default_is_an_allowed_value() {
        for key in KEYS {
            if let Some(default) = key.default {
                assert_eq!(key.check(default).as_deref(), Ok(default), "{}", key.name);
            }
        }
    }

    #[test]
    fn names_match_without_case_spaces_and_underscores() {
        for name in ["clientid", "CLIENT_ID", "Client Id", "uid"] {
            assert_eq!(find(name).map(|key| key.id), Some(Id::ClientId), "{name}");
        }
        assert!(find("User").is_none());
    }

    #[test]
    fn the_nearest_key_is_offered_when_it_is_near() {
        assert_eq!(nearest("TenentID"), Some("TenantID"));
        assert_eq!(nearest("ClientSecrt"), Some("ClientSecret"));
        assert_eq!(nearest("PageSizes"), Some("PageSize"));
        assert_eq!(nearest("Flavour"), None);
    }

    #[test]
    fn values_are_checked_by_kind() {
        let check = |id, value| of(id).check(value);
        for (value, canonical) in [
            ("YES", "Yes"),
            ("true", "Yes"),
            ("1", "Yes"),
            ("no", "No"),
            ("False", "No"),
            ("0", "No"),
        ] {
            assert_eq!(check(Id::ReadOnly, value), Ok(canonical.to_owned()));
        }
        assert_eq!(check(Id::ReadOnly, "maybe"), Err("Yes or No".to_owned()));
        assert_eq!(
            check(Id::PageSize, "0"),
            Err("a whole number from 1 to 1000".to_owned())
        );
        assert_eq!(check(Id::Cloud, "usgovdod"), Ok("USGovDoD".to_owned()));
        assert!(
            check(Id::Cloud, "Mars")
                .expect_err("unknown")
                .contains("Global, USGov")
        );
        assert!(check(Id::GraphEndpoint, "http://graph.microsoft.com").is_err());
    }

    #[test]
    fn the_reference_names_every_key() {
        let text = markdown();
        for key in KEYS {
            assert!(text.contains(&format!("| `{}`", key.name)), "{}", key.name);
        }
    }
}
