//! Catalog functions about features that Exchange lacks: procedures and privileges of tables. Their
//! results have the right columns and no rows.

use super::rows::{Answer, Heading, integer, short, text};
use super::show;
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::memory::AppMemory;
use crate::odbc::text::TextIn;

/// The catalog function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    Procedures,
    ProcedureColumns,
    TablePrivileges,
    ColumnPrivileges,
}

impl About {
    const fn headings(self) -> &'static [Heading] {
        match self {
            About::Procedures => PROCEDURES,
            About::ProcedureColumns => PROCEDURE_COLUMNS,
            About::TablePrivileges => TABLE_PRIVILEGES,
            About::ColumnPrivileges => COLUMN_PRIVILEGES,
        }
    }
}

/// Returns an empty result. One of the `required` names must be given (HY009).
pub fn list(
    scope: &mut StatementScope<'_>,
    about: About,
    required: &[TextIn],
    memory: &impl AppMemory,
) -> Outcome {
    let encoding = scope.connection.encoding;
    let mut given = required.is_empty();
    for name in required {
        given |= name.read(memory, encoding)?.is_some();
    }
    if !given {
        return Err(Error::of(sqlstate::HY009));
    }
    scope.connection.connected()?;
    show(scope, Answer::new(about.headings()))
}

const PROCEDURES: &[Heading] = &[
    text("PROCEDURE_CAT", true),
    text("PROCEDURE_SCHEM", true),
    text("PROCEDURE_NAME", false),
    integer("NUM_INPUT_PARAMS", true),
    integer("NUM_OUTPUT_PARAMS", true),
    integer("NUM_RESULT_SETS", true),
    text("REMARKS", true),
    short("PROCEDURE_TYPE", true),
];

const PROCEDURE_COLUMNS: &[Heading] = &[
    text("PROCEDURE_CAT", true),
    text("PROCEDURE_SCHEM", true),
    text("PROCEDURE_NAME", false),
    text("COLUMN_NAME", false),
    short("COLUMN_TYPE", false),
    short("DATA_TYPE", false),
    text("TYPE_NAME", false),
    integer("COLUMN_SIZE", true),
    integer("BUFFER_LENGTH", true),
    short("DECIMAL_DIGITS", true),
    short("NUM_PREC_RADIX", true),
    short("NULLABLE", false),
    text("REMARKS", true),
    text("COLUMN_DEF", true),
    short("SQL_DATA_TYPE", false),
    short("SQL_DATETIME_SUB", true),
    integer("CHAR_OCTET_LENGTH", true),
    integer("ORDINAL_POSITION", false),
    text("IS_NULLABLE", true),
];

const TABLE_PRIVILEGES: &[Heading] = &[
    text("TABLE_CAT", true),
    text("TABLE_SCHEM", true),
    text("TABLE_NAME", false),
    text("GRANTOR", true),
    text("GRANTEE", false),
    text("PRIVILEGE", false),
    text("IS_GRANTABLE", true),
];

const COLUMN_PRIVILEGES: &[Heading] = &[
    text("TABLE_CAT", true),
    text("TABLE_SCHEM", true),
    text("TABLE_NAME", false),
    text("COLUMN_NAME", false),
    text("GRANTOR", true),
    text("GRANTEE", false),
    text("PRIVILEGE", false),
    text("IS_GRANTABLE", true),
];
