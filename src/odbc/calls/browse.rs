//! `SQLBrowseConnect`: connecting step by step.
//!
//! Each call adds to the known keys. While a required key is missing the answer is `SQL_NEED_DATA`
//! with a description of the next keys; then the driver connects. A mistake that the application
//! can correct, such as a wrong secret, does not end the browsing: the driver asks for the same
//! keys again and leaves a record with the reason.

use super::connect::{give, open};
use crate::odbc::connector::{Browsed, Target};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{ConnectionScope, Outcome, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::browse::Browse;
use crate::odbc::text::{TextIn, TextOut, Written};
use exchange_config::Wanted;

/// `SQLBrowseConnect`
pub fn connect(
    scope: &mut ConnectionScope<'_>,
    given: &TextIn,
    out: &TextOut,
    memory: &impl AppMemory,
) -> Outcome {
    if scope.state.connection.link.is_some() {
        return Err(Error::of(sqlstate::S08002));
    }
    let encoding = scope.state.connection.encoding;
    let text = given.read(memory, encoding)?.unwrap_or_default();
    let known = scope.state.connection.browse.as_ref();
    let known = known.map_or("", |browse| &browse.text);
    let Browsed {
        text,
        wanted,
        warnings,
    } = match scope.environment.connector.browse(known, &text) {
        Ok(browsed) => browsed,
        Err(error) => return again(scope, error.into(), out, memory),
    };
    for warning in warnings {
        let warning = Error::new(warning.state, warning.message);
        scope.state.connection.diagnostics.push(warning);
    }
    if wanted.iter().any(|wanted| wanted.required) {
        let asked = request(&wanted);
        scope.state.connection.browse = Some(Browse { text, asked });
        return ask(scope, out, memory);
    }
    match open(
        scope,
        Target::ConnectionString(text.clone()),
        given.spelling,
    ) {
        Ok(completed) => {
            scope.state.connection.browse = None;
            give(scope, out, &completed, memory)
        }
        Err(error) if error.state == sqlstate::S28000 => {
            if let Some(browse) = &mut scope.state.connection.browse {
                browse.text = text;
            }
            again(scope, error, out, memory)
        }
        Err(error) => {
            scope.state.connection.browse = None;
            Err(error)
        }
    }
}

/// Asks for the same keys again, so that the application can correct them. A mistake in the first
/// step is an error, because the driver has asked for nothing yet.
fn again(
    scope: &mut ConnectionScope<'_>,
    error: Error,
    out: &TextOut,
    memory: &impl AppMemory,
) -> Outcome {
    if scope.state.connection.browse.is_none() {
        return Err(error);
    }
    scope.state.connection.diagnostics.push(error);
    ask(scope, out, memory)
}

fn ask(scope: &mut ConnectionScope<'_>, out: &TextOut, memory: &impl AppMemory) -> Outcome {
    let connection = &mut scope.state.connection;
    let asked = connection
        .browse
        .as_ref()
        .map_or("", |browse| &browse.asked);
    if out.write(memory, connection.encoding, asked)? == Written::Truncated {
        connection.diagnostics.warn(sqlstate::S01004);
    }
    Ok(Success::NeedData)
}

/// The browse result connection string: `KEY:Label=?` or `KEY:Label={value,value}`, with `*` before
/// optional keys.
fn request(wanted: &[Wanted]) -> String {
    let parts = wanted.iter().map(|wanted| {
        let Wanted { keyword, label, .. } = wanted;
        let optional = if wanted.required { "" } else { "*" };
        let values = match wanted.choices {
            [] => "?".to_owned(),
            choices => format!("{{{}}}", choices.join(",")),
        };
        format!("{optional}{keyword}:{label}={values}")
    });
    parts.collect::<Vec<_>>().join(";")
}
