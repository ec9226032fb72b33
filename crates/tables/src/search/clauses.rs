//! Clauses, the search language of the directory: `"displayName:ann" AND ("mail:a" OR "mail:b")`.

use super::condition::Condition;
use super::error::Error;
use super::words::{has_word, quoted};
use crate::ColumnType;
use crate::definition::{Filter, Table};

/// Reads and rewrites a text from an application: one clause, or several in quotes.
pub fn checked(table: &Table, text: &str) -> Result<String, Error> {
    if !text.starts_with(['"', '(']) {
        return clause(table, text);
    }
    let mut parser = Parser {
        table,
        rest: text,
        depth: 0,
    };
    let clauses = parser.level()?;
    match parser.rest.is_empty() {
        true => Ok(clauses),
        false => Err(Error::NoClause),
    }
}

/// The condition for any of the properties; for display names if none are given.
pub fn of(condition: &Condition, properties: &[&str]) -> Result<String, Error> {
    let properties = match properties {
        [] => &["displayName"],
        named => named,
    };
    let each: Result<Vec<String>, Error> = properties
        .iter()
        .map(|property| within(condition, property))
        .collect();
    let each = each?;
    match each.as_slice() {
        [_] => of_property(condition, properties[0]),
        _ => Ok(each.join(" OR ")),
    }
}

fn of_property(condition: &Condition, property: &str) -> Result<String, Error> {
    let joined = |parts: &[Condition], operator: &str| {
        let parts = parts.iter().map(|part| within(part, property));
        Ok(parts.collect::<Result<Vec<_>, _>>()?.join(operator))
    };
    match condition {
        Condition::All(parts) => joined(parts, " AND "),
        Condition::Any(parts) => joined(parts, " OR "),
        Condition::Not(_) => Err(Error::Negated),
        // Words match by their beginnings in any case.
        Condition::Words { text, .. } => Ok(quoted(&format!("{property}:{text}"))),
    }
}

fn within(condition: &Condition, property: &str) -> Result<String, Error> {
    let text = of_property(condition, property)?;
    Ok(match condition {
        Condition::All(_) | Condition::Any(_) => format!("({text})"),
        Condition::Not(_) | Condition::Words { .. } => text,
    })
}

/// `property:text` in the directory's spelling.
fn clause(table: &Table, text: &str) -> Result<String, Error> {
    let (property, words) = text.split_once(':').ok_or(Error::NoClause)?;
    let property = searchable(table, property.trim())?;
    match has_word(words) {
        true => Ok(quoted(&format!("{property}:{}", words.trim()))),
        false => Err(Error::NoWord),
    }
}

/// Texts whose beginnings the directory can search (docs/graph.md#directory-search).
fn searchable(table: &Table, name: &str) -> Result<&'static str, Error> {
    let column = table.column(name).filter(|column| {
        let is_text = matches!(column.column_type, ColumnType::Varchar { .. });
        let by_beginning =
            matches!(column.filter, Filter::Directory(filter) if filter.starts_with.is_there());
        is_text && by_beginning
    });
    let column = column.ok_or_else(|| Error::Property(name.to_owned()))?;
    Ok(column.name)
}

struct Parser<'a> {
    table: &'a Table,
    rest: &'a str,
    depth: usize,
}

/// Maximum nesting of parentheses.
const DEEPEST: usize = 50;

impl Parser<'_> {
    fn level(&mut self) -> Result<String, Error> {
        let mut clauses = self.part()?;
        loop {
            let Some(operator) = ["AND", "OR"].into_iter().find(|word| self.take(word)) else {
                return Ok(clauses);
            };
            clauses = format!("{clauses} {operator} {}", self.part()?);
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let after = self.rest.strip_prefix(word);
        after
            .inspect(|rest| self.rest = rest.trim_start())
            .is_some()
    }

    fn part(&mut self) -> Result<String, Error> {
        if !self.take("(") {
            let text = self.quoted()?;
            return clause(self.table, &text);
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Error::TooDeep);
        }
        let clauses = self.level()?;
        self.depth -= 1;
        match self.take(")") {
            true => Ok(format!("({clauses})")),
            false => Err(Error::Unbalanced),
        }
    }

    /// A text in double quotes; `\"` is a quote and `\\` a backslash.
    fn quoted(&mut self) -> Result<String, Error> {
        let mut letters = self.rest.char_indices();
        if letters.next().is_none_or(|(_, letter)| letter != '"') {
            return Err(Error::NoClause);
        }
        let mut text = String::new();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.rest = self.rest[at + 1..].trim_start();
                    return Ok(text);
                }
                '\\' => text.extend(letters.next().map(|(_, letter)| letter)),
                letter => text.push(letter),
            }
        }
        Err(Error::Unbalanced)
    }
}
