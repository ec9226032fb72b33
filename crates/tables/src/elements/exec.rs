//! The elements of lists in the physical plan.

use super::outer::Outer;
use super::unfold::Unfold;
use crate::Error;
use crate::definition::Collection;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::common::stats::Precision;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{Result, Statistics};
use datafusion::error::DataFusionError;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::{EquivalenceProperties, Partitioning, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::metrics::{BaselineMetrics, ExecutionPlanMetricsSet, MetricsSet};
use datafusion::physical_plan::statistics::StatisticsArgs;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, PlanProperties};
use futures::StreamExt;
use std::fmt;
use std::sync::Arc;

/// Takes the lists of its input's rows apart.
#[derive(Debug)]
pub struct ElementsExec {
    input: Arc<dyn ExecutionPlan>,
    unfold: Arc<Unfold>,
    properties: Arc<PlanProperties>,
    metrics: ExecutionPlanMetricsSet,
}

impl ElementsExec {
    pub fn new(input: Arc<dyn ExecutionPlan>, unfold: Arc<Unfold>) -> Self {
        let properties = PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(unfold.schema())),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Self {
            input,
            unfold,
            properties: Arc::new(properties),
            metrics: ExecutionPlanMetricsSet::new(),
        }
    }

    pub fn table(&self) -> &'static str {
        self.unfold.table.name
    }

    /// The step in words, for `EXPLAIN`.
    pub fn words(&self) -> String {
        let lists = self.unfold.lists.iter();
        let lists: Vec<&str> = lists.map(|list| list.column).collect();
        let table = self.table();
        let rows = match (self.unfold.is_join(), self.unfold.outer()) {
            (false, _) => format!("Rows of {table}"),
            (true, None) => format!("Join with {table}"),
            (true, Some(_)) => format!("Join with {table}, keeping all rows"),
        };
        let condition = self.unfold.outer().and_then(Outer::words);
        let condition = condition.map_or_else(String::new, |words| format!(" with {words}"));
        match (lists.is_empty(), self.unfold.is_join()) {
            (true, false) => format!("No rows of {table}"),
            (true, true) => format!("{rows}, which has none"),
            (false, _) => format!("{rows}: elements of {}{condition}", lists.join(", ")),
        }
    }

    /// The names of its columns: those of the input that stay, then those of elements as `name` gives them.
    pub fn names(&self, input: &[String], name: impl Fn(&str) -> String) -> Vec<String> {
        let kept = self.unfold.kept().iter();
        let kept = kept.map(|kept| input[kept.place].clone());
        let own = self.unfold.columns().iter();
        let own = own.map(|column| name(self.unfold.table.columns[*column].name));
        kept.chain(own).collect()
    }

    /// Whether columns of the parents stay beside those of elements.
    pub fn is_join(&self) -> bool {
        self.unfold.is_join()
    }

    /// The column of the input that has the values of this one.
    pub fn column_of_input(&self, index: usize) -> Option<usize> {
        self.unfold.shared(index)
    }
}

impl DisplayAs for ElementsExec {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words())
    }
}

impl ExecutionPlan for ElementsExec {
    fn name(&self) -> &str {
        "ElementsExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        vec![false]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(match children.pop() {
            Some(input) => Arc::new(Self::new(input, Arc::clone(&self.unfold))),
            None => self,
        })
    }

    fn execute(
        &self,
        partition: usize,
        task: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let state = State {
            parents: self.input.execute(partition, task)?,
            unfold: Arc::clone(&self.unfold),
            current: None,
            metrics: BaselineMetrics::new(&self.metrics, partition),
        };
        let batches = futures::stream::try_unfold(state, |mut state| async move {
            Ok(state.next().await?.map(|batch| (batch, state)))
        });
        let schema = Arc::clone(self.unfold.schema());
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
    }

    fn metrics(&self) -> Option<MetricsSet> {
        Some(self.metrics.clone_inner())
    }

    fn statistics_from_inputs(
        &self,
        inputs: &[Arc<Statistics>],
        _: &StatisticsArgs,
    ) -> Result<Arc<Statistics>> {
        let mut statistics = Statistics::new_unknown(self.unfold.schema());
        let usual = match self.unfold.table.collection {
            Collection::Elements(elements) => elements.usual,
            _ => 1,
        };
        if let [parents] = inputs {
            let rows = parents.num_rows.multiply(&Precision::Exact(usual));
            statistics.num_rows = rows.to_inexact();
        }
        Ok(Arc::new(statistics))
    }
}

struct State {
    parents: SendableRecordBatchStream,
    unfold: Arc<Unfold>,
    /// The parents whose lists are taken apart, and the first of them whose lists are whole.
    current: Option<(RecordBatch, usize)>,
    metrics: BaselineMetrics,
}

impl State {
    async fn next(&mut self) -> Result<Option<RecordBatch>> {
        loop {
            let (parents, from) = match self.current.take() {
                Some(current) => current,
                None => match self.parents.next().await.transpose()? {
                    Some(parents) => (parents, 0),
                    None => return Ok(None),
                },
            };
            let (rows, next) = self.unfold.batch(&parents, from).map_err(external)?;
            self.current = (next < parents.num_rows()).then_some((parents, next));
            if rows.num_rows() > 0 {
                self.metrics.record_output(rows.num_rows());
                return Ok(Some(rows));
            }
        }
    }
}

fn external(error: Error) -> DataFusionError {
    match error {
        Error::Engine(error) => *error,
        error => DataFusionError::External(Box::new(error)),
    }
}
