//! The types of parameter markers.
//!
//! The planner gives a marker the type of the value that it is compared with. Elsewhere it leaves
//! markers without a type. Here they get one from their position: a whole number in LIMIT, the type
//! of the other results in CASE, a condition in WHERE, the parameter type of a function. All others
//! are texts.

use crate::functions;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::{Placeholder, ScalarFunction};
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Expr, ExprSchemable, LogicalPlan, Operator};
use std::collections::HashMap;
use std::sync::Arc;

/// The plan with a type for each marker whose position determines one.
pub fn typed(plan: LogicalPlan) -> Result<LogicalPlan> {
    let mut places = Places::default();
    places.plan(&plan, None)?;
    let types = places.types;
    if types.is_empty() {
        return Ok(plan);
    }
    let with_types = plan.transform_up_with_subqueries(|node| {
        node.map_expressions(|expr| {
            expr.transform_up(|expr| match expr {
                Expr::Placeholder(Placeholder { id, field: None }) => {
                    let field = types
                        .get(&id)
                        .map(|data_type| Arc::new(Field::new(&id, data_type.clone(), true)));
                    let transformed = field.is_some();
                    let placeholder = Expr::Placeholder(Placeholder { id, field });
                    Ok(Transformed::new_transformed(placeholder, transformed))
                }
                other => Ok(Transformed::no(other)),
            })
        })
    });
    with_types.data()
}

#[derive(Default)]
struct Places {
    types: HashMap<String, DataType>,
}

impl Places {
    /// `wanted` is the type that the plan's first column should have.
    fn plan(&mut self, plan: &LogicalPlan, wanted: Option<&DataType>) -> Result<()> {
        let schema = merge_schema(&plan.inputs());
        match plan {
            LogicalPlan::Filter(filter) => {
                self.expr(&filter.predicate, Some(&DataType::Boolean), &schema)?;
            }
            LogicalPlan::Join(join) => {
                for (left, right) in &join.on {
                    self.alike(&[left, right], None, &schema)?;
                }
                if let Some(filter) = &join.filter {
                    self.expr(filter, Some(&DataType::Boolean), &schema)?;
                }
            }
            LogicalPlan::Limit(limit) => {
                for number in limit.skip.iter().chain(&limit.fetch) {
                    self.expr(number, Some(&DataType::Int64), &schema)?;
                }
            }
            LogicalPlan::Projection(projection) => {
                for (index, expr) in projection.expr.iter().enumerate() {
                    self.expr(expr, wanted.filter(|_| index == 0), &schema)?;
                }
            }
            other => {
                for expr in other.expressions() {
                    self.expr(&expr, None, &schema)?;
                }
            }
        }
        let passes_on = !matches!(plan, LogicalPlan::Projection(_) | LogicalPlan::Aggregate(_));
        for input in plan.inputs() {
            self.plan(input, wanted.filter(|_| passes_on))?;
        }
        Ok(())
    }

