//! Expressions of a plan, written as SQL for people.
//!
//! For reading only: long parts are cut short.

mod literal;
mod operators;

use super::column_type;
use datafusion::arrow::datatypes::DataType;
use datafusion::logical_expr::Operator;
use datafusion::physical_expr::expressions::{
    BinaryExpr, CaseExpr, CastExpr, Column, DynamicFilterPhysicalExpr, InListExpr, IsNotNullExpr,
    IsNullExpr, LikeExpr, Literal, NegativeExpr, NotExpr,
};
use datafusion::physical_expr::scalar_subquery::ScalarSubqueryExpr;
use datafusion::physical_expr::{PhysicalExpr, PhysicalSortExpr, ScalarFunctionExpr};
use datafusion::physical_expr_common::physical_expr::fmt_sql;
use operators::{Internal, Rank};
use std::cell::Cell;
use std::sync::Arc;

pub use literal::literal;

/// The shown terms of one AND or OR, and values of one list.
pub const SHOWN: usize = 10;

/// The shown depth of nested expressions.
const DEEPEST: usize = 30;

/// The expression over columns of these names.
pub fn sql(expr: &Arc<dyn PhysicalExpr>, names: &[String]) -> String {
    let depth = Cell::new(0);
    Writer { names, depth }.ranked(expr).0
}

/// `a, b DESC`. NULLs are the lowest values, unless it says otherwise.
pub fn order(order: &[PhysicalSortExpr], names: &[String]) -> String {
    let terms = order.iter().map(|sort| {
        let mut term = sql(&sort.expr, names);
        if sort.options.descending {
            term.push_str(" DESC");
        }
        match (sort.options.nulls_first, sort.options.descending) {
            (true, true) => term.push_str(" NULLS FIRST"),
            (false, false) => term.push_str(" NULLS LAST"),
            _ => {}
        }
        term
    });
    terms.collect::<Vec<_>>().join(", ")
}

/// Several expressions with commas between them.
pub fn list(exprs: &[Arc<dyn PhysicalExpr>], names: &[String]) -> String {
    let depth = Cell::new(0);
    Writer { names, depth }.list(exprs)
}

/// The shown terms, and the number of the others.
pub fn shortened(mut shown: Vec<String>, all: usize, separator: &str) -> String {
    if all > shown.len() {
        shown.push(format!("... {} more", all - shown.len()));
    }
    shown.join(separator)
}

struct Writer<'a> {
    names: &'a [String],
    /// The number of enclosing expressions.
    depth: Cell<usize>,
}

