//! `SQLSpecialColumns`.

use super::rows::{Answer, Heading, integer, short, size, text};
use super::table_arguments::TableArguments;
use super::{exact_table, show};
use crate::odbc::diagnostics::{Error, sqlstate};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::descriptor::facts::TypeFacts;
use exchange_sql::Measures;

const HEADINGS: &[Heading] = &[
    short("SCOPE", true),
    text("COLUMN_NAME", false),
    short("DATA_TYPE", false),
    text("TYPE_NAME", false),
    integer("COLUMN_SIZE", true),
    integer("BUFFER_LENGTH", true),
    short("DECIMAL_DIGITS", true),
    short("PSEUDO_COLUMN", true),
];

const BEST_ROW_ID: u16 = 1;
const ROW_VERSION: u16 = 2;

/// `SQL_SCOPE_SESSION`: keys stay valid as long as the connection, and longer.
const SCOPE_SESSION: u16 = 2;

const NO_NULLS: u16 = 0;
const NULLABLE: u16 = 1;

const NOT_PSEUDO: i16 = 1;

/// The arguments of `SQLSpecialColumns`.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub identifier_type: u16,
    pub scope: u16,
    pub nullable: u16,
}

/// `SQLSpecialColumns`
pub fn list(
    scope: &mut StatementScope<'_>,
    arguments: &TableArguments,
    question: Question,
    memory: &impl AppMemory,
) -> Outcome {
    if !matches!(question.identifier_type, BEST_ROW_ID | ROW_VERSION) {
        return Err(Error::of(sqlstate::HY097));
    }
    if question.scope > SCOPE_SESSION {
        return Err(Error::of(sqlstate::HY098));
    }
    if question.nullable > NULLABLE {
        return Err(Error::of(sqlstate::HY099));
    }
    let arguments = arguments.read(scope, memory)?;
    let view = scope.connection.view();
    let mut answer = Answer::new(HEADINGS);
    let table = exact_table(scope, &arguments)?;
    // No column changes automatically with every change of its row.
    if let Some(table) = table.filter(|_| question.identifier_type == BEST_ROW_ID) {
        let columns: Vec<_> = table
            .primary_key
            .iter()
            .filter_map(|name| table.column(name))
            .collect();
        let usable = question.nullable != NO_NULLS || columns.iter().all(|c| !c.nullable);
        for column in columns.into_iter().filter(|_| usable) {
            let facts = TypeFacts::of(column.column_type, view);
            answer.push(vec![
                (SCOPE_SESSION as i16).into(),
                column.name.as_str().into(),
                facts.concise.into(),
                facts.name.into(),
                size(facts.column_size),
                size(facts.octet_length as usize),
                Measures::of(column.column_type).digits.into(),
                NOT_PSEUDO.into(),
            ]);
        }
    }
    show(scope, answer)
}
