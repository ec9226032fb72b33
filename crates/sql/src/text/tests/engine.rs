//! The engine's planner, set up as for a connection but over rows in memory.

use crate::text::{ParseOptions, parse};
use crate::{coercion, functions};
use datafusion::arrow::array::{Int64Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::datasource::MemTable;
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion::sql::parser::Statement;
use exchange_tables::{TABLES, arrow_schema};
use std::sync::Arc;

/// All tables of the driver without rows, and `t` with some: `a` integer, `b` and `c` text.
pub fn context() -> SessionContext {
    let mut config = SessionConfig::new().with_target_partitions(1);
    let options = config.options_mut();
    options.sql_parser.enable_ident_normalization = false;
    options.sql_parser.parse_float_as_decimal = true;
    options.sql_parser.map_string_types_to_utf8view = false;
    let context = SessionContext::new_with_config(config);
    for table in TABLES {
        let all: Vec<usize> = (0..table.columns.len()).collect();
        let lower = |field: &Field| field.clone().with_name(field.name().to_lowercase());
        let fields: Vec<_> = arrow_schema::schema_of(table, &all)
            .fields()
            .iter()
            .map(|field| lower(field))
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let rows = MemTable::try_new(schema, vec![vec![]]).unwrap();
        context
            .register_table(table.name.to_lowercase().as_str(), Arc::new(rows))
            .unwrap();
    }
    let schema = Arc::new(Schema::new(vec![
        Field::new("a", DataType::Int64, true),
        Field::new("b", DataType::Utf8, true),
        Field::new("c", DataType::Utf8, true),
    ]));
    let columns = RecordBatch::try_new(
        Arc::clone(&schema),
        vec![
            Arc::new(Int64Array::from(vec![1, 2, 3])),
            Arc::new(StringArray::from(vec!["a\\b", "50%", "50x"])),
            Arc::new(StringArray::from(vec!["a\\b", "50!%", "!!%"])),
        ],
    );
    let rows = MemTable::try_new(schema, vec![vec![columns.unwrap()]]).unwrap();
    context.register_table("t", Arc::new(rows)).unwrap();
    for function in coercion::internal_functions() {
        context.register_udf(function.as_ref().clone());
    }
    context.register_udf(functions::like_pattern());
    context
}

/// Runs one statement: the names of the columns as labelled, and the rows as text.
pub async fn run(context: &SessionContext, sql: &str) -> Result<Vec<String>, String> {
    let mut parsed = parse(sql, &ParseOptions::default()).map_err(|error| error.message)?;
    let parsed = parsed.remove(0);
    let statement = Statement::Statement(Box::new(parsed.statement));
    let plan = context
        .state()
        .statement_to_plan(statement)
        .await
        .map_err(|e| e.to_string())?;
    let frame = context
        .execute_logical_plan(plan)
        .await
        .map_err(|e| e.to_string())?;
    let label = |name: &String| parsed.labels.get(name).unwrap_or(name).clone();
    let header: Vec<_> = frame
        .schema()
        .fields()
        .iter()
        .map(|field| label(field.name()))
        .collect();
    let batches = frame.collect().await.map_err(|e| e.to_string())?;
    let table = pretty_format_batches(&batches).unwrap().to_string();
    let rows = table.lines().skip(3).filter(|line| line.starts_with('|'));
    let cells = |line: &str| {
        let cells: Vec<_> = line
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect();
        cells.join("|")
    };
    Ok(std::iter::once(header.join("|"))
        .chain(rows.map(cells))
        .collect())
}
