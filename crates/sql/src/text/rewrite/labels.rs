//! Output columns: unique names for the engine, labels for the application.
//!
//! The engine requires unique output names; SQL allows `SELECT a, a`. An application sees an
//! expression without alias under the text that it wrote. So items get unique aliases if necessary,
//! and the labels record what to show. `ORDER BY` follows a renamed item.

use super::super::escapes::{self, Edit};
use super::super::lexer::Piece;
use super::references::spelling;
use datafusion::sql::sqlparser::ast::{
    Expr, Ident, OrderBy, OrderByKind, Query, Select, SelectItem, SetExpr, TableFactor,
    TableWithJoins, visit_expressions,
};
use datafusion::sql::sqlparser::tokenizer::Token;
use exchange_tables as tables;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// Longest label, also reported as `SQL_MAX_COLUMN_NAME_LEN`.
const LONGEST: usize = 128;

/// Words that end a select list.
const ENDS: &[&str] = &[
    "FROM",
    "INTO",
    "WHERE",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "FETCH",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "MINUS",
    "WINDOW",
    "QUALIFY",
];

/// Names the columns of the query and of the queries that it reads from. Returns the labels.
pub fn label(
    query: &mut Query,
    sql: &str,
    pieces: &[Piece],
    edits: &[Edit],
) -> HashMap<String, String> {
    let mut labels = Labels {
        sql,
        pieces,
        edits,
        labels: HashMap::new(),
    };
    labels.query(query, Place::Result);
    labels.labels
}

/// The destination of a query's columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Result,
    /// Another query, which refers to them by name.
    Query,
}

struct Labels<'a> {
    sql: &'a str,
    pieces: &'a [Piece],
    edits: &'a [Edit],
    labels: HashMap<String, String>,
}

impl Labels<'_> {
    fn query(&mut self, query: &mut Query, place: Place) {
        for cte in query.with.iter_mut().flat_map(|with| &mut with.cte_tables) {
            self.query(&mut cte.query, Place::Query);
        }
        self.body(&mut query.body, query.order_by.as_mut(), place);
    }

    /// The first branch names the columns, so its labels are added last.
    fn body(&mut self, body: &mut SetExpr, order_by: Option<&mut OrderBy>, place: Place) {
        match body {
            SetExpr::Select(select) => self.select(select, order_by, place),
            SetExpr::Query(query) => self.query(query, place),
            SetExpr::SetOperation { left, right, .. } => {
                self.body(right, None, place);
                self.body(left, order_by, place);
            }
            _ => {}
        }
    }

    fn select(&mut self, select: &mut Select, order_by: Option<&mut OrderBy>, place: Place) {
        for table in &mut select.from {
            self.table(table);
        }
        let texts = self.item_texts(select);
        let has_wildcard = select.projection.iter().any(is_wildcard);
        let mut names = Names {
            columns_are_taken: has_wildcard && place == Place::Result,
            ..Names::default()
        };
        let mut renamed = Renamed {
            distinct: select.distinct.is_some(),
            ..Renamed::default()
        };
        // An alias could be confused with a column of the same name that ORDER BY qualifies with
        // its table.
        if let Some(order_by) = order_by.as_deref().filter(|_| place == Place::Result) {
            names.ordered = qualified_names(order_by);
        }
        for (index, item) in select.projection.iter_mut().enumerate() {
            let text = texts.as_ref().map(|texts| texts[index].as_str());
            self.item(item, text, &mut names, &mut renamed);
        }
        if let Some(OrderBy {
            kind: OrderByKind::Expressions(keys),
            ..
        }) = order_by
        {
            keys.iter_mut()
                .for_each(|key| renamed.follow(&mut key.expr));
        }
    }

    fn table(&mut self, table: &mut TableWithJoins) {
        let joined = table.joins.iter_mut().map(|join| &mut join.relation);
        for factor in std::iter::once(&mut table.relation).chain(joined) {
            match factor {
                TableFactor::Derived { subquery, .. } => self.query(subquery, Place::Query),
                TableFactor::NestedJoin {
                    table_with_joins, ..
                } => self.table(table_with_joins),
                _ => {}
            }
        }
    }

    fn item(
        &mut self,
        item: &mut SelectItem,
        text: Option<&str>,
        names: &mut Names,
        renamed: &mut Renamed,
    ) {
        match item {
            SelectItem::ExprWithAlias { expr, alias } => {
                let label = spelling(alias, self.sql, self.pieces);
                let name = alias.value.to_lowercase();
                let is_first = names.seen.insert(name.clone());
                let is_itself = column(expr).is_some_and(|column| column.value == name);
                let unique = match names.ordered.contains(&name) && !is_itself {
                    true => names.claim_another(&name),
                    false => names.claim(&name),
                };
                renamed.item(expr, &unique);
                if is_first && unique != name {
                    renamed.alias(name, &unique);
                }
                *alias = quoted(&unique);
                self.labels.insert(unique, label);
            }
            SelectItem::UnnamedExpr(expr) => {
                let column = column(expr).cloned();
                let label = match &column {
                    Some(ident) => canonical(&ident.value)
                        .unwrap_or_else(|| spelling(ident, self.sql, self.pieces)),
                    None => shortened(text.map_or_else(|| expr.to_string(), str::to_owned)),
                };
                let name = label.to_lowercase();
                names.seen.insert(name.clone());
                let unique = names.claim(&name);
                if column.is_some() && unique == name {
                    return;
                }
                renamed.item(expr, &unique);
                let expr = expr.clone();
                *item = SelectItem::ExprWithAlias {
                    expr,
                    alias: quoted(&unique),
                };
                self.labels.insert(unique, label);
            }
            _ => {}
        }
    }

    /// The text of each item of the select list, or `None` if the items cannot be separated.
    fn item_texts(&self, select: &Select) -> Option<Vec<String>> {
        let start = select.select_token.0.span.start;
        let first = self
            .pieces
            .partition_point(|piece| piece.span.start < start);
        let mut rest = self.pieces.get(first + 1..)?;
        rest = after_quantifiers(rest);
        let mut texts = vec![None];
        let mut depth = 0_usize;
        for piece in rest {
            match piece.token {
                Token::RParen if depth == 0 => break,
                Token::Comma if depth == 0 => {
                    texts.push(None);
                    continue;
                }
                Token::LParen => depth += 1,
                Token::RParen => depth -= 1,
                _ if depth == 0 && piece.is_one_of(ENDS) => break,
                _ => {}
            }
            let range = texts
                .last_mut()?
                .get_or_insert_with(|| piece.source.clone());
            range.end = piece.source.end;
        }
        if texts.len() != select.projection.len() {
            return None;
        }
        let text = |range| escapes::without_braces(self.sql, range, self.edits);
        texts.into_iter().map(|range| range.map(text)).collect()
    }
}

