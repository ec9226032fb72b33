//! `EXPLAIN`: the requests of a statement, Graph's work and the driver's own. `EXPLAIN ANALYZE`
//! also runs the statement and reports its cost.

mod aggregates;
mod joins;
mod operators;
mod scans;
mod step;
mod tree;
mod used;

use super::errors;
use crate::text::Explain;
use crate::{Column, ColumnType, Error};
use datafusion::arrow::array::StringArray;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use scans::{Scans, below};
use std::sync::Arc;

/// The one column of the result.
pub fn columns() -> Vec<Column> {
    vec![Column {
        name: "Plan".to_owned(),
        column_type: ColumnType::LongVarchar,
        nullable: false,
        case_sensitive: true,
        base: None,
        remarks: String::new(),
    }]
}

/// The explanation, one line in each row. With `ANALYZE` it arrives after the statement has run to
/// its end.
pub async fn stream(
    plan: Arc<dyn ExecutionPlan>,
    mode: Explain,
    task: Arc<TaskContext>,
) -> Result<SendableRecordBatchStream, Error> {
    let total = match mode {
        Explain::Plan => None,
        Explain::Analyze => {
            let total = used::run(&plan, task).await;
            Some(total.map_err(|error| errors::to_error(&error))?)
        }
    };
    let lines = lines(&plan, total.as_ref());
    let schema = Arc::new(Schema::new(vec![Field::new("Plan", DataType::Utf8, false)]));
    let batch = RecordBatch::try_new(
        Arc::clone(&schema),
        vec![Arc::new(StringArray::from(lines))],
    );
    let batches = futures::stream::iter([batch.map_err(Into::into)]);
    Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
}

fn lines(plan: &Arc<dyn ExecutionPlan>, total: Option<&used::Total>) -> Vec<String> {
    let scans = Scans::of(plan);
    let requests = scans.each(|_, scan| scan.requests());
    let warnings = scans.each(|_, scan| scan.warning());
    let graph = scans.each(|label, scan| below(label, scan.work_of_graph()));
    let mut lines = Vec::new();
    section(&mut lines, "Requests to Microsoft Graph:", requests);
    if !warnings.is_empty() {
        section(&mut lines, "Large read:", warnings);
    }
    section(&mut lines, "Work in Microsoft Graph:", graph);
    let tree = tree::lines(plan, &scans.labels, total.is_some());
    section(&mut lines, "Work in the driver:", tree);
    if let Some(total) = total {
        section(&mut lines, "Used:", used::lines(&scans, total));
    }
    lines
}

fn section(lines: &mut Vec<String>, title: &str, content: Vec<String>) {
    lines.push(title.to_owned());
    if content.is_empty() {
        lines.push("  none".to_owned());
    }
    lines.extend(content.into_iter().map(|line| format!("  {line}")));
}
