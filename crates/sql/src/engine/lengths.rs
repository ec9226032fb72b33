//! The maximum length of texts in a result.
//!
//! Applications reserve the described length of a column: `LEFT(subject, 20)` needs 20 characters,
//! a UNION the length of the longer side. Unknown lengths are not guessed.

use crate::aggregates::percentile::DISCRETE;
use crate::{ColumnType, functions, plans, subqueries};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::{Column, DFSchema, ScalarValue};
use datafusion::logical_expr::expr::{AggregateFunction, ScalarFunction};
use datafusion::logical_expr::{BinaryExpr, Case, Cast, Distinct, JoinType, LogicalPlan, Operator};
use datafusion::logical_expr::{Expr, ExprSchemable, WindowFunctionDefinition};
use exchange_tables::arrow_schema;
use std::cell::Cell;
use std::ops::Add;

/// Longest length of a text, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    AtMost(u32),
    Unknown,
    /// A LONGVARCHAR
    Unbounded,
}

use Length::{AtMost, Unbounded, Unknown};

impl Add for Length {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        match (self, other) {
            (AtMost(one), AtMost(another)) => AtMost(one.saturating_add(another)),
            (one, another) => one.max(another),
        }
    }
}

impl Length {
    /// This length multiplied; `None` for `times` means unknown.
    fn times_most(self, times: Option<u32>) -> Option<Self> {
        match (self, times) {
            (AtMost(length), Some(times)) => Some(AtMost(length.saturating_mul(times))),
            _ => None,
        }
    }
}

/// Maximum number of expressions to examine. If each part of a statement refers to the previous one
/// twice, their number doubles with every part.
const MOST_EXPRESSIONS: usize = 10_000;

/// The length of a column of the plan's result.
pub fn of(plan: &LogicalPlan, index: usize) -> Length {
    let lengths = Lengths {
        statement: plan,
        left: Cell::new(MOST_EXPRESSIONS),
    };
    lengths.column(plan, index)
}

/// Whether the column has values of several columns, so that no single one describes it.
pub fn is_merged(plan: &LogicalPlan, index: usize) -> bool {
    match plan {
        LogicalPlan::Union(union) => union.inputs.len() > 1,
        LogicalPlan::SubqueryAlias(alias) => is_merged(&alias.input, index),
        LogicalPlan::Filter(filter) => is_merged(&filter.input, index),
        LogicalPlan::Sort(sort) => is_merged(&sort.input, index),
        LogicalPlan::Limit(limit) => is_merged(&limit.input, index),
        LogicalPlan::Distinct(Distinct::All(input)) => is_merged(input, index),
        LogicalPlan::Projection(projection) => match projection.expr.get(index).map(named_column) {
            Some(Some(column)) => is_merged_in(&[&projection.input], column),
            _ => false,
        },
        LogicalPlan::Aggregate(aggregate) => {
            match aggregate.group_expr.get(index).map(named_column) {
                Some(Some(column)) => is_merged_in(&[&aggregate.input], column),
                _ => false,
            }
        }
        LogicalPlan::Join(join) => {
            let (field_qualifier, field) = plan.schema().qualified_field(index);
            let column = Column::new(field_qualifier.cloned(), field.name());
            is_merged_in(&[&join.left, &join.right], &column)
        }
        _ => false,
    }
}

fn is_merged_in(inputs: &[&LogicalPlan], column: &Column) -> bool {
    let found = inputs
        .iter()
        .find_map(|input| Some((input, position(input.schema(), column)?)));
    found.is_some_and(|(input, index)| is_merged(input, index))
}

/// The column that the expression names, under any alias.
fn named_column(expr: &Expr) -> Option<&Column> {
    match expr {
        Expr::Column(column) => Some(column),
        Expr::Alias(alias) => named_column(&alias.expr),
        _ => None,
    }
}

fn position(schema: &DFSchema, column: &Column) -> Option<usize> {
    schema.maybe_index_of_column(column)
}

struct Lengths<'a> {
    statement: &'a LogicalPlan,
    left: Cell<usize>,
}

