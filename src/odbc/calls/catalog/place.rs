//! The place that a catalog function searches.

use crate::odbc::diagnostics::Error;
use crate::odbc::handles::StatementScope;
use crate::odbc::memory::AppMemory;
use crate::odbc::text::TextIn;

/// Catalog, schema and table: the arguments that most functions begin with.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub catalog: TextIn,
    pub schema: TextIn,
    pub table: TextIn,
}

/// The same as text.
pub struct PlaceText {
    pub catalog: Option<String>,
    pub schema: Option<String>,
    pub table: Option<String>,
}

impl Place {
    pub fn read(
        &self,
        scope: &StatementScope<'_>,
        memory: &impl AppMemory,
    ) -> Result<PlaceText, Error> {
        let width = scope.connection.width;
        Ok(PlaceText {
            catalog: self.catalog.read(memory, width)?,
            schema: self.schema.read(memory, width)?,
            table: self.table.read(memory, width)?,
        })
    }
}

/// Whether catalog and schema, if given, match tables without either.
pub fn is_unqualified(place: &PlaceText) -> bool {
    let absent = |text: &Option<String>| {
        text.as_deref()
            .is_none_or(|text| text.is_empty() || text == "%")
    };
    absent(&place.catalog) && absent(&place.schema)
}
