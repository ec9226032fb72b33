//! The column names of tables and queries.

use super::scope::{Names, Scope};
use crate::Error;
use datafusion::sql::sqlparser::ast::{
    Expr, Query, Select, SelectItem, SelectItemQualifiedWildcardKind, SetExpr, TableAlias,
    TableFactor,
};

/// The known tables: those of the data source, and those that WITH defines.
pub struct Known<'a> {
    tables: &'a dyn Fn(&[&str]) -> Option<Names>,
    /// One entry for each enclosing query.
    defined: Vec<Vec<(String, Option<Names>)>>,
}

impl<'a> Known<'a> {
    pub fn new(tables: &'a dyn Fn(&[&str]) -> Option<Names>) -> Self {
        Self {
            tables,
            defined: Vec::new(),
        }
    }

    /// Adds the tables that a query defines; later definitions can read earlier ones.
    pub fn enter(&mut self, query: &Query) -> Result<(), Error> {
        self.defined.push(Vec::new());
        for cte in query.with.iter().flat_map(|with| &with.cte_tables) {
            let name = cte.alias.name.value.clone();
            let names = match cte.alias.columns.is_empty() {
                true => self.of_query(&cte.query)?,
                false => Some(alias_names(&cte.alias)),
            };
            if let Some(defined) = self.defined.last_mut() {
                defined.push((name, names));
            }
        }
        Ok(())
    }

    pub fn leave(&mut self) {
        self.defined.pop();
    }

    /// The columns of a table; `None` if unknown.
    pub fn of_factor(&self, factor: &TableFactor) -> Result<Option<Names>, Error> {
        let (names, alias) = match factor {
            TableFactor::Table {
                name,
                alias,
                args: None,
                ..
            } => {
                let parts = name
                    .0
                    .iter()
                    .map(|part| Some(part.as_ident()?.value.as_str()));
                let parts: Option<Vec<&str>> = parts.collect();
                (parts.and_then(|parts| self.of_table(&parts)), alias)
            }
            TableFactor::Derived {
                subquery, alias, ..
            } => (self.of_query(subquery)?, alias),
            TableFactor::NestedJoin {
                table_with_joins,
                alias,
            } => {
                let mut joined = vec![table_with_joins.as_ref().clone()];
                let scope = Scope::of(&mut joined, &|factor| self.of_factor(factor))?;
                (scope.names(), alias)
            }
            _ => (None, &None),
        };
        Ok(match alias {
            Some(alias) if !alias.columns.is_empty() => {
                // Columns after the renamed ones keep their names.
                let mut renamed = alias_names(alias);
                renamed.extend(names.into_iter().flatten().skip(renamed.len()));
                Some(renamed)
            }
            _ => names,
        })
    }

    fn of_table(&self, name: &[&str]) -> Option<Names> {
        let defined = self.defined.iter().rev();
        let mut defined = defined.flat_map(|defined| defined.iter().rev());
        match defined.find(|(known, _)| name == [known.as_str()]) {
            Some((_, names)) => names.clone(),
            None => (self.tables)(name),
        }
    }

    fn of_query(&self, query: &Query) -> Result<Option<Names>, Error> {
        let mut inner = Known {
            tables: self.tables,
            defined: self.defined.clone(),
        };
        inner.enter(query)?;
        inner.of_body(&query.body)
    }

    fn of_body(&self, body: &SetExpr) -> Result<Option<Names>, Error> {
        match body {
            SetExpr::Select(select) => self.of_select(select),
            SetExpr::Query(query) => self.of_query(query),
            SetExpr::SetOperation { left, .. } => self.of_body(left),
            SetExpr::Values(values) => {
                let count = values.rows.first().map(|row| row.content.len());
                let names = (1..=count.unwrap_or(0)).map(|number| format!("column{number}"));
                Ok(Some(names.collect()))
            }
            _ => Ok(None),
        }
    }

    fn of_select(&self, select: &Select) -> Result<Option<Names>, Error> {
        let mut from = select.from.clone();
        let scope = Scope::of(&mut from, &|factor| self.of_factor(factor))?;
        let mut names = Vec::new();
        for item in &select.projection {
            match item {
                SelectItem::ExprWithAlias { alias, .. } => names.push(alias.value.clone()),
                SelectItem::UnnamedExpr(expr) => names.push(name_of(expr)),
                SelectItem::Wildcard(_) => match scope.names() {
                    Some(all) => names.extend(all),
                    None => return Ok(None),
                },
                SelectItem::QualifiedWildcard(
                    SelectItemQualifiedWildcardKind::ObjectName(name),
                    _,
                ) => {
                    let table = name.0.last().and_then(|part| part.as_ident());
                    match table.and_then(|table| scope.names_of(&table.value)) {
                        Some(all) => names.extend(all),
                        None => return Ok(None),
                    }
                }
                _ => return Ok(None),
            }
        }
        Ok(Some(names))
    }
}

fn alias_names(alias: &TableAlias) -> Names {
    let columns = alias.columns.iter();
    columns.map(|column| column.name.value.clone()).collect()
}

/// The name of a column that is selected directly. Other items already have an alias, or nothing
/// refers to them.
fn name_of(expr: &Expr) -> String {
    match expr {
        Expr::Identifier(name) => name.value.clone(),
        Expr::CompoundIdentifier(parts) => parts
            .last()
            .map(|part| part.value.clone())
            .unwrap_or_default(),
        Expr::Nested(inside) => name_of(inside),
        other => other.to_string(),
    }
}
