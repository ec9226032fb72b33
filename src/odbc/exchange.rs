//! The connector of the product: a connection string becomes a session over Exchange.

use super::connector::{
    Browsed, ConnectError, ConnectRequest, ConnectWarning, Connected, Connector, Target,
};
use super::diagnostics::sqlstate::{self, SqlState};
use super::diagnostics::state_of;
use crate::odbc::connector::Storage;
use exchange_config::{
    self as config, Attributes, Configuration, DataSources, ErrorKind, Settings,
};
use exchange_sql as sql;
use std::time::Duration;

/// Connects to Microsoft Graph.
#[derive(Clone, Copy, Debug, Default)]
pub struct Exchange;

impl Connector for Exchange {
    fn connect(&self, request: &ConnectRequest) -> Result<Connected, ConnectError> {
        let configuration = configure(&request.target)?;
        let completed = configuration.connection_string();
        let mut settings = configuration.settings;
        apply(request, &mut settings);
        config::logging::start(&settings).map_err(refused)?;
        let connected = Connected {
            data_source: settings.data_source.clone().unwrap_or_default(),
            user: settings.user_name().to_owned(),
            server: settings
                .graph_endpoint
                .host_str()
                .unwrap_or_default()
                .to_owned(),
            database: settings.tenant.clone(),
            // Independent of the settings: no statement can write yet.
            read_only: true,
            query_timeout: settings.query_timeout,
            storage: Storage {
                memory: settings.cursor_memory,
                folder: settings.temp_directory.clone(),
            },
            warnings: configuration
                .warnings
                .into_iter()
                .map(unknown_key)
                .collect(),
            completed,
            session: sql::connect(settings).map_err(|error| ConnectError {
                state: state_of(error.kind),
                message: error.message,
            })?,
        };
        Ok(connected)
    }

    fn browse(&self, known: &str, given: &str) -> Result<Browsed, ConnectError> {
        let known = Attributes::parse(known).map_err(refused)?;
        let browsed = config::browse(&known, given, &DataSources::system()).map_err(refused)?;
        Ok(Browsed {
            text: browsed.given.write(),
            wanted: browsed.wanted,
            warnings: browsed.warnings.into_iter().map(unknown_key).collect(),
        })
    }
}

/// Tries a connection string step by step, for the dialogs. Returns whether everything works; `None` if it was cancelled.
#[cfg(any(windows, test))]
pub fn check(
    text: &str,
    cancellation: &sql::Cancellation,
    mut tell: impl FnMut(sql::Finding),
) -> Option<bool> {
    match config::from_connection_string(text, &DataSources::system()) {
        Ok(configuration) => sql::check(&configuration.settings, cancellation, tell),
        Err(error) => {
            let (step, failed) = (sql::Step::Settings, sql::Outcome::Failed);
            tell(sql::Finding::new(step, failed, &error.message));
            Some(false)
        }
    }
}

fn configure(target: &Target) -> Result<Configuration, ConnectError> {
    let sources = DataSources::system();
    let configuration = match target {
        Target::ConnectionString(text) => config::from_connection_string(text, &sources),
        Target::DataSource {
            name,
            user,
            password,
        } => config::from_data_source(name, user.as_deref(), password.as_deref(), &sources),
    };
    configuration.map_err(refused)
}

/// Attributes that the application set take precedence over the connection string.
fn apply(request: &ConnectRequest, settings: &mut Settings) {
    let unlimited_as_none = |limit: Duration| (!limit.is_zero()).then_some(limit);
    if let Some(limit) = request.login_timeout {
        settings.login_timeout = unlimited_as_none(limit);
    }
    if let Some(limit) = request.connection_timeout {
        settings.timeout = unlimited_as_none(limit);
    }
    settings.read_only |= request.read_only;
}

fn unknown_key(message: String) -> ConnectWarning {
    ConnectWarning {
        state: sqlstate::S01S00,
        message,
    }
}

fn refused(error: config::Error) -> ConnectError {
    error.into()
}

impl From<config::Error> for ConnectError {
    fn from(error: config::Error) -> Self {
        Self {
            state: configuration_state(error.kind),
            message: error.message,
        }
    }
}

fn configuration_state(kind: ErrorKind) -> SqlState {
    match kind {
        ErrorKind::NotSupported => sqlstate::HYC00,
        ErrorKind::DataSourceNotFound => sqlstate::IM002,
        ErrorKind::Malformed
        | ErrorKind::MissingKey
        | ErrorKind::InvalidValue
        | ErrorKind::File => sqlstate::S08001,
    }
}
