//! A scan in the physical plan.

use super::late::join_keys::JoinKeys;
use super::late::subquery_values::SubqueryValues;
use super::plan::scan::{Order, Scan};
use super::plan::{estimate, order};
use super::read::shared_scan::SharedScan;
use super::read::stream;
use super::read::usage::{Usage, Used};
use super::say::{explain, graph_work, heavy};
use crate::definition::Column;
use crate::local_times::LocalTimes;
use crate::{GraphSource, Warnings, expression};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::stats::Precision;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{Result, Statistics};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::expressions::Column as ColumnExpr;
use datafusion::physical_expr::{
    EquivalenceProperties, Partitioning, PhysicalExpr, PhysicalSortExpr,
};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::statistics::StatisticsArgs;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, PlanProperties, SortOrderPushdownResult,
};
use exchange_config::Pushdown;
use std::fmt;
use std::sync::Arc;

/// Reads a table from Graph.
#[derive(Debug)]
pub struct ScanExec {
    shared: Arc<SharedScan>,
    properties: Arc<PlanProperties>,
}

impl ScanExec {
    pub fn new(
        source: Arc<GraphSource>,
        scan: Scan,
        read_schema: SchemaRef,
        width: usize,
        predicate: Option<Arc<dyn PhysicalExpr>>,
    ) -> Self {
        let schema = match width == read_schema.fields().len() {
            true => Arc::clone(&read_schema),
            false => {
                let fields: Vec<_> = read_schema.fields().iter().take(width).cloned().collect();
                Arc::new(datafusion::arrow::datatypes::Schema::new(fields))
            }
        };
        let usage = Arc::new(Usage::default());
        let zone = source.settings().time_zone;
        Self::of(
            SharedScan {
                client: source.client().counted(usage.tally()),
                usage,
                local: LocalTimes::of(scan.table, &scan.columns, zone),
                source,
                scan,
                read_schema,
                schema,
                width,
                predicate,
                joins: JoinKeys::default(),
                subqueries: SubqueryValues::default(),
            },
            Vec::new(),
        )
    }

    fn of(shared: SharedScan, ordering: Vec<PhysicalSortExpr>) -> Self {
        let mut equivalence = EquivalenceProperties::new(Arc::clone(&shared.schema));
        if !ordering.is_empty() {
            equivalence.add_ordering(ordering);
        }
        let properties = PlanProperties::new(
            equivalence,
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        Self {
            shared: Arc::new(shared),
            properties: Arc::new(properties),
        }
    }

    /// The requests that the scan would send, for `EXPLAIN`.
    pub fn requests(&self) -> Vec<String> {
        explain::requests(&self.shared)
    }

    /// Graph's part of the statement's work, for `EXPLAIN`.
    pub fn work_of_graph(&self) -> Vec<String> {
        graph_work::lines(&self.shared)
    }

    /// The warning if the scan reads a lot, for `EXPLAIN`.
    pub fn warning(&self) -> Vec<String> {
        heavy::warning(&self.shared)
    }

    /// The figures of everything that the scan has read so far.
    pub fn used(&self) -> Used {
        self.shared.usage.used()
    }

    pub fn table(&self) -> &'static str {
        self.shared.scan.table.name
    }

    /// The driver's operations on Graph's rows, in words.
    pub fn local_work(&self) -> String {
        let scan = &self.shared.scan;
        let mut words = Vec::new();
        if let Some(predicate) = &self.shared.predicate {
            let names = scan.columns.iter();
            let names: Vec<String> = names
                .map(|index| scan.table.columns[*index].name.to_owned())
                .collect();
            words.push(format!("checking {}", expression::sql(predicate, &names)));
        }
        words.extend(scan.limit.map(|limit| format!("at most {limit} rows")));
        words.join(", ")
    }

    fn with_scan(&self, scan: Scan, ordering: Vec<PhysicalSortExpr>) -> Self {
        let shared = SharedScan {
            scan,
            ..self.shared.as_ref().clone()
        };
        Self::of(shared, ordering)
    }

    /// Accepts conditions of joins and subqueries; these compare again, so the result does not
    /// depend on it. Returns for each condition whether it is useful.
    pub fn with_late_conditions(
        &self,
        conditions: &[Arc<dyn PhysicalExpr>],
    ) -> (Option<Arc<dyn ExecutionPlan>>, Vec<bool>) {
        if self.shared.source.settings().pushdown != Pushdown::Full {
            return (None, vec![false; conditions.len()]);
        }
        let scan = &self.shared.scan;
        let mut joins = self.shared.joins.clone();
        let mut subqueries = self.shared.subqueries.clone();
        let conditions = conditions.iter();
        let taken: Vec<bool> = conditions
            .map(|condition| joins.take(scan, condition) || subqueries.take(scan, condition))
            .collect();
        let plan = taken
            .contains(&true)
            .then(|| self.with_late(joins, subqueries));
        (plan, taken)
    }