/// The pieces after `ALL`, `DISTINCT` and `TOP n`.
fn after_quantifiers(mut pieces: &[Piece]) -> &[Piece] {
    if pieces
        .first()
        .is_some_and(|piece| piece.is_one_of(&["ALL", "DISTINCT"]))
    {
        pieces = &pieces[1..];
    }
    let is_top = pieces.first().is_some_and(|piece| piece.is_word("TOP"));
    match pieces {
        [_, open, rest @ ..] if is_top && open.token == Token::LParen => {
            let mut depth = 1_usize;
            let end = rest.iter().position(|piece| {
                depth = match piece.token {
                    Token::LParen => depth + 1,
                    Token::RParen => depth - 1,
                    _ => depth,
                };
                depth == 0
            });
            &rest[end.map_or(rest.len(), |end| end + 1)..]
        }
        [_, _, rest @ ..] if is_top => rest,
        _ => pieces,
    }
}

/// The output names of one select list.
#[derive(Default)]
struct Names {
    /// As the application wrote them, in lower case.
    seen: HashSet<String>,
    /// The engine's names.
    taken: HashSet<String>,
    /// A wildcard expands to columns whose names are not known here; every column of a table may be
    /// among them.
    columns_are_taken: bool,
    /// Columns that ORDER BY qualifies with their tables.
    ordered: Vec<String>,
}

impl Names {
    fn claim(&mut self, name: &str) -> String {
        let is_column = self.columns_are_taken && canonical(name).is_some();
        if is_column || self.taken.contains(name) {
            return self.claim_another(name);
        }
        self.taken.insert(name.to_owned());
        name.to_owned()
    }

    /// A unique name.
    fn claim_another(&mut self, name: &str) -> String {
        let unique = (2..)
            .map(|number| format!("{name}#{number}"))
            .find(|name| !self.taken.contains(name))
            .expect("there are more numbers than items");
        self.taken.insert(unique.clone());
        unique
    }
}

/// The renamed items, for `ORDER BY`.
#[derive(Default)]
struct Renamed {
    distinct: bool,
    /// Text of an item's expression to its name.
    items: HashMap<String, String>,
    /// Alias to its new name.
    aliases: HashMap<String, String>,
}

impl Renamed {
    /// Columns stay visible to `ORDER BY` unless `DISTINCT` hides columns that are not selected.
    fn item(&mut self, expr: &Expr, name: &str) {
        let is_literal = matches!(expr, Expr::Value(_));
        if !is_literal && (self.distinct || column(expr).is_none()) {
            self.items
                .entry(expr.to_string())
                .or_insert_with(|| name.to_owned());
        }
    }

    fn alias(&mut self, from: String, to: &str) {
        self.aliases.entry(from).or_insert_with(|| to.to_owned());
    }

    fn follow(&self, key: &mut Expr) {
        let name = match key {
            Expr::Value(_) => return,
            Expr::Identifier(ident) if self.aliases.contains_key(&ident.value) => {
                self.aliases.get(&ident.value)
            }
            _ if self.items.is_empty() => return,
            _ => self.items.get(&key.to_string()),
        };
        if let Some(name) = name {
            *key = Expr::Identifier(quoted(name));
        }
    }
}

/// The columns that an order qualifies with their tables.
fn qualified_names(order_by: &OrderBy) -> Vec<String> {
    let mut names = Vec::new();
    let _ = visit_expressions(order_by, |expr| {
        if let Expr::CompoundIdentifier(parts) = expr {
            names.extend(parts.last().map(|part| part.value.to_lowercase()));
        }
        ControlFlow::<()>::Continue(())
    });
    names
}

/// The name of the column, if the expression is one, without parentheses.
fn column(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Identifier(ident) => Some(ident),
        Expr::CompoundIdentifier(idents) => idents.last(),
        Expr::Nested(inner) => column(inner),
        _ => None,
    }
}

/// A column's name as the tables spell it.
fn canonical(name: &str) -> Option<String> {
    let mut tables = tables::TABLES.iter();
    tables
        .find_map(|table| table.column(name))
        .map(|column| column.name.to_owned())
}

fn is_wildcard(item: &SelectItem) -> bool {
    matches!(
        item,
        SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..)
    )
}

fn quoted(name: &str) -> Ident {
    Ident::with_quote('"', name)
}

/// One line of bounded length.
fn shortened(text: String) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => line[..end].to_owned(),
        None => line,
    }
}
