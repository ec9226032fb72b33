//! The columns of the tables of a join, and the conditions on each.

use crate::definition::{Collection, ElementList, Elements, Table};
use crate::elements::{self, Asked, is_list};
use crate::provider::{TableProvider, has_placeholder};
use crate::scan::Mailboxes;
use crate::{arrow_schema, companion};
use datafusion::arrow::datatypes::{Schema, SchemaRef};
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{Column, Result, TableReference};
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use exchange_config::Collections;
use std::sync::Arc;

/// Parents with the elements of some of their lists.
#[derive(Clone, Debug)]
pub struct JoinedProvider {
    pub(super) parents: TableProvider,
    /// Whether the statement reads the parents' own columns.
    has_parents: bool,
    /// The tables of elements. Each row has an element of each.
    pub(super) members: Vec<Member>,
    pub(super) schema: SchemaRef,
}

/// A table of elements.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) table: &'static Table,
    /// The conditions of a left join, in terms of the table: a parent none of whose elements meets them has nulls instead.
    /// `None` if such a parent has no rows.
    pub(super) outer: Option<Vec<Expr>>,
}

impl Member {
    fn elements(&self) -> Option<&'static Elements> {
        match &self.table.collection {
            Collection::Elements(elements) => Some(elements),
            _ => None,
        }
    }
}

/// A column: the number of its table, which is 0 for the parents, and its index there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub member: usize,
    pub column: usize,
}

pub(super) type Lists = Vec<&'static ElementList>;

/// The requirements of a statement's conditions.
pub(super) struct Required {
    /// For each table of elements.
    pub(super) lists: Vec<Lists>,
    /// Conditions on parents.
    pub(super) conditions: Vec<Expr>,
    pub(super) hints: Vec<Expr>,
}

impl JoinedProvider {
    /// A table whose lists others may have.
    pub fn of_parents(parents: TableProvider) -> Self {
        Self::new(parents, true, Vec::new())
    }

    /// A table of elements; `None` if it is another one.
    pub fn of_elements(provider: &TableProvider) -> Result<Option<Self>> {
        let member = Member {
            table: provider.table(),
            outer: None,
        };
        let Some(elements) = member.elements() else {
            return Ok(None);
        };
        let parents = provider.parents(elements)?;
        Ok(Some(Self::new(parents, false, vec![member])))
    }

    fn new(parents: TableProvider, has_parents: bool, members: Vec<Member>) -> Self {
        let others = members.iter();
        let others = others.map(|member| (member.table, member.outer.is_some()));
        let tables = std::iter::once((parents.table(), false)).chain(others);
        let fields = tables.enumerate().flat_map(|(member, (table, is_outer))| {
            table.columns.iter().map(move |column| {
                let name = name_in(member, &column.name.to_lowercase());
                let field = arrow_schema::schema_field(table, column).with_name(name);
                field.with_nullable(is_outer || column.nullable)
            })
        });
        Self {
            schema: Arc::new(Schema::new(fields.collect::<Vec<_>>())),
            parents,
            has_parents,
            members,
        }
    }

    /// The rows of both for each parent that has both; `None` if that is no single read. The members of the other follow
    /// those of this one.
    pub fn joined(&self, other: &Self) -> Option<Self> {
        let is_same = std::ptr::eq(self.parents.table(), other.parents.table());
        if !is_same || (self.has_parents && other.has_parents) {
            return None;
        }
        let parents = match other.has_parents {
            true => &other.parents,
            false => &self.parents,
        };
        let members = self.members.iter().chain(&other.members).cloned();
        Some(Self::new(
            parents.clone().with_joined_lists(),
            self.has_parents || other.has_parents,
            members.collect(),
        ))
    }

    /// The rows of this table with those of the other where it has some that meet the conditions; these are in terms of the
    /// other. `None` if that is no single read.
    pub fn left_joined(&self, other: &Self, conditions: &[Expr]) -> Result<Option<Self>> {
        let [member] = other.members.as_slice() else {
            return Ok(None);
        };
        if other.has_parents || member.outer.is_some() {
            return Ok(None);
        }
        let own = conditions.iter();
        let own = own.filter(|condition| companion::kind(condition).is_none());
        let own = own.map(|condition| other.in_terms_of_member(condition));
        let outer = Member {
            outer: Some(own.collect::<Result<_>>()?),
            ..member.clone()
        };
        let parents = other.parents.clone();
        Ok(self.joined(&Self::new(parents, false, vec![outer])))
    }

    pub fn parents(&self) -> &TableProvider {
        &self.parents
    }

    pub fn members(&self) -> usize {
        self.members.len()
    }

