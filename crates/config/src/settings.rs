//! Typed settings for the layers above.

use super::choices::{AuthScheme, Choice};
use super::endpoint;
use super::keys::{self, Id, KeyKind};
use super::{
    Attributes, BodyType, ClientAuthentication, Cloud, Collections, Error, ErrorKind, KeyColumn,
    LogLevel, OnMailboxError, PropertyColumn, Pushdown, Secret, Zone, property_column,
};
use std::path::PathBuf;
use std::time::Duration;
use url::Url;

/// The unit of [`Id::CursorMemory`] and [`Id::MaxReplySize`].
const MEGABYTE: usize = 1 << 20;

/// Everything that a connection string or data source decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the data source, when one was used.
    pub data_source: Option<String>,
    /// Directory id or domain; empty for a ready-made access token without one.
    pub tenant: String,
    pub client_id: String,
    pub authentication: Authentication,
    pub scopes: String,
    pub cloud: Cloud,
    pub login_endpoint: Url,
    pub graph_endpoint: Url,
    /// The default mailbox. Directory tables do not need it.
    pub user_id: Option<String>,
    pub mailboxes: Mailboxes,
    pub on_mailbox_error: OnMailboxError,
    /// Rows in a page; `None` lets each scan choose.
    pub page_size: Option<u32>,
    pub max_concurrent_requests: u32,
    /// The longest pause of Graph in the middle of a request.
    pub timeout: Option<Duration>,
    pub login_timeout: Option<Duration>,
    pub query_timeout: Option<Duration>,
    pub max_retries: u32,
    /// Maximum size of a reply in bytes, uncompressed.
    pub max_reply_size: u64,
    pub body_type: BodyType,
    pub immutable_ids: bool,
    pub key_column: KeyColumn,
    pub read_only: bool,
    pub pushdown: Pushdown,
    pub collections: Collections,
    pub max_varchar_length: u32,
    /// Extended properties that are columns of tables.
    pub extended_properties: Vec<PropertyColumn>,
    /// The zone in which times are shown and read.
    pub time_zone: Zone,
    /// Bytes of a scrollable result that stay in memory.
    pub cursor_memory: usize,
    pub temp_directory: Option<PathBuf>,
    pub proxy: Option<Proxy>,
    pub ca_certificate: Option<PathBuf>,
    pub persist_security_info: bool,
    pub log_file: Option<PathBuf>,
    pub log_level: LogLevel,
}

/// How the application authenticates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authentication {
    ClientSecret {
        secret: Secret,
        method: ClientAuthentication,
    },
    AccessToken(Secret),
}

/// The mailboxes of statements that name none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailboxes {
    /// [`Settings::user_id`]
    User,
    /// These, in this order, without duplicates.
    List(Vec<String>),
    /// `*`: every mailbox that the directory lists.
    All,
}

/// A proxy between this machine and Microsoft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy {
    pub address: Url,
    pub user: Option<String>,
    pub password: Option<Secret>,
}

impl Settings {
    /// The connected user: the mailbox, or the application if no mailbox is named.
    pub fn user_name(&self) -> &str {
        self.user_id.as_deref().unwrap_or(&self.client_id)
    }

    /// Settings from attributes in which each key occurs at most once and every value is checked.
    pub(super) fn new(attributes: &Attributes) -> Result<Self, Error> {
        let values = Values { attributes };
        let cloud: Cloud = values.choice(Id::Cloud);
        let graph_endpoint = graph_endpoint(&values, cloud)?;
        let login_endpoint = values.url(Id::LoginEndpoint, cloud.login_endpoint())?;
        let authentication = authentication(&values)?;
        Ok(Self {
            data_source: values.text(Id::Dsn),
            tenant: tenant(&values, &authentication)?,
            client_id: values.text(Id::ClientId).unwrap_or_default(),
            authentication,
            scopes: values
                .text(Id::Scopes)
                .unwrap_or_else(|| default_scope(&graph_endpoint, cloud)),
            cloud,
            login_endpoint,
            graph_endpoint,
            user_id: values.text(Id::UserId),
            mailboxes: mailboxes(&values),
            on_mailbox_error: values.choice(Id::OnMailboxError),
            page_size: values
                .text(Id::PageSize)
                .map(|_| values.integer(Id::PageSize)),
            max_concurrent_requests: values.integer(Id::MaxConcurrentRequests),
            timeout: values.seconds(Id::Timeout),
            login_timeout: values.seconds(Id::LoginTimeout),
            query_timeout: values.seconds(Id::QueryTimeout),
            max_retries: values.integer(Id::MaxRetries),
            max_reply_size: u64::from(values.integer(Id::MaxReplySize)) * MEGABYTE as u64,
            body_type: values.choice(Id::BodyType),
            immutable_ids: values.boolean(Id::ImmutableIds),
            key_column: values.choice(Id::KeyColumn),
            read_only: values.boolean(Id::ReadOnly),
            pushdown: values.choice(Id::Pushdown),
            collections: values.choice(Id::Collections),
            max_varchar_length: values.integer(Id::MaxVarcharLength),
            extended_properties: property_columns(&values)?,
            time_zone: Zone::named(&values.with_default(Id::TimeZone))
                .expect("the value was checked"),
            cursor_memory: (values.integer(Id::CursorMemory) as usize).saturating_mul(MEGABYTE),
            temp_directory: values.text(Id::TempDirectory).map(PathBuf::from),
            proxy: proxy(&values)?,
            ca_certificate: values.text(Id::CaCertificate).map(PathBuf::from),
            persist_security_info: values.boolean(Id::PersistSecurityInfo),
            log_file: super::log_place::of(
                values.text(Id::LogFile),
                values
                    .text(Id::LogLevel)
                    .map(|_| values.choice(Id::LogLevel)),
            ),
            log_level: values.choice(Id::LogLevel),
        })
    }
}