impl Lengths<'_> {
    fn column(&self, plan: &LogicalPlan, index: usize) -> Length {
        match plan {
            LogicalPlan::TableScan(scan) => declared(scan.projected_schema.field(index)),
            LogicalPlan::Projection(projection) => {
                self.optional(projection.expr.get(index), &[&projection.input])
            }
            LogicalPlan::SubqueryAlias(alias) => self.column(&alias.input, index),
            LogicalPlan::Filter(filter) => self.column(&filter.input, index),
            LogicalPlan::Sort(sort) => self.column(&sort.input, index),
            LogicalPlan::Limit(limit) => self.column(&limit.input, index),
            LogicalPlan::Distinct(Distinct::All(input)) => self.column(input, index),
            LogicalPlan::Union(union) => {
                self.longest(union.inputs.iter().map(|input| self.column(input, index)))
            }
            LogicalPlan::Aggregate(aggregate) => {
                let mut expressions = aggregate.group_expr.iter().chain(&aggregate.aggr_expr);
                self.optional(expressions.nth(index), &[&aggregate.input])
            }
            LogicalPlan::Window(window) => {
                match index.checked_sub(window.input.schema().fields().len()) {
                    None => self.column(&window.input, index),
                    Some(index) => self.optional(window.window_expr.get(index), &[&window.input]),
                }
            }
            LogicalPlan::Join(join) => {
                let left = match join.join_type {
                    JoinType::RightSemi | JoinType::RightAnti | JoinType::RightMark => 0,
                    _ => join.left.schema().fields().len(),
                };
                match index.checked_sub(left) {
                    None => self.column(&join.left, index),
                    Some(index) if index < join.right.schema().fields().len() => {
                        self.column(&join.right, index)
                    }
                    Some(_) => Unknown,
                }
            }
            LogicalPlan::Values(values) => {
                let rows = values.values.iter();
                self.longest(rows.map(|row| self.optional(row.get(index), &[])))
            }
            LogicalPlan::Extension(extension) => {
                let source = subqueries::column_source(extension.node.as_ref(), index);
                source.map_or(Unknown, |(rows, index)| self.column(rows, index))
            }
            _ => Unknown,
        }
    }

    fn longest(&self, lengths: impl Iterator<Item = Length>) -> Length {
        lengths.max().unwrap_or(Unknown)
    }

    fn optional(&self, expr: Option<&Expr>, inputs: &[&LogicalPlan]) -> Length {
        expr.map_or(Unknown, |expr| self.expression(expr, inputs))
    }

    fn expression(&self, expr: &Expr, inputs: &[&LogicalPlan]) -> Length {
        let Some(left) = self.left.get().checked_sub(1) else {
            return Unknown;
        };
        self.left.set(left);
        let length = |expr: &Expr| self.expression(expr, inputs);
        match expr {
            Expr::Alias(alias) => length(&alias.expr),
            Expr::Column(column) => {
                let found = inputs
                    .iter()
                    .find_map(|input| Some((input, position(input.schema(), column)?)));
                found.map_or(Unknown, |(input, index)| self.column(input, index))
            }
            Expr::OuterReferenceColumn(field, _) => declared(field),
            Expr::Literal(value, _) => constant(value),
            Expr::Cast(Cast { expr, field }) if field.data_type().is_string() => length(expr),
            Expr::BinaryExpr(BinaryExpr {
                left,
                op: Operator::StringConcat,
                right,
            }) => length(left) + length(right),
            Expr::Case(Case {
                when_then_expr,
                else_expr,
                ..
            }) => {
                let branches = when_then_expr.iter().map(|(_, then)| then);
                self.longest(branches.chain(else_expr).map(|each| length(each)))
            }
            Expr::ScalarFunction(call) => self.call(call, inputs),
            Expr::AggregateFunction(AggregateFunction { func, params }) => {
                self.chosen(func.name(), &params.args, inputs)
            }
            Expr::WindowFunction(window) => match &window.fun {
                WindowFunctionDefinition::AggregateUDF(function) => {
                    self.chosen(function.name(), &window.params.args, inputs)
                }
                WindowFunctionDefinition::WindowUDF(function) => {
                    self.chosen(function.name(), &window.params.args, inputs)
                }
            },
            Expr::ScalarSubquery(subquery) => self.column(&subquery.subquery, 0),
            _ => Unknown,
        }
    }

    /// Aggregates and window functions whose result is one of the values.
    fn chosen(&self, name: &str, arguments: &[Expr], inputs: &[&LogicalPlan]) -> Length {
        match name {
            "string_agg" => Unbounded,
            DISCRETE | "min" | "max" | "first_value" | "last_value" | "nth_value" => {
                self.optional(arguments.first(), inputs)
            }
            // With the value for rows outside of the window.
            "lag" | "lead" => {
                let values = [arguments.first(), arguments.get(2)];
                let values = values.into_iter().flatten();
                self.longest(values.map(|value| self.expression(value, inputs)))
            }
            _ => match self.optional(arguments.first(), inputs) {
                Unbounded => Unbounded,
                _ => Unknown,
            },
        }
    }

    /// TO_CHAR or FORMAT with a constant pattern.
    fn formatted(&self, call: &ScalarFunction, inputs: &[&LogicalPlan]) -> Option<Length> {
        let pattern = call.args.get(1).and_then(text)?;
        let value = call.args.first()?;
        let data_type = match inputs.first() {
            Some(input) => value.get_type(input.schema()),
            None => value.get_type(&DFSchema::empty()),
        };
        let data_type = match data_type.ok()? {
            number if number.is_numeric() && has_markers(self.statement) => DataType::Float64,
            other => other,
        };
        let longest = functions::longest_text(call.func.name(), pattern, &data_type)?;
        Some(AtMost(u32::try_from(longest.max(1)).unwrap_or(u32::MAX)))
    }

    fn call(&self, call: &ScalarFunction, inputs: &[&LogicalPlan]) -> Length {
        let argument = |index: usize| self.optional(call.args.get(index), inputs);
        let each = || call.args.iter().map(|each| self.expression(each, inputs));
        let count = |index: usize| call.args.get(index).and_then(whole_number);
        let cut = |index: usize| match count(index) {
            Some(count) => argument(0).min(AtMost(count)),
            None => argument(0),
        };
        let long_or_unknown = || match each().any(|length| length == Unbounded) {
            true => Unbounded,
            false => Unknown,
        };
        match call.func.name() {
            "left" | "right" => cut(1),
            "substring" => cut(2),
            "ltrim" | "rtrim" | "btrim" | "reverse" | "nullif" | "split_part" | "translate"
            | "regexp_substr" | "json_value" | "json_query" => argument(0),
            "to_char" | "format" => self.formatted(call, inputs).unwrap_or_else(long_or_unknown),
            // A few letters become two or three, as the capital of ß. Reserving room for that would
            // triple every column.
            "upper" | "lower" | "initcap" => argument(0),
            "replace" => argument(0)
                .times_most(replaced(&call.args))
                .unwrap_or_else(long_or_unknown),
            "insert" => argument(0) + argument(3),
            "repeat" => argument(0)
                .times_most(count(1))
                .unwrap_or_else(long_or_unknown),
            "lpad" | "rpad" => count(1).map_or_else(long_or_unknown, AtMost),
            "char" => AtMost(1),
            "soundex" => AtMost(4),
            "nullable" | "subquery" | "value_of_one_row" => argument(0),
            "concat" => each().reduce(Length::add).unwrap_or(Unknown),
            "coalesce" | "ifnull" | "greatest" | "least" => self.longest(each()),
            "iif" | "nvl2" => argument(1).max(argument(2)),
            "space" => count(0).map_or(Unknown, AtMost),
            // A text made from a long text may be long.
            _ => long_or_unknown(),
        }
    }
}

