//! An application with the usual three handles, and shorthands for frequent calls.

use super::{Arena, FakeConnector};
use crate::odbc::attributes::environment::attribute::ODBC_VERSION;
use crate::odbc::calls::attributes::{AttributeIn, environment, statement as statement_attributes};
use crate::odbc::calls::bind::{self, ColumnBuffer};
use crate::odbc::calls::{allocate, connect, execute, fetch, get_data, prepare};
use crate::odbc::constants::{handle_type, indicator, odbc_version};
use crate::odbc::diagnostics::Error;
use crate::odbc::handles::{
    Allowed, Outcome, ReturnCode, SUCCESS, StatementScope, Success, read_records, with_connection,
    with_environment, with_statement,
};
use crate::odbc::memory::AppPtr;
use crate::odbc::text::{
    Counts, Encoding, Form, LengthWord, Spelling, TextIn, TextOut, read_terminated,
};
use std::sync::Arc;

/// Environment, connection, statement and the application's memory.
pub struct Application {
    pub memory: Arena,
    pub environment: usize,
    pub connection: usize,
    pub statement: usize,
    pub encoding: Encoding,
}

impl Application {
    /// An application that is connected through the wide spelling, with UTF-16.
    pub fn new(connector: FakeConnector) -> Self {
        Self::with_encoding(connector, Encoding::default())
    }

    pub fn with_encoding(connector: FakeConnector, encoding: Encoding) -> Self {
        let mut application = Self::unconnected(connector, encoding);
        assert_eq!(application.connect("UID=x;PWD=y"), SUCCESS);
        application.statement = application.child(handle_type::STMT, application.connection);
        application
    }

    pub fn unconnected(connector: FakeConnector, encoding: Encoding) -> Self {
        let memory = Arena::new();
        let out = memory.allocate(size_of::<usize>());
        assert_eq!(
            allocate::environment(Arc::new(connector), encoding, out, &memory),
            SUCCESS
        );
        let environment = memory.ulen(out);
        let mut application = Self {
            memory,
            environment,
            connection: 0,
            statement: 0,
            encoding,
        };
        application.set_version(odbc_version::ODBC3);
        application.connection = application.child(handle_type::DBC, environment);
        application
    }

    /// Sets the version of ODBC that the application uses.
    fn set_version(&self, version: i32) {
        let attribute = ODBC_VERSION;
        let code = with_environment(self.environment, |_, state| {
            environment::set(state, attribute, version as usize)
        });
        assert_eq!(code, SUCCESS);
    }

    /// A new handle; 0 if the call fails.
    pub fn child(&self, kind: i16, parent: usize) -> usize {
        let out = self.memory.allocate(size_of::<usize>());
        allocate::child(kind, parent, out, &self.memory);
        self.memory.ulen(out)
    }

    pub fn connect(&self, text: &str) -> ReturnCode {
        with_connection(self.connection, |scope| {
            let completed = self.no_text();
            connect::driver_connect(scope, &self.wide(text), &completed, 0, None, &self.memory)
        })
    }

    /// Text in the wide spelling, terminated.
    pub fn wide(&self, text: &str) -> TextIn {
        TextIn {
            at: self
                .memory
                .encoded(text, Form::of(Spelling::Wide, self.encoding)),
            length: indicator::NTS,
            counts: Counts::Characters,
            spelling: Spelling::Wide,
        }
    }

    pub fn absent(&self) -> TextIn {
        TextIn {
            at: AppPtr::NULL,
            length: 0,
            counts: Counts::Characters,
            spelling: Spelling::Wide,
        }
    }

    pub fn optional(&self, text: Option<&str>) -> TextIn {
        text.map_or_else(|| self.absent(), |text| self.wide(text))
    }

    /// A buffer for UTF-8 text and its length.
    pub fn text_out(&self, capacity: usize) -> TextOut {
        TextOut {
            at: self.memory.allocate(capacity),
            capacity: capacity as isize,
            counts: Counts::Bytes,
            spelling: Spelling::Ansi,
            length_at: self.memory.allocate(4),
            length_word: LengthWord::Integer,
        }
    }

    pub fn no_text(&self) -> TextOut {
        TextOut {
            at: AppPtr::NULL,
            capacity: 0,
            length_at: AppPtr::NULL,
            ..self.text_out(1)
        }
    }

