//! The types of outer columns in subqueries.
//!
//! A subquery stores the type that an outer column had when the statement was read. A UNION gets
//! its types later, so the subquery would compare with an outdated type.

use crate::plans::has_subqueries;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DFSchema, ExprSchema, Result};
use datafusion::logical_expr::expr::{Exists, InSubquery, SetComparison};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Expr, LogicalPlan, Subquery};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

#[derive(Debug)]
pub struct OuterTypes;

impl AnalyzerRule for OuterTypes {
    fn name(&self) -> &str {
        "outer_types"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        match has_subqueries(&plan)? {
            true => Scopes::default().plan(plan),
            false => Ok(plan),
        }
    }
}

/// The schemas of the outer queries of a plan, the outermost first.
#[derive(Default)]
struct Scopes {
    schemas: Vec<DFSchema>,
}

impl Scopes {
    fn plan(&mut self, plan: LogicalPlan) -> Result<LogicalPlan> {
        let plan = plan.map_children(|child| {
            let before = Arc::clone(child.schema());
            let child = self.plan(child)?;
            let has_changed = before.as_ref() != child.schema().as_ref();
            Ok(Transformed::new_transformed(child, has_changed))
        })?;
        let has_other_columns = plan.transformed;
        let plan = plan.data;
        let schema = merge_schema(&plan.inputs());
        let names = NamePreserver::new(&plan);
        let plan = plan.map_expressions(|expr| {
            let name = names.save(&expr);
            let expr = expr.transform_up(|part| self.part(part, &schema))?;
            Ok(match expr.transformed {
                true => expr.update_data(|expr| name.restore(expr)),
                false => expr,
            })
        })?;
        match plan.transformed || has_other_columns {
            true => plan.data.recompute_schema(),
            false => Ok(plan.data),
        }
    }

    fn part(&mut self, part: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
        Ok(Transformed::yes(match part {
            Expr::OuterReferenceColumn(old, column) => {
                let scope = self.schemas.iter().rev();
                let scope = scope.into_iter().find(|schema| schema.has_column(&column));
                let field = match scope {
                    Some(schema) => Arc::clone(schema.field_from_column(&column)?),
                    None => old,
                };
                Expr::OuterReferenceColumn(field, column)
            }
            Expr::ScalarSubquery(subquery) => {
                Expr::ScalarSubquery(self.subquery(subquery, schema)?)
            }
            Expr::Exists(exists) => Expr::Exists(Exists {
                subquery: self.subquery(exists.subquery, schema)?,
                ..exists
            }),
            Expr::InSubquery(membership) => Expr::InSubquery(InSubquery {
                subquery: self.subquery(membership.subquery, schema)?,
                ..membership
            }),
            Expr::SetComparison(comparison) => Expr::SetComparison(SetComparison {
                subquery: self.subquery(comparison.subquery, schema)?,
                ..comparison
            }),
            other => return Ok(Transformed::no(other)),
        }))
    }

    fn subquery(&mut self, subquery: Subquery, schema: &DFSchema) -> Result<Subquery> {
        self.schemas.push(schema.clone());
        let plan = self.plan(subquery.subquery.as_ref().clone());
        self.schemas.pop();
        let plan = plan?;
        Ok(Subquery {
            outer_ref_columns: plan.all_out_ref_exprs(),
            subquery: Arc::new(plan),
            spans: subquery.spans,
        })
    }
}
