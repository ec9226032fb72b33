//! Attributes of environments, connections and statements.
//!
//! Integer attributes are data: each has a width, a default and its permitted values. The functions
//! that set and get them are in `calls`. The code that reads an attribute decides its effect.
//! Attributes that the reference calls descriptor fields are stored in the descriptor, not here.

pub mod connection;
pub mod environment;
pub mod statement;

use super::diagnostics::{Error, sqlstate};

/// The C integer type of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// `SQLUINTEGER` or `SQLINTEGER`
    Integer,
    /// `SQLULEN` or a pointer
    ULen,
}

/// The values that an attribute accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    Any,
    /// Exactly these values; anything else is HY024.
    OneOf(&'static [usize]),
    /// The default; the listed values are replaced by it with 01S02, anything else is HY024.
    Replaced(&'static [usize]),
    /// The values of the first list; the pairs give replacements (01S02).
    Nearest(&'static [usize], &'static [(usize, usize)]),
    /// The default; the listed values are known but not supported (HYC00).
    Unsupported(&'static [usize]),
    /// Cannot be set (HY092).
    ReadOnly,
}

/// An integer attribute.
#[derive(Clone, Copy, Debug)]
pub struct Definition {
    pub id: i32,
    pub width: Width,
    pub default: usize,
    pub values: Values,
}

pub const fn definition(id: i32, width: Width, default: usize, values: Values) -> Definition {
    Definition {
        id,
        width,
        default,
        values,
    }
}

impl Definition {
    /// The value to store for the given one, with the warning to post.
    pub fn accept(&self, value: usize) -> Result<(usize, Option<Error>), Error> {
        // An SQLUINTEGER is passed in a pointer whose upper half has no meaning.
        let value = match self.width {
            Width::Integer => value as u32 as usize,
            Width::ULen => value,
        };
        match self.values {
            Values::Any => Ok((value, None)),
            Values::OneOf(allowed) | Values::Nearest(allowed, _) if allowed.contains(&value) => {
                Ok((value, None))
            }
            Values::Nearest(_, replaced) => {
                let nearest = replaced.iter().find(|(asked, _)| *asked == value);
                let (_, given) = nearest.ok_or_else(|| Error::of(sqlstate::HY024))?;
                Ok((*given, Some(Error::of(sqlstate::S01S02))))
            }
            Values::Replaced(_) | Values::Unsupported(_) if value == self.default => {
                Ok((value, None))
            }
            Values::Replaced(known) if known.contains(&value) => {
                Ok((self.default, Some(Error::of(sqlstate::S01S02))))
            }
            Values::Unsupported(known) if known.contains(&value) => Err(Error::of(sqlstate::HYC00)),
            Values::ReadOnly => Err(Error::of(sqlstate::HY092)),
            _ => Err(Error::of(sqlstate::HY024)),
        }
    }
}

/// The values that differ from the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    changed: Vec<(i32, usize)>,
}

impl Store {
    pub fn get(&self, definition: &Definition) -> usize {
        self.changed(definition.id).unwrap_or(definition.default)
    }

    /// The value, if the application set one.
    pub fn changed(&self, id: i32) -> Option<usize> {
        let entry = self.changed.iter().find(|(known, _)| *known == id);
        entry.map(|(_, value)| *value)
    }

    /// Stores a value that [`Definition::accept`] returned.
    pub fn set(&mut self, id: i32, value: usize) {
        match self.changed.iter_mut().find(|(known, _)| *known == id) {
            Some(entry) => entry.1 = value,
            None => self.changed.push((id, value)),
        }
    }
}

pub fn find(table: &'static [Definition], id: i32) -> Option<&'static Definition> {
    table.iter().find(|definition| definition.id == id)
}