impl Writer<'_> {
    fn ranked(&self, expr: &Arc<dyn PhysicalExpr>) -> (String, Rank) {
        if self.depth.get() == DEEPEST {
            return ("...".to_owned(), Rank::Value);
        }
        self.depth.set(self.depth.get() + 1);
        let written = self.written(expr);
        self.depth.set(self.depth.get() - 1);
        written
    }

    fn written(&self, expr: &Arc<dyn PhysicalExpr>) -> (String, Rank) {
        if let Some(column) = expr.downcast_ref::<Column>() {
            let name = self.names.get(column.index()).map(String::as_str);
            return (name.unwrap_or(column.name()).to_owned(), Rank::Value);
        }
        if let Some(value) = expr.downcast_ref::<Literal>() {
            return (literal(value.value()), Rank::Value);
        }
        if let Some(binary) = expr.downcast_ref::<BinaryExpr>() {
            return self.binary(binary);
        }
        self.condition(expr)
            .unwrap_or_else(|| self.value(expr.as_ref()))
    }

    fn list(&self, exprs: &[Arc<dyn PhysicalExpr>]) -> String {
        let terms = exprs.iter().take(SHOWN).map(|expr| self.ranked(expr).0);
        shortened(terms.collect(), exprs.len(), ", ")
    }

    /// In parentheses if the meaning would change without.
    fn inside(&self, expr: &Arc<dyn PhysicalExpr>, rank: Rank) -> String {
        let (text, own) = self.ranked(expr);
        match own < rank {
            true => format!("({text})"),
            false => text,
        }
    }

    fn binary(&self, binary: &BinaryExpr) -> (String, Rank) {
        let (operator, rank) = operators::of(*binary.op());
        if matches!(binary.op(), Operator::And | Operator::Or) {
            let terms = operators::terms(binary);
            let shown = terms.iter().take(SHOWN);
            let shown = shown.map(|term| self.inside(term, rank.next())).collect();
            return (
                shortened(shown, terms.len(), &format!(" {operator} ")),
                rank,
            );
        }
        let left = self.inside(binary.left(), rank);
        let right = self.inside(binary.right(), rank.next());
        (format!("{left} {operator} {right}"), rank)
    }

    fn condition(&self, expr: &Arc<dyn PhysicalExpr>) -> Option<(String, Rank)> {
        let operand = |expr: &Arc<dyn PhysicalExpr>| self.inside(expr, Rank::Sum);
        let text = if let Some(not) = expr.downcast_ref::<NotExpr>() {
            let text = format!("NOT {}", self.inside(not.arg(), Rank::Not));
            return Some((text, Rank::Not));
        } else if let Some(null) = expr.downcast_ref::<IsNullExpr>() {
            format!("{} IS NULL", operand(null.arg()))
        } else if let Some(null) = expr.downcast_ref::<IsNotNullExpr>() {
            format!("{} IS NOT NULL", operand(null.arg()))
        } else if let Some(like) = expr.downcast_ref::<LikeExpr>() {
            let not = if like.negated() { "NOT " } else { "" };
            let word = if like.case_insensitive() {
                "ILIKE"
            } else {
                "LIKE"
            };
            let text = operand(like.expr());
            let pattern = match literal::pattern(like.pattern()) {
                Some(pattern) => pattern,
                None => operand(like.pattern()),
            };
            format!("{text} {not}{word} {pattern}")
        } else {
            let membership = expr.downcast_ref::<InListExpr>()?;
            let not = if membership.negated() { "NOT " } else { "" };
            let values = self.list(membership.list());
            format!("{} {not}IN ({values})", operand(membership.expr()))
        };
        Some((text, Rank::Comparison))
    }

    fn value(&self, expr: &dyn PhysicalExpr) -> (String, Rank) {
        let whole = |expr: &Arc<dyn PhysicalExpr>| self.ranked(expr).0;
        let text = if let Some(cast) = expr.downcast_ref::<CastExpr>() {
            format!(
                "CAST({} AS {})",
                whole(cast.expr()),
                type_name(cast.cast_type())
            )
        } else if let Some(negative) = expr.downcast_ref::<NegativeExpr>() {
            format!("-{}", self.inside(negative.arg(), Rank::Value))
        } else if let Some(case) = expr.downcast_ref::<CaseExpr>() {
            self.case(case)
        } else if let Some(call) = expr.downcast_ref::<ScalarFunctionExpr>() {
            return self.call(call);
        } else if expr.downcast_ref::<DynamicFilterPhysicalExpr>().is_some() {
            "the join can use it".to_owned()
        } else if expr.downcast_ref::<ScalarSubqueryExpr>().is_some() {
            "(subquery)".to_owned()
        } else {
            fmt_sql(expr).to_string()
        };
        (text, Rank::Value)
    }

    fn case(&self, case: &CaseExpr) -> String {
        let mut text = "CASE".to_owned();
        if let Some(expr) = case.expr() {
            text += &format!(" {}", self.ranked(expr).0);
        }
        let branches = case.when_then_expr();
        let shown = branches.iter().take(SHOWN).map(|(when, then)| {
            let (when, then) = (self.ranked(when).0, self.ranked(then).0);
            format!("WHEN {when} THEN {then}")
        });
        text += " ";
        text += &shortened(shown.collect(), branches.len(), " ");
        if let Some(other) = case.else_expr() {
            text += &format!(" ELSE {}", self.ranked(other).0);
        }
        text + " END"
    }

    /// A long sum: its signs and terms.
    fn sum(&self, args: &[Arc<dyn PhysicalExpr>]) -> String {
        let signs = args[0].downcast_ref::<Literal>().map(Literal::value);
        let signs = signs
            .and_then(|signs| signs.try_as_str().flatten())
            .unwrap_or_default();
        let terms = &args[1..];
        let shown = terms.iter().take(SHOWN).enumerate().map(|(place, term)| {
            let sign = place
                .checked_sub(1)
                .and_then(|before| signs.chars().nth(before));
            let sign = sign.map_or_else(String::new, |sign| format!("{sign} "));
            sign + &self.inside(term, Rank::Product)
        });
        shortened(shown.collect(), terms.len(), " ")
    }

    fn call(&self, call: &ScalarFunctionExpr) -> (String, Rank) {
        let args = call.args();
        if let Some(written) = operators::of_internal(call.name()) {
            let text = match written {
                Internal::Words(words) => words.to_owned(),
                Internal::Argument => return self.ranked(&args[0]),
                Internal::Sum => return (self.sum(args), Rank::Sum),
            };
            return (text, Rank::Value);
        }
        match (operators::of_function(call.name()), args) {
            (Some((operator, rank)), [left, right]) => {
                let left = self.inside(left, rank);
                let right = self.inside(right, rank.next());
                (format!("{left} {operator} {right}"), rank)
            }
            (_, [operand]) if call.name() == "checked_negate" => (
                format!("-{}", self.inside(operand, Rank::Value)),
                Rank::Value,
            ),
            _ if matches!(call.name(), "convert" | "try_convert") => {
                let value = self.list(args);
                let word = match call.name() {
                    "convert" => "CAST",
                    _ => "TRY_CAST",
                };
                let text = format!("{word}({value} AS {})", type_name(call.return_type()));
                (text, Rank::Value)
            }
            _ if call.name() == "struct" => (format!("({})", self.list(args)), Rank::Value),
            _ => {
                let text = format!("{}({})", call.name().to_uppercase(), self.list(args));
                (text, Rank::Value)
            }
        }
    }
}

/// The name of an engine's type in SQL.
fn type_name(data_type: &DataType) -> String {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => "VARCHAR".to_owned(),
        DataType::Timestamp(..) => "TIMESTAMP".to_owned(),
        DataType::Time32(_) | DataType::Time64(_) => "TIME".to_owned(),
        _ => match column_type::column_type_from_arrow(data_type) {
            Some(known) => column_type::type_to_text(known),
            None => data_type.to_string().to_uppercase(),
        },
    }
}

#[cfg(test)]
mod tests;
