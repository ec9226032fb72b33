//! `SQLSetEnvAttr`, `SQLGetEnvAttr`.

use super::AttributeOut;
use crate::odbc::attributes::Width;
use crate::odbc::attributes::environment::{attribute, known};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, Success};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::group::EnvironmentState;

/// `SQLSetEnvAttr`
pub fn set(state: &mut EnvironmentState, id: i32, value: usize) -> Outcome {
    let definition = known(id)?;
    if id != attribute::ODBC_VERSION {
        state.attributes.require_version()?;
    }
    if state.connections > 0 {
        return Err(Error::new(
            sqlstate::HY011,
            "Attributes of the environment are set before its connections are allocated",
        ));
    }
    let (value, warning) = definition.accept(value)?;
    state.attributes.store.set(id, value);
    state.diagnostics.extend(warning);
    Ok(Success::Done)
}

/// `SQLGetEnvAttr`
pub fn get(
    state: &mut EnvironmentState,
    id: i32,
    out: &AttributeOut,
    memory: &impl AppMemory,
) -> Outcome {
    if id == attribute::DRIVER_UNICODE_TYPE {
        out.integer(memory, Width::Integer, state.encoding.wide.iodbc_code());
        return Ok(Success::Done);
    }
    let definition = known(id)?;
    state.attributes.require_version()?;
    out.integer(
        memory,
        definition.width,
        state.attributes.store.get(definition),
    );
    Ok(Success::Done)
}
