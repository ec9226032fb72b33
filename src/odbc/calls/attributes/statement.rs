//! `SQLSetStmtAttr`, `SQLGetStmtAttr`.

use super::{AttributeIn, AttributeOut};
use crate::odbc::attributes::statement::{TABLE, attribute};
use crate::odbc::attributes::{Width, find};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope, Success};
use crate::odbc::memory::{AppMemory, AppPtr};
use crate::odbc::state::cursor::bookmark;
use crate::odbc::state::descriptor::Descriptor;
use crate::odbc::state::statement::StatementState;

/// A descriptor of a statement.
#[derive(Clone, Copy)]
enum Which {
    Ard,
    Apd,
    Ird,
    Ipd,
}

/// A header field of a descriptor that a statement attribute names.
#[derive(Clone, Copy)]
enum Header {
    ArraySize,
    ArrayStatusPtr,
    BindOffsetPtr,
    BindType,
    RowsProcessedPtr,
}

/// Attributes that are descriptor fields.
fn header_of(id: i32) -> Option<(Which, Header)> {
    Some(match id {
        attribute::ROW_ARRAY_SIZE => (Which::Ard, Header::ArraySize),
        attribute::ROW_BIND_TYPE => (Which::Ard, Header::BindType),
        attribute::ROW_BIND_OFFSET_PTR => (Which::Ard, Header::BindOffsetPtr),
        attribute::ROW_OPERATION_PTR => (Which::Ard, Header::ArrayStatusPtr),
        attribute::ROW_STATUS_PTR => (Which::Ird, Header::ArrayStatusPtr),
        attribute::ROWS_FETCHED_PTR => (Which::Ird, Header::RowsProcessedPtr),
        attribute::PARAMSET_SIZE => (Which::Apd, Header::ArraySize),
        attribute::PARAM_BIND_TYPE => (Which::Apd, Header::BindType),
        attribute::PARAM_BIND_OFFSET_PTR => (Which::Apd, Header::BindOffsetPtr),
        attribute::PARAM_OPERATION_PTR => (Which::Apd, Header::ArrayStatusPtr),
        attribute::PARAM_STATUS_PTR => (Which::Ipd, Header::ArrayStatusPtr),
        attribute::PARAMS_PROCESSED_PTR => (Which::Ipd, Header::RowsProcessedPtr),
        _ => return None,
    })
}

fn descriptor<'s>(scope: &'s mut StatementScope<'_>, which: Which) -> &'s mut Descriptor {
    match which {
        Which::Ard => scope.ard_mut(),
        Which::Apd => scope.apd_mut(),
        Which::Ird => scope.ird_mut(),
        Which::Ipd => scope.ipd_mut(),
    }
}

/// `SQLSetStmtAttr`
pub fn set(scope: &mut StatementScope<'_>, id: i32, given: &AttributeIn) -> Outcome {
    if let Some((which, header)) = header_of(id) {
        return set_header(descriptor(scope, which), header, given.value);
    }
    match id {
        attribute::APP_ROW_DESC | attribute::APP_PARAM_DESC => {
            return associate(scope, id, given.value);
        }
        attribute::IMP_ROW_DESC | attribute::IMP_PARAM_DESC => {
            return Err(Error::of(sqlstate::HY017));
        }
        _ if is_of_cursor(id) => require_new(&scope.statement.state)?,
        _ => {}
    }
    if let Some(warning) = scope.statement.attributes.set(id, given.value)? {
        scope.warn(warning);
    }
    if id == attribute::USE_BOOKMARKS {
        describe_bookmark(scope);
    }
    Ok(Success::Done)
}

/// Adds record 0 to the implementation row descriptor, or removes it.
fn describe_bookmark(scope: &mut StatementScope<'_>) {
    let view = scope.connection.view();
    let on = scope.statement.attributes.uses_bookmarks();
    scope.ird_mut().bookmark = on.then(|| bookmark::record(view));
}

