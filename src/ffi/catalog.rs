//! Catalog functions about tables, columns and types, and about features that Exchange lacks.

use super::arguments::{Character, text};
use super::on_catalog;
use super::types::{Char, HStmt, RetCode, SmallInt, WChar};
use crate::odbc::calls::catalog::empty::{self, About};
use crate::odbc::calls::catalog::table_arguments::TableArguments;
use crate::odbc::calls::catalog::{columns, tables, type_info};
use crate::odbc::text::TextIn;

/// A table's name in three parts, each with its length.
pub(super) fn table_arguments<C: Character>(
    (catalog, catalog_length): (*mut C, SmallInt),
    (schema, schema_length): (*mut C, SmallInt),
    (table, table_length): (*mut C, SmallInt),
) -> TableArguments {
    TableArguments {
        catalog: text(catalog, catalog_length),
        schema: text(schema, schema_length),
        table: text(table, table_length),
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLTables(
    statement_handle: HStmt,
    catalog_name: *mut Char,
    name_length1: SmallInt,
    schema_name: *mut Char,
    name_length2: SmallInt,
    table_name: *mut Char,
    name_length3: SmallInt,
    table_type: *mut Char,
    name_length4: SmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_tables(statement_handle, &table, &text(table_type, name_length4))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLTablesW(
    statement_handle: HStmt,
    catalog_name: *mut WChar,
    name_length1: SmallInt,
    schema_name: *mut WChar,
    name_length2: SmallInt,
    table_name: *mut WChar,
    name_length3: SmallInt,
    table_type: *mut WChar,
    name_length4: SmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_tables(statement_handle, &table, &text(table_type, name_length4))
}

fn list_tables(statement: HStmt, table: &TableArguments, table_type: &TextIn) -> RetCode {
    on_catalog(statement, |scope, memory| {
        tables::list(scope, table, table_type, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLColumns(
    statement_handle: HStmt,
    catalog_name: *mut Char,
    name_length1: SmallInt,
    schema_name: *mut Char,
    name_length2: SmallInt,
    table_name: *mut Char,
    name_length3: SmallInt,
    column_name: *mut Char,
    name_length4: SmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_columns(statement_handle, &table, &text(column_name, name_length4))
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLColumnsW(
    statement_handle: HStmt,
    catalog_name: *mut WChar,
    name_length1: SmallInt,
    schema_name: *mut WChar,
    name_length2: SmallInt,
    table_name: *mut WChar,
    name_length3: SmallInt,
    column_name: *mut WChar,
    name_length4: SmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_columns(statement_handle, &table, &text(column_name, name_length4))
}

fn list_columns(statement: HStmt, table: &TableArguments, column: &TextIn) -> RetCode {
    on_catalog(statement, |scope, memory| {
        columns::list(scope, table, column, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLProcedures(
    statement_handle: HStmt,
    _catalog_name: *mut Char,
    _name_length1: SmallInt,
    _schema_name: *mut Char,
    _name_length2: SmallInt,
    _proc_name: *mut Char,
    _name_length3: SmallInt,
) -> RetCode {
    list_nothing(statement_handle, About::Procedures, &[])
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLProceduresW(
    statement_handle: HStmt,
    _catalog_name: *mut WChar,
    _name_length1: SmallInt,
    _schema_name: *mut WChar,
    _name_length2: SmallInt,
    _proc_name: *mut WChar,
    _name_length3: SmallInt,
) -> RetCode {
    list_nothing(statement_handle, About::Procedures, &[])
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLProcedureColumns(
    statement_handle: HStmt,
    _catalog_name: *mut Char,
    _name_length1: SmallInt,
    _schema_name: *mut Char,
    _name_length2: SmallInt,
    _proc_name: *mut Char,
    _name_length3: SmallInt,
    _column_name: *mut Char,
    _name_length4: SmallInt,
) -> RetCode {
    list_nothing(statement_handle, About::ProcedureColumns, &[])
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLProcedureColumnsW(
    statement_handle: HStmt,
    _catalog_name: *mut WChar,
    _name_length1: SmallInt,
    _schema_name: *mut WChar,
    _name_length2: SmallInt,
    _proc_name: *mut WChar,
    _name_length3: SmallInt,
    _column_name: *mut WChar,
    _name_length4: SmallInt,
) -> RetCode {
    list_nothing(statement_handle, About::ProcedureColumns, &[])
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLTablePrivileges(
    statement_handle: HStmt,
    _catalog_name: *mut Char,
    _name_length1: SmallInt,
    _schema_name: *mut Char,
    _name_length2: SmallInt,
    _table_name: *mut Char,
    _name_length3: SmallInt,
) -> RetCode {
    list_nothing(statement_handle, About::TablePrivileges, &[])
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLTablePrivilegesW(
    statement_handle: HStmt,
    _catalog_name: *mut WChar,
    _name_length1: SmallInt,
    _schema_name: *mut WChar,
    _name_length2: SmallInt,
    _table_name: *mut WChar,
    _name_length3: SmallInt,
) -> RetCode {
    list_nothing(statement_handle, About::TablePrivileges, &[])
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLColumnPrivileges(
    statement_handle: HStmt,
    _catalog_name: *mut Char,
    _name_length1: SmallInt,
    _schema_name: *mut Char,
    _name_length2: SmallInt,
    table_name: *mut Char,
    name_length3: SmallInt,
    _column_name: *mut Char,
    _name_length4: SmallInt,
) -> RetCode {
    let table = text(table_name, name_length3);
    list_nothing(statement_handle, About::ColumnPrivileges, &[table])
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLColumnPrivilegesW(
    statement_handle: HStmt,
    _catalog_name: *mut WChar,
    _name_length1: SmallInt,
    _schema_name: *mut WChar,
    _name_length2: SmallInt,
    table_name: *mut WChar,
    name_length3: SmallInt,
    _column_name: *mut WChar,
    _name_length4: SmallInt,
) -> RetCode {
    let table = text(table_name, name_length3);
    list_nothing(statement_handle, About::ColumnPrivileges, &[table])
}

/// Returns an empty result about a feature that Exchange lacks. One of `required` has to be given.
fn list_nothing(statement: HStmt, about: About, required: &[TextIn]) -> RetCode {
    on_catalog(statement, |scope, memory| {
        empty::list(scope, about, required, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetTypeInfo(
    statement_handle: HStmt,
    data_type: SmallInt,
) -> RetCode {
    on_catalog(statement_handle, |scope, _| {
        type_info::list(scope, data_type)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLGetTypeInfoW(
    statement_handle: HStmt,
    data_type: SmallInt,
) -> RetCode {
    on_catalog(statement_handle, |scope, _| {
        type_info::list(scope, data_type)
    })
}
