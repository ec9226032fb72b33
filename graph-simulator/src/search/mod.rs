//! `$search`: the answers of Graph's indexes.
//!
//! Mail is searched in the Keyword Query Language ([`kql`], [`mail`]), the directory in its own
//! clauses ([`clauses`]). Both match words and the beginnings of words, never parts in the middle.
//! A text whose meaning Microsoft's pages leave open is refused (docs/graph.md#mail-search,
//! docs/graph.md#directory-search).

mod clauses;
mod condition;
mod kql;
mod mail;
mod quoted;
mod words;

use crate::model::Entity;
use crate::odata::pairs::{Pairs, option};
use crate::refusal::Refusal;
use crate::rules::{self, Collection};

/// Maximum rows of a mail search (docs/graph.md#mail-search).
pub const MOST_MESSAGES: usize = 1_000;

/// A search that Graph accepts.
#[derive(Clone, Debug)]
pub enum Search {
    Mail(kql::Query),
    Directory(clauses::Query),
}

impl Search {
    /// Reads the value of `$search`, and checks the other options.
    pub fn read(
        text: &str,
        pairs: &Pairs,
        collection: &Collection,
        consistency: bool,
    ) -> Result<Self, Refusal> {
        match collection.search {
            rules::Search::Unsupported => Err(Refusal::bad_request(
                "$search is not supported on this resource.",
            )),
            rules::Search::NotSimulated => Err(Refusal::not_simulated("$search")),
            rules::Search::Mail => {
                alone(pairs)?;
                kql::parse(&quoted::whole(text)?).map(Self::Mail)
            }
            rules::Search::Directory if !consistency => Err(Refusal::unsupported_query(
                "Request with $search query parameter only works through MSGraph with a special request header: \
                 'ConsistencyLevel: eventual'",
            )),
            rules::Search::Directory => clauses::parse(text, collection).map(Self::Directory),
        }
    }

    pub fn finds(&self, row: &Entity, attachments: &[Entity]) -> bool {
        match self {
            Self::Mail(query) => query.finds(&mail::Message { row, attachments }),
            Self::Directory(query) => query.finds(row),
        }
    }

    /// The properties of a row that it looks at; `None` if any may matter.
    pub fn properties(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::Mail(_) => Some(mail::PROPERTIES),
            Self::Directory(_) => None,
        }
    }

    pub fn is_of_mail(&self) -> bool {
        matches!(self, Self::Mail(_))
    }
}

/// A mail search has its own order and allows no other choice of rows (docs/graph.md#mail-search).
fn alone(pairs: &Pairs) -> Result<(), Refusal> {
    const BESIDE: &[(&str, &str)] = &[
        ("$filter", "SearchWithFilter"),
        ("$orderby", "SearchWithOrderBy"),
        ("$skip", "BadRequest"),
        ("$count", "BadRequest"),
        ("$expand", "BadRequest"),
    ];
    let found = BESIDE
        .iter()
        .find(|(name, _)| option(pairs, name).is_some());
    match found {
        None => Ok(()),
        Some((name, code)) => Err(Refusal::new(
            400,
            code,
            format!("The query parameter '{name}' is not supported with '$search'."),
        )),
    }
}
