//! The tables of a connection: those of Exchange, which always exist, and the current temporary ones.

use crate::TableInfo;
use crate::temporary::TemporaryTables;
use std::sync::Arc;

#[derive(Debug)]
pub struct AllTables {
    exchange: Vec<Arc<TableInfo>>,
    temporary: Arc<TemporaryTables>,
}

impl AllTables {
    pub fn new(exchange: Vec<Arc<TableInfo>>, temporary: Arc<TemporaryTables>) -> Self {
        Self {
            exchange,
            temporary,
        }
    }

    pub fn temporary(&self) -> &Arc<TemporaryTables> {
        &self.temporary
    }

    pub fn infos(&self) -> Vec<Arc<TableInfo>> {
        let mut infos = self.exchange.clone();
        infos.extend(self.temporary.infos());
        infos
    }

    /// The names of a table's columns, in lower case.
    pub fn columns(&self, table: &str) -> Option<Vec<String>> {
        if let Some(temporary) = self.temporary.get(table) {
            let schema = temporary.row_schema();
            let fields = schema.fields().iter();
            return Some(fields.map(|field| field.name().clone()).collect());
        }
        let mut exchange = self.exchange.iter();
        Some(
            exchange
                .find(|known| known.name.eq_ignore_ascii_case(table))?
                .lower_case_columns(),
        )
    }
}
