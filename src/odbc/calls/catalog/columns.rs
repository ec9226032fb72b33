//! `SQLColumns`.

use super::pattern::Argument;
use super::rows::{
    Answer, Cell, Heading, integer, long_text, remarks, short, size, text, yes_or_no,
};
use super::table_arguments::{TableArguments, is_unqualified, named_schema};
use super::{identifiers, show, system_views, tables};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::memory::AppMemory;
use crate::odbc::state::descriptor::facts::{TypeFacts, View};
use crate::odbc::state::descriptor::type_codes::verbose;
use crate::odbc::text::TextIn;
use exchange_sql::{Column, Measures, TableInfo, is_data};

const HEADINGS: &[Heading] = &[
    text("TABLE_CAT", true),
    text("TABLE_SCHEM", true),
    text("TABLE_NAME", false),
    text("COLUMN_NAME", false),
    short("DATA_TYPE", false),
    text("TYPE_NAME", false),
    integer("COLUMN_SIZE", true),
    integer("BUFFER_LENGTH", true),
    short("DECIMAL_DIGITS", true),
    short("NUM_PREC_RADIX", true),
    short("NULLABLE", false),
    long_text("REMARKS"),
    text("COLUMN_DEF", true),
    short("SQL_DATA_TYPE", false),
    short("SQL_DATETIME_SUB", true),
    integer("CHAR_OCTET_LENGTH", true),
    integer("ORDINAL_POSITION", false),
    text("IS_NULLABLE", true),
];

/// `SQLColumns`
pub fn list(
    scope: &mut StatementScope<'_>,
    arguments: &TableArguments,
    column_name: &TextIn,
    memory: &impl AppMemory,
) -> Outcome {
    let encoding = scope.connection.encoding;
    let arguments = arguments.read(scope, memory)?;
    let column_name = column_name.read(memory, encoding)?;
    let table_argument = Argument::pattern(arguments.table.as_deref(), identifiers(scope))?;
    let column_argument = Argument::pattern(column_name.as_deref(), identifiers(scope))?;
    let view = scope.connection.view();
    let mut answer = Answer::new(HEADINGS);
    let mut tables = match named_schema(&arguments)? {
        Some(schema) => {
            let mut views = system_views(scope)?;
            views.retain(|view| schema.matches_optional(view.schema));
            views
        }
        None if is_unqualified(&arguments) => tables(scope)?,
        None => Vec::new(),
    };
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    for table in tables
        .iter()
        .filter(|table| table_argument.matches(&table.name))
    {
        for (index, column) in table.columns.iter().enumerate() {
            if column_argument.matches(&column.name) {
                answer.push(row(table, index, column, view));
            }
        }
    }
    show(scope, answer)
}

fn row(table: &TableInfo, index: usize, column: &Column, view: View) -> Vec<Cell> {
    let facts = TypeFacts::of(column.column_type, view);
    let kind = verbose(facts.concise);
    vec![
        Cell::Null,
        table.schema.into(),
        table.name.as_str().into(),
        column.name.as_str().into(),
        facts.concise.into(),
        facts.name.into(),
        size(facts.column_size),
        size(facts.octet_length as usize),
        Measures::of(column.column_type).digits.into(),
        (facts.radix != 0).then_some(facts.radix).into(),
        i16::from(column.nullable).into(),
        remarks(&column.remarks),
        Cell::Null,
        kind.verbose.into(),
        (kind.subcode != 0).then_some(kind.subcode).into(),
        is_data(column.column_type)
            .then_some(facts.octet_length as i32)
            .into(),
        (index as i32 + 1).into(),
        yes_or_no(column.nullable),
    ]
}
