//! An engine without tables of its own, set up as `engine::state` does it.

use crate::sql::functions::{self, Context};
use crate::sql::{Error, engine};
use crate::sql::{aggregates, coercion, guards, rules, subqueries};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::datasource::MemTable;
use datafusion::execution::SessionStateDefaults;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::sync::Arc;

pub struct Session {
    pub context: SessionContext,
}

pub fn session() -> Session {
    let mut config = SessionConfig::new().with_target_partitions(1);
    let options = config.options_mut();
    options.sql_parser.enable_ident_normalization = false;
    options.sql_parser.parse_float_as_decimal = true;
    options.sql_parser.map_string_types_to_utf8view = false;
    options.sql_parser.default_null_ordering = "nulls_min".to_owned();
    let mut planners = coercion::expr_planners();
    planners.extend(SessionStateDefaults::default_expr_planners());
    let context = Context {
        database: "contoso".to_owned(),
        user: "ann".to_owned(),
    };
    let mut scalar_functions = functions::scalar_udfs(&context);
    scalar_functions.extend(coercion::internal_functions());
    // Only tests ask the engine for its types.
    scalar_functions.push(datafusion::functions::core::arrow_typeof());
    let mut analyzer_rules = coercion::analyzer_rules();
    analyzer_rules.push(Arc::new(subqueries::Subqueries));
    analyzer_rules.push(Arc::new(guards::Guards));
    analyzer_rules.push(Arc::new(rules::ForgottenKeys));
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_query_planner(subqueries::query_planner())
        .with_expr_planners(planners)
        .with_type_planner(coercion::type_planner())
        .with_analyzer_rules(analyzer_rules)
        .with_optimizer_rules(rules::optimizer_rules())
        .with_physical_optimizer_rules(rules::physical_optimizer_rules())
        .with_scalar_functions(scalar_functions)
        .with_aggregate_functions(aggregates::aggregate_udfs())
        .with_window_functions(SessionStateDefaults::default_window_functions())
        .build();
    Session {
        context: SessionContext::new_with_state(state),
    }
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

    /// The plan as the optimizer leaves it.
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
