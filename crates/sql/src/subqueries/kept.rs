//! Rows that a subquery reads once, however often it is evaluated.
//!
//! The parts of a subquery that do not depend on the outer row are kept in memory after the first
//! read. If the subquery compares their columns with outer values by `=`, the rows are looked up by
//! these columns instead of being scanned.

use datafusion::arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, UInt64Array};
use datafusion::arrow::compute::{concat_batches, take_record_batch};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::arrow::row::{OwnedRow, RowConverter, SortField};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{DFSchemaRef, Result};
use datafusion::error::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{Expr, LogicalPlan, UserDefinedLogicalNodeCore};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties, execute_stream,
};
use futures::TryStreamExt;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// A part of a subquery that is read once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Kept {
    pub rows: Arc<LogicalPlan>,
    /// Columns for the lookup of rows, over the rows.
    pub keys: Vec<Expr>,
    /// Their values, without columns.
    pub probes: Vec<Expr>,
}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self == other).then_some(Ordering::Equal)
    }
}

impl UserDefinedLogicalNodeCore for Kept {
    fn name(&self) -> &str {
        "Kept"
    }

    /// No inputs: the rows are planned separately.
    fn inputs(&self) -> Vec<&LogicalPlan> {
        Vec::new()
    }

    fn schema(&self) -> &DFSchemaRef {
        self.rows.schema()
    }

    fn expressions(&self) -> Vec<Expr> {
        self.probes.clone()
    }

    fn fmt_for_explain(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "Kept")
    }

    fn with_exprs_and_inputs(&self, probes: Vec<Expr>, _: Vec<LogicalPlan>) -> Result<Self> {
        Ok(Self {
            probes: probes.into_iter().map(Expr::unalias).collect(),
            ..self.clone()
        })
    }
}

/// Reads its rows when it is first executed, and returns all of them, or those with the requested
/// keys, from memory.
#[derive(Debug)]
pub struct KeptExec {
    rows: Arc<dyn ExecutionPlan>,
    keys: Vec<Arc<dyn PhysicalExpr>>,
    probes: Vec<Arc<dyn PhysicalExpr>>,
    memory: Arc<OnceCell<Result<Memory, Arc<DataFusionError>>>>,
    properties: Arc<PlanProperties>,
}

/// The rows, and the positions of those with the same keys.
#[derive(Debug)]
struct Memory {
    rows: RecordBatch,
    converter: Option<RowConverter>,
    places: HashMap<OwnedRow, Vec<u64>>,
}

impl KeptExec {
    pub fn new(
        rows: Arc<dyn ExecutionPlan>,
        keys: Vec<Arc<dyn PhysicalExpr>>,
        probes: Vec<Arc<dyn PhysicalExpr>>,
    ) -> Self {
        let properties = PlanProperties::new(
            EquivalenceProperties::new(rows.schema()),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Self {
            rows,
            keys,
            probes,
            memory: Arc::default(),
            properties: Arc::new(properties),
        }
    }

    /// The operation on the rows in words; `sql` writes expressions over them.
    pub fn words(&self, sql: impl Fn(&Arc<dyn PhysicalExpr>) -> String) -> String {
        let keys: Vec<String> = self.keys.iter().map(sql).collect();
        match keys.is_empty() {
            true => "Keep the rows, read once".to_owned(),
            false => format!(
                "Keep the rows, read once, and find them by {}",
                keys.join(", ")
            ),
        }
    }

    /// The plan that is read.
    pub fn rows(&self) -> &Arc<dyn ExecutionPlan> {
        &self.rows
    }
}

impl Memory {
    async fn read(
        rows: Arc<dyn ExecutionPlan>,
        keys: &[Arc<dyn PhysicalExpr>],
        task: Arc<TaskContext>,
    ) -> Result<Self> {
        let schema = rows.schema();
        let batches: Vec<RecordBatch> = execute_stream(rows, task)?.try_collect().await?;
        let rows = concat_batches(&schema, &batches)?;
        if keys.is_empty() {
            return Ok(Self {
                rows,
                converter: None,
                places: HashMap::new(),
            });
        }
        let values = values(keys, &rows)?;
        let converter = converter(&values)?;
        let mut places: HashMap<OwnedRow, Vec<u64>> = HashMap::new();
        let encoded = converter.convert_columns(&values)?;
        for (place, key) in encoded.iter().enumerate() {
            // A null equals nothing.
            if values.iter().any(|column| column.is_null(place)) {
                continue;
            }
            places.entry(key.owned()).or_default().push(place as u64);
        }
        Ok(Self {
            rows,
            converter: Some(converter),
            places,
        })
    }

