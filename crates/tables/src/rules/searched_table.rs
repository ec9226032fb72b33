//! The table that a condition of WHERE searches.

use super::lineage::{self, input_of, keeps_only_matches};
use crate::TableProvider;
use crate::definition::Index;
use crate::search::Error;
use crate::search::function::{Call, Target};
use datafusion::common::{Column, JoinSide, Result};
use datafusion::logical_expr::{LogicalPlan, TableScan};

/// A table of the plan below WHERE, and its searched columns.
pub struct Found {
    /// A column of the table.
    column: Column,
    pub provider: TableProvider,
    /// Names of the table's columns; empty for all columns in the index.
    pub columns: Vec<&'static str>,
}

/// The table of the call.
pub fn find(plan: &LogicalPlan, call: &Call) -> Result<Found, Error> {
    match &call.target {
        Target::Columns(columns) => of_columns(plan, columns, call),
        Target::Any => of_table(plan, None, call),
        Target::Table(name) => of_table(plan, Some(name), call),
    }
}

fn of_columns(plan: &LogicalPlan, columns: &[&Column], call: &Call) -> Result<Found, Error> {
    let no_table = || Error::NoTable {
        function: call.function.name(),
    };
    let mut found: Option<(*const TableScan, Found)> = None;
    for column in columns {
        let (scan, name) = scan_of(plan, column).ok_or_else(no_table)?;
        let provider = searchable(scan).ok_or_else(no_table)?;
        let known = provider.column(name.name()).ok_or(Error::NoColumn)?.name;
        match &mut found {
            None => {
                let column = (*column).clone();
                let columns = vec![known];
                found = Some((
                    scan,
                    Found {
                        column,
                        provider,
                        columns,
                    },
                ));
            }
            Some((first, found)) if std::ptr::eq(*first, scan) => found.columns.push(known),
            Some(_) => return Err(Error::NoColumn),
        }
    }
    found.map(|(_, found)| found).ok_or(Error::NoColumn)
}

fn of_table(plan: &LogicalPlan, name: Option<&str>, call: &Call) -> Result<Found, Error> {
    let function = call.function.name();
    let mut found: Option<(*const TableScan, Found)> = None;
    let mut is_known = name.is_none();
    for (relation, field) in plan.schema().iter() {
        let relation_name = relation.map(|relation| relation.table());
        if name.is_some() && relation_name != name {
            continue;
        }
        is_known = true;
        let column = Column::new(relation.cloned(), field.name());
        let Some((scan, _)) = scan_of(plan, &column) else {
            continue;
        };
        match &found {
            Some((first, _)) if std::ptr::eq(*first, scan) => continue,
            _ => {}
        }
        let Some(provider) = searchable(scan) else {
            continue;
        };
        if found.is_some() {
            return Err(Error::Ambiguous { function });
        }
        let columns = Vec::new();
        found = Some((
            scan,
            Found {
                column,
                provider,
                columns,
            },
        ));
    }
    match (found, name) {
        (Some((_, found)), _) => Ok(found),
        (None, Some(name)) if !is_known => Err(Error::UnknownTable(name.to_owned())),
        (None, _) => Err(Error::NoTable { function }),
    }
}

impl Found {
    /// The plan with the table replaced.
    pub fn replace(&self, plan: &LogicalPlan, provider: &TableProvider) -> Result<LogicalPlan> {
        let replaced = lineage::with_provider(plan, &self.column, &|_, _| Some(provider.clone()))?;
        Ok(replaced.unwrap_or_else(|| plan.clone()))
    }
}

/// The scan of a column, if choosing rows there is the same as choosing them here.
fn scan_of<'p>(plan: &'p LogicalPlan, column: &Column) -> Option<(&'p TableScan, Column)> {
    if let LogicalPlan::TableScan(scan) = plan {
        return Some((scan, column.clone()));
    }
    let (index, column) = input_of(plan, column)?;
    let is_same = match plan {
        LogicalPlan::Projection(_) | LogicalPlan::SubqueryAlias(_) | LogicalPlan::Filter(_) => true,
        LogicalPlan::Sort(sort) => sort.fetch.is_none(),
        LogicalPlan::Join(join) => {
            let side = [JoinSide::Left, JoinSide::Right][index];
            keeps_only_matches(join.join_type, side)
        }
        _ => false,
    };
    let input = *plan.inputs().get(index)?;
    is_same.then(|| scan_of(input, &column))?
}

fn searchable(scan: &TableScan) -> Option<TableProvider> {
    lineage::provider(scan).filter(|provider| provider.table().index != Index::None)
}
