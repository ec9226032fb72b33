//! Statements: their state machine and what they run.

use super::collecting::Collecting;
use super::cursor::Cursor;
use super::parameters::ParameterSet;
use super::prepared::Prepared;
use crate::odbc::attributes::statement::StatementAttributes;
use crate::odbc::diagnostics::Diagnostics;
use exchange_sql as sql;
use std::collections::VecDeque;
use std::sync::Arc;

/// A statement handle's own state. Its descriptors are beside it, under the same lock.
pub struct Statement {
    pub token: usize,
    pub diagnostics: Diagnostics,
    pub state: StatementState,
    pub attributes: StatementAttributes,
    /// Keys of the descriptors that came with the statement: ARD, APD, IRD, IPD.
    pub implicit: [usize; 4],
    /// Keys of the application descriptors in use.
    pub ard: usize,
    pub apd: usize,
    /// Set by `SQLSetCursorName`, or generated on first use.
    pub cursor_name: Option<String>,
}

impl Statement {
    pub fn new(implicit: [usize; 4], attributes: StatementAttributes) -> Self {
        Self {
            token: 0,
            diagnostics: Diagnostics::default(),
            state: StatementState::Allocated,
            attributes,
            implicit,
            ard: implicit[0],
            apd: implicit[1],
            cursor_name: None,
        }
    }

    /// Whether its cursor has the name.
    pub fn is_cursor(&self, name: &str) -> bool {
        let own = self.cursor_name.as_ref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(name))
    }
}

/// The state of a statement, with exactly the data that exists in it.
pub enum StatementState {
    Allocated,
    Prepared(Prepared),
    Executed(Executed),
    /// Data-at-execution parameters are being collected.
    NeedData(Box<Collecting>),
}

/// A statement that ran.
pub struct Executed {
    /// The running plans; `None` if a catalog function answered.
    pub prepared: Option<Prepared>,
    /// Whether `SQLPrepare` made it, so that it stays when the result is closed.
    pub keep: bool,
    pub current: Current,
    /// The runs for later calls of `SQLMoreResults`.
    pub pending: VecDeque<Run>,
}

/// The current result.
pub enum Current {
    Rows(Box<Cursor>),
    /// `SQLRowCount`'s answer; -1 if there is no count.
    Count(isize),
}

/// One plan with its parameters.
pub struct Run {
    pub plan: Arc<dyn sql::Statement>,
    pub sets: Vec<ParameterSet>,
    /// Whether the sets belong to an array, so that errors name the set.
    pub of_array: bool,
}

impl StatementState {
    /// Whether data-at-execution parameters are being collected.
    pub fn collects(&self) -> bool {
        matches!(self, StatementState::NeedData(_))
    }

    pub fn cursor(&self) -> Option<&Cursor> {
        match self {
            StatementState::Executed(Executed {
                current: Current::Rows(cursor),
                ..
            }) => Some(cursor),
            _ => None,
        }
    }

    pub fn cursor_mut(&mut self) -> Option<&mut Cursor> {
        match self {
            StatementState::Executed(Executed {
                current: Current::Rows(cursor),
                ..
            }) => Some(cursor),
            _ => None,
        }
    }

    /// The state after the result is closed.
    pub fn closed(self) -> StatementState {
        match self {
            StatementState::Executed(Executed {
                prepared: Some(prepared),
                keep: true,
                ..
            }) => StatementState::Prepared(prepared),
            StatementState::Executed(_) => StatementState::Allocated,
            StatementState::NeedData(collecting) => match collecting.keep {
                true => StatementState::Prepared(collecting.prepared),
                false => StatementState::Allocated,
            },
            other => other,
        }
    }
}
