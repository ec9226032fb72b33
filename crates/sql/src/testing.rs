//! The engine without its tables.

use crate::Error;
use crate::engine::{self, state};
use crate::functions::Context;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::datasource::MemTable;
use datafusion::prelude::SessionContext;
use std::sync::Arc;

pub struct Session {
    pub context: SessionContext,
}

pub fn session() -> Session {
    let context = Context {
        database: "contoso".to_owned(),
        user: "ann".to_owned(),
        zone: exchange_config::Zone::UTC,
    };
    let config = state::config().with_create_default_catalog_and_schema(true);
    let state = state::builder(&context).with_config(config).build();
    let context = SessionContext::new_with_state(state);
    // Only tests query the engine's types.
    context.register_udf(datafusion::functions::core::arrow_typeof().as_ref().clone());
    Session { context }
}

impl Session {
    /// Adds a table with one partition of these batches.
    pub fn with_table(self, name: &str, batches: Vec<RecordBatch>) -> Self {
        let table = MemTable::try_new(batches[0].schema(), vec![batches]).unwrap();
        self.context.register_table(name, Arc::new(table)).unwrap();
        self
    }

    pub fn rows(&self, sql: &str) -> Result<Vec<Vec<String>>, Error> {
        let (context, sql) = (self.context.clone(), sql.to_owned());
        engine::run(async move {
            let error = |error| engine::to_error(&error);
            let batches = context.sql(&sql).await.map_err(error)?;
            let batches = batches.collect().await.map_err(error)?;
            Ok(batches.iter().flat_map(texts).collect())
        })
    }

    /// The first column's values.
    pub fn column(&self, sql: &str) -> Result<Vec<String>, Error> {
        Ok(self
            .rows(sql)?
            .into_iter()
            .map(|mut row| row.swap_remove(0))
            .collect())
    }

    /// The only value.
    pub fn value(&self, sql: &str) -> Result<String, Error> {
        let mut rows = self.rows(sql)?;
        assert_eq!(
            (rows.len(), rows.first().map(Vec::len)),
            (1, Some(1)),
            "{sql}"
        );
        Ok(rows.swap_remove(0).swap_remove(0))
    }

    /// The optimized plan.
    pub fn plan(&self, sql: &str) -> String {
        let (context, sql) = (self.context.clone(), sql.to_owned());
        engine::run(async move {
            let error = |error| engine::to_error(&error);
            let plan = context
                .sql(&sql)
                .await
                .map_err(error)?
                .into_optimized_plan();
            let plan = plan.map_err(error)?;
            Ok::<_, Error>(plan.display_indent().to_string())
        })
        .unwrap()
    }
}

fn texts(batch: &RecordBatch) -> Vec<Vec<String>> {
    let options = FormatOptions::default().with_null("NULL");
    let columns: Vec<ArrayFormatter<'_>> = (batch.columns().iter())
        .map(|array| ArrayFormatter::try_new(array, &options).unwrap())
        .collect();
    let row = |row| {
        columns
            .iter()
            .map(|column| column.value(row).to_string())
            .collect()
    };
    (0..batch.num_rows()).map(row).collect()
}