    /// The text in the buffer, up to the terminator.
    pub fn read_text(&self, out: &TextOut) -> String {
        let bytes = read_terminated(&self.memory, out.at, 1);
        String::from_utf8(bytes).unwrap()
    }

    /// Calls with the statement, as an exported function does.
    pub fn call(&self, body: impl FnOnce(&mut StatementScope<'_>) -> Outcome) -> ReturnCode {
        with_statement(self.statement, Allowed::OutsideDataAtExecution, body)
    }

    pub fn prepare(&self, sql: &str) -> ReturnCode {
        self.call(|scope| prepare::prepare(scope, &self.wide(sql), &self.memory))
    }

    pub fn execute(&self) -> ReturnCode {
        self.call(|scope| execute::execute(scope, &self.memory))
    }

    pub fn direct(&self, sql: &str) -> ReturnCode {
        self.call(|scope| execute::direct(scope, &self.wide(sql), &self.memory))
    }

    pub fn fetch(&self) -> ReturnCode {
        self.call(|scope| fetch::fetch(scope, &self.memory))
    }

    pub fn scroll(&self, orientation: i16, offset: isize) -> ReturnCode {
        self.call(|scope| fetch::scroll(scope, orientation, offset, &self.memory))
    }

    pub fn more(&self) -> ReturnCode {
        self.call(|scope| execute::more(scope, &self.memory))
    }

    pub fn bind(
        &self,
        column: u16,
        target_type: i16,
        data: AppPtr,
        buffer_length: isize,
        indicator: AppPtr,
    ) -> ReturnCode {
        let buffer = ColumnBuffer {
            column,
            target_type,
            data,
            buffer_length,
            indicator,
        };
        self.call(|scope| bind::column(scope, &buffer))
    }

    /// `SQLGetData` into a buffer: the return code.
    pub fn get_data(
        &self,
        column: u16,
        target_type: i16,
        data: AppPtr,
        length: isize,
        indicator: AppPtr,
    ) -> ReturnCode {
        self.call(|scope| {
            get_data::get(
                scope,
                column,
                target_type,
                data,
                length,
                indicator,
                &self.memory,
            )
        })
    }

    pub fn set(&self, attribute: i32, value: usize) -> ReturnCode {
        let given = AttributeIn {
            value,
            text: self.absent(),
        };
        self.call(|scope| statement_attributes::set(scope, attribute, &given))
    }

    /// The SQLSTATEs of the statement's records.
    pub fn states(&self) -> Vec<&'static str> {
        self.with_records(|records| records.iter().map(|record| record.state.code).collect())
    }

    /// SQLSTATE, row and column of the statement's records.
    pub fn places(&self) -> Vec<(&'static str, u64, i32)> {
        self.with_records(|records| {
            records
                .iter()
                .map(|record| (record.state.code, record.row, record.column))
                .collect()
        })
    }

    fn with_records<T>(&self, read: impl FnOnce(&[Error]) -> T) -> T {
        read(&records(handle_type::STMT, self.statement))
    }

    /// The return code with the state of the first record, empty without one.
    pub fn with_state(&self, code: ReturnCode) -> (ReturnCode, &'static str) {
        (code, self.states().first().copied().unwrap_or_default())
    }
}

/// The records of a handle; empty if the handle has another kind.
fn records(kind: i16, handle: usize) -> Vec<Error> {
    let mut found = Vec::new();
    read_records(kind, handle, Encoding::default, |records| {
        found = records.diagnostics.records().to_vec();
        Ok(Success::Done)
    });
    found
}

/// Their SQLSTATEs.
pub fn states(kind: i16, handle: usize) -> Vec<&'static str> {
    let records = records(kind, handle);
    records.iter().map(|record| record.state.code).collect()
}

/// The first record's SQLSTATE, empty without one.
pub fn first_state(kind: i16, handle: usize) -> &'static str {
    states(kind, handle).first().copied().unwrap_or_default()
}

impl Drop for Application {
    fn drop(&mut self) {
        with_connection(self.connection, connect::disconnect);
        allocate::free(handle_type::DBC, self.connection);
        allocate::free(handle_type::ENV, self.environment);
    }
}
