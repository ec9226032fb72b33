//! The directory's users.

use super::ask::Ask;
use super::list::{self, Source};
use super::permissions;
use super::shelf::Shelf;
use super::write::Writer;
use crate::odata::bind;
use crate::odata::pairs::option;
use crate::odata::query::Options;
use crate::odata::select::Target;
use crate::refusal::Refusal;
use crate::rules::{Collection, Query, USERS};
use crate::store::Store;
use std::borrow::Cow;

/// Users in a page with the times when they signed in (docs/graph.md#sign-ins).
const MOST_SIGN_INS: usize = 120;

pub fn list(ask: &Ask, store: &Store) -> Result<Vec<u8>, Refusal> {
    let asked = |name| option(&ask.pairs, name);
    if asked("$select").is_some_and(|select| select.contains("signInActivity")) {
        if !ask.roles.allow(permissions::SIGN_INS) {
            return Err(Refusal::new(
                403,
                "Authorization_RequestDenied",
                "Insufficient privileges to complete the operation.",
            ));
        }
        let top = asked("$top").and_then(|top| top.parse().ok());
        if top.unwrap_or(MOST_SIGN_INS) > MOST_SIGN_INS {
            return Err(Refusal::bad_request(
                "Cannot query data for more than 120 users at a time.",
            ));
        }
        if asked("$filter").is_some() || asked("$search").is_some() {
            return Err(Refusal::not_simulated("filters beside signInActivity"));
        }
    }
    list::page(ask, &source(store))
}

fn source(store: &Store) -> Source<'_> {
    let users = &store.tenant().users;
    Source {
        collection: &USERS,
        name: "users".to_owned(),
        shelf: Shelf::Users(users),
        rows: Cow::Owned((0..users.len() as u32).collect()),
        received: None,
    }
}

pub fn count(ask: &Ask, store: &Store) -> Result<String, Refusal> {
    let source = source(store);
    count_of(ask, &USERS, source.shelf, &source.rows)
}

/// `/$count`: a number as plain text (docs/graph.md#count).
pub fn count_of(
    ask: &Ask,
    rules: &'static Collection,
    shelf: Shelf,
    rows: &[u32],
) -> Result<String, Refusal> {
    if !ask.consistency {
        return Err(Refusal::new(
            400,
            "Request_BadRequest",
            "$count is not currently supported.",
        ));
    }
    let filter = option(&ask.pairs, "$filter")
        .map(|text| bind::filter(text, rules, Query { advanced: true }))
        .transpose()?;
    if option(&ask.pairs, "$search").is_some() {
        return Err(Refusal::not_simulated("counting what a search finds"));
    }
    let counted = rows.iter().filter(|row| {
        filter
            .as_ref()
            .is_none_or(|filter| filter.test.accepts(&shelf.entity(**row, None)))
    });
    Ok(counted.count().to_string())
}

pub fn single(ask: &Ask, store: &Store, name: &str) -> Result<Vec<u8>, Refusal> {
    let options = Options::read(&ask.pairs, &USERS, Target::Single, ask.consistency)?;
    let position = store
        .user(name)
        .ok_or_else(|| Refusal::directory_object_not_found(name))?;
    let source = source(store);
    let writer = Writer::new(&USERS, &options, &ask.prefer, source.shelf);
    let context = format!("{}/$entity", list::context(ask, &source, &options));
    Ok(writer.single(position as u32, &context))
}
