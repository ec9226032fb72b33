//! `EXPLAIN`: the requests that a statement sends, and what stays local.

use super::errors;
use crate::sql::text::Explain;
use crate::sql::{Column, ColumnType, Error, ErrorKind};
use crate::tables::ScanExec;
use datafusion::arrow::array::StringArray;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::display::DisplayableExecutionPlan;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{ExecutionPlan, ExecutionPlanVisitor, accept};
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

/// The explanation, a line a row.
pub async fn stream(
    plan: Arc<dyn ExecutionPlan>,
    mode: Explain,
    _task: Arc<TaskContext>,
) -> Result<SendableRecordBatchStream, Error> {
    if mode == Explain::Analyze {
        return Err(Error::new(
            ErrorKind::NotSupported,
            "EXPLAIN ANALYZE is not supported; EXPLAIN shows the requests without sending them",
        ));
    }
    let lines = lines(plan.as_ref()).map_err(|error| errors::to_error(&error))?;
    let schema = Arc::new(Schema::new(vec![Field::new("Plan", DataType::Utf8, false)]));
    let batch = RecordBatch::try_new(
        Arc::clone(&schema),
        vec![Arc::new(StringArray::from(lines))],
    );
    let batches = futures::stream::iter([batch.map_err(Into::into)]);
    Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
}

fn lines(plan: &dyn ExecutionPlan) -> datafusion::common::Result<Vec<String>> {
    let mut requests = Requests::default();
    accept(plan, &mut requests)?;
    let mut lines = vec!["Requests to Microsoft Graph:".to_owned()];
    if requests.lines.is_empty() {
        lines.push("  none".to_owned());
    }
    lines.extend(requests.lines.into_iter().map(|line| format!("  {line}")));
    lines.push("Work in the driver:".to_owned());
    let shown = DisplayableExecutionPlan::new(plan)
        .indent(false)
        .to_string();
    lines.extend(shown.lines().map(|line| format!("  {line}")));
    Ok(lines)
}

#[derive(Default)]
struct Requests {
    lines: Vec<String>,
}

impl ExecutionPlanVisitor for Requests {
    type Error = datafusion::error::DataFusionError;

    fn pre_visit(&mut self, plan: &dyn ExecutionPlan) -> Result<bool, Self::Error> {
        if let Some(scan) = plan.downcast_ref::<ScanExec>() {
            self.lines.extend(scan.requests());
        }
        Ok(true)
    }
}
