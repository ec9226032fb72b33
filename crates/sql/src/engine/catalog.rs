//! The tables for DataFusion and for the catalog functions.

use super::all_tables::AllTables;
use super::information_schema;
use crate::temporary::TemporaryTables;
use crate::{Column, ForeignKey, TableInfo};
use datafusion::catalog::{
    self, CatalogProvider, CatalogProviderList, MemoryCatalogProvider, MemoryCatalogProviderList,
    MemorySchemaProvider, SchemaProvider,
};
use datafusion::common::Result;
use exchange_config::{KeyColumn, Settings};
use exchange_tables::definition::Table;
use exchange_tables::{self as tables, GraphSource, TableProvider};
use std::sync::Arc;

/// The place of unqualified names in DataFusion. Applications never see these two names, because
/// the data source has neither catalogs nor schemas, apart from that of the system's views.
pub const CATALOG: &str = "exchange";
pub const SCHEMA: &str = "mailbox";

pub fn catalogs(
    source: &Arc<GraphSource>,
    all: &Arc<AllTables>,
) -> Result<Arc<dyn CatalogProviderList>> {
    let mailbox = MemorySchemaProvider::new();
    for table in tables::tables(source.settings()) {
        let provider = TableProvider::new(table, Arc::clone(source));
        mailbox.register_table(table.name.to_lowercase(), Arc::new(provider))?;
    }
    let schema = Arc::new(Tables {
        mailbox,
        temporary: Arc::clone(all.temporary()),
    });
    let catalog = MemoryCatalogProvider::new();
    catalog.register_schema(SCHEMA, schema)?;
    let views = information_schema::schema(all)?;
    catalog.register_schema(&information_schema::NAME.to_lowercase(), views)?;
    let list = MemoryCatalogProviderList::new();
    list.register_catalog(CATALOG.to_owned(), Arc::new(catalog));
    Ok(Arc::new(list))
}

/// The tables of Exchange, which always exist, and the current temporary ones.
#[derive(Debug)]
struct Tables {
    mailbox: MemorySchemaProvider,
    temporary: Arc<TemporaryTables>,
}

#[async_trait::async_trait]
impl SchemaProvider for Tables {
    fn table_names(&self) -> Vec<String> {
        let temporary = self.temporary.names().into_iter();
        let mut names = self.mailbox.table_names();
        names.extend(temporary.map(|name| name.to_lowercase()));
        names
    }

    async fn table(&self, name: &str) -> Result<Option<Arc<dyn catalog::TableProvider>>> {
        if let Some(table) = self.temporary.get(name) {
            return Ok(Some(table));
        }
        self.mailbox.table(name).await
    }

    fn table_exist(&self, name: &str) -> bool {
        self.mailbox.table_exist(name) || self.temporary.get(name).is_some()
    }
}

/// Every table with its keys, in the order of the definitions.
pub fn table_infos(settings: &Settings) -> Vec<Arc<TableInfo>> {
    tables::tables(settings)
        .into_iter()
        .map(|table| Arc::new(table_info(table, settings.key_column)))
        .collect()
}

fn table_info(table: &'static Table, key: KeyColumn) -> TableInfo {
    let ids: Vec<String> = table
        .id_columns
        .iter()
        .map(|name| (*name).to_owned())
        .collect();
    let mut keys = vec![
        vec!["compositeKey".to_owned()],
        vec!["safeKey".to_owned()],
        ids,
    ];
    let reported = match key {
        KeyColumn::CompositeKey => 0,
        KeyColumn::SafeKey => 1,
        KeyColumn::Id => 2,
    };
    TableInfo {
        schema: None,
        name: table.name.to_owned(),
        table_type: "TABLE",
        remarks: table.remarks.to_owned(),
        columns: table
            .columns
            .iter()
            .map(|column| column_info(table, column))
            .collect(),
        primary_key: keys.remove(reported),
        unique_keys: keys,
        foreign_keys: table.foreign_keys.iter().map(foreign_key).collect(),
        // Counting the rows would need the network.
        cardinality: None,
    }
}

fn foreign_key(key: &tables::definition::ForeignKey) -> ForeignKey {
    ForeignKey {
        column: key.column.to_owned(),
        table: key.table.to_owned(),
        referenced: key.referenced.to_owned(),
    }
}

fn column_info(table: &Table, column: &tables::definition::Column) -> Column {
    Column {
        name: column.name.to_owned(),
        column_type: column.column_type,
        nullable: column.nullable,
        case_sensitive: column.case_sensitive,
        base: Some((table.name.to_owned(), column.name.to_owned())),
        remarks: column.remarks.to_owned(),
    }
}
