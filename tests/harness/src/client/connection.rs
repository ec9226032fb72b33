//! Environments and connections.

use super::constants::{
    ATTR_ODBC_VERSION, HANDLE_DBC, HANDLE_ENV, NTS, OV_ODBC3_80, SUCCESS_WITH_INFO,
};
use super::diagnostic::{Diagnostic, Result, records};
use super::handle::Owned;
use super::library::{Handle, Library, Spelling};
use super::parameter::Parameter;
use super::rows::Row;
use super::statement::Statement;
use super::text::{from_utf16, to_utf16};
use std::ptr;
use std::sync::{Arc, OnceLock};

/// Connects with the wide spelling, in an environment that the whole process shares.
pub fn connect(connection_string: &str) -> Result<Connection> {
    static SHARED: OnceLock<Environment> = OnceLock::new();
    SHARED
        .get_or_init(Environment::default)
        .connect(connection_string)
}

/// An environment handle.
#[derive(Clone)]
pub struct Environment(Arc<Owned>);

/// A connection handle, connected or not.
pub struct Connection {
    owned: Arc<Owned>,
    spelling: Spelling,
    /// Warnings of connecting.
    pub warnings: Vec<Diagnostic>,
    /// The completed connection string.
    pub completed: String,
}

impl Default for Environment {
    /// An environment of version 3.80.
    fn default() -> Self {
        Self::with_version(OV_ODBC3_80)
    }
}

impl Environment {
    pub fn with_version(version: usize) -> Self {
        let owned = Owned::allocate(HANDLE_ENV, None).expect("there is memory for an environment");
        let value = ptr::without_provenance_mut(version);
        // SAFETY: the attribute's value is an integer.
        let code =
            unsafe { (Library::get().SQLSetEnvAttr)(owned.handle, ATTR_ODBC_VERSION, value, 0) };
        owned.check(code).expect("the version is known");
        Self(owned)
    }

    pub fn handle(&self) -> Handle {
        self.0.handle
    }

    /// `SQLDriverConnectW`
    pub fn connect(&self, connection_string: &str) -> Result<Connection> {
        self.unconnected().open(connection_string, Spelling::Wide)
    }

    /// `SQLDriverConnect`
    pub fn connect_ansi(&self, connection_string: &str) -> Result<Connection> {
        self.unconnected().open(connection_string, Spelling::Ansi)
    }

    /// A connection handle for setting attributes before connecting.
    pub fn unconnected(&self) -> Connection {
        Connection {
            owned: Owned::allocate(HANDLE_DBC, Some(&self.0)).expect("there is memory"),
            spelling: Spelling::Wide,
            warnings: Vec::new(),
            completed: String::new(),
        }
    }
}

const NO_PROMPT: u16 = 0;

impl Connection {
    /// `SQLDriverConnect` or `SQLDriverConnectW`
    pub fn open(mut self, connection_string: &str, spelling: Spelling) -> Result<Self> {
        let library = Library::get();
        let handle = self.owned.handle;
        let mut length = 0_i16;
        let code = match spelling {
            Spelling::Ansi => {
                let mut given = [connection_string.as_bytes(), &[0]].concat();
                let mut completed = vec![0_u8; 4096];
                // SAFETY: the text has a terminator, the buffer the size that is given.
                let code = unsafe {
                    (library.SQLDriverConnect)(
                        handle,
                        ptr::null_mut(),
                        given.as_mut_ptr(),
                        NTS,
                        completed.as_mut_ptr(),
                        completed.len() as i16,
                        &raw mut length,
                        NO_PROMPT,
                    )
                };
                self.owned.check(code)?;
                completed.truncate(length as usize);
                self.completed = String::from_utf8(completed).expect("ANSI means UTF-8");
                code
            }
            Spelling::Wide => {
                let mut given = to_utf16(connection_string);
                let mut completed = vec![0_u16; 4096];
                // SAFETY: the text has a terminator, the buffer the size that is given.
                let code = unsafe {
                    (library.SQLDriverConnectW)(
                        handle,
                        ptr::null_mut(),
                        given.as_mut_ptr(),
                        NTS,
                        completed.as_mut_ptr(),
                        completed.len() as i16,
                        &raw mut length,
                        NO_PROMPT,
                    )
                };
                self.owned.check(code)?;
                self.completed = from_utf16(&completed[..length as usize]);
                code
            }
        };
        self.spelling = spelling;
        if code == SUCCESS_WITH_INFO {
            self.warnings = records(HANDLE_DBC, handle);
        }
        Ok(self)
    }