/// The missing keys that a connection needs.
pub(super) fn missing_keys(attributes: &Attributes) -> Vec<Id> {
    absent(&Values { attributes })
}

/// Typed access to checked attributes, defaults included. An empty value counts as absent.
struct Values<'a> {
    attributes: &'a Attributes,
}

impl Values<'_> {
    fn text(&self, id: Id) -> Option<String> {
        let value = self
            .attributes
            .get(keys::of(id).name)
            .filter(|value| !value.is_empty());
        value.map(str::to_owned)
    }

    fn secret(&self, id: Id) -> Option<Secret> {
        self.text(id).map(Secret::new)
    }

    fn with_default(&self, id: Id) -> String {
        let default = || keys::of(id).default.unwrap_or_default().to_owned();
        self.text(id).unwrap_or_else(default)
    }

    fn boolean(&self, id: Id) -> bool {
        self.with_default(id) == "Yes"
    }

    fn integer(&self, id: Id) -> u32 {
        self.with_default(id)
            .parse()
            .expect("the value was checked")
    }

    fn seconds(&self, id: Id) -> Option<Duration> {
        Some(self.integer(id))
            .filter(|&n| n > 0)
            .map(|n| Duration::from_secs(n.into()))
    }

    fn choice<T: Choice>(&self, id: Id) -> T {
        T::of(&self.with_default(id)).expect("the value was checked")
    }

    fn url(&self, id: Id, default: &str) -> Result<Url, Error> {
        let text = self.text(id).unwrap_or_else(|| default.to_owned());
        endpoint::parse(&text).map_err(|problem| invalid(id, &text, &problem))
    }
}

/// The error of a value that is not allowed. Secrets have no rules, so they never get here.
pub(super) fn invalid(id: Id, value: &str, allowed: &str) -> Error {
    let key = keys::of(id);
    // An address may contain a password by mistake.
    let shown = match key.kind {
        KeyKind::Url if value.contains(['@', '?', '#']) => "...".into(),
        _ => value.escape_debug().to_string(),
    };
    let message = format!("{}='{shown}' is not allowed; allowed: {allowed}.", key.name);
    Error::new(ErrorKind::InvalidValue, message)
}

fn missing(ids: &[Id]) -> Error {
    let names: Vec<_> = ids.iter().map(|id| keys::of(*id).name).collect();
    let message = format!(
        "The connection needs a value for {}. Give it in the connection string or in the data source.",
        names.join(" and ")
    );
    Error::new(ErrorKind::MissingKey, message)
}

fn scheme(values: &Values) -> AuthScheme {
    match values.text(Id::AuthScheme) {
        Some(_) => values.choice(Id::AuthScheme),
        None if values.text(Id::AccessToken).is_some() => AuthScheme::AccessToken,
        None => AuthScheme::ClientSecret,
    }
}

/// The missing keys that logging in needs.
fn absent(values: &Values) -> Vec<Id> {
    let tenant = match values.text(Id::Tenants) {
        Some(_) => None,
        None => Some(Id::TenantId),
    };
    let needed = match scheme(values) {
        AuthScheme::AccessToken => vec![Id::AccessToken],
        AuthScheme::ClientSecret => tenant
            .into_iter()
            .chain([Id::ClientId, Id::ClientSecret])
            .collect(),
        _ => Vec::new(),
    };
    let is_absent = |id: &Id| values.text(*id).is_none();
    needed.into_iter().filter(is_absent).collect()
}

fn authentication(values: &Values) -> Result<Authentication, Error> {
    let token = values.secret(Id::AccessToken);
    match scheme(values) {
        AuthScheme::AccessToken => token
            .map(Authentication::AccessToken)
            .ok_or_else(|| missing(&absent(values))),
        AuthScheme::ClientSecret => {
            let absent = absent(values);
            let method = values.choice(Id::ClientAuthentication);
            let secret = values.secret(Id::ClientSecret);
            let secret = secret
                .filter(|_| absent.is_empty())
                .ok_or_else(|| missing(&absent))?;
            Ok(Authentication::ClientSecret { secret, method })
        }
        _ => {
            let message = format!(
                "AuthScheme '{}' is not supported by this version; use ClientSecret or AccessToken.",
                values.with_default(Id::AuthScheme)
            );
            Err(Error::new(ErrorKind::NotSupported, message))
        }
    }
}

