//! Runs an apply.

use super::answer::{Failures, is_of_values};
use super::apply::Question;
use super::kept::{KeptExec, converter};
use super::memo::Finding;
use super::outer_row::OuterRow;
use crate::engine::to_error;
use datafusion::arrow::array::{ArrayRef, BooleanArray, RecordBatch, UInt32Array, new_null_array};
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::arrow::row::{OwnedRow, RowConverter};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{Result, ScalarValue};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::Operator;
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr, PhysicalSortExpr};
use datafusion::physical_plan::execution_plan::{
    Boundedness, CardinalityEffect, EmissionType, replace_children_if_necessary,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties,
    SortOrderPushdownResult, execute_stream,
};
use futures::StreamExt;
use futures::stream::try_unfold;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Returns each row of the input with the answer to a question about a subquery.
#[derive(Clone, Debug)]
pub struct ApplyExec {
    input: Arc<dyn ExecutionPlan>,
    asked: Arc<Asked>,
    schema: SchemaRef,
    properties: Arc<PlanProperties>,
}

/// The question and its subquery.
#[derive(Debug)]
pub struct Asked {
    pub question: Question,
    /// The subquery, which reads the outer row's values from `row`.
    pub rows: Arc<dyn ExecutionPlan>,
    pub row: Arc<OuterRow>,
    /// The values of the outer row, over the input.
    pub outer: Vec<Arc<dyn PhysicalExpr>>,
    pub operand: Option<Arc<dyn PhysicalExpr>>,
    pub failures: Failures,
}

impl ApplyExec {
    pub fn new(input: Arc<dyn ExecutionPlan>, asked: Arc<Asked>, schema: SchemaRef) -> Self {
        let properties = PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Self {
            input,
            asked,
            schema,
            properties: Arc::new(properties),
        }
    }

    /// The subquery's plan.
    pub fn rows(&self) -> &Arc<dyn ExecutionPlan> {
        &self.asked.rows
    }

    /// The question in words; `sql` writes expressions over the input.
    pub fn words(&self, sql: impl Fn(&Arc<dyn PhysicalExpr>) -> String) -> String {
        let operand = self.asked.operand.as_ref().map(&sql).unwrap_or_default();
        let answer = match self.asked.question {
            Question::Value => "the value of the second".to_owned(),
            Question::Exists => "whether the second has rows".to_owned(),
            Question::Comparison {
                operator: Operator::Eq,
                all: false,
            } => format!("whether {operand} is in the second"),
            Question::Comparison { operator, all } => {
                let quantifier = if all { "all" } else { "any" };
                format!("whether {operand} {operator} {quantifier} of the second")
            }
        };
        let outer: Vec<String> = self.asked.outer.iter().map(sql).collect();
        match outer.is_empty() {
            true => format!("Add {answer}, read once"),
            false => format!("Add {answer}, for each different {}", outer.join(", ")),
        }
    }

    fn with_input(&self, input: Arc<dyn ExecutionPlan>) -> Arc<dyn ExecutionPlan> {
        Arc::new(Self {
            input,
            ..self.clone()
        })
    }
}

impl DisplayAs for ApplyExec {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ApplyExec: {:?}", self.asked.question)
    }
}

impl ExecutionPlan for ApplyExec {
    fn name(&self) -> &str {
        "ApplyExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    /// Only the input: the subquery is optimized separately.
    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn required_input_distribution(&self) -> Vec<datafusion::physical_expr::Distribution> {
        vec![datafusion::physical_expr::Distribution::SinglePartition]
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        vec![false]
    }

    fn apply_expressions(
        &self,
        visit: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        for expr in self.asked.outer.iter().chain(&self.asked.operand) {
            if visit(expr)? == TreeNodeRecursion::Stop {
                return Ok(TreeNodeRecursion::Stop);
            }
        }
        Ok(TreeNodeRecursion::Continue)
    }

    fn with_new_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(match children.pop() {
            Some(input) => self.with_input(input),
            None => self,
        })
    }

    fn supports_limit_pushdown(&self) -> bool {
        true
    }

    fn cardinality_effect(&self) -> CardinalityEffect {
        CardinalityEffect::Equal
    }

    /// An order of the input's columns is the order of the output.
    fn try_pushdown_sort(
        &self,
        order: &[PhysicalSortExpr],
    ) -> Result<SortOrderPushdownResult<Arc<dyn ExecutionPlan>>> {
        let count = self.input.schema().fields().len();
        let is_of_input = |expr: &PhysicalSortExpr| {
            let columns = datafusion::physical_expr::utils::collect_columns(&expr.expr);
            columns.iter().all(|column| column.index() < count)
        };
        if !order.iter().all(is_of_input) {
            return Ok(SortOrderPushdownResult::Unsupported);
        }
        Ok(match self.input.try_pushdown_sort(order)? {
            SortOrderPushdownResult::Exact { inner } => SortOrderPushdownResult::Exact {
                inner: self.with_input(inner),
            },
            SortOrderPushdownResult::Inexact { inner } => SortOrderPushdownResult::Inexact {
                inner: self.with_input(inner),
            },
            SortOrderPushdownResult::Unsupported => SortOrderPushdownResult::Unsupported,
        })
    }

    fn execute(
        &self,
        partition: usize,
        task: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let run = Run {
            input: self.input.execute(partition, Arc::clone(&task))?,
            asked: Arc::clone(&self.asked),
            schema: Arc::clone(&self.schema),
            task,
            converter: None,
            places: HashMap::new(),
            findings: Vec::new(),
        };
        let batches = try_unfold(run, |mut run| async move {
            match run.input.next().await.transpose()? {
                Some(batch) => {
                    let answered = run.answer(&batch).await?;
                    Ok(Some((answered, run)))
                }
                None => Ok(None),
            }
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(
            Arc::clone(&self.schema),
            batches,
        )))
    }
}

