//! Catalog functions, each on a new statement. `None` is a null pointer.

use super::connection::Connection;
use super::constants::NTS;
use super::diagnostic::Result;
use super::library::{Handle, Library};
use super::statement::Statement;
use super::text::to_utf16;
use std::ptr;

/// A name to pass, with its terminator.
struct Name(Option<Vec<u16>>);

impl Name {
    fn new(text: Option<&str>) -> Self {
        Self(text.map(to_utf16))
    }

    fn at(&mut self) -> *mut u16 {
        self.0.as_mut().map_or(ptr::null_mut(), Vec::as_mut_ptr)
    }
}

impl Connection {
    fn catalog(&self, function: impl FnOnce(&Library, Handle) -> i16) -> Result<Statement> {
        let mut statement = self.statement()?;
        statement.call(function)?;
        Ok(statement)
    }

    /// `SQLTables` with a pattern for the names, and a list of types.
    pub fn tables(&self, table: Option<&str>, types: Option<&str>) -> Result<Statement> {
        let [mut table, mut types] = [table, types].map(Name::new);
        let none = ptr::null_mut();
        // SAFETY: every name has a terminator.
        self.catalog(|library, handle| unsafe {
            let (table, types) = (table.at(), types.at());
            (library.SQLTablesW)(handle, none, NTS, none, NTS, table, NTS, types, NTS)
        })
    }

    /// `SQLColumns`
    pub fn columns(&self, table: Option<&str>, column: Option<&str>) -> Result<Statement> {
        let [mut table, mut column] = [table, column].map(Name::new);
        let none = ptr::null_mut();
        // SAFETY: every name has a terminator.
        self.catalog(|library, handle| unsafe {
            let (table, column) = (table.at(), column.at());
            (library.SQLColumnsW)(handle, none, 0, none, 0, table, NTS, column, NTS)
        })
    }

    /// `SQLPrimaryKeys`
    pub fn primary_keys(&self, table: &str) -> Result<Statement> {
        let mut table = to_utf16(table);
        let none = ptr::null_mut();
        // SAFETY: the name has a terminator.
        self.catalog(|library, handle| unsafe {
            (library.SQLPrimaryKeysW)(handle, none, 0, none, 0, table.as_mut_ptr(), NTS)
        })
    }

    /// `SQLForeignKeys` of the table that has them.
    pub fn foreign_keys(&self, table: &str) -> Result<Statement> {
        let mut table = to_utf16(table);
        let none = ptr::null_mut();
        // SAFETY: the name has a terminator.
        self.catalog(|library, handle| unsafe {
            let at = table.as_mut_ptr();
            (library.SQLForeignKeysW)(handle, none, 0, none, 0, none, 0, none, 0, none, 0, at, NTS)
        })
    }

    /// `SQLStatistics` of all indexes.
    pub fn statistics(&self, table: &str) -> Result<Statement> {
        const INDEX_ALL: u16 = 1;
        const QUICK: u16 = 0;
        let mut table = to_utf16(table);
        let none = ptr::null_mut();
        // SAFETY: the name has a terminator.
        self.catalog(|library, handle| unsafe {
            let at = table.as_mut_ptr();
            (library.SQLStatisticsW)(handle, none, 0, none, 0, at, NTS, INDEX_ALL, QUICK)
        })
    }

    /// `SQLSpecialColumns`: the columns that identify a row.
    pub fn special_columns(&self, table: &str) -> Result<Statement> {
        const BEST_ROWID: u16 = 1;
        const SCOPE_SESSION: u16 = 2;
        const NULLABLE: u16 = 1;
        let mut table = to_utf16(table);
        let none = ptr::null_mut();
        // SAFETY: the name has a terminator.
        self.catalog(|library, handle| unsafe {
            let at = table.as_mut_ptr();
            let (kind, scope) = (BEST_ROWID, SCOPE_SESSION);
            (library.SQLSpecialColumnsW)(handle, kind, none, 0, none, 0, at, NTS, scope, NULLABLE)
        })
    }

    /// `SQLGetTypeInfo`; 0 means all types.
    pub fn type_info(&self, data_type: i16) -> Result<Statement> {
        // SAFETY: nothing is passed but the handle and a number.
        self.catalog(|library, handle| unsafe { (library.SQLGetTypeInfoW)(handle, data_type) })
    }
}