    fn expr(&mut self, expr: &Expr, wanted: Option<&DataType>, schema: &DFSchema) -> Result<()> {
        match expr {
            Expr::Placeholder(Placeholder { id, field: None }) => {
                if let Some(wanted) = wanted.filter(|wanted| !wanted.is_null()) {
                    let known = self.types.entry(id.clone());
                    known.or_insert_with(|| wanted.clone());
                }
                Ok(())
            }
            Expr::Alias(alias) => self.expr(&alias.expr, wanted, schema),
            Expr::BinaryExpr(binary) => {
                self.binary(&binary.left, binary.op, &binary.right, wanted, schema)
            }
            Expr::Not(inside)
            | Expr::IsTrue(inside)
            | Expr::IsFalse(inside)
            | Expr::IsUnknown(inside)
            | Expr::IsNotTrue(inside)
            | Expr::IsNotFalse(inside)
            | Expr::IsNotUnknown(inside) => self.expr(inside, Some(&DataType::Boolean), schema),
            Expr::Negative(inside) => {
                self.expr(inside, Some(wanted.unwrap_or(&DataType::Float64)), schema)
            }
            Expr::Between(between) => {
                self.alike(&[&between.expr, &between.low, &between.high], None, schema)
            }
            Expr::InList(list) => {
                let values: Vec<&Expr> = list.list.iter().chain([list.expr.as_ref()]).collect();
                self.alike(&values, None, schema)
            }
            Expr::Like(like) => {
                self.expr(&like.expr, Some(&DataType::Utf8), schema)?;
                self.expr(&like.pattern, Some(&DataType::Utf8), schema)
            }
            Expr::Case(case) => {
                let (whens, thens): (Vec<&Expr>, Vec<&Expr>) = (case.when_then_expr.iter())
                    .map(|(when, then)| (when.as_ref(), then.as_ref()))
                    .unzip();
                match &case.expr {
                    Some(operand) => {
                        let values: Vec<&Expr> =
                            whens.into_iter().chain([operand.as_ref()]).collect();
                        self.alike(&values, None, schema)?;
                    }
                    None => {
                        for when in whens {
                            self.expr(when, Some(&DataType::Boolean), schema)?;
                        }
                    }
                }
                let results: Vec<&Expr> =
                    thens.into_iter().chain(case.else_expr.as_deref()).collect();
                self.alike(&results, wanted, schema)
            }
            Expr::InSubquery(membership) => {
                self.compared(&membership.expr, &membership.subquery.subquery, schema)
            }
            Expr::SetComparison(comparison) => {
                self.compared(&comparison.expr, &comparison.subquery.subquery, schema)
            }
            Expr::ScalarSubquery(subquery) => self.plan(&subquery.subquery, wanted),
            Expr::Exists(exists) => self.plan(&exists.subquery.subquery, None),
            Expr::ScalarFunction(call) => self.call(call, schema),
            Expr::AggregateFunction(call) => {
                let is_total = matches!(call.func.name(), "sum" | "avg");
                let wanted = is_total.then_some(&DataType::Float64);
                for arg in &call.params.args {
                    self.expr(arg, wanted, schema)?;
                }
                Ok(())
            }
            Expr::WindowFunction(call) => {
                let first = call.params.args.first();
                let value = first.and_then(|first| type_of(first, schema));
                for (index, arg) in call.params.args.iter().enumerate() {
                    let wanted = match (call.fun.name(), index) {
                        ("ntile", 0) | ("lag" | "lead" | "nth_value", 1) => Some(&DataType::Int64),
                        ("sum" | "avg", 0) => Some(&DataType::Float64),
                        ("lag" | "lead", 2) => value.as_ref(),
                        _ => None,
                    };
                    self.expr(arg, wanted, schema)?;
                }
                let keys = call.params.partition_by.iter();
                let keys = keys.chain(call.params.order_by.iter().map(|sort| &sort.expr));
                keys.into_iter()
                    .try_for_each(|key| self.expr(key, None, schema))
            }
            other => {
                let mut inside = Vec::new();
                other.apply_children(|part| {
                    inside.push(part);
                    Ok(TreeNodeRecursion::Continue)
                })?;
                inside
                    .into_iter()
                    .try_for_each(|part| self.expr(part, None, schema))
            }
        }
    }

    fn binary(
        &mut self,
        left: &Expr,
        operator: Operator,
        right: &Expr,
        wanted: Option<&DataType>,
        schema: &DFSchema,
    ) -> Result<()> {
        use Operator::{And, Divide, Minus, Modulo, Multiply, Or, Plus, StringConcat};
        match operator {
            And | Or => {
                self.expr(left, Some(&DataType::Boolean), schema)?;
                self.expr(right, Some(&DataType::Boolean), schema)
            }
            StringConcat => {
                self.expr(left, Some(&DataType::Utf8), schema)?;
                self.expr(right, Some(&DataType::Utf8), schema)
            }
            Plus | Minus if type_of(left, schema) == Some(DataType::Date32) => {
                self.expr(left, None, schema)?;
                // Days
                self.expr(right, Some(&DataType::Int64), schema)
            }
            Plus | Minus | Multiply | Divide | Modulo => self.alike(&[left, right], wanted, schema),
            _ => self.alike(&[left, right], None, schema),
        }
    }

