//! A search in the index of a table.

use super::error::Error;
use super::words::quoted;
use super::{clauses, condition, kql};
use crate::definition::{Index, Table};

/// Maximum messages that Graph returns for one search (docs/graph.md#mail-search).
pub const MOST_MESSAGES: usize = 1_000;

/// Longest text of all searches of a table together: URLs have limits, and percent-encoding can triple it
/// (docs/graph.md#requests).
const LONGEST: usize = 1_500;

/// A search in the index of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    index: Index,
    /// In the index's language; all parts must hold.
    parts: Vec<String>,
}

impl Search {
    /// A text in the index's own language.
    pub fn written(table: &'static Table, text: &str) -> Result<Self, Error> {
        let text = one_line(text)?;
        Self::of(
            table,
            match table.index {
                Index::Mail => kql::checked(&text)?,
                Index::Directory => clauses::checked(table, &text)?,
                Index::None => return Err(Error::NoTable { function: "SEARCH" }),
            },
        )
    }

    /// A condition on columns of the table, or on all columns in its index if none are given.
    pub fn words(
        table: &'static Table,
        columns: &[&'static str],
        text: &str,
    ) -> Result<Self, Error> {
        let properties = properties(table, columns)?;
        let condition = condition::parse(&one_line(text)?)?;
        Self::of(
            table,
            match table.index {
                Index::Mail => kql::of(&condition, &properties),
                Index::Directory => clauses::of(&condition, &properties)?,
                Index::None => {
                    return Err(Error::NoTable {
                        function: "CONTAINS",
                    });
                }
            },
        )
    }

    fn of(table: &'static Table, part: String) -> Result<Self, Error> {
        Self {
            index: table.index,
            parts: vec![part],
        }
        .measured()
    }

    /// Both searches together.
    pub fn and(mut self, other: Self) -> Result<Self, Error> {
        self.parts.extend(other.parts);
        self.measured()
    }

    fn measured(self) -> Result<Self, Error> {
        let length: usize = self.parts.iter().map(|part| part.chars().count()).sum();
        match length > LONGEST {
            true => Err(Error::TooLong(LONGEST)),
            false => Ok(self),
        }
    }

    /// `$search`, without percent-encoding.
    pub fn option(&self) -> String {
        let text = match self.parts.as_slice() {
            [part] => part.clone(),
            parts => {
                let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
                parts.join(" AND ")
            }
        };
        match self.index {
            Index::Mail => quoted(&text),
            _ => text,
        }
    }

    pub fn is_of_mail(&self) -> bool {
        self.index == Index::Mail
    }

    pub fn count(&self) -> usize {
        self.parts.len()
    }
}

/// The distinct names of the columns in the index.
fn properties(table: &'static Table, columns: &[&'static str]) -> Result<Vec<&'static str>, Error> {
    let mut properties = Vec::new();
    for &name in columns {
        let column = table.column(name).ok_or(Error::NoColumn)?;
        let Some(property) = column.indexed else {
            let known = table
                .columns
                .iter()
                .filter(|column| column.indexed.is_some());
            let known: Vec<&str> = known.map(|column| column.name).collect();
            return Err(Error::NotIndexed {
                table: table.name,
                column: column.name,
                known: known.join(", "),
            });
        };
        if !properties.contains(&property) {
            properties.push(property);
        }
    }
    Ok(properties)
}

/// Line ends and other control characters separate words and would be lost on the way.
fn one_line(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().nth(LONGEST).is_some() {
        return Err(Error::TooLong(LONGEST));
    }
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    Ok(text.chars().map(plain).collect())
}