    fn with_late(&self, joins: JoinKeys, subqueries: SubqueryValues) -> Arc<dyn ExecutionPlan> {
        let ordering = self.properties.output_ordering();
        let ordering = ordering.map(|order| order.to_vec()).unwrap_or_default();
        let mut shared = SharedScan {
            joins,
            subqueries,
            ..self.shared.as_ref().clone()
        };
        // Joins and subqueries choose rows, which a number does not have.
        let only_number = shared.joins.is_empty() && shared.subqueries.is_empty();
        shared.scan.only_number &= only_number;
        Arc::new(Self::of(shared, ordering))
    }

    /// The order in Graph's terms, if Graph supports it: one column of one mailbox, NULLs as the
    /// lowest (docs/graph.md#messages-order).
    fn graph_order(&self, order: &[PhysicalSortExpr]) -> Option<Order> {
        let [sort] = order else { return None };
        let column = sort.expr.downcast_ref::<ColumnExpr>()?;
        let scan = &self.shared.scan;
        let column: &'static Column = &scan.table.columns[*scan.columns.get(column.index())?];
        let nulls_lowest = sort.options.nulls_first != sort.options.descending;
        let settings = self.shared.source.settings();
        let usable = nulls_lowest && order::can_be_sorted(scan, column, settings);
        usable.then_some(Order {
            column,
            descending: sort.options.descending,
        })
    }
}

impl DisplayAs for ScanExec {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Read {}", self.table())?;
        match self.local_work() {
            work if work.is_empty() => Ok(()),
            work => write!(formatter, ", {work}"),
        }
    }
}

impl ExecutionPlan for ScanExec {
    fn name(&self) -> &str {
        "ScanExec"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        visit: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        let joins = self.shared.joins.expressions();
        let late = joins.chain(self.shared.subqueries.expressions());
        for expr in self.shared.predicate.iter().cloned().chain(late) {
            if visit(&expr)? == TreeNodeRecursion::Stop {
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

    fn execute(&self, _: usize, task: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let warnings = task.session_config().get_extension::<Warnings>();
        Ok(stream::start(
            &self.shared,
            warnings.as_deref().cloned().unwrap_or_default(),
        ))
    }

    /// Joins that run again complete new filters.
    fn reset_state(self: Arc<Self>) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self.with_late(JoinKeys::default(), self.shared.subqueries.clone()))
    }

    fn statistics_from_inputs(
        &self,
        _: &[Arc<Statistics>],
        _: &StatisticsArgs,
    ) -> Result<Arc<Statistics>> {
        let mut statistics = Statistics::new_unknown(&self.shared.schema);
        let settings = self.shared.source.settings();
        let rows = estimate::rows(&self.shared.scan, settings);
        statistics.num_rows = Precision::Inexact(rows);
        Ok(Arc::new(statistics))
    }

    fn supports_limit_pushdown(&self) -> bool {
        false
    }

    fn with_fetch(&self, limit: Option<usize>) -> Option<Arc<dyn ExecutionPlan>> {
        let mut scan = self.shared.scan.clone();
        scan.limit = match (scan.limit, limit) {
            (Some(old), Some(new)) => Some(old.min(new)),
            (old, new) => old.or(new),
        };
        let ordering = self
            .properties
            .output_ordering()
            .map(|order| order.to_vec());
        Some(Arc::new(self.with_scan(scan, ordering.unwrap_or_default())))
    }

    fn fetch(&self) -> Option<usize> {
        self.shared.scan.limit
    }

    fn try_pushdown_sort(
        &self,
        order: &[PhysicalSortExpr],
    ) -> Result<SortOrderPushdownResult<Arc<dyn ExecutionPlan>>> {
        let Some(graph_order) = self.graph_order(order) else {
            return Ok(SortOrderPushdownResult::Unsupported);
        };
        // A limit before the order chose other rows than one after it would.
        if self.shared.scan.limit.is_some() {
            return Ok(SortOrderPushdownResult::Unsupported);
        }
        let mut scan = self.shared.scan.clone();
        scan.order = Some(graph_order);
        Ok(SortOrderPushdownResult::Exact {
            inner: Arc::new(self.with_scan(scan, order.to_vec())),
        })
    }
}
