//! Which values of a plan are mailboxes.

use super::lineage;
use crate::definition::ColumnSource;
use datafusion::common::{Column, DFSchemaRef, Result};
use datafusion::logical_expr::utils::grouping_set_to_exprlist;
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, TableScan};

/// An input of a plan, with the positions of its columns that hold mailboxes.
pub struct Input {
    schema: DFSchemaRef,
    mailboxes: Vec<usize>,
}

impl Input {
    pub fn new(plan: &LogicalPlan, mailboxes: Vec<usize>) -> Self {
        Self {
            schema: DFSchemaRef::clone(plan.schema()),
            mailboxes,
        }
    }
}

/// The inputs of a plan, and of the queries around it, the outermost first.
#[derive(Default)]
pub struct Inputs {
    own: Vec<Input>,
    outer: Vec<Vec<Input>>,
}

impl Inputs {
    pub fn of(own: Vec<Input>, outer: Vec<Vec<Input>>) -> Self {
        Self { own, outer }
    }

    /// The inputs for a plan inside an expression of this one.
    pub fn around_subquery(self) -> Vec<Vec<Input>> {
        let mut outer = self.outer;
        outer.push(self.own);
        outer
    }

    /// The inputs as they were before [`Self::around_subquery`].
    pub fn from_around(mut outer: Vec<Vec<Input>>) -> Self {
        let own = outer.pop().unwrap_or_default();
        Self { own, outer }
    }

    pub fn into_outer(self) -> Vec<Vec<Input>> {
        self.outer
    }

    /// Whether every value of the expression is the mailbox of a row, or null.
    pub fn is_mailbox(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Column(column) => find(&self.own, column).unwrap_or(false),
            Expr::OuterReferenceColumn(_, column) => {
                let mut around = self.outer.iter().rev();
                around.find_map(|inputs| find(inputs, column)) == Some(true)
            }
            Expr::Alias(alias) => self.is_mailbox(&alias.expr),
            Expr::ScalarSubquery(subquery) => outputs_of(&subquery.subquery).contains(&0),
            // A column of USING is whichever of two there is.
            Expr::ScalarFunction(call) if call.name() == "coalesce" => {
                call.args.iter().all(|argument| self.is_mailbox(argument))
            }
            Expr::Case(case) => {
                let results = case.when_then_expr.iter().map(|(_, result)| result);
                let mut results = results.chain(&case.else_expr);
                results.all(|result| self.is_mailbox(result))
            }
            Expr::AggregateFunction(call) if ["min", "max"].contains(&call.func.name()) => {
                let mut arguments = call.params.args.iter();
                arguments.all(|argument| self.is_mailbox(argument))
            }
            _ => false,
        }
    }

    /// The positions of a plan's columns that hold mailboxes.
    pub fn outputs(&self, plan: &LogicalPlan) -> Vec<usize> {
        match plan {
            LogicalPlan::TableScan(scan) => of_scan(scan),
            LogicalPlan::Projection(projection) => self.positions(&projection.expr),
            LogicalPlan::Aggregate(aggregate) => self.of_aggregate(aggregate).unwrap_or_default(),
            LogicalPlan::SubqueryAlias(_) | LogicalPlan::Subquery(_) => {
                let first = self.own.first();
                first
                    .map(|input| input.mailboxes.clone())
                    .unwrap_or_default()
            }
            LogicalPlan::Union(_) => {
                let positions = 0..plan.schema().fields().len();
                let is_in_all = |position: &usize| {
                    let mut inputs = self.own.iter();
                    inputs.all(|input| input.mailboxes.contains(position))
                };
                positions.filter(is_in_all).collect()
            }
            LogicalPlan::Filter(_)
            | LogicalPlan::Sort(_)
            | LogicalPlan::Distinct(_)
            | LogicalPlan::Limit(_)
            | LogicalPlan::Join(_)
            | LogicalPlan::Window(_) => {
                let columns = plan.schema().columns().into_iter().map(Expr::Column);
                self.positions(&columns.collect::<Vec<_>>())
            }
            _ => Vec::new(),
        }
    }

    fn positions<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> Vec<usize> {
        let exprs = exprs.into_iter().enumerate();
        let mailboxes = exprs.filter(|(_, expr)| self.is_mailbox(expr));
        mailboxes.map(|(position, _)| position).collect()
    }

    fn of_aggregate(&self, aggregate: &Aggregate) -> Result<Vec<usize>> {
        let keys = grouping_set_to_exprlist(&aggregate.group_expr)?;
        let mut positions = self.positions(keys);
        // With grouping sets, their number comes between.
        let before = aggregate.schema.fields().len() - aggregate.aggr_expr.len();
        let computed = self.positions(&aggregate.aggr_expr).into_iter();
        positions.extend(computed.map(|position| before + position));
        Ok(positions)
    }
}

/// Whether the column holds mailboxes; `None` if no input has it.
fn find(inputs: &[Input], column: &Column) -> Option<bool> {
    inputs.iter().find_map(|input| {
        let position = input.schema.maybe_index_of_column(column)?;
        Some(input.mailboxes.contains(&position))
    })
}

fn of_scan(scan: &TableScan) -> Vec<usize> {
    let Some(provider) = lineage::provider(scan) else {
        return Vec::new();
    };
    let is_mailbox = |name: &str| {
        let column = provider.column(name);
        column.is_some_and(|column| column.source == ColumnSource::Mailbox)
    };
    let fields = scan.projected_schema.fields().iter().enumerate();
    let mailboxes = fields.filter(|(_, field)| is_mailbox(field.name()));
    mailboxes.map(|(position, _)| position).collect()
}

/// The positions of a plan's columns that hold mailboxes, without the queries around it.
pub fn outputs_of(plan: &LogicalPlan) -> Vec<usize> {
    let inputs = plan.inputs().into_iter();
    let inputs = inputs.map(|input| Input::new(input, outputs_of(input)));
    Inputs::of(inputs.collect(), Vec::new()).outputs(plan)
}