/// Whether a statement is planned or opened with the attribute.
pub fn is_of_cursor(id: i32) -> bool {
    matches!(
        id,
        attribute::CURSOR_TYPE
            | attribute::CONCURRENCY
            | attribute::SIMULATE_CURSOR
            | attribute::USE_BOOKMARKS
            | attribute::CURSOR_SCROLLABLE
            | attribute::CURSOR_SENSITIVITY
    )
}

fn require_new(state: &StatementState) -> Result<(), Error> {
    match state {
        StatementState::Allocated => Ok(()),
        StatementState::Executed(_) => Err(Error::of(sqlstate::S24000)),
        StatementState::NeedData(collecting) if !collecting.keep => Err(Error::of(sqlstate::HY010)),
        StatementState::Prepared(_) | StatementState::NeedData(_) => Err(Error::new(
            sqlstate::HY011,
            "Attributes of the cursor are set before SQLPrepare",
        )),
    }
}

fn set_header(descriptor: &mut Descriptor, header: Header, value: usize) -> Outcome {
    match header {
        Header::ArraySize if value == 0 => return Err(Error::of(sqlstate::HY024)),
        Header::ArraySize => descriptor.array_size = value,
        Header::ArrayStatusPtr => descriptor.array_status_ptr = AppPtr::new(value),
        Header::BindOffsetPtr => descriptor.bind_offset_ptr = AppPtr::new(value),
        Header::BindType => descriptor.bind_type = value,
        Header::RowsProcessedPtr => descriptor.rows_processed_ptr = AppPtr::new(value),
    }
    descriptor.touch();
    Ok(Success::Done)
}

/// Makes an explicit descriptor the statement's, or returns to its own.
fn associate(scope: &mut StatementScope<'_>, id: i32, token: usize) -> Outcome {
    let row = id == attribute::APP_ROW_DESC;
    let own = scope.statement.implicit[usize::from(!row)];
    let key = match token {
        0 => own,
        token => {
            // Descriptors of other connections are not among them.
            let mut descriptors = scope.descriptors.iter();
            let found = descriptors.find(|(_, descriptor)| descriptor.token == token);
            match found {
                Some((key, found)) if found.is_explicit() || key == own => key,
                Some(_) => return Err(Error::of(sqlstate::HY017)),
                None => return Err(Error::of(sqlstate::HY024)),
            }
        }
    };
    match row {
        true => scope.statement.ard = key,
        false => scope.statement.apd = key,
    }
    Ok(Success::Done)
}

/// `SQLGetStmtAttr`
pub fn get(
    scope: &mut StatementScope<'_>,
    id: i32,
    out: &AttributeOut,
    memory: &impl AppMemory,
) -> Outcome {
    let value = match id {
        attribute::APP_ROW_DESC => scope.ard().token,
        attribute::APP_PARAM_DESC => scope.apd().token,
        attribute::IMP_ROW_DESC => scope.ird().token,
        attribute::IMP_PARAM_DESC => scope.ipd().token,
        attribute::ROW_NUMBER => match scope.statement.state.cursor() {
            Some(cursor) => cursor.row_number()?,
            None => return Err(Error::of(sqlstate::S24000)),
        },
        _ => match header_of(id) {
            Some((which, header)) => {
                let descriptor = descriptor(scope, which);
                match header {
                    Header::ArraySize => descriptor.array_size,
                    Header::ArrayStatusPtr => descriptor.array_status_ptr.address(),
                    Header::BindOffsetPtr => descriptor.bind_offset_ptr.address(),
                    Header::BindType => descriptor.bind_type,
                    Header::RowsProcessedPtr => descriptor.rows_processed_ptr.address(),
                }
            }
            None if find(TABLE, id).is_some() => scope.statement.attributes.value(id),
            None => return Err(Error::of(sqlstate::HY092)),
        },
    };
    out.integer(memory, Width::ULen, value);
    Ok(Success::Done)
}