    /// The table with this number; 0 is that of the parents.
    pub fn table(&self, member: usize) -> &'static Table {
        match member {
            0 => self.parents.table(),
            member => self.members[member - 1].table,
        }
    }

    /// Whether the table's columns are null where a parent has no element.
    pub fn is_outer(&self, member: usize) -> bool {
        member > 0 && self.members[member - 1].outer.is_some()
    }

    /// The column's index in the schema.
    pub fn index(&self, place: Place) -> usize {
        let before = (0..place.member).map(|member| self.table(member).columns.len());
        before.sum::<usize>() + place.column
    }

    pub fn place(&self, index: usize) -> Option<Place> {
        let mut column = index;
        for member in 0..=self.members.len() {
            let columns = self.table(member).columns.len();
            if column < columns {
                return Some(Place { member, column });
            }
            column -= columns;
        }
        None
    }

    /// The name of the table in plans.
    pub fn name(&self) -> TableReference {
        TableReference::bare(self.parents.table().name.to_lowercase())
    }

    /// The column in plans.
    pub fn column(&self, place: Place) -> Column {
        let name = self.definition(place).name.to_lowercase();
        Column::new(Some(self.name()), name_in(place.member, &name))
    }

    /// The place of the column of this name.
    pub fn find(&self, name: &str) -> Option<Place> {
        self.place(self.schema.index_of(name).ok()?)
    }

    pub fn definition(&self, place: Place) -> &'static crate::definition::Column {
        &self.table(place.member).columns[place.column]
    }

    /// The mailboxes that are read; `None` if they are not known before the statement runs.
    pub fn mailboxes(&self, conditions: &[Expr]) -> Result<Option<Mailboxes>> {
        let required = self.required(conditions)?;
        self.parents.mailboxes(&required.conditions)
    }

    /// Whether reading the lists takes long, and few of them may be needed: Graph finds none of the parents by the
    /// conditions, so they can be read without lists first.
    pub fn is_dear(&self, conditions: &[Expr]) -> Result<bool> {
        let lists = self.members.iter().filter_map(Member::elements);
        let mut lists = lists.flat_map(|elements| elements.lists);
        let is_heavy = lists.any(|list| {
            let column = self.parents.column(list.column);
            column.is_some_and(|column| column.heavy.is_some())
        });
        let required = self.required(conditions)?;
        Ok(is_heavy && self.parents.is_only_checked(&required.conditions)?)
    }

    pub(super) fn required(&self, filters: &[Expr]) -> Result<Required> {
        let mut of_members: Vec<Vec<Expr>> = vec![Vec::new(); self.members.len() + 1];
        for filter in filters {
            if let Some(member) = self.member_of(filter) {
                of_members[member].push(self.in_terms_of_member(filter)?);
            }
        }
        let mut of_members = of_members.into_iter();
        let own = of_members.next().unwrap_or_default().into_iter();
        let (hints, conditions) = own.partition(|filter| self.is_about_text_of_list(filter));
        let mut required = Required {
            lists: Vec::new(),
            conditions,
            hints,
        };
        for (member, filters) in self.members.iter().zip(of_members) {
            let Some(elements) = member.elements() else {
                continue;
            };
            let filters = member.outer.as_ref().unwrap_or(&filters);
            let mut asked = Asked::of(member.table, elements, filters)?;
            if member.outer.is_none() {
                required.conditions.append(&mut asked.conditions);
                required.hints.append(&mut asked.hints);
            }
            required.lists.push(asked.lists);
        }
        required.conditions = each_once(required.conditions);
        required.hints = each_once(required.hints);
        Ok(required)
    }

    /// The table of the condition's columns; `None` if there are several.
    fn member_of(&self, condition: &Expr) -> Option<usize> {
        let columns = condition.column_refs();
        let mut members = columns
            .iter()
            .map(|column| Some(self.find(&column.name)?.member));
        let first = members.next().unwrap_or(Some(0))?;
        members.all(|member| member == Some(first)).then_some(first)
    }

    /// The condition with the names that its columns have in their own table.
    fn in_terms_of_member(&self, condition: &Expr) -> Result<Expr> {
        let renamed = condition.clone().transform(|expr| match expr {
            Expr::Column(column) => {
                let own = column.name.split_once('.').map(|(_, own)| own.to_owned());
                let own = own.unwrap_or(column.name);
                Ok(Transformed::yes(Expr::Column(Column::from_name(own))))
            }
            other => Ok(Transformed::no(other)),
        })?;
        Ok(renamed.data)
    }

    /// Whether a condition on parents concerns a list that is read as JSON and shown as text.
    fn is_about_text_of_list(&self, condition: &Expr) -> bool {
        let table = self.parents.table();
        let columns = condition.column_refs();
        let mut columns = columns.iter();
        !self.shows_json()
            && columns.any(|column| {
                let index = table.column_index(&column.name);
                index.is_some_and(|index| is_list(table, index))
            })
    }

    pub(super) fn shows_json(&self) -> bool {
        self.parents.settings().collections == Collections::Json
    }

    pub(super) fn support(&self, filter: &Expr) -> Result<TableProviderFilterPushDown> {
        let member = match self.member_of(filter) {
            Some(member) if !filter.is_volatile() && !has_placeholder(filter) => member,
            _ => return Ok(TableProviderFilterPushDown::Unsupported),
        };
        let own = self.in_terms_of_member(filter)?;
        let is_checked = match member {
            0 => !self.is_about_text_of_list(&own),
            // A row of nulls need not meet it.
            member if self.is_outer(member) => return Ok(TableProviderFilterPushDown::Unsupported),
            _ => elements::is_of_parents(self.table(member), &own),
        };
        Ok(match is_checked {
            true => TableProviderFilterPushDown::Exact,
            false => TableProviderFilterPushDown::Inexact,
        })
    }
}

/// The name of a table's column beside those of the others.
pub(super) fn name_in(member: usize, name: &str) -> String {
    match member {
        0 => name.to_owned(),
        member => format!("{member}.{name}"),
    }
}

fn each_once(conditions: Vec<Expr>) -> Vec<Expr> {
    let mut once: Vec<Expr> = Vec::with_capacity(conditions.len());
    for condition in conditions {
        if !once.contains(&condition) {
            once.push(condition);
        }
    }
    once
}
