//! Statements: execution and attributes.

use super::constants::{
    ATTR_QUERY_TIMEOUT, HANDLE_STMT, NO_DATA, NTS, PARAM_INPUT, SUCCESS_WITH_INFO,
};
use super::diagnostic::{Diagnostic, Result, records};
use super::handle::Owned;
use super::library::{Handle, Library, Spelling};
use super::parameter::{Bound, Parameter};
use super::text::to_utf16;
use std::ptr;
use std::sync::Arc;

/// A statement handle.
pub struct Statement {
    owned: Arc<Owned>,
    spelling: Spelling,
    /// The records of calls that returned `SQL_SUCCESS_WITH_INFO`.
    warnings: Vec<Diagnostic>,
    /// Values that are bound; dropped after the handle is freed, or replaced.
    parameters: Vec<Bound>,
    /// `SQLGetData`'s buffer.
    pub(super) buffer: Vec<u8>,
}

/// Cancels a statement from another thread.
#[derive(Clone)]
pub struct Canceller(Arc<Owned>);

impl Canceller {
    /// `SQLCancel`
    pub fn cancel(&self) -> i16 {
        // SAFETY: nothing is passed but the handle.
        unsafe { (Library::get().SQLCancel)(self.0.handle) }
    }
}

impl Statement {
    pub(super) fn allocate(connection: &Arc<Owned>, spelling: Spelling) -> Result<Self> {
        Ok(Self {
            owned: Owned::allocate(HANDLE_STMT, Some(connection))?,
            spelling,
            warnings: Vec::new(),
            parameters: Vec::new(),
            buffer: vec![0; 8192],
        })
    }

    pub fn handle(&self) -> Handle {
        self.owned.handle
    }

    pub fn canceller(&self) -> Canceller {
        Canceller(Arc::clone(&self.owned))
    }

    /// The code of a call; warnings are ignored.
    pub(super) fn check(&self, code: i16) -> Result<i16> {
        self.owned.check(code)
    }

    /// A function of the library, called on this statement. Warnings are kept.
    pub fn call(&mut self, function: impl FnOnce(&Library, Handle) -> i16) -> Result<i16> {
        let code = self
            .owned
            .check(function(Library::get(), self.owned.handle))?;
        if code == SUCCESS_WITH_INFO {
            self.warnings
                .extend(records(HANDLE_STMT, self.owned.handle));
        }
        Ok(code)
    }

    /// The same for functions that may report that there is no more (false).
    pub fn call_more(&mut self, function: impl FnOnce(&Library, Handle) -> i16) -> Result<bool> {
        match self.call(function) {
            Ok(_) => Ok(true),
            Err(failure) if failure.code == NO_DATA => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// The warnings since the statement was made.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// `SQLExecDirect`
    pub fn execute_direct(&mut self, sql: &str) -> Result<i16> {
        let spelling = self.spelling;
        self.call(|library, handle| match spelling {
            // SAFETY: the text has the length that is given.
            Spelling::Ansi => unsafe {
                (library.SQLExecDirect)(handle, sql.as_ptr().cast_mut(), sql.len() as i32)
            },
            // SAFETY: the text has a terminator.
            Spelling::Wide => unsafe {
                (library.SQLExecDirectW)(handle, to_utf16(sql).as_mut_ptr(), NTS.into())
            },
        })
    }

    /// `SQLPrepare`
    pub fn prepare(&mut self, sql: &str) -> Result<i16> {
        let spelling = self.spelling;
        self.call(|library, handle| match spelling {
            // SAFETY: the text has the length that is given.
            Spelling::Ansi => unsafe {
                (library.SQLPrepare)(handle, sql.as_ptr().cast_mut(), sql.len() as i32)
            },
            // SAFETY: the text has a terminator.
            Spelling::Wide => unsafe {
                (library.SQLPrepareW)(handle, to_utf16(sql).as_mut_ptr(), NTS.into())
            },
        })
    }

    /// `SQLBindParameter` for each value, from the first marker on.
    pub fn bind_parameters(&mut self, parameters: &[Parameter]) -> Result<()> {
        let bound: Vec<Bound> = parameters.iter().map(Parameter::bound).collect();
        for (index, (parameter, bound)) in parameters.iter().zip(&bound).enumerate() {
            let (size, digits) = parameter.size();
            // SAFETY: the value and its indicator stay where they are until they are replaced below,
            // after the driver knows their successors, or the statement is dropped.
            self.call(|library, handle| unsafe {
                (library.SQLBindParameter)(
                    handle,
                    index as u16 + 1,
                    PARAM_INPUT,
                    parameter.c_type(),
                    parameter.sql_type(),
                    size,
                    digits,
                    bound.bytes.as_ptr().cast_mut().cast(),
                    bound.bytes.len() as isize,
                    (&raw const *bound.indicator).cast_mut(),
                )
            })?;
        }
        // Parameters that were bound beyond these keep their memory.
        let beyond = self
            .parameters
            .split_off(bound.len().min(self.parameters.len()));
        self.parameters = bound;
        self.parameters.extend(beyond);
        Ok(())
    }

    /// `SQLExecute`
    pub fn execute(&mut self) -> Result<i16> {
        // SAFETY: bound parameters live as long as the statement.
        self.call(|library, handle| unsafe { (library.SQLExecute)(handle) })
    }

    /// `SQLRowCount`
    pub fn row_count(&mut self) -> Result<isize> {
        let mut count = 0;
        // SAFETY: one word is written.
        self.call(|library, handle| unsafe { (library.SQLRowCount)(handle, &raw mut count) })?;
        Ok(count)
    }

    /// `SQLMoreResults`
    pub fn more_results(&mut self) -> Result<bool> {
        // SAFETY: nothing is passed but the handle.
        self.call_more(|library, handle| unsafe { (library.SQLMoreResults)(handle) })
    }

    /// `SQLCloseCursor`
    pub fn close_cursor(&mut self) -> Result<i16> {
        // SAFETY: nothing is passed but the handle.
        self.call(|library, handle| unsafe { (library.SQLCloseCursor)(handle) })
    }

    /// `SQLSetStmtAttr` with an integer.
    pub fn set_attribute(&mut self, attribute: i32, value: usize) -> Result<i16> {
        let value = ptr::without_provenance_mut(value);
        // SAFETY: the attribute's value is an integer.
        self.call(|library, handle| unsafe {
            (library.SQLSetStmtAttrW)(handle, attribute, value, 0)
        })
    }

    /// `SQLGetStmtAttr`, an integer.
    pub fn attribute(&mut self, attribute: i32) -> Result<usize> {
        let mut value = 0_usize;
        let at = (&raw mut value).cast();
        // SAFETY: no integer is longer than a word.
        self.call(|library, handle| unsafe {
            (library.SQLGetStmtAttrW)(handle, attribute, at, 0, ptr::null_mut())
        })?;
        Ok(value)
    }

    pub fn set_query_timeout(&mut self, seconds: usize) -> Result<i16> {
        self.set_attribute(ATTR_QUERY_TIMEOUT, seconds)
    }
}

impl Drop for Statement {
    /// The handle may live on in a [`Canceller`], but the bound values do not.
    fn drop(&mut self) {
        const CLOSE: u16 = 0;
        const UNBIND: u16 = 2;
        const RESET_PARAMETERS: u16 = 3;
        for option in [CLOSE, UNBIND, RESET_PARAMETERS] {
            // SAFETY: nothing is passed but the handle.
            unsafe { (Library::get().SQLFreeStmt)(self.owned.handle, option) };
        }
    }
}
