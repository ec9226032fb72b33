//! A side of a join that may be read together with the other side: a table with lists, the elements of lists, or a join
//! of them that is one scan already.

use super::lineage::column_of;
use crate::TableProvider;
use crate::joined::{JoinedProvider, Place};
use datafusion::catalog::default_table_source::source_as_provider;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, Result};
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{Expr, LogicalPlan, TableScan};

/// Its table, and what the side does to the table's rows.
pub struct Side {
    pub table: JoinedProvider,
    /// The places of the side's columns in the table.
    pub places: Vec<Place>,
    /// Conditions that its rows meet, in terms of the table.
    pub conditions: Vec<Expr>,
}

impl Side {
    /// `None` if the plan does more than choosing rows and columns of such a table.
    pub fn of(plan: &LogicalPlan) -> Result<Option<Self>> {
        match plan {
            LogicalPlan::TableScan(scan) => Self::of_scan(scan),
            LogicalPlan::SubqueryAlias(alias) => Self::of(&alias.input),
            // The join would have other rows for it than the side.
            LogicalPlan::Filter(filter) if !filter.predicate.is_volatile() => {
                let Some(mut side) = Self::of(&filter.input)? else {
                    return Ok(None);
                };
                let schema = filter.input.schema();
                let condition = in_terms(filter.predicate.clone(), &side.table, |column| {
                    let index = schema.maybe_index_of_column(column)?;
                    side.places.get(index).copied()
                })?;
                let Some(condition) = condition else {
                    return Ok(None);
                };
                side.conditions.extend(split_conjunction_owned(condition));
                Ok(Some(side))
            }
            LogicalPlan::Projection(projection) => {
                let Some(side) = Self::of(&projection.input)? else {
                    return Ok(None);
                };
                let exprs = projection.expr.iter();
                let places = exprs.map(|expr| side.place(&projection.input, expr));
                let places: Option<Vec<Place>> = places.collect();
                Ok(places.map(|places| Self { places, ..side }))
            }
            _ => Ok(None),
        }
    }

    fn of_scan(scan: &TableScan) -> Result<Option<Self>> {
        // A limit has counted rows before the join.
        let Some(read) = Read::of(scan)?.filter(|_| scan.fetch.is_none()) else {
            return Ok(None);
        };
        let fields = scan.projected_schema.fields().iter();
        let places: Option<Vec<Place>> = fields.map(|field| read.place(field.name())).collect();
        let conditions = scan.filters.iter();
        let conditions = conditions.map(|condition| {
            in_terms(condition.clone(), &read.table, |column| {
                read.place(&column.name)
            })
        });
        let conditions: Option<Vec<Expr>> = conditions.collect::<Result<_>>()?;
        let (Some(places), Some(conditions)) = (places, conditions) else {
            return Ok(None);
        };
        Ok(Some(Self {
            table: read.table,
            places,
            conditions,
        }))
    }

    /// The place of a column; `None` if the expression is something else.
    pub fn place(&self, plan: &LogicalPlan, expr: &Expr) -> Option<Place> {
        let index = plan.schema().maybe_index_of_column(column_of(expr)?)?;
        self.places.get(index).copied()
    }

    /// The same as a part of another table, which has this many tables of elements before those of the side.
    pub fn moved(self, before: usize, into: &JoinedProvider) -> Result<Option<Self>> {
        let moved = |place: Place| Place {
            member: match place.member {
                0 => 0,
                member => member + before,
            },
            ..place
        };
        let conditions = self.conditions.into_iter();
        let conditions = conditions.map(|condition| {
            in_terms(condition, into, |column| {
                self.table.find(&column.name).map(moved)
            })
        });
        let conditions: Option<Vec<Expr>> = conditions.collect::<Result<_>>()?;
        Ok(conditions.map(|conditions| Self {
            table: into.clone(),
            places: self.places.into_iter().map(moved).collect(),
            conditions,
        }))
    }
}

/// The condition in terms of a table whose columns have the places that `place` gives; `None` if one has none.
pub fn in_terms(
    condition: Expr,
    table: &JoinedProvider,
    place: impl Fn(&Column) -> Option<Place>,
) -> Result<Option<Expr>> {
    let mut is_known = true;
    let renamed = condition.transform(|expr| match expr {
        Expr::Column(column) => match place(&column) {
            Some(place) => Ok(Transformed::yes(Expr::Column(table.column(place)))),
            None => {
                is_known = false;
                Ok(Transformed::no(Expr::Column(column)))
            }
        },
        other => Ok(Transformed::no(other)),
    })?;
    Ok(is_known.then_some(renamed.data))
}

/// A scan that can be a side.
struct Read {
    table: JoinedProvider,
    /// The number of its table of elements, unless the names of its columns tell.
    member: Option<usize>,
}

impl Read {
    fn of(scan: &TableScan) -> Result<Option<Self>> {
        let provider = source_as_provider(&scan.source)?;
        if let Some(joined) = provider.downcast_ref::<JoinedProvider>() {
            let table = joined.clone();
            return Ok(Some(Self {
                table,
                member: None,
            }));
        }
        let Some(provider) = provider.downcast_ref::<TableProvider>() else {
            return Ok(None);
        };
        Ok(match JoinedProvider::of_elements(provider)? {
            Some(table) => Some(Self {
                table,
                member: Some(1),
            }),
            None => Some(Self {
                table: JoinedProvider::of_parents(provider.clone()),
                member: Some(0),
            }),
        })
    }

    fn place(&self, name: &str) -> Option<Place> {
        let Some(member) = self.member else {
            return self.table.find(name);
        };
        let column = self.table.table(member).column_index(name)?;
        Some(Place { member, column })
    }
}
