//! Lists in each row of other lists: the members of every group, the items of every task of every list.

use super::listing::Listing;
use super::look_ups::ids;
use super::resource_root::ResourceRoot;
use crate::definition::{Context, Nested};
use exchange_graph::MAX_BATCH;
use std::collections::HashSet;

/// Lists, and how they lead to those of the rows.
#[derive(Clone, Debug)]
pub struct Lists {
    /// Lists of the rows if there are no levels, of parents otherwise.
    pub top: Vec<Listing>,
    /// Whether they are in parents that the statement names, which may be absent.
    pub are_of_named: bool,
    pub levels: Vec<Level>,
}

/// From a list of parents to a list in each of them.
#[derive(Clone, Debug)]
pub struct Level {
    context: Context,
    /// The only parents that the statement asks for.
    only: Option<HashSet<String>>,
    segments: &'static [&'static str],
    /// The options of the list in a parent.
    list: Listing,
}

impl Level {
    /// The list in the parent with this id.
    pub fn list(&self, parents: &Listing, id: &str) -> Listing {
        parents.inside((self.context, id), self.segments, &self.list)
    }

    pub fn takes(&self, id: &str) -> bool {
        let mut only = self.only.iter();
        only.all(|only| only.contains(id))
    }
}

/// The parents that have lists; of those that the statement names, a few terms at a time.
fn chosen(all: &Listing, filter: &str, only: Option<&[String]>) -> Vec<Listing> {
    let with = |filter: String| all.clone().with([("$filter", Some(filter))]);
    let Some(only) = only.filter(|only| only.len() <= MOST_NAMED) else {
        return vec![with(filter.to_owned())];
    };
    // Graph takes nothing but a GUID for the id of an object of the directory.
    let ids: Vec<&String> = only.iter().filter(|id| is_guid(id)).collect();
    let parts = ids.chunks(MOST_TERMS).map(|part| {
        let terms: Vec<String> = part.iter().map(|id| format!("id eq '{id}'")).collect();
        let terms = match terms.as_slice() {
            [term] => term.clone(),
            terms => format!("({})", terms.join(" or ")),
        };
        with(format!("{filter} and {terms}"))
    });
    parts.collect()
}

/// The most terms of a chain of `or` (docs/graph.md#filter-syntax).
const MOST_TERMS: usize = 15;

/// If the statement names more parents than this, all are listed.
const MOST_NAMED: usize = 4 * MOST_TERMS;

fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let is_hexadecimal = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths = groups.iter().map(|group| group.len());
    lengths.eq([8, 4, 4, 4, 12]) && groups.iter().all(is_hexadecimal)
}

/// The lists of these rows. `named` has the parents that the statement names, for each level.
pub fn lists(
    nested: &'static Nested,
    root: ResourceRoot<'_>,
    rows: Listing,
    named: &[Option<Vec<String>>],
) -> Lists {
    let first = &nested.parents[0];
    let mut top = match (first.filter, named.first().and_then(Option::as_ref)) {
        (None, _) => vec![ids(root.at(first.path), first.page_size)],
        (Some(filter), only) => {
            let all = ids(root.at(first.path), first.page_size);
            chosen(&all, filter, only.map(Vec::as_slice))
        }
    };
    let mut are_of_named = false;
    let mut levels = Vec::new();
    for (place, parents) in nested.parents.iter().enumerate() {
        let (segments, list) = match nested.parents.get(place + 1) {
            Some(next) => (next.path, ids(root.at(&[]), next.page_size)),
            None => (nested.rows, rows.clone()),
        };
        let only = named.get(place).and_then(Option::as_ref);
        let level = Level {
            context: parents.context,
            only: only.map(|only| only.iter().cloned().collect()),
            segments,
            list,
        };
        match only {
            // Parents that are named need not be listed, unless not all of their kind have such lists. Which of them belong together is not known, so there may be more
            // combinations than lists of parents.
            Some(only)
                if levels.is_empty()
                    && parents.filter.is_none()
                    && (place == 0 || top.len() * only.len() <= MAX_BATCH) =>
            {
                let inside = |list: &Listing| {
                    let lists = only.iter().map(|id| level.list(list, id));
                    lists.collect::<Vec<_>>()
                };
                top = top.iter().flat_map(inside).collect();
                are_of_named = true;
            }
            _ => levels.push(level),
        }
    }
    Lists {
        top,
        are_of_named,
        levels,
    }
}
