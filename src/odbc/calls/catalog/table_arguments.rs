//! The arguments of a catalog function that tell the tables.

use super::pattern::Argument;
use crate::odbc::diagnostics::Error;
use crate::odbc::handles::StatementScope;
use crate::odbc::memory::AppMemory;
use crate::odbc::text::TextIn;

/// Catalog, schema and table: the arguments that most functions begin with.
#[derive(Clone, Copy, Debug)]
pub struct TableArguments {
    pub catalog: TextIn,
    pub schema: TextIn,
    pub table: TextIn,
}

/// The same as text.
pub struct TableArgumentTexts {
    pub catalog: Option<String>,
    pub schema: Option<String>,
    pub table: Option<String>,
}

impl TableArguments {
    pub fn read(
        &self,
        scope: &StatementScope<'_>,
        memory: &impl AppMemory,
    ) -> Result<TableArgumentTexts, Error> {
        let encoding = scope.connection.encoding;
        Ok(TableArgumentTexts {
            catalog: self.catalog.read(memory, encoding)?,
            schema: self.schema.read(memory, encoding)?,
            table: self.table.read(memory, encoding)?,
        })
    }
}

/// The argument for the schema, if it is given and no catalog is: only views of the system have a
/// schema, and they are listed for an application that names it.
pub fn named_schema(arguments: &TableArgumentTexts) -> Result<Option<Argument>, Error> {
    let no_catalog = Argument::pattern(arguments.catalog.as_deref(), false)?.matches_absent();
    let schema = Argument::pattern(arguments.schema.as_deref(), false)?;
    Ok((no_catalog && !schema.matches_absent()).then_some(schema))
}

/// Whether catalog and schema, if given, match tables without either.
pub fn is_unqualified(arguments: &TableArgumentTexts) -> bool {
    let absent = |text: &Option<String>| {
        text.as_deref()
            .is_none_or(|text| text.is_empty() || text == "%")
    };
    absent(&arguments.catalog) && absent(&arguments.schema)
}
