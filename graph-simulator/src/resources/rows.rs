//! Answers for the collections of the catalogue.

use super::ask::{Ask, Content};
use super::list::{self, Source};
use super::resource::{Address, Resource, Rows, Wanted};
use super::shelf::Shelf;
use super::users;
use super::write::Writer;
use crate::odata::query::Options;
use crate::odata::select::Target;
use crate::refusal::Refusal;
use std::borrow::Cow;
use std::collections::HashMap;

/// A mailbox or a tenant, and its collections.
pub struct Library<'a, T: 'static> {
    pub ask: &'a Ask<'a>,
    pub data: &'a T,
    pub catalogue: &'static [Resource<T>],
    /// Before the names of collections in `@odata.context`: `users('1')/`.
    pub prefix: String,
    /// The refusal of a key that no row has.
    pub missing: fn(&str) -> Refusal,
}

/// Rows of a shelf.
struct Found<'a> {
    shelf: Shelf<'a>,
    rows: Vec<u32>,
}

impl<'a, T> Library<'a, T> {
    pub fn answer(&self, address: &Address<T>) -> Result<Content, Refusal> {
        let Address {
            resource,
            wanted,
            keys,
        } = address;
        match wanted {
            Wanted::List => {
                let found = self.rows(resource, keys)?;
                let source = self.source(resource, keys, found);
                list::page(self.ask, &source).map(Content::Json)
            }
            Wanted::Count => {
                let found = self.rows(resource, keys)?;
                let counted = users::count_of(self.ask, resource.rules, found.shelf, &found.rows);
                counted.map(Content::Text)
            }
            Wanted::Row => self.single(resource, keys).map(Content::Json),
        }
    }

    fn single(&self, resource: &'static Resource<T>, keys: &[String]) -> Result<Vec<u8>, Refusal> {
        let ask = self.ask;
        let rules = resource.rules;
        let options = Options::read(&ask.pairs, rules, Target::Single, ask.consistency)?;
        let (key, before) = keys.split_last().ok_or_else(Refusal::item_not_found)?;
        let found = self.rows(resource, before)?;
        let row = self.row(resource, &found, key)?;
        let shelf = found.shelf;
        let source = self.source(resource, before, found);
        let context = format!("{}/$entity", list::context(ask, &source, &options));
        Ok(Writer::new(rules, &options, &ask.prefer, shelf).single(row, &context))
    }

    fn source(
        &self,
        resource: &'static Resource<T>,
        keys: &[String],
        found: Found<'a>,
    ) -> Source<'a> {
        let name = match self.prefix.as_str() {
            // The directory names the set of the objects, wherever they are listed.
            "" => resource.rules.name.to_owned(),
            prefix => format!("{prefix}{}", filled(resource.path, keys)),
        };
        Source {
            collection: resource.rules,
            name,
            shelf: found.shelf,
            rows: Cow::Owned(found.rows),
            received: None,
        }
    }

    /// The rows of a collection with these keys in its path.
    fn rows(&self, resource: &Resource<T>, keys: &[String]) -> Result<Found<'a>, Refusal> {
        let shelf = (resource.shelf)(self.data).seen_by(self.ask.roles);
        let all = 0..shelf.len();
        let rows = match resource.rows {
            Rows::All => all.collect(),
            Rows::In(path) => {
                let (parent, row) = self.object(path, keys)?;
                if !(resource.owners)(&parent.entity(row, None)) {
                    return Err(Refusal::not_simulated(
                        "a collection that such objects have not",
                    ));
                }
                inside(shelf, parent, row)
            }
            Rows::InFirst(path) => {
                let found = self.rows(self.collection(path)?, keys)?;
                let row = found.rows.first().ok_or_else(Refusal::item_not_found)?;
                inside(shelf, found.shelf, *row)
            }
            Rows::Named(path, ids) => {
                let (_, row) = self.object(path, keys)?;
                let at: HashMap<_, u32> = all
                    .filter_map(|row| Some((shelf.text(row, "id")?, row)))
                    .collect();
                let ids = ids(self.data, row);
                ids.into_iter()
                    .filter_map(|id| at.get(id).copied())
                    .collect()
            }
        };
        Ok(Found { shelf, rows })
    }

    /// The object that the last key names, a row of the collection with this path.
    fn object(&self, path: &str, keys: &[String]) -> Result<(Shelf<'a>, u32), Refusal> {
        let (key, before) = keys.split_last().ok_or_else(Refusal::item_not_found)?;
        let resource = self.collection(path)?;
        let found = self.rows(resource, before)?;
        let row = self.row(resource, &found, key)?;
        Ok((found.shelf, row))
    }

    fn collection(&self, path: &str) -> Result<&'static Resource<T>, Refusal> {
        let mut known = self.catalogue.iter();
        known
            .find(|resource| resource.path == path)
            .ok_or_else(Refusal::item_not_found)
    }

    /// Ids are matched with case, addresses without it.
    fn row(&self, resource: &Resource<T>, found: &Found, key: &str) -> Result<u32, Refusal> {
        let matches = |row: &&u32| {
            resource.keys.iter().any(|name| {
                let text = found.shelf.text(**row, name);
                text.is_some_and(|text| match *name {
                    "id" => text == key,
                    _ => text.eq_ignore_ascii_case(key),
                })
            })
        };
        let row = found.rows.iter().find(matches).copied();
        row.ok_or_else(|| (self.missing)(key))
    }
}

/// The rows on a shelf that are in an object.
fn inside(shelf: Shelf, parents: Shelf, parent: u32) -> Vec<u32> {
    let id = parents.text(parent, "id").unwrap_or_default();
    let rows = 0..shelf.len();
    rows.filter(|row| shelf.parent(*row) == Some(&*id))
        .collect()
}

/// A path with its keys, as contexts have it: `todo/lists('1')/tasks`.
fn filled(path: &str, keys: &[String]) -> String {
    let mut filled = path.to_owned();
    for key in keys {
        filled = filled.replacen("/{}", &format!("('{}')", key.replace('\'', "''")), 1);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_have_the_keys_in_brackets() {
        let keys = ["A=".to_owned(), "B'C".to_owned()];
        assert_eq!(
            filled("todo/lists/{}/tasks/{}/attachments", &keys),
            "todo/lists('A=')/tasks('B''C')/attachments"
        );
    }
}
