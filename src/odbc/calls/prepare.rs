//! `SQLPrepare`, `SQLNumParams`, `SQLDescribeParam`, `SQLNativeSql`.

use super::running::{describe_rows, options, require_no_result};
use crate::odbc::attributes::statement::attribute;
use crate::odbc::diagnostics::{DynamicFunction, Error, sqlstate};
use crate::odbc::handles::{ConnectionScope, Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::descriptor::{Record, describe};
use crate::odbc::state::prepared::Prepared;
use crate::odbc::state::statement::StatementState;
use crate::odbc::text::{TextIn, TextOut, Written};
use std::sync::Arc;

/// Plans the text; if that fails, the statement is unprepared.
pub fn plan(scope: &mut StatementScope<'_>, text: String) -> Result<Prepared, Error> {
    require_no_result(scope)?;
    scope.forget();
    scope.statement.diagnostics.function = DynamicFunction::of(&text);
    let no_scan = scope.statement.attributes.value(attribute::NOSCAN) != 0;
    let options = options(scope);
    let session = Arc::clone(&scope.connection.connected()?.session);
    let plans = {
        let _waiting = scope.cancel.waiting_for(&options.cancellation);
        session.prepare(&text, no_scan, &options)?
    };
    if plans.is_empty() {
        return Err(Error::new(sqlstate::S42000, "The statement is empty"));
    }
    Ok(Prepared {
        text: text.into(),
        plans: plans.into(),
    })
}

/// `SQLPrepare`
pub fn prepare(scope: &mut StatementScope<'_>, text: &TextIn, memory: &impl AppMemory) -> Outcome {
    let text = text.required(memory, scope.connection.encoding)?;
    let prepared = plan(scope, text)?;
    describe_rows(scope, prepared.columns());
    scope.statement.state = StatementState::Prepared(prepared);
    Ok(Success::Done)
}

/// The planned text, if it exists.
fn prepared<'s>(scope: &'s StatementScope<'_>) -> Option<&'s Prepared> {
    match &scope.statement.state {
        StatementState::Prepared(prepared) => Some(prepared),
        StatementState::Executed(executed) => executed.prepared.as_ref(),
        StatementState::Allocated | StatementState::NeedData(_) => None,
    }
}

/// `SQLNumParams`
pub fn count_parameters(
    scope: &mut StatementScope<'_>,
    out: AppPtr,
    memory: &impl AppMemory,
) -> Outcome {
    let Some(prepared) = prepared(scope) else {
        return Err(Error::of(sqlstate::HY010));
    };
    let count = prepared.parameters().count();
    memory.write_i16(out, i16::try_from(count).unwrap_or(i16::MAX));
    Ok(Success::Done)
}

/// The outputs of `SQLDescribeParam`.
#[derive(Clone, Copy, Debug)]
pub struct ParameterOut {
    pub sql_type: AppPtr,
    pub size: AppPtr,
    pub decimal_digits: AppPtr,
    pub nullable: AppPtr,
}

/// `SQLDescribeParam`
pub fn describe_parameter(
    scope: &mut StatementScope<'_>,
    number: u16,
    out: &ParameterOut,
    memory: &impl AppMemory,
) -> Outcome {
    let StatementState::Prepared(prepared) = &scope.statement.state else {
        return Err(Error::new(
            sqlstate::HY010,
            "Parameters are described after SQLPrepare and before the statement runs",
        ));
    };
    let index = usize::from(number)
        .checked_sub(1)
        .ok_or_else(|| Error::of(sqlstate::S07009))?;
    let parameter = prepared
        .parameters()
        .nth(index)
        .ok_or_else(|| Error::of(sqlstate::S07009))?;
    let Record {
        concise_type,
        nullable,
        details,
        ..
    } = describe::parameter(parameter, scope.connection.view());
    memory.write_i16(out.sql_type, concise_type);
    memory.write_ulen(out.size, details.column_size);
    memory.write_i16(out.decimal_digits, details.decimal_digits);
    memory.write_i16(out.nullable, nullable);
    Ok(Success::Done)
}

/// `SQLNativeSql`
pub fn native_sql(
    scope: &mut ConnectionScope<'_>,
    text: &TextIn,
    out: &TextOut,
    memory: &impl AppMemory,
) -> Outcome {
    let connection = &mut scope.state.connection;
    let text = text.required(memory, connection.encoding)?;
    let session = Arc::clone(&connection.connected()?.session);
    let native = session.native_sql(&text)?;
    if out.write(memory, connection.encoding, &native)? == Written::Truncated {
        connection.diagnostics.warn(sqlstate::S01004);
    }
    Ok(Success::Done)
}
