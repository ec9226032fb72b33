//! The columns of a FROM clause, and columns that represent both sides of a join.

use crate::text::call::call;
use crate::text::rewrite::select;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, Ident, Join, JoinConstraint, JoinOperator, ObjectName, SelectItem,
    TableFactor, TableWithJoins,
};
use std::ops::Range;

/// Names of columns in lower case, in order.
pub type Names = Vec<String>;

/// The columns of a table in FROM; `None` if unknown.
pub type ColumnsOf<'a> = dyn Fn(&TableFactor) -> Result<Option<Names>, Error> + 'a;

/// The possible meanings of a name.
#[derive(Clone, Default)]
pub struct Scope {
    tables: Vec<Table>,
    merged: Vec<Column>,
    /// The expansion of `*`; `None` if a table's columns are unknown.
    all: Option<Vec<Column>>,
}

#[derive(Clone)]
struct Table {
    /// Empty for a table without a name.
    name: String,
    columns: Option<Names>,
}

impl Table {
    fn has(&self, name: &str) -> bool {
        let columns = self.columns.as_ref();
        columns.is_some_and(|columns| columns.iter().any(|column| column == name))
    }
}

#[derive(Clone)]
struct Column {
    name: String,
    /// Its meaning: a column with its table, or the existing one of two.
    meaning: Expr,
}

impl Scope {
    /// The scope of tables. Turns their joins by name into joins with ON.
    pub fn of(from: &mut [TableWithJoins], columns_of: &ColumnsOf<'_>) -> Result<Self, Error> {
        let mut scope = Self {
            all: Some(Vec::new()),
            ..Self::default()
        };
        for tables in from {
            let joined = Self::of_joins(tables, columns_of)?;
            scope = scope.beside(joined);
        }
        Ok(scope)
    }

    fn of_joins(tables: &mut TableWithJoins, columns_of: &ColumnsOf<'_>) -> Result<Self, Error> {
        let mut scope = Self::of_factor(&mut tables.relation, columns_of)?;
        for join in &mut tables.joins {
            let right = Self::of_factor(&mut join.relation, columns_of)?;
            scope = scope.joined(join, right)?;
        }
        Ok(scope)
    }

    fn of_factor(factor: &mut TableFactor, columns_of: &ColumnsOf<'_>) -> Result<Self, Error> {
        if let TableFactor::NestedJoin {
            table_with_joins,
            alias: None,
        } = factor
        {
            return Self::of_joins(table_with_joins, columns_of);
        }
        let columns = columns_of(factor)?;
        let name = name(factor);
        named(factor, columns_of)?;
        let all = columns.as_ref().map(|columns| {
            let columns = columns.iter().map(|column| Column {
                name: column.clone(),
                meaning: qualified(&name, column),
            });
            columns.collect()
        });
        Ok(Self {
            tables: vec![Table { name, columns }],
            merged: Vec::new(),
            all,
        })
    }

    fn beside(mut self, other: Self) -> Self {
        self.tables.extend(other.tables);
        self.merged.extend(other.merged);
        self.all = match (self.all, other.all) {
            (Some(mut all), Some(more)) => {
                all.extend(more);
                Some(all)
            }
            _ => None,
        };
        self
    }

    /// This scope, joined with another.
    fn joined(self, join: &mut Join, right: Self) -> Result<Self, Error> {
        let names = match constraint(&join.join_operator) {
            Some(JoinConstraint::Using(names)) => names.iter().filter_map(last_part).collect(),
            Some(JoinConstraint::Natural) => self.common(&right)?,
            _ => return Ok(self.beside(right)),
        };
        let mut merged = Vec::new();
        let mut conditions = Vec::new();
        for name in &names {
            let (left_side, right_side) = (self.column(name)?, right.column(name)?);
            conditions.push(equal(left_side.clone(), right_side.clone()));
            merged.push(Column {
                name: name.clone(),
                meaning: meaning(&join.join_operator, left_side, right_side),
            });
        }
        let condition = conditions.into_iter().reduce(and);
        set_constraint(&mut join.join_operator, condition);
        let rest = |all: &Option<Vec<Column>>| {
            let all = all.as_ref()?.iter();
            let rest = all.filter(|column| !names.contains(&column.name));
            Some(rest.cloned().collect::<Vec<Column>>())
        };
        let all = match (rest(&self.all), rest(&right.all)) {
            (Some(left), Some(right)) => {
                Some(merged.iter().cloned().chain(left).chain(right).collect())
            }
            _ => None,
        };
        let mut scope = self.beside(right);
        scope.merged.retain(|column| !names.contains(&column.name));
        scope.merged.extend(merged);
        scope.all = all;
        Ok(scope)
    }

    /// The columns that both sides have.
    fn common(&self, right: &Self) -> Result<Names, Error> {
        let (Some(left), Some(right)) = (&self.all, &right.all) else {
            return Err(Error::new(
                ErrorKind::NotSupported,
                "NATURAL JOIN needs tables whose columns are known; join with ON instead",
            ));
        };
        let is_right = |column: &&Column| right.iter().any(|other| other.name == column.name);
        let common = left.iter().filter(is_right);
        Ok(common.map(|column| column.name.clone()).collect())
    }

    /// The meaning of a name in USING.
    fn column(&self, name: &str) -> Result<Expr, Error> {
        if let Some(meaning) = self.merged(name) {
            return Ok(meaning.clone());
        }
        let mut tables = self.tables.iter().filter(|table| table.has(name));
        match (tables.next(), tables.next()) {
            (Some(table), None) => Ok(qualified(&table.name, name)),
            (Some(_), Some(_)) => Err(ambiguous(name)),
            // The table with unknown columns, if it is the only one.
            (None, _) => match self.tables.as_slice() {
                [table] if table.columns.is_none() => Ok(qualified(&table.name, name)),
                _ => Err(not_found(name)),
            },
        }
    }

