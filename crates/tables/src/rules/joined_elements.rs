//! Joins of a table with the elements of its own lists.
//!
//! `Messages m JOIN MessageRecipients r ON r.messageId = m.id` has a row for each recipient of each message. Each side
//! would read the messages. This rule replaces both with one scan whose rows have the columns of both
//! ([`JoinedProvider`]), and the conditions of both sides and of the join stay as conditions above it. The optimizer's
//! next round moves them down.
//!
//! Every element has the id of its parent, and within a mailbox an id belongs to one row. So the join of both reads is
//! the rows of one, if both read the same mailboxes, and the join compares these where there are several. Any other join
//! stays.

use super::elements_side::{Side, in_terms};
use crate::conditions;
use crate::definition::{ColumnSource, Element, Scope};
use crate::joined::{JoinedProvider, Place};
use crate::scan::Mailboxes;
use datafusion::catalog::default_table_source::DefaultTableSource;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, JoinType, NullEquality, Result};
use datafusion::logical_expr::{Expr, Filter, Join, LogicalPlan, Projection, TableScanBuilder};
use datafusion::optimizer::{ApplyOrder, OptimizerConfig, OptimizerRule};
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Debug)]
pub struct JoinedElements;

impl OptimizerRule for JoinedElements {
    fn name(&self) -> &str {
        "joined_elements"
    }

    fn apply_order(&self) -> Option<ApplyOrder> {
        Some(ApplyOrder::BottomUp)
    }

    fn rewrite(
        &self,
        plan: LogicalPlan,
        _: &dyn OptimizerConfig,
    ) -> Result<Transformed<LogicalPlan>> {
        let LogicalPlan::Join(join) = &plan else {
            return Ok(Transformed::no(plan));
        };
        Ok(match one_scan(join)? {
            Some(scan) => Transformed::yes(scan),
            None => Transformed::no(plan),
        })
    }
}

/// The join as one scan; `None` if it stays.
fn one_scan(join: &Join) -> Result<Option<LogicalPlan>> {
    if join.null_equality != NullEquality::NullEqualsNothing {
        return Ok(None);
    }
    let (Some(left), Some(right)) = (Side::of(&join.left)?, Side::of(&join.right)?) else {
        return Ok(None);
    };
    let keys = Keys::of(join, &left, &right);
    if !keys.compare_ids || !keys.is_enough(&left, &right)? {
        return Ok(None);
    }
    // The columns of the join are those of its left side, then those of its right side.
    let both = match join.join_type {
        JoinType::Inner => inner(left, right)?,
        JoinType::Left if keys.others.is_empty() && join.filter.is_none() => outer(left, right)?,
        JoinType::Right if keys.others.is_empty() && join.filter.is_none() => {
            outer(right, left)?.map(Both::turned)
        }
        _ => None,
    };
    let Some(mut both) = both else {
        return Ok(None);
    };
    for condition in keys.others.into_iter().chain(join.filter.clone()) {
        match both.in_terms(&join.schema, condition)? {
            Some(condition) => both.conditions.push(condition),
            None => return Ok(None),
        }
    }
    match both.table.is_dear(&both.conditions)? {
        true => Ok(None),
        false => both.plan(join).map(Some),
    }
}

fn inner(first: Side, second: Side) -> Result<Option<Both>> {
    let Some(table) = first.table.joined(&second.table) else {
        return Ok(None);
    };
    let Some(second) = second.moved(first.table.members(), &table)? else {
        return Ok(None);
    };
    let mut conditions = first.conditions;
    conditions.extend(second.conditions);
    Ok(Some(Both {
        table,
        places: [first.places, second.places],
        conditions,
    }))
}

/// All rows of the first side, with those of the second where there are any.
fn outer(first: Side, second: Side) -> Result<Option<Both>> {
    let table = first.table.left_joined(&second.table, &second.conditions)?;
    let Some(table) = table else {
        return Ok(None);
    };
    let second = Side {
        conditions: Vec::new(),
        ..second
    };
    let Some(second) = second.moved(first.table.members(), &table)? else {
        return Ok(None);
    };
    Ok(Some(Both {
        table,
        places: [first.places, second.places],
        conditions: first.conditions,
    }))
}

