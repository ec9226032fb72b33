//! The table for DataFusion.

use super::steps::Step;
use super::table::{JoinedProvider, Place};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{self, Session};
use datafusion::common::Result;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use std::sync::Arc;

#[async_trait::async_trait]
impl catalog::TableProvider for JoinedProvider {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        filters.iter().map(|filter| self.support(filter)).collect()
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        _: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let wanted: Vec<Place> = match projection {
            Some(columns) => columns
                .iter()
                .filter_map(|index| self.place(*index))
                .collect(),
            None => (0..self.schema.fields().len())
                .filter_map(|index| self.place(index))
                .collect(),
        };
        let required = self.required(filters)?;
        let mut places = self.read(&wanted, &required);
        let columns: Vec<usize> = places.iter().map(|place| place.column).collect();
        let mut plan =
            self.parents
                .rows(state, &columns, &required.conditions, None, &required.hints)?;
        for (number, lists) in (1..).zip(&required.lists) {
            let later = &required.lists[number..];
            let step = Step {
                number,
                lists,
                later,
                wanted: &wanted,
            };
            (plan, places) = self.unfolded(state, &step, plan, &places)?;
        }
        self.in_order(plan, &places, &wanted)
    }
}