    pub fn merged(&self, name: &str) -> Option<&Expr> {
        let column = self.merged.iter().find(|column| column.name == name)?;
        Some(&column.meaning)
    }

    /// Whether several tables have a column of this name, so that it means none of them.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.is_ambiguous_among(name, 0..self.tables.len())
    }

    /// The same for some of the tables, in the order of FROM.
    pub fn is_ambiguous_among(&self, name: &str, tables: Range<usize>) -> bool {
        let tables = self.tables.get(tables).unwrap_or_default().iter();
        self.merged(name).is_none() && tables.filter(|table| table.has(name)).count() > 1
    }

    pub fn has_merged(&self) -> bool {
        !self.merged.is_empty()
    }

    /// Whether a table has a column of this name.
    pub fn has(&self, name: &str) -> bool {
        self.tables.iter().any(|table| table.has(name))
    }

    /// The expansion of `*`.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Expr)> {
        let all = self.all.iter().flatten();
        all.map(|column| (column.name.as_str(), &column.meaning))
    }

    pub fn names(&self) -> Option<Names> {
        let all = self.all.as_ref()?.iter();
        Some(all.map(|column| column.name.clone()).collect())
    }

    pub fn names_of(&self, table: &str) -> Option<Names> {
        let table = self.tables.iter().find(|known| known.name == table)?;
        table.columns.clone()
    }
}

/// The qualifier of a table's columns.
fn name(factor: &TableFactor) -> String {
    let (alias, own) = match factor {
        TableFactor::Table { name, alias, .. } => (alias, last_part(name)),
        TableFactor::Derived { alias, .. } | TableFactor::NestedJoin { alias, .. } => (alias, None),
        _ => (&None, None),
    };
    match alias {
        Some(alias) => alias.name.value.clone(),
        None => own.unwrap_or_default(),
    }
}

/// Turns a join in parentheses with an alias into a query that selects its expanded `*`.
fn named(factor: &mut TableFactor, columns_of: &ColumnsOf<'_>) -> Result<(), Error> {
    let TableFactor::NestedJoin {
        table_with_joins,
        alias: Some(alias),
    } = factor
    else {
        return Ok(());
    };
    let mut tables = vec![table_with_joins.as_ref().clone()];
    let scope = Scope::of(&mut tables, columns_of)?;
    if !scope.has_merged() {
        return Ok(());
    }
    let items = scope.all().map(|(name, expr)| SelectItem::ExprWithAlias {
        expr: expr.clone(),
        alias: Ident::with_quote('"', name),
    });
    *factor = TableFactor::Derived {
        lateral: false,
        subquery: select(items.collect(), tables, None),
        alias: Some(alias.clone()),
        sample: None,
    };
    Ok(())
}

fn last_part(name: &ObjectName) -> Option<String> {
    Some(name.0.last()?.as_ident()?.value.clone())
}

fn qualified(table: &str, column: &str) -> Expr {
    let column = Ident::with_quote('"', column);
    match table.is_empty() {
        true => Expr::Identifier(column),
        false => Expr::CompoundIdentifier(vec![Ident::with_quote('"', table), column]),
    }
}

/// The meaning of a column of USING.
fn meaning(operator: &JoinOperator, left: Expr, right: Expr) -> Expr {
    match operator {
        JoinOperator::Right(_) | JoinOperator::RightOuter(_) => right,
        JoinOperator::FullOuter(_) => call(Ident::new("coalesce"), vec![left, right]),
        _ => left,
    }
}

/// The condition of a join.
pub fn constraint(operator: &JoinOperator) -> Option<&JoinConstraint> {
    use JoinOperator::{FullOuter, Inner, Join, Left, LeftOuter, Right, RightOuter};
    match operator {
        Join(constraint)
        | Inner(constraint)
        | Left(constraint)
        | LeftOuter(constraint)
        | Right(constraint)
        | RightOuter(constraint)
        | FullOuter(constraint) => Some(constraint),
        _ => None,
    }
}

fn set_constraint(operator: &mut JoinOperator, condition: Option<Expr>) {
    use JoinOperator::{CrossJoin, FullOuter, Inner, Join, Left, LeftOuter, Right, RightOuter};
    let on = match condition {
        Some(condition) => JoinConstraint::On(condition),
        // No common columns: a cross join.
        None => JoinConstraint::On(Expr::value(
            datafusion::sql::sqlparser::ast::Value::Boolean(true),
        )),
    };
    *operator = match operator {
        Join(_) | Inner(_) => Inner(on),
        Left(_) | LeftOuter(_) => LeftOuter(on),
        Right(_) | RightOuter(_) => RightOuter(on),
        FullOuter(_) => FullOuter(on),
        _ => CrossJoin(JoinConstraint::None),
    };
}

fn equal(left: Expr, right: Expr) -> Expr {
    binary(left, BinaryOperator::Eq, right)
}

fn and(left: Expr, right: Expr) -> Expr {
    binary(left, BinaryOperator::And, right)
}

fn binary(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    Expr::BinaryOp {
        left: Box::new(left),
        op,
        right: Box::new(right),
    }
}

fn not_found(name: &str) -> Error {
    Error::new(
        ErrorKind::ColumnNotFound,
        format!("column {name} of USING is not in both tables"),
    )
}

fn ambiguous(name: &str) -> Error {
    Error::new(
        ErrorKind::ColumnNotFound,
        format!("column {name} of USING is in more than one table of a side; join with ON instead"),
    )
}