    pub fn handle(&self) -> Handle {
        self.owned.handle
    }

    /// A function of the library, called on this connection.
    pub fn call(&self, function: impl FnOnce(&Library, Handle) -> i16) -> Result<i16> {
        self.owned
            .check(function(Library::get(), self.owned.handle))
    }

    /// A new statement.
    pub fn statement(&self) -> Result<Statement> {
        Statement::allocate(&self.owned, self.spelling)
    }

    /// `SQLExecDirect` on a new statement.
    pub fn execute(&self, sql: &str) -> Result<Statement> {
        let mut statement = self.statement()?;
        statement.execute_direct(sql)?;
        Ok(statement)
    }

    /// `SQLPrepare` on a new statement.
    pub fn prepare(&self, sql: &str) -> Result<Statement> {
        let mut statement = self.statement()?;
        statement.prepare(sql)?;
        Ok(statement)
    }

    /// Prepares, binds the parameters and executes.
    pub fn execute_with(&self, sql: &str, parameters: &[Parameter]) -> Result<Statement> {
        let mut statement = self.prepare(sql)?;
        statement.bind_parameters(parameters)?;
        statement.execute()?;
        Ok(statement)
    }

    /// All rows of a statement, as text.
    pub fn query(&self, sql: &str) -> Result<Vec<Row>> {
        self.execute(sql)?.rows()
    }

    /// `SQLNativeSql`
    pub fn native_sql(&self, sql: &str) -> Result<String> {
        let mut given = to_utf16(sql);
        let mut native = vec![0_u16; 2 * given.len() + 4096];
        let mut length = 0;
        // SAFETY: the text has a terminator, and the buffer the given size.
        self.call(|library, handle| unsafe {
            let (size, nts) = (native.len() as i32, i32::from(NTS));
            let (at, length) = (native.as_mut_ptr(), &raw mut length);
            (library.SQLNativeSqlW)(handle, given.as_mut_ptr(), nts, at, size, length)
        })?;
        Ok(from_utf16(&native[..length as usize]))
    }

    /// `SQLSetConnectAttr` with an integer.
    pub fn set_attribute(&self, attribute: i32, value: usize) -> Result<i16> {
        let value = ptr::without_provenance_mut(value);
        // SAFETY: the attribute's value is an integer.
        self.call(|library, handle| unsafe {
            (library.SQLSetConnectAttrW)(handle, attribute, value, 0)
        })
    }

    /// `SQLGetInfo`, a text.
    pub fn info_text(&self, info_type: u16) -> Result<String> {
        let mut buffer = vec![0_u16; 4096];
        let mut length = 0;
        // SAFETY: the buffer has the size in bytes that is given.
        self.call(|library, handle| unsafe {
            let size = (2 * buffer.len()) as i16;
            let at = buffer.as_mut_ptr().cast();
            (library.SQLGetInfoW)(handle, info_type, at, size, &raw mut length)
        })?;
        Ok(from_utf16(&buffer[..length as usize / 2]))
    }

    /// `SQLGetInfo`, a number of two, four or eight bytes.
    pub fn info_number(&self, info_type: u16) -> Result<u64> {
        let mut number = [0_u8; 8];
        let mut length = 0;
        // SAFETY: no number is longer than eight bytes.
        self.call(|library, handle| unsafe {
            let at = number.as_mut_ptr().cast();
            (library.SQLGetInfoW)(handle, info_type, at, 8, &raw mut length)
        })?;
        let mut word = [0_u8; 8];
        let length = length as usize;
        match cfg!(target_endian = "little") {
            true => word[..length].copy_from_slice(&number[..length]),
            false => word[8 - length..].copy_from_slice(&number[..length]),
        }
        Ok(u64::from_ne_bytes(word))
    }

    /// `SQLGetFunctions`, one function.
    pub fn supports(&self, function: u16) -> Result<bool> {
        let mut supported = 0;
        // SAFETY: one word is written for one function.
        self.call(|library, handle| unsafe {
            (library.SQLGetFunctions)(handle, function, &raw mut supported)
        })?;
        Ok(supported != 0)
    }

    /// `SQLDisconnect`; the handle stays.
    pub fn disconnect(&self) -> Result<i16> {
        // SAFETY: nothing is passed but the handle.
        self.call(|library, handle| unsafe { (library.SQLDisconnect)(handle) })
    }
}
