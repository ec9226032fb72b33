//! The lists and parents that a statement needs, by its conditions on the elements.

use super::id;
use crate::definition::{Column, ColumnSource, Element, ElementList, Elements, Filter, Table};
use crate::keys::{self, CompositeKey};
use crate::pushdown::column_values;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column as Name, Result, ScalarValue};
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{Expr, lit};

/// A statement's requirements for the parents of elements.
pub struct Asked {
    /// The lists to take apart.
    pub lists: Vec<&'static ElementList>,
    /// Conditions on the parents.
    pub conditions: Vec<Expr>,
    /// Conditions that only Graph checks: lists that cannot have the elements are left out, and others are not.
    pub hints: Vec<Expr>,
}

impl Asked {
    /// The requirements of conditions that every row has to meet.
    pub fn of(
        table: &'static Table,
        elements: &'static Elements,
        filters: &[Expr],
    ) -> Result<Self> {
        let mut asked = Self {
            lists: elements.lists.iter().collect(),
            conditions: Vec::new(),
            hints: Vec::new(),
        };
        let has_kind = elements.lists.iter().any(|list| !list.kind.is_empty());
        for filter in filters {
            asked.confine(table, filter, has_kind)?;
        }
        if asked.lists.is_empty() {
            asked.conditions.push(ids(Vec::new()));
        }
        Ok(asked)
    }

    fn confine(&mut self, table: &'static Table, filter: &Expr, has_kind: bool) -> Result<()> {
        if is_of_parents(table, filter) {
            self.conditions.push(of_parent(table, filter.clone())?);
            return Ok(());
        }
        let Some((column, values)) = column_values(table, filter) else {
            return Ok(());
        };
        if column.source == ColumnSource::Element(Element::Kind) {
            self.lists
                .retain(|list| values.iter().any(|value| value == list.kind));
        }
        if let (Filter::Item, [list]) = (column.filter, self.lists.as_slice()) {
            self.hints.extend(lists_with(list, &values));
        }
        let read: fn(&Table, &str) -> Option<String> = match column.filter {
            Filter::Id => |_, id| Some(id.to_owned()),
            Filter::SafeKey => |_, key| keys::id_from_safe_key(key),
            Filter::CompositeKey => |table, key| Some(CompositeKey::parse(table, key)?.id),
            _ => return Ok(()),
        };
        let found: Vec<String> = values
            .iter()
            .filter_map(|value| read(table, value))
            .collect();
        let parts = found.iter();
        let parts = parts.filter_map(|found| id::kind_and_parent(found, has_kind));
        let (kinds, parents): (Vec<&str>, Vec<&str>) = parts.unzip();
        self.lists.retain(|list| kinds.contains(&list.kind));
        self.conditions.push(ids(parents));
        Ok(())
    }
}

/// Whether a condition only concerns facts that the parent has, so that it can be checked there.
pub fn is_of_parents(table: &Table, condition: &Expr) -> bool {
    let columns = condition.column_refs();
    let mut columns = columns.iter().map(|column| table.column(&column.name));
    columns.all(|column| column.is_some_and(has_parent))
}

/// Whether the parent of an element has the same value.
fn has_parent(column: &Column) -> bool {
    column.source == ColumnSource::Mailbox || is_parent_id(column)
}

fn is_parent_id(column: &Column) -> bool {
    column.source == ColumnSource::Element(Element::ParentId)
}

/// The condition in terms of the parent's columns.
fn of_parent(table: &'static Table, condition: Expr) -> Result<Expr> {
    let renamed = condition.transform(|expr| match expr {
        Expr::Column(name) if table.column(&name.name).is_some_and(is_parent_id) => {
            Ok(Transformed::yes(Expr::Column(Name::from_name("id"))))
        }
        other => Ok(Transformed::no(other)),
    })?;
    Ok(renamed.data)
}

/// The lists with one of these texts. JSON says where a text ends, whatever it has in it.
fn lists_with(list: &ElementList, values: &[String]) -> Option<Expr> {
    let lists = values.iter();
    let lists = lists.map(|value| lit(serde_json::Value::from(vec![value.as_str()]).to_string()));
    (!values.is_empty()).then(|| {
        Expr::InList(InList {
            expr: Box::new(Expr::Column(Name::from_name(list.column))),
            list: lists.collect(),
            negated: false,
        })
    })
}

/// The parents with these ids.
fn ids(ids: Vec<&str>) -> Expr {
    let column = Expr::Column(Name::from_name("id"));
    match ids.is_empty() {
        // Nothing equals NULL.
        true => column.eq(lit(ScalarValue::Utf8(None))),
        false => Expr::InList(InList {
            expr: Box::new(column),
            list: ids.into_iter().map(lit).collect(),
            negated: false,
        }),
    }
}
