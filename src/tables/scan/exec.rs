//! A scan in the physical plan.

use super::{Order, Scan, explain, stream};
use crate::tables::definition::Column;
use crate::tables::{Source, Warnings};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::expressions::Column as ColumnExpr;
use datafusion::physical_expr::{
    EquivalenceProperties, Partitioning, PhysicalExpr, PhysicalSortExpr,
};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, PlanProperties, SortOrderPushdownResult,
};
use std::fmt;
use std::sync::Arc;

/// Reads a table from Graph.
#[derive(Debug)]
pub struct ScanExec {
    shared: Arc<Shared>,
    properties: Arc<PlanProperties>,
}

/// What the scan and its running streams share.
#[derive(Debug)]
pub struct Shared {
    pub source: Arc<Source>,
    pub scan: Scan,
    /// All columns that are read.
    pub read_schema: SchemaRef,
    /// The columns of the result: the first `width` of those that are read.
    pub schema: SchemaRef,
    pub width: usize,
    /// Every condition of the statement about this table, over the columns that are read.
    pub predicate: Option<Arc<dyn PhysicalExpr>>,
}

impl ScanExec {
    pub fn new(
        source: Arc<Source>,
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
        Self::of(
            Shared {
                source,
                scan,
                read_schema,
                schema,
                width,
                predicate,
            },
            Vec::new(),
        )
    }

    fn of(shared: Shared, ordering: Vec<PhysicalSortExpr>) -> Self {
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

    fn with_scan(&self, scan: Scan, ordering: Vec<PhysicalSortExpr>) -> Self {
        let shared = Shared {
            source: Arc::clone(&self.shared.source),
            scan,
            read_schema: Arc::clone(&self.shared.read_schema),
            schema: Arc::clone(&self.shared.schema),
            width: self.shared.width,
            predicate: self.shared.predicate.clone(),
        };
        Self::of(shared, ordering)
    }

    /// The order as Graph's, where Graph can give it: one column of one mailbox, NULLs as the lowest.
    fn graph_order(&self, order: &[PhysicalSortExpr]) -> Option<Order> {
        let [sort] = order else { return None };
        let column = sort.expr.downcast_ref::<ColumnExpr>()?;
        let scan = &self.shared.scan;
        let column: &'static Column = &scan.table.columns[*scan.columns.get(column.index())?];
        let nulls_lowest = sort.options.nulls_first != sort.options.descending;
        let settings = self.shared.source.settings();
        let one_collection = explain::is_one_collection(scan, settings);
        let usable = nulls_lowest
            && settings.pushdown == crate::config::Pushdown::Full
            && one_collection
            && scan.pushed.allows_order(column);
        usable.then_some(Order {
            column,
            descending: sort.options.descending,
        })
    }
}

impl DisplayAs for ScanExec {
    fn fmt_as(&self, _: DisplayFormatType, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &self.shared;
        write!(formatter, "Read {}", shared.scan.table.name)?;
        if let Some(predicate) = &shared.predicate {
            write!(formatter, ", checking {predicate}")?;
        }
        match shared.scan.limit {
            Some(limit) => write!(formatter, ", at most {limit} rows"),
            None => Ok(()),
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
        match &self.shared.predicate {
            Some(predicate) => visit(predicate),
            None => Ok(TreeNodeRecursion::Continue),
        }
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
        // A limit that came before the order chose other rows than one that comes after it.
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