/// The pairs of columns that a join compares.
struct Keys {
    compare_ids: bool,
    compare_mailboxes: bool,
    /// The other pairs.
    others: Vec<Expr>,
}

impl Keys {
    fn of(join: &Join, left: &Side, right: &Side) -> Self {
        let mut keys = Self {
            compare_ids: false,
            compare_mailboxes: false,
            others: Vec::new(),
        };
        for (of_left, of_right) in &join.on {
            let places = (
                left.place(&join.left, of_left),
                right.place(&join.right, of_right),
            );
            let is = |what: fn(&JoinedProvider, Place) -> bool| match places {
                (Some(of_left), Some(of_right)) => {
                    what(&left.table, of_left) && what(&right.table, of_right)
                }
                _ => false,
            };
            if is(is_id_of_parent) {
                keys.compare_ids = true;
            } else if is(is_mailbox) {
                keys.compare_mailboxes = true;
            } else {
                keys.others.push(of_left.clone().eq(of_right.clone()));
            }
        }
        keys
    }

    /// Whether rows with the same id are the same row: both sides have the same mailboxes, and they are compared unless
    /// there is only one.
    fn is_enough(&self, left: &Side, right: &Side) -> Result<bool> {
        let parents = left.table.parents().table();
        if parents.id_columns != ["id"] {
            return Ok(false);
        }
        if parents.scope == Scope::Directory {
            return Ok(true);
        }
        let of_left = left.table.mailboxes(&left.conditions)?;
        let of_right = right.table.mailboxes(&right.conditions)?;
        let is_one = matches!(&of_left, Some(Mailboxes::Named(names)) if names.len() == 1);
        Ok(of_left.is_some() && of_left == of_right && (is_one || self.compare_mailboxes))
    }
}

fn is_id_of_parent(table: &JoinedProvider, place: Place) -> bool {
    let column = table.definition(place);
    match place.member {
        0 => column.name == "id",
        member if table.is_outer(member) => false,
        _ => column.source == ColumnSource::Element(Element::ParentId),
    }
}

fn is_mailbox(table: &JoinedProvider, place: Place) -> bool {
    !table.is_outer(place.member) && table.definition(place).source == ColumnSource::Mailbox
}

/// Both sides of a join.
struct Both {
    table: JoinedProvider,
    /// The places of the columns of each side.
    places: [Vec<Place>; 2],
    conditions: Vec<Expr>,
}

impl Both {
    /// The sides in the other order.
    fn turned(self) -> Self {
        let [first, second] = self.places;
        Self {
            places: [second, first],
            ..self
        }
    }

    fn in_terms(&self, schema: &DFSchema, condition: Expr) -> Result<Option<Expr>> {
        in_terms(condition, &self.table, |column| {
            let index = schema.maybe_index_of_column(column)?;
            self.places.iter().flatten().nth(index).copied()
        })
    }

    /// The scan with the columns of the join, and of its conditions.
    fn plan(self, join: &Join) -> Result<LogicalPlan> {
        let used = self.conditions.iter().flat_map(Expr::column_refs);
        let used = used.filter_map(|column| self.table.find(&column.name));
        let places = || self.places.iter().flatten().copied();
        let columns = used.chain(places()).map(|place| self.table.index(place));
        let columns: BTreeSet<usize> = columns.collect();
        let shown = join.schema.iter().zip(places());
        let shown: Vec<Expr> = shown
            .map(|((qualifier, field), place)| {
                let column = Expr::Column(self.table.column(place));
                column.alias_qualified(qualifier.cloned(), field.name())
            })
            .collect();
        let name = self.table.name();
        let source = DefaultTableSource::new(Arc::new(self.table));
        let scan = TableScanBuilder::new(name, Arc::new(source))
            .with_projection(Some(columns.into_iter().collect()))
            .build()?;
        let mut plan = LogicalPlan::TableScan(scan);
        if let Some(predicate) = conditions::all(self.conditions) {
            plan = LogicalPlan::Filter(Filter::try_new(predicate, Arc::new(plan))?);
        }
        let schema = Arc::clone(&join.schema);
        let plan = Projection::try_new_with_schema(shown, Arc::new(plan), schema)?;
        Ok(LogicalPlan::Projection(plan))
    }
}

#[cfg(test)]
mod tests;