fn tenant(values: &Values, authentication: &Authentication) -> Result<String, Error> {
    let tenants = tenants(values)?;
    let named = |id, name: &str| {
        let found = tenants
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        let names: Vec<_> = tenants.iter().map(|(known, _)| known.as_str()).collect();
        found
            .map(|(_, tenant)| tenant.clone())
            .ok_or_else(|| invalid(id, name, &names.join(", ")))
    };
    let tenant = match (values.text(Id::TenantId), values.text(Id::DefaultTenant)) {
        (Some(name), _) => named(Id::TenantId, &name).unwrap_or(name),
        (None, Some(name)) => named(Id::DefaultTenant, &name)?,
        (None, None) => tenants
            .first()
            .map(|(_, tenant)| tenant.clone())
            .unwrap_or_default(),
    };
    let shared = ["common", "consumers", "organizations"];
    let applies = matches!(authentication, Authentication::ClientSecret { .. });
    let word = tenant
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let dots = tenant.chars().all(|c| c == '.') && !tenant.is_empty();
    if !word || dots || (applies && shared.contains(&tenant.to_ascii_lowercase().as_str())) {
        let allowed = "the id or a domain of one directory, or a name from Tenants";
        return Err(invalid(Id::TenantId, &tenant, allowed));
    }
    Ok(tenant)
}

fn tenants(values: &Values) -> Result<Vec<(String, String)>, Error> {
    let Some(text) = values.text(Id::Tenants) else {
        return Ok(Vec::new());
    };
    let allowed = "{name=<directory id>;name=<directory id>}";
    let map = Attributes::parse(&text).map_err(|_| invalid(Id::Tenants, &text, allowed))?;
    if map.is_empty() || map.iter().any(|entry| entry.value.is_empty()) {
        return Err(invalid(Id::Tenants, &text, allowed));
    }
    Ok(map
        .iter()
        .map(|entry| (entry.key.clone(), entry.value.expose().to_owned()))
        .collect())
}

fn property_columns(values: &Values) -> Result<Vec<PropertyColumn>, Error> {
    let Some(text) = values.text(Id::ExtendedProperties) else {
        return Ok(Vec::new());
    };
    let form = "{Messages.size=Integer 0x0E08;Messages.messageClass=String 0x001A}";
    let map = Attributes::parse(&text).map_err(|_| invalid(Id::ExtendedProperties, &text, form))?;
    let entries = map
        .iter()
        .map(|entry| (entry.key.as_str(), entry.value.expose()));
    property_column::read(entries)
        .map_err(|allowed| invalid(Id::ExtendedProperties, &text, &allowed))
}

fn graph_endpoint(values: &Values, cloud: Cloud) -> Result<Url, Error> {
    let mut url = values.url(Id::GraphEndpoint, cloud.graph_endpoint())?;
    // People copy the address with its version, but requests add the version themselves.
    if let Some(path) = url.path().strip_suffix("/v1.0").map(str::to_owned) {
        url.set_path(&path);
    }
    Ok(url)
}

/// A token has an audience. On a loopback address it is still the cloud's Graph.
fn default_scope(graph_endpoint: &Url, cloud: Cloud) -> String {
    match graph_endpoint.host_str() {
        Some(host) if !endpoint::is_loopback(graph_endpoint) => format!("https://{host}/.default"),
        _ => cloud.default_scope(),
    }
}

fn mailboxes(values: &Values) -> Mailboxes {
    let Some(text) = values.text(Id::Mailboxes) else {
        return Mailboxes::User;
    };
    let mut list: Vec<String> = Vec::new();
    for mailbox in text
        .split([',', ';', ' ', '\t'])
        .filter(|part| !part.is_empty())
    {
        if mailbox == "*" {
            return Mailboxes::All;
        }
        if !list.iter().any(|known| known.eq_ignore_ascii_case(mailbox)) {
            list.push(mailbox.to_owned());
        }
    }
    if list.is_empty() {
        Mailboxes::User
    } else {
        Mailboxes::List(list)
    }
}

fn proxy(values: &Values) -> Result<Option<Proxy>, Error> {
    let Some(text) = values.text(Id::Proxy) else {
        return Ok(None);
    };
    let full = if text.contains("://") {
        text
    } else {
        format!("http://{text}")
    };
    let allowed = "http://host:port, the user and password in ProxyUser and ProxyPassword";
    let address = Url::parse(&full)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
        .filter(|url| url.username().is_empty() && url.password().is_none());
    // The text is not shown, because its refused part may be a password.
    let address = address.ok_or_else(|| invalid(Id::Proxy, "...", allowed))?;
    let (user, password) = (values.text(Id::ProxyUser), values.secret(Id::ProxyPassword));
    Ok(Some(Proxy {
        address,
        user,
        password,
    }))
}