    fn found(&self, probes: &[Arc<dyn PhysicalExpr>]) -> Result<RecordBatch> {
        let Some(converter) = &self.converter else {
            return Ok(self.rows.clone());
        };
        // One row without columns: some operators return as many values as there are rows, even for
        // constants.
        let options = RecordBatchOptions::new().with_row_count(Some(1));
        let one =
            RecordBatch::try_new_with_options(Arc::new(Schema::empty()), Vec::new(), &options)?;
        let mut values: Vec<ArrayRef> = Vec::with_capacity(probes.len());
        for probe in probes {
            let value = probe.evaluate(&one)?.into_array(1)?;
            if value.is_null(0) {
                return Ok(self.rows.slice(0, 0));
            }
            values.push(value);
        }
        let encoded = converter.convert_columns(&values)?;
        match self.places.get(&encoded.row(0).owned()) {
            Some(places) => Ok(take_record_batch(
                &self.rows,
                &UInt64Array::from(places.clone()),
            )?),
            None => Ok(self.rows.slice(0, 0)),
        }
    }
}

/// The rows in batches of a bounded size.
fn slices(rows: RecordBatch, size: usize) -> impl Iterator<Item = RecordBatch> {
    let count = rows.num_rows();
    (0..count)
        .step_by(size.max(1))
        .map(move |start| rows.slice(start, size.min(count - start)))
}

fn values(keys: &[Arc<dyn PhysicalExpr>], rows: &RecordBatch) -> Result<Vec<ArrayRef>> {
    keys.iter()
        .map(|key| key.evaluate(rows)?.into_array(rows.num_rows()))
        .collect()
}

pub fn converter(columns: &[ArrayRef]) -> Result<RowConverter> {
    let fields = columns
        .iter()
        .map(|column| SortField::new(column.data_type().clone()));
    Ok(RowConverter::new(fields.collect())?)
}

impl DisplayAs for KeptExec {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "KeptExec")
    }
}

impl ExecutionPlan for KeptExec {
    fn name(&self) -> &str {
        "KeptExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    /// No children, so that the rows stay when the subquery is prepared for its next evaluation.
    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        visit: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        for probe in &self.probes {
            if visit(probe)? == TreeNodeRecursion::Stop {
                return Ok(TreeNodeRecursion::Stop);
            }
        }
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(
        self: Arc<Self>,
        _: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn reset_state(self: Arc<Self>) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn execute(&self, _: usize, task: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let rows = Arc::clone(&self.rows);
        let (keys, probes) = (self.keys.clone(), self.probes.clone());
        let memory = Arc::clone(&self.memory);
        let schema: SchemaRef = self.rows.schema();
        let size = task.session_config().batch_size();
        let batches = async move {
            // A failure is kept, too, so that nothing is read again for the next outer row.
            let read = || async { Memory::read(rows, &keys, task).await.map_err(Arc::new) };
            let found = match memory.get_or_init(read).await {
                Ok(memory) => memory.found(&probes)?,
                Err(error) => return Err(DataFusionError::Shared(Arc::clone(error))),
            };
            Ok(futures::stream::iter(slices(found, size).map(Ok)))
        };
        Ok(Box::pin(RecordBatchStreamAdapter::new(
            schema,
            futures::stream::once(batches).try_flatten(),
        )))
    }
}
