//! The cost of a statement that ran.

use super::scans::{Scans, below};
use datafusion::common::Result;
use datafusion::execution::TaskContext;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use exchange_tables::counted;
use futures::StreamExt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The figures of the whole statement.
pub struct Total {
    rows: u64,
    elapsed: Duration,
}

/// Runs the statement to its end. Only the number of rows is kept.
pub async fn run(plan: &Arc<dyn ExecutionPlan>, task: Arc<TaskContext>) -> Result<Total> {
    let begin = Instant::now();
    let mut batches = execute_stream(Arc::clone(plan), task)?;
    let mut rows = 0;
    while let Some(batch) = batches.next().await {
        rows += batch?.num_rows() as u64;
    }
    Ok(Total {
        rows,
        elapsed: begin.elapsed(),
    })
}

pub fn lines(scans: &Scans<'_>, total: &Total) -> Vec<String> {
    let mut lines = scans.each(|label, scan| {
        let used = scan.used();
        below(&format!("{label}: {}", used.sum()), used.details())
    });
    let requests: u64 = (scans.scans.iter())
        .map(|scan| scan.used().graph.requests)
        .sum();
    lines.push(format!(
        "in total: {}, {} in the result, {} ms",
        counted(requests, "request"),
        counted(total.rows, "row"),
        total.elapsed.as_millis()
    ));
    lines
}
