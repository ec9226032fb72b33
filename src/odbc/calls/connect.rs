//! `SQLConnect`, `SQLDriverConnect`, `SQLDisconnect`, `SQLEndTran`.

use crate::odbc::connector::{ConnectError, ConnectRequest, Connected, Dialog, Question, Target};
use crate::odbc::constants::handle_type;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{
    self, ConnectionScope, INVALID_HANDLE, Outcome, ReturnCode, Success, with_connection,
    with_environment,
};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::group::Connection;
use crate::odbc::text::{Spelling, TextIn, TextOut, Written};

/// `SQL_DRIVER_*`: when the driver may ask the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Completion {
    NoPrompt,
    /// If information is missing.
    Complete,
    /// Always.
    Prompt,
    /// If information is missing, and for nothing else.
    CompleteRequired,
}

impl Completion {
    fn new(number: u16) -> Result<Self, Error> {
        match number {
            0 => Ok(Self::NoPrompt),
            1 => Ok(Self::Complete),
            2 => Ok(Self::Prompt),
            3 => Ok(Self::CompleteRequired),
            _ => Err(Error::of(sqlstate::HY110)),
        }
    }
}

/// The arguments of `SQLConnect`.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    pub data_source: TextIn,
    pub user: TextIn,
    pub password: TextIn,
}

/// `SQLConnect`
pub fn connect(scope: &mut ConnectionScope<'_>, names: &Names, memory: &impl AppMemory) -> Outcome {
    let encoding = scope.state.connection.encoding;
    let name = names
        .data_source
        .read(memory, encoding)?
        .unwrap_or_default();
    let target = Target::DataSource {
        name,
        user: names.user.read(memory, encoding)?,
        password: names.password.read(memory, encoding)?,
    };
    require_idle(&scope.state.connection)?;
    open(scope, target, names.data_source.spelling)?;
    Ok(Success::Done)
}

/// `SQLDriverConnect`. Without a dialog an incomplete string fails in the same way whether or not the application allows
/// one.
pub fn driver_connect(
    scope: &mut ConnectionScope<'_>,
    given: &TextIn,
    completed: &TextOut,
    driver_completion: u16,
    dialog: Option<Dialog>,
    memory: &impl AppMemory,
) -> Outcome {
    let completion = Completion::new(driver_completion)?;
    let encoding = scope.state.connection.encoding;
    let text = given.read(memory, encoding)?.unwrap_or_default();
    let dialog = dialog.filter(|_| completion != Completion::NoPrompt);
    if text.trim().is_empty() && completion == Completion::Prompt && dialog.is_none() {
        return Err(Error::new(
            sqlstate::IM008,
            "The driver has no dialog here; give a DSN or a connection string",
        ));
    }
    require_idle(&scope.state.connection)?;
    let connected = match dialog {
        Some(dialog) => ask_and_open(scope, text, completion, dialog, given.spelling)?,
        None => Some(open(scope, Target::ConnectionString(text), given.spelling)?),
    };
    match connected {
        Some(connected) => give(scope, completed, &connected, memory),
        None => Ok(Success::NoData),
    }
}

/// Asks the user for what is missing, or for everything, until a connection is made; `None` if the user cancels.
fn ask_and_open(
    scope: &mut ConnectionScope<'_>,
    mut text: String,
    completion: Completion,
    mut dialog: Dialog,
    spelling: Spelling,
) -> Result<Option<String>, Error> {
    let mut must_ask = completion == Completion::Prompt || is_incomplete(scope, &text)?;
    let mut problem = None;
    loop {
        if must_ask {
            let question = Question {
                text: &text,
                required_only: completion == Completion::CompleteRequired,
                problem: problem.as_deref(),
            };
            match dialog(question)? {
                Some(completed) => text = completed,
                None => return Ok(None),
            }
        }
        match open(scope, Target::ConnectionString(text.clone()), spelling) {
            Ok(connected) => return Ok(Some(connected)),
            // A wrong secret can be corrected.
            Err(error) if error.state == sqlstate::S28000 => {
                must_ask = true;
                problem = Some(error.message);
            }
            Err(error) => return Err(error),
        }
    }
}

