//! Catalog functions about keys: the keys of a table, and the references between two tables.

use super::catalog::table_arguments;
use super::on_catalog;
use super::types::{Char, HStmt, RetCode, SmallInt, USmallInt, WChar};
use crate::odbc::calls::catalog::special::{self, Question};
use crate::odbc::calls::catalog::table_arguments::TableArguments;
use crate::odbc::calls::catalog::{foreign_keys, keys};

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLPrimaryKeys(
    statement_handle: HStmt,
    catalog_name: *mut Char,
    name_length1: SmallInt,
    schema_name: *mut Char,
    name_length2: SmallInt,
    table_name: *mut Char,
    name_length3: SmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_primary_keys(statement_handle, &table)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLPrimaryKeysW(
    statement_handle: HStmt,
    catalog_name: *mut WChar,
    name_length1: SmallInt,
    schema_name: *mut WChar,
    name_length2: SmallInt,
    table_name: *mut WChar,
    name_length3: SmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_primary_keys(statement_handle, &table)
}

fn list_primary_keys(statement: HStmt, table: &TableArguments) -> RetCode {
    on_catalog(statement, |scope, memory| {
        keys::primary(scope, table, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLStatistics(
    statement_handle: HStmt,
    catalog_name: *mut Char,
    name_length1: SmallInt,
    schema_name: *mut Char,
    name_length2: SmallInt,
    table_name: *mut Char,
    name_length3: SmallInt,
    unique: USmallInt,
    accuracy: USmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_statistics(statement_handle, &table, unique, accuracy)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLStatisticsW(
    statement_handle: HStmt,
    catalog_name: *mut WChar,
    name_length1: SmallInt,
    schema_name: *mut WChar,
    name_length2: SmallInt,
    table_name: *mut WChar,
    name_length3: SmallInt,
    unique: USmallInt,
    accuracy: USmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    list_statistics(statement_handle, &table, unique, accuracy)
}

fn list_statistics(
    statement: HStmt,
    table: &TableArguments,
    unique: u16,
    accuracy: u16,
) -> RetCode {
    on_catalog(statement, |scope, memory| {
        keys::statistics(scope, table, unique, accuracy, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSpecialColumns(
    statement_handle: HStmt,
    identifier_type: USmallInt,
    catalog_name: *mut Char,
    name_length1: SmallInt,
    schema_name: *mut Char,
    name_length2: SmallInt,
    table_name: *mut Char,
    name_length3: SmallInt,
    scope: USmallInt,
    nullable: USmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    let question = Question {
        identifier_type,
        scope,
        nullable,
    };
    list_special_columns(statement_handle, &table, question)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLSpecialColumnsW(
    statement_handle: HStmt,
    identifier_type: USmallInt,
    catalog_name: *mut WChar,
    name_length1: SmallInt,
    schema_name: *mut WChar,
    name_length2: SmallInt,
    table_name: *mut WChar,
    name_length3: SmallInt,
    scope: USmallInt,
    nullable: USmallInt,
) -> RetCode {
    let table = table_arguments(
        (catalog_name, name_length1),
        (schema_name, name_length2),
        (table_name, name_length3),
    );
    let question = Question {
        identifier_type,
        scope,
        nullable,
    };
    list_special_columns(statement_handle, &table, question)
}

fn list_special_columns(statement: HStmt, table: &TableArguments, question: Question) -> RetCode {
    on_catalog(statement, |scope, memory| {
        special::list(scope, table, question, memory)
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLForeignKeys(
    statement_handle: HStmt,
    pk_catalog_name: *mut Char,
    name_length1: SmallInt,
    pk_schema_name: *mut Char,
    name_length2: SmallInt,
    pk_table_name: *mut Char,
    name_length3: SmallInt,
    fk_catalog_name: *mut Char,
    name_length4: SmallInt,
    fk_schema_name: *mut Char,
    name_length5: SmallInt,
    fk_table_name: *mut Char,
    name_length6: SmallInt,
) -> RetCode {
    let referenced = table_arguments(
        (pk_catalog_name, name_length1),
        (pk_schema_name, name_length2),
        (pk_table_name, name_length3),
    );
    let referring = table_arguments(
        (fk_catalog_name, name_length4),
        (fk_schema_name, name_length5),
        (fk_table_name, name_length6),
    );
    list_foreign_keys(statement_handle, &referenced, &referring)
}

#[unsafe(no_mangle)]
pub unsafe extern "system" fn SQLForeignKeysW(
    statement_handle: HStmt,
    pk_catalog_name: *mut WChar,
    name_length1: SmallInt,
    pk_schema_name: *mut WChar,
    name_length2: SmallInt,
    pk_table_name: *mut WChar,
    name_length3: SmallInt,
    fk_catalog_name: *mut WChar,
    name_length4: SmallInt,
    fk_schema_name: *mut WChar,
    name_length5: SmallInt,
    fk_table_name: *mut WChar,
    name_length6: SmallInt,
) -> RetCode {
    let referenced = table_arguments(
        (pk_catalog_name, name_length1),
        (pk_schema_name, name_length2),
        (pk_table_name, name_length3),
    );
    let referring = table_arguments(
        (fk_catalog_name, name_length4),
        (fk_schema_name, name_length5),
        (fk_table_name, name_length6),
    );
    list_foreign_keys(statement_handle, &referenced, &referring)
}

fn list_foreign_keys(
    statement: HStmt,
    referenced: &TableArguments,
    referring: &TableArguments,
) -> RetCode {
    on_catalog(statement, |scope, memory| {
        foreign_keys::list(scope, referenced, referring, memory)
    })
}
