//! Rules of the engine with a step before or after them.

use datafusion::common::Result;
use datafusion::common::tree_node::Transformed;
use datafusion::logical_expr::LogicalPlan;
use datafusion::optimizer::optimizer::ApplyOrder;
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};
use std::sync::Arc;

pub type Rule = Arc<dyn OptimizerRule + Send + Sync>;

/// The replacement for the given rule.
pub type Rewrite = fn(&Rule, LogicalPlan, &dyn OptimizerConfig) -> Result<Transformed<LogicalPlan>>;

#[derive(Debug)]
pub struct Wrapped {
    inner: Rule,
    rewrite: Rewrite,
}

impl Wrapped {
    pub fn new(inner: Rule, rewrite: Rewrite) -> Self {
        Self { inner, rewrite }
    }
}

impl OptimizerRule for Wrapped {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        self.inner.apply_order()
    }

    fn supports_rewrite(&self) -> bool {
        true
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        config: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        (self.rewrite)(&self.inner, plan, config)
    }
}
