//! The steps of a scan: the rows of the parents, then the lists of one table of elements after the other.

use super::table::{JoinedProvider, Lists, Place, Required, name_in};
use crate::conditions;
use crate::definition::Table;
use crate::elements::{ElementsExec, Kept, Outer, ParentPlaces, Unfold};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::catalog::Session;
use datafusion::common::{DFSchema, Result};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::Expr;
use datafusion::physical_expr::expressions;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::projection::ProjectionExec;
use std::collections::BTreeSet;
use std::sync::Arc;

impl JoinedProvider {
    /// The parents' columns to read.
    pub(super) fn read(&self, wanted: &[Place], required: &Required) -> Vec<Place> {
        let own = wanted.iter().filter(|place| place.member == 0).copied();
        let mut places: Vec<Place> = own.collect();
        for place in self.needed(&required.lists) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    /// The parents' columns without which these lists cannot be taken apart.
    fn needed(&self, lists: &[Lists]) -> Vec<Place> {
        let shared = ["mailbox", "id"].into_iter();
        let names = lists.iter().flatten();
        let names = shared.chain(names.map(|list| list.column));
        let table = self.parents.table();
        let columns = names.filter_map(|name| table.column_index(name));
        columns.map(|column| Place { member: 0, column }).collect()
    }

    /// The plan with the elements of one more table, and its columns.
    pub(super) fn unfolded(
        &self,
        state: &dyn Session,
        step: &Step<'_>,
        plan: Arc<dyn ExecutionPlan>,
        places: &[Place],
    ) -> Result<(Arc<dyn ExecutionPlan>, Vec<Place>)> {
        let parents = self.parents.table();
        let at = ParentPlaces::find(step.lists, |name| {
            let column = parents.column_index(name)?;
            places
                .iter()
                .position(|place| *place == Place { member: 0, column })
        });
        let at = at.ok_or_else(|| DataFusionError::Internal("a list was not read".to_owned()))?;
        let (kept, mut left) = self.kept(step, &plan.schema(), places);
        let own = step.wanted.iter();
        let own: Vec<usize> = own
            .filter(|place| place.member == step.number)
            .map(|place| place.column)
            .collect();
        let own_places = own.iter().map(|column| Place {
            member: step.number,
            column: *column,
        });
        left.extend(own_places);
        let member = &self.members[step.number - 1];
        let unfold = |columns: &[usize]| {
            Unfold::new(member.table, parents, step.lists.clone(), columns.to_vec())
                .in_zone(self.parents.settings().time_zone)
        };
        let name = |name: &str| name_in(step.number, name);
        let unfold = match &member.outer {
            None => unfold(&own).beside(at, kept, name),
            Some(conditions) => {
                let mut columns = own.clone();
                columns.extend(more_columns(member.table, conditions, &own));
                let unfold = unfold(&columns);
                let outer = outer(state, unfold.schema(), conditions)?;
                unfold
                    .beside(at, kept, name)
                    .with_all_parents(outer, own.len())
            }
        };
        Ok((Arc::new(ElementsExec::new(plan, Arc::new(unfold))), left))
    }

    /// The columns that stay beside the elements of a step.
    fn kept(&self, step: &Step<'_>, schema: &Schema, places: &[Place]) -> (Vec<Kept>, Vec<Place>) {
        let still = match step.later.is_empty() {
            true => Vec::new(),
            false => self.needed(step.later),
        };
        let (mut kept, mut left) = (Vec::new(), Vec::new());
        for (index, place) in places.iter().enumerate() {
            if !step.wanted.contains(place) && !still.contains(place) {
                continue;
            }
            let column = Kept::new(index, Arc::clone(&schema.fields()[index]));
            let is_shown = step.later.is_empty() && place.member == 0 && !self.shows_json();
            kept.push(match is_shown {
                true => column.shown_as_text(self.parents.table(), place.column),
                false => column,
            });
            left.push(*place);
        }
        (kept, left)
    }

    /// The plan with the wanted columns.
    pub(super) fn in_order(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        places: &[Place],
        wanted: &[Place],
    ) -> Result<Arc<dyn ExecutionPlan>> {
        if places == wanted {
            return Ok(plan);
        }
        let columns = wanted.iter().map(|place| {
            let name = self.schema.field(self.index(*place)).name();
            let column = expressions::col(name, &plan.schema())?;
            Ok((column, name.clone()))
        });
        let columns: Vec<_> = columns.collect::<Result<_>>()?;
        Ok(Arc::new(ProjectionExec::try_new(columns, plan)?))
    }
}

/// Taking the lists of one table of elements apart.
pub(super) struct Step<'s> {
    pub(super) number: usize,
    pub(super) lists: &'s Lists,
    /// The lists of the tables after it.
    pub(super) later: &'s [Lists],
    /// The columns of the result.
    pub(super) wanted: &'s [Place],
}

/// The columns that only the conditions use.
fn more_columns(table: &Table, conditions: &[Expr], own: &[usize]) -> Vec<usize> {
    let used = conditions.iter().flat_map(Expr::column_refs);
    let used = used.filter_map(|column| table.column_index(&column.name));
    let used: BTreeSet<usize> = used.collect();
    used.into_iter()
        .filter(|index| !own.contains(index))
        .collect()
}

/// The elements that meet the conditions.
fn outer(state: &dyn Session, schema: &SchemaRef, conditions: &[Expr]) -> Result<Outer> {
    let condition = match conditions::all(conditions.iter().cloned()) {
        Some(condition) => {
            let named = DFSchema::try_from(schema.as_ref().clone())?;
            Some(state.create_physical_expr(condition, &named)?)
        }
        None => None,
    };
    Ok(Outer {
        schema: Arc::clone(schema),
        condition,
    })
}