/// Whether the plan has markers, whose values may widen the types of computed columns.
fn has_markers(plan: &LogicalPlan) -> bool {
    plans::has_part(plan, |expr| matches!(expr, Expr::Placeholder(_))).unwrap_or(true)
}

/// The factor by which REPLACE with these arguments can lengthen a text, if they are constants.
fn replaced(arguments: &[Expr]) -> Option<u32> {
    let characters = |index: usize| Some(text(arguments.get(index)?)?.chars().count());
    let (from, to) = (characters(1)?, characters(2)?);
    u32::try_from(to.div_ceil(from.max(1)).max(1)).ok()
}

/// The length in the column's definition.
fn declared(field: &Field) -> Length {
    match arrow_schema::column_type_from_field(field) {
        Some(ColumnType::Varchar { length }) => AtMost(length),
        Some(ColumnType::LongVarchar) if arrow_schema::is_declared(field) => Unbounded,
        Some(ColumnType::Guid) => AtMost(36),
        _ => Unknown,
    }
}

fn constant(value: &ScalarValue) -> Length {
    match value.try_as_str() {
        // Bytes of UTF-8 are the largest count that an application uses: iodbctest reserves that
        // many.
        Some(Some(text)) => u32::try_from(text.len()).map_or(Unknown, |count| AtMost(count.max(1))),
        _ if value.is_null() => AtMost(1),
        _ => Unknown,
    }
}

/// A constant text.
fn text(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Literal(value, _) => value.try_as_str().flatten(),
        Expr::Cast(cast) if cast.field.data_type().is_string() => text(&cast.expr),
        _ => None,
    }
}

fn whole_number(expr: &Expr) -> Option<u32> {
    match expr {
        Expr::Literal(value, _) if !value.is_null() => {
            let number = i64::try_from(value.clone()).ok().or_else(|| {
                let number = i32::try_from(value.clone()).ok()?;
                Some(i64::from(number))
            })?;
            Some(u32::try_from(number.max(1)).unwrap_or(u32::MAX))
        }
        Expr::Cast(cast) => whole_number(&cast.expr),
        _ => None,
    }
}