fn is_incomplete(scope: &ConnectionScope<'_>, text: &str) -> Result<bool, Error> {
    let browsed = scope.environment.connector.browse("", text)?;
    Ok(browsed.wanted.iter().any(|wanted| wanted.required))
}

/// Writes the completed connection string. A call that fails leaves no connection.
pub fn give(
    scope: &mut ConnectionScope<'_>,
    completed: &TextOut,
    connected: &str,
    memory: &impl AppMemory,
) -> Outcome {
    let encoding = scope.state.connection.encoding;
    let completed = completed.write(memory, encoding, connected);
    let connection = &mut scope.state.connection;
    match completed {
        Ok(Written::Whole) => {}
        Ok(Written::Truncated) => connection.diagnostics.warn(sqlstate::S01004),
        Err(error) => {
            connection.link = None;
            return Err(error);
        }
    }
    Ok(Success::Done)
}

/// 08002 if there is a connection, or one is being browsed for.
fn require_idle(connection: &Connection) -> Result<(), Error> {
    match connection.link.is_some() || connection.browse.is_some() {
        true => Err(Error::of(sqlstate::S08002)),
        false => Ok(()),
    }
}

/// Connects, and returns the completed connection string.
pub fn open(
    scope: &mut ConnectionScope<'_>,
    target: Target,
    spelling: Spelling,
) -> Result<String, Error> {
    let connection = &mut scope.state.connection;
    let request = ConnectRequest {
        target,
        login_timeout: connection.attributes.login_timeout(),
        connection_timeout: connection.attributes.connection_timeout(),
        read_only: connection.attributes.read_only(),
    };
    let Connected {
        warnings,
        completed,
        ..
    } = {
        let connected = scope.environment.connector.connect(&request)?;
        connection.link.insert(connected).clone()
    };
    connection.spelling = spelling;
    for warning in warnings {
        connection
            .diagnostics
            .push(Error::new(warning.state, warning.message));
    }
    Ok(completed)
}

impl From<ConnectError> for Error {
    fn from(error: ConnectError) -> Self {
        Self::new(error.state, error.message)
    }
}

/// `SQLDisconnect`: frees the connection's statements and descriptors.
pub fn disconnect(scope: &mut ConnectionScope<'_>) -> Outcome {
    // Between the steps of browsing there is nothing to free.
    if scope.state.connection.browse.take().is_some() {
        return Ok(Success::Done);
    }
    scope.state.connection.connected()?;
    if scope.state.collects() {
        return Err(Error::of(sqlstate::HY010));
    }
    scope.state.remove_children();
    scope.state.connection.link = None;
    Ok(Success::Done)
}

const COMMIT: i16 = 0;
const ROLLBACK: i16 = 1;

/// `SQLEndTran`. There are no transactions, so commit and rollback succeed and change nothing.
pub fn end_transaction(kind: i16, handle: usize, completion: i16) -> ReturnCode {
    let check = || match completion {
        COMMIT | ROLLBACK => Ok(Success::Done),
        _ => Err(Error::of(sqlstate::HY012)),
    };
    match (kind, handles::kind_of(handle)) {
        (handle_type::ENV, _) => with_environment(handle, |_, state| {
            state.attributes.require_version()?;
            check()
        }),
        (handle_type::DBC, _) => with_connection(handle, |scope| {
            scope.state.connection.connected()?;
            match scope.state.collects() {
                true => Err(Error::of(sqlstate::HY010)),
                false => check(),
            }
        }),
        (_, Some(handle_type::ENV)) => {
            with_environment(handle, |_, _| Err(Error::of(sqlstate::HY092)))
        }
        (_, Some(handle_type::DBC)) => with_connection(handle, |_| Err(Error::of(sqlstate::HY092))),
        _ => INVALID_HANDLE,
    }
}
