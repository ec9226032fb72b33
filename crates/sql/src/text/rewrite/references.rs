//! The tables that a query reads.

use super::super::lexer::Piece;
use datafusion::sql::sqlparser::ast::{Ident, ObjectNamePart, Query, TableFactor, Visit, Visitor};
use std::ops::ControlFlow;

/// Every table with the parts of its name as written, without names that `WITH` defines.
pub fn tables(query: &Query, sql: &str, pieces: &[Piece]) -> Vec<Vec<String>> {
    let mut references = References {
        sql,
        pieces,
        scopes: Vec::new(),
        tables: Vec::new(),
    };
    let _ = Visit::visit(query, &mut references);
    references.tables
}

/// A name as it was written, without its quotes.
pub fn spelling(ident: &Ident, sql: &str, pieces: &[Piece]) -> String {
    let index = pieces.partition_point(|piece| piece.span.start < ident.span.start);
    let piece = pieces
        .get(index)
        .filter(|piece| piece.span.start == ident.span.start);
    let Some(piece) = piece else {
        return ident.value.clone();
    };
    let text = &sql[piece.source.clone()];
    let (open, close) = match text.chars().next() {
        Some('[') => ("[", "]"),
        Some('"') => ("\"", "\""),
        Some('`') => ("`", "`"),
        Some('\'') => ("'", "'"),
        _ => return text.to_owned(),
    };
    let inner = text
        .strip_prefix(open)
        .and_then(|text| text.strip_suffix(close))
        .unwrap_or(text);
    inner.replace(&close.repeat(2), close)
}

struct References<'a> {
    sql: &'a str,
    pieces: &'a [Piece],
    /// One for each enclosing query.
    scopes: Vec<Scope>,
    tables: Vec<Vec<String>>,
}

/// The names that a query's `WITH` defines. Each is visible to later ones, and after all
/// definitions to the query itself.
struct Scope {
    names: Vec<String>,
    recursive: bool,
    /// The number of definitions so far.
    defined: usize,
}

impl Scope {
    fn visible(&self) -> &[String] {
        let itself = usize::from(self.recursive);
        &self.names[..self.names.len().min(self.defined + itself)]
    }
}

impl Visitor for References<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let with = query.with.as_ref();
        let names = with.map(|with| {
            with.cte_tables
                .iter()
                .map(|cte| cte.alias.name.value.clone())
                .collect()
        });
        self.scopes.push(Scope {
            names: names.unwrap_or_default(),
            recursive: with.is_some_and(|with| with.recursive),
            defined: 0,
        });
        ControlFlow::Continue(())
    }

    /// The first queries directly inside one with a `WITH` are the definitions.
    fn post_visit_query(&mut self, _query: &Query) -> ControlFlow<()> {
        self.scopes.pop();
        if let Some(outer) = self.scopes.last_mut() {
            outer.defined = outer.names.len().min(outer.defined + 1);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let TableFactor::Table {
            name, args: None, ..
        } = factor
        else {
            return ControlFlow::Continue(());
        };
        let idents: Vec<&Ident> = name.0.iter().filter_map(ObjectNamePart::as_ident).collect();
        let is_defined = match idents.as_slice() {
            [name] => self
                .scopes
                .iter()
                .any(|scope| scope.visible().contains(&name.value)),
            _ => false,
        };
        if !is_defined {
            let spelled = idents
                .into_iter()
                .map(|ident| spelling(ident, self.sql, self.pieces));
            self.tables.push(spelled.collect());
        }
        ControlFlow::Continue(())
    }
}