impl Asked {
    /// Evaluates the subquery for the values of an outer row.
    async fn find(&self, values: Vec<ScalarValue>, task: &Arc<TaskContext>) -> Result<Finding> {
        self.row.set(values);
        let rows = execute_stream(ready(&self.rows)?, Arc::clone(task))?;
        match Finding::read(self.question, rows).await {
            Ok(finding) => Ok(finding),
            Err(error) => match to_error(&error) {
                known if is_of_values(&known) => Ok(Finding::Failed(self.failures.keep(known))),
                _ => Err(error),
            },
        }
    }
}

/// One execution.
struct Run {
    input: SendableRecordBatchStream,
    asked: Arc<Asked>,
    schema: SchemaRef,
    task: Arc<TaskContext>,
    converter: Option<RowConverter>,
    /// Outer values and the position of their finding.
    places: HashMap<OwnedRow, usize>,
    findings: Vec<Finding>,
}

impl Run {
    async fn answer(&mut self, batch: &RecordBatch) -> Result<RecordBatch> {
        let places = self.places(batch).await?;
        let (answers, failures) = self.answers(batch, &places)?;
        let mut columns = batch.columns().to_vec();
        columns.push(answers);
        columns.push(failures);
        Ok(RecordBatch::try_new(Arc::clone(&self.schema), columns)?)
    }

    /// For each row the position of the finding for its outer values.
    async fn places(&mut self, batch: &RecordBatch) -> Result<Vec<usize>> {
        let rows = batch.num_rows();
        if self.asked.outer.is_empty() {
            if self.findings.is_empty() && rows > 0 {
                let finding = self.asked.find(Vec::new(), &self.task).await?;
                self.findings.push(finding);
            }
            return Ok(vec![0; rows]);
        }
        let outer = self.asked.outer.iter();
        let outer: Vec<ArrayRef> = outer
            .map(|expr| expr.evaluate(batch)?.into_array(rows))
            .collect::<Result<_>>()?;
        let converter = match self.converter.take() {
            Some(converter) => converter,
            None => converter(&outer)?,
        };
        let encoded = converter.convert_columns(&outer)?;
        self.converter = Some(converter);
        let mut places = Vec::with_capacity(rows);
        for row in 0..rows {
            let key = encoded.row(row).owned();
            let place = match self.places.get(&key) {
                Some(place) => *place,
                None => {
                    let values = outer.iter();
                    let values = values.map(|column| ScalarValue::try_from_array(column, row));
                    let values = values.collect::<Result<_>>()?;
                    let finding = self.asked.find(values, &self.task).await?;
                    self.findings.push(finding);
                    self.places.insert(key, self.findings.len() - 1);
                    self.findings.len() - 1
                }
            };
            places.push(place);
        }
        Ok(places)
    }

    fn answers(&self, batch: &RecordBatch, places: &[usize]) -> Result<(ArrayRef, ArrayRef)> {
        let findings = || places.iter().map(|place| &self.findings[*place]);
        let failures = findings().map(|finding| match finding {
            Finding::Failed(number) => Some(*number),
            _ => None,
        });
        let failures: ArrayRef = Arc::new(failures.collect::<UInt32Array>());
        let data_type = self.schema.field(batch.num_columns()).data_type();
        let answers = match self.asked.question {
            Question::Value => values(findings(), data_type)?,
            Question::Exists => {
                let exists = findings().map(|finding| match finding {
                    Finding::Exists(exists) => Some(*exists),
                    _ => None,
                });
                Arc::new(exists.collect::<BooleanArray>())
            }
            Question::Comparison { .. } => self.compared(batch, places)?,
        };
        Ok((answers, failures))
    }

    fn compared(&self, batch: &RecordBatch, places: &[usize]) -> Result<ArrayRef> {
        let Some(operand) = &self.asked.operand else {
            return Ok(new_null_array(&DataType::Boolean, batch.num_rows()));
        };
        let operand = operand.evaluate(batch)?.into_array(batch.num_rows())?;
        let mut encoded = None;
        let mut answers = Vec::with_capacity(places.len());
        for (row, place) in places.iter().enumerate() {
            let Finding::Values(values) = &self.findings[*place] else {
                answers.push(None);
                continue;
            };
            if encoded.is_none() {
                encoded = Some(values.encoded(&operand)?);
            }
            let member = encoded
                .as_ref()
                .and_then(Option::as_ref)
                .map(|rows| &rows[row]);
            let value = ScalarValue::try_from_array(&operand, row)?;
            answers.push(values.compare(&value, member));
        }
        Ok(Arc::new(BooleanArray::from(answers)))
    }
}

fn values<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    data_type: &DataType,
) -> Result<ArrayRef> {
    let null = ScalarValue::try_from(data_type)?;
    let values = findings.map(|finding| match finding {
        Finding::Value(value) => value.clone(),
        _ => null.clone(),
    });
    let values: Vec<ScalarValue> = values.collect();
    match values.is_empty() {
        true => Ok(new_null_array(data_type, 0)),
        false => ScalarValue::iter_to_array(values),
    }
}

/// The plan before its first execution, with its cached rows.
fn ready(plan: &Arc<dyn ExecutionPlan>) -> Result<Arc<dyn ExecutionPlan>> {
    if plan.downcast_ref::<KeptExec>().is_some() {
        return Ok(Arc::clone(plan));
    }
    let children = plan.children().into_iter().map(ready);
    let children: Vec<_> = children.collect::<Result<_>>()?;
    let plan = match children.is_empty() {
        true => Arc::clone(plan),
        false => replace_children_if_necessary(Arc::clone(plan), children)?,
    };
    plan.reset_state()
}