    /// Values beside each other get the type of those whose type is known.
    fn alike(
        &mut self,
        values: &[&Expr],
        wanted: Option<&DataType>,
        schema: &DFSchema,
    ) -> Result<()> {
        let known = beside(values, schema);
        let wanted = known.as_ref().or(wanted);
        values
            .iter()
            .try_for_each(|value| self.expr(value, wanted, schema))
    }

    /// A value and the column of a subquery that it is compared with.
    fn compared(&mut self, value: &Expr, subquery: &LogicalPlan, schema: &DFSchema) -> Result<()> {
        let of_value = type_of(value, schema);
        let column = subquery.schema().fields().first();
        let of_column = column.map(|field| field.data_type().clone());
        self.expr(value, of_column.as_ref(), schema)?;
        self.plan(subquery, of_value.as_ref())
    }

    fn call(&mut self, call: &ScalarFunction, schema: &DFSchema) -> Result<()> {
        let common = call.args.iter().enumerate();
        let common = common.filter(|(index, _)| functions::is_common(&call.func, *index));
        let common: Vec<&Expr> = common.map(|(_, arg)| arg).collect();
        let first = beside(&common, schema);
        for (index, arg) in call.args.iter().enumerate() {
            let wanted = functions::argument_type(&call.func, index, first.as_ref());
            self.expr(arg, wanted.as_ref(), schema)?;
        }
        Ok(())
    }
}

/// The type of the values with known types, for the markers beside them. A constant does not
/// determine how many digits others have.
fn beside(values: &[&Expr], schema: &DFSchema) -> Option<DataType> {
    let mut known = values.iter().filter_map(|value| {
        let data_type = type_of(value, schema).filter(|data_type| !data_type.is_null())?;
        Some(match data_type {
            DataType::Decimal128(_, scale) if !value.any_column_refs() => {
                DataType::Decimal128(28, scale.clamp(8, 28))
            }
            other => other,
        })
    });
    known.next()
}

/// The type of an expression, as far as its parts without a marker determine it.
fn type_of(expr: &Expr, schema: &DFSchema) -> Option<DataType> {
    let mut is_open = false;
    let visited = expr.apply(|part| {
        is_open |= matches!(part, Expr::Placeholder(Placeholder { field: None, .. }));
        Ok(match part {
            // The type of a cast is known, whatever its operand.
            Expr::Cast(_) | Expr::TryCast(_) => TreeNodeRecursion::Jump,
            _ => TreeNodeRecursion::Continue,
        })
    });
    if visited.is_ok() && !is_open {
        return expr.get_type(schema).ok();
    }
    let of_parts = |parts: &[&Expr]| beside(parts, schema);
    match expr {
        Expr::Alias(alias) => type_of(&alias.expr, schema),
        Expr::Case(case) => {
            let thens = case.when_then_expr.iter().map(|(_, then)| then.as_ref());
            of_parts(&thens.chain(case.else_expr.as_deref()).collect::<Vec<_>>())
        }
        Expr::ScalarFunction(call) => {
            let common = call.args.iter().enumerate();
            let common = common.filter(|(index, _)| functions::is_common(&call.func, *index));
            of_parts(&common.map(|(_, arg)| arg).collect::<Vec<_>>())
                // Functions such as POSITION return one type, whatever their arguments.
                .or_else(|| expr.get_type(schema).ok())
        }
        Expr::BinaryExpr(binary) if binary.op.is_numerical_operators() => {
            of_parts(&[&binary.left, &binary.right]).filter(DataType::is_numeric)
        }
        _ => None,
    }
}
