//! Collections that only list their rows and give one by its id, as data.
//!
//! Another one takes a line in [`super::catalogue`], and its rules in [`crate::rules`].

use super::permissions::Any;
use super::shelf::Shelf;
use crate::model::Entity;
use crate::rules::Collection;
use std::fmt;

/// A collection, and where its rows are in a mailbox or a tenant.
pub struct Resource<T: 'static> {
    /// Below `/users/{id}` or `/v1.0`, in Graph's spelling. `{}` is an id.
    pub path: &'static str,
    pub rules: &'static Collection,
    pub permissions: Any,
    pub shelf: fn(&T) -> Shelf<'_>,
    pub rows: Rows<T>,
    /// Properties that name a row in a path.
    pub keys: &'static [&'static str],
    pub reading: Reading,
    /// Which of the objects before it in the path have such a collection. Nothing tells what Graph answers for others.
    pub owners: fn(&Entity) -> bool,
}

/// The rows of a collection among those on its shelf.
pub enum Rows<T: 'static> {
    All,
    /// Those in the object that the path names before, a row of the collection with this path.
    In(&'static str),
    /// Those in the first row of the collection with this path.
    InFirst(&'static str),
    /// Those whose ids the object has that the path names before.
    Named(&'static str, fn(&T, u32) -> Vec<&str>),
}

/// The ways to read a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As a list, and each row by its key.
    Both,
    /// The same, and `/$count` (docs/graph.md#count).
    Counted,
    List,
    /// Each row by its key.
    Single,
}

/// A part of a collection that a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    List,
    /// The row of the last key.
    Row,
    Count,
}

impl<T> Resource<T> {
    /// Rows that are in no other object.
    pub const fn all(
        path: &'static str,
        rules: &'static Collection,
        permissions: Any,
        shelf: fn(&T) -> Shelf<'_>,
    ) -> Self {
        Self::of(path, Rows::All, rules, permissions, shelf)
    }

    pub const fn of(
        path: &'static str,
        rows: Rows<T>,
        rules: &'static Collection,
        permissions: Any,
        shelf: fn(&T) -> Shelf<'_>,
    ) -> Self {
        Self {
            path,
            rules,
            permissions,
            shelf,
            rows,
            keys: &["id"],
            reading: Reading::Both,
            owners: |_| true,
        }
    }

    pub const fn read(mut self, reading: Reading) -> Self {
        self.reading = reading;
        self
    }

    pub const fn of_some(mut self, owners: fn(&Entity) -> bool) -> Self {
        self.owners = owners;
        self
    }

    pub const fn keyed(mut self, keys: &'static [&'static str]) -> Self {
        self.keys = keys;
        self
    }

    /// The keys in a path, if it leads to this collection or into it.
    fn keys_in(&self, given: &[String]) -> Option<(Wanted, Vec<String>)> {
        let mut keys = Vec::new();
        let mut given = given.iter();
        for name in self.path.split('/') {
            let segment = given.next()?;
            match name {
                "{}" => keys.push(segment.clone()),
                _ if segment.eq_ignore_ascii_case(name) => {}
                _ => return None,
            }
        }
        let wanted = match (given.as_slice(), self.reading) {
            ([], Reading::Both | Reading::Counted | Reading::List) => Wanted::List,
            ([last], Reading::Counted) if last.eq_ignore_ascii_case("$count") => Wanted::Count,
            ([key], Reading::Both | Reading::Counted | Reading::Single)
                if !key.starts_with('$') =>
            {
                keys.push(key.clone());
                Wanted::Row
            }
            _ => return None,
        };
        Some((wanted, keys))
    }
}

/// The collection that a path leads to.
pub fn find<T>(catalogue: &'static [Resource<T>], given: &[String]) -> Option<Address<T>> {
    catalogue.iter().find_map(|resource| {
        let (wanted, keys) = resource.keys_in(given)?;
        Some(Address {
            resource,
            wanted,
            keys,
        })
    })
}

/// A collection, the part of it that is wanted, and the keys in its path.
pub struct Address<T: 'static> {
    pub resource: &'static Resource<T>,
    pub wanted: Wanted,
    pub keys: Vec<String>,
}

impl<T> Clone for Address<T> {
    fn clone(&self) -> Self {
        Self {
            resource: self.resource,
            wanted: self.wanted,
            keys: self.keys.clone(),
        }
    }
}

impl<T> fmt::Debug for Address<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            resource,
            wanted,
            keys,
        } = self;
        write!(f, "{wanted:?} of {} {keys:?}", resource.path)
    }
}

impl<T> PartialEq for Address<T> {
    fn eq(&self, other: &Self) -> bool {
        self.resource.path == other.resource.path
            && self.wanted == other.wanted
            && self.keys == other.keys
    }
}

impl<T> Eq for Address<T> {}
