//! `SQLTables`.

use super::pattern::Argument;
use super::rows::{Answer, Cell, Heading, long_text, remarks, text};
use super::table_arguments::TableArguments;
use super::{identifiers, ordered, show, system_views, tables};
use crate::odbc::handles::{Outcome, StatementScope};
use crate::odbc::memory::AppMemory;
use crate::odbc::text::TextIn;
use std::collections::BTreeSet;

const HEADINGS: &[Heading] = &[
    text("TABLE_CAT", true),
    text("TABLE_SCHEM", true),
    text("TABLE_NAME", true),
    text("TABLE_TYPE", true),
    long_text("REMARKS"),
];

/// `SQL_ALL_CATALOGS`, `SQL_ALL_SCHEMAS`, `SQL_ALL_TABLE_TYPES`
const ALL: &str = "%";

/// The possible types of tables, even if no table has one at the moment.
const TYPES: &[&str] = &["TABLE", "LOCAL TEMPORARY", SYSTEM_VIEW];

/// Only an application that asks for this type sees the views: designers would offer them beside the
/// tables of Exchange.
const SYSTEM_VIEW: &str = "SYSTEM VIEW";

/// The kind of answer that the arguments request.
enum Wanted {
    Catalogs,
    Schemas,
    TableTypes,
    Tables,
}

/// An enumeration is requested by `%` with empty strings for the other arguments.
fn wanted(
    catalog: Option<&str>,
    schema: Option<&str>,
    table: Option<&str>,
    types: Option<&str>,
) -> Wanted {
    let empty = Some("");
    match (catalog, schema, table, types) {
        (Some(ALL), schema, table, _) if schema == empty && table == empty => Wanted::Catalogs,
        (catalog, Some(ALL), table, _) if catalog == empty && table == empty => Wanted::Schemas,
        (catalog, schema, table, Some(ALL))
            if catalog == empty && schema == empty && table == empty =>
        {
            Wanted::TableTypes
        }
        _ => Wanted::Tables,
    }
}

/// The members of a list of table types; `None` for all of them.
fn type_list(types: Option<&str>) -> Option<Vec<String>> {
    let types = types.filter(|types| !types.is_empty() && *types != ALL)?;
    let unquoted = |part: &str| {
        let part = part.trim();
        let bare = part
            .strip_prefix('\'')
            .and_then(|rest| rest.strip_suffix('\''));
        bare.unwrap_or(part).to_ascii_uppercase()
    };
    Some(types.split(',').map(unquoted).collect())
}

/// `SQLTables`
pub fn list(
    scope: &mut StatementScope<'_>,
    arguments: &TableArguments,
    table_type: &TextIn,
    memory: &impl AppMemory,
) -> Outcome {
    let encoding = scope.connection.encoding;
    let arguments = arguments.read(scope, memory)?;
    let types = table_type.read(memory, encoding)?;
    let (catalog, schema, table) = (
        arguments.catalog.as_deref(),
        arguments.schema.as_deref(),
        arguments.table.as_deref(),
    );
    let mut answer = Answer::new(HEADINGS);
    match wanted(catalog, schema, table, types.as_deref()) {
        // There are no catalogs or schemas to enumerate.
        Wanted::Catalogs | Wanted::Schemas => {}
        Wanted::TableTypes => {
            let tables = tables(scope)?;
            let there = tables.iter().map(|table| table.table_type);
            let types: BTreeSet<&str> = TYPES.iter().copied().chain(there).collect();
            for name in types {
                answer.push(vec![
                    Cell::Null,
                    Cell::Null,
                    Cell::Null,
                    name.into(),
                    Cell::Null,
                ]);
            }
        }
        Wanted::Tables => {
            let types = type_list(types.as_deref());
            let name = Argument::pattern(table, identifiers(scope))?;
            let no_catalog = Argument::pattern(catalog, false)?.matches_absent();
            let schema = Argument::pattern(schema, false)?;
            let asks_for = |wanted: &str| {
                let types = types.as_ref();
                types.is_some_and(|list| list.iter().any(|listed| listed == wanted))
            };
            let mut all = tables(scope)?;
            if asks_for(SYSTEM_VIEW) {
                all.extend(system_views(scope)?);
            }
            for table in ordered(all).iter().filter(|_| no_catalog) {
                let listed = types.is_none() || asks_for(table.table_type);
                if listed && schema.matches_optional(table.schema) && name.matches(&table.name) {
                    answer.push(vec![
                        Cell::Null,
                        table.schema.into(),
                        table.name.as_str().into(),
                        table.table_type.into(),
                        remarks(&table.remarks),
                    ]);
                }
            }
        }
    }
    show(scope, answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_lists_may_be_quoted() {
        let list = |text| type_list(Some(text));
        assert_eq!(list("'TABLE','VIEW'").unwrap(), ["TABLE", "VIEW"]);
        assert_eq!(list("table, VIEW").unwrap(), ["TABLE", "VIEW"]);
        assert_eq!(list(""), None);
        assert_eq!(list("%"), None);
        assert_eq!(type_list(None), None);
    }
}
