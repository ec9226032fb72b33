//! Push-down: the part of a statement that Graph can answer.
//!
//! A translation never changes the answer. A request may return too many rows, never too few, and
//! the scan checks every row against the whole predicate again. So a condition that Graph would
//! interpret more strictly than SQL is left out, and one that it interprets more loosely (text
//! without case) is sent. The definitions record the expressions that Graph accepts for each
//! property ([`Filter`]), with the section of docs/graph.md that proves it.

mod datetime;
mod elements;
mod equalities;
mod like;
mod literal;
mod odata;
mod simple;
mod term;
mod values;
mod view;

pub use datetime::{Notation, write as moment_to_text};
pub use equalities::Equalities;
pub use term::Term;
pub use values::column_values;
pub use view::{DAY, View};

use super::definition::{Collection, Column, Filter, Owners, Table};
use super::definitions::WELL_KNOWN_FOLDERS;
use super::keys::{self, CompositeKey};
use super::search::Search;
use datafusion::logical_expr::Expr;
use exchange_config::{Pushdown, Zone};

/// The translated conjuncts of a WHERE clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pushed {
    /// Conditions that are joined with `and` in `$filter`.
    pub terms: Vec<Term>,
    /// A list that is too long for one filter, in parts. The rows of all parts are read, one part
    /// after the other. Empty without such a list.
    pub parts: Vec<Term>,
    /// Whether the filter alone returns exactly the rows of the WHERE clause, so that `$top` may be
    /// the statement's limit.
    pub exact: bool,
    /// Mailboxes that the statement names; `None` if it names none.
    pub mailboxes: Option<Vec<String>>,
    /// Only these of the read mailboxes can have rows.
    pub among_mailboxes: Option<Vec<String>>,
    /// Ids of the rows, read directly.
    pub ids: Option<Vec<String>>,
    /// Ids of the folders that hold the rows.
    pub folders: Option<Vec<String>>,
    /// Ids of the parents of the rows: messages of attachments, calendars of events.
    pub parents: Option<Vec<String>>,
    /// Ids of the parents' own parents: lists that have the tasks of items.
    pub grandparents: Option<Vec<String>>,
    /// The kinds of items that have the rows.
    pub kinds: Option<Vec<String>>,
    /// The zone of the statement's times.
    pub zone: Zone,
    /// Addresses, or properties, to ask about.
    pub asked: Option<Vec<String>>,
    /// The days that the reports cover.
    pub report_periods: Option<Vec<i32>>,
    /// The span of a calendar view, or of traces.
    pub view: View,
    /// Values that requests name one by one.
    pub equalities: Equalities,
    /// Inline attachments are excluded, so messages without other attachments need not be asked.
    pub excludes_inline: bool,
    /// The search in Graph's index.
    pub search: Option<Search>,
}

/// Longest `$filter` to send. Servers and proxies refuse longer URLs, and percent-encoding can
/// triple a text (docs/graph.md#requests).
const LONGEST_FILTER: usize = 1_500;

/// Translates conjuncts. Those that cannot be pushed are missing from the result.
pub fn push(table: &Table, conjuncts: &[Expr], mode: Pushdown, zone: Zone) -> Pushed {
    let mut pushed = Pushed {
        exact: true,
        zone,
        ..Pushed::default()
    };
    // Whether hasAttachments of an event counts inline ones is not known.
    let is_of_messages = table.collection == Collection::Attachments(Owners::Messages);
    let mut translated = Vec::new();
    for conjunct in conjuncts {
        if take_values(table, conjunct, &mut pushed) {
            continue;
        }
        pushed.view.confine(table, conjunct, zone);
        if mode != Pushdown::Off {
            pushed.equalities.confine(table, conjunct);
        }
        pushed.excludes_inline |= is_of_messages && odata::excludes_inline(conjunct);
        let term = odata::translate(table, conjunct, zone).filter(|_| mode != Pushdown::Off);
        translated.push((conjunct, term));
    }
    // A term that must be alone selects fewer rows than the terms that it excludes.
    translated.sort_by_key(|(_, term)| term.as_ref().is_none_or(|term| !term.stands_alone()));
    let mut terms: Vec<Term> = Vec::new();
    let mut too_long = Vec::new();
    for (conjunct, term) in translated {
        match term {
            Some(term) if fits(&terms, &term) => terms.push(term),
            _ => {
                pushed.exact = false;
                too_long.push(conjunct);
            }
        }
    }
    pushed.exact &= terms.iter().all(|term| term.exact);
    pushed.terms = terms;
    if mode == Pushdown::Full {
        let mut parts = too_long.iter();
        let parts = parts.find_map(|list| parts_beside(&pushed.terms, table, list, zone));
        pushed.parts = parts.unwrap_or_default();
    }
    pushed
}

/// Adds a condition that became known only while the statement runs. Rows that do not meet it are
/// not needed, but may still be returned.
pub fn confine(
    table: &Table,
    condition: &Expr,
    pushed: &mut Pushed,
    sorted: Option<&'static Column>,
) {
    let named = pushed.mailboxes.take();
    let taken = take_values(table, condition, pushed);
    if let Some(values) = std::mem::replace(&mut pushed.mailboxes, named) {
        values::intersect(&mut pushed.among_mailboxes, values);
    }
    if taken {
        return;
    }
    let zone = pushed.zone;
    pushed.view.confine(table, condition, zone);
    pushed.equalities.confine(table, condition);
    let mut confined = pushed.clone();
    confined.exact = false;
    match odata::translate(table, condition, zone).filter(|term| fits(&pushed.terms, term)) {
        Some(term) => confined.terms.push(term),
        None if pushed.parts.is_empty() => {
            let parts = parts_beside(&pushed.terms, table, condition, zone);
            confined.parts = parts.unwrap_or_default();
        }
        None => {}
    }
    if sorted.is_none_or(|column| confined.allows_order(column)) {
        *pushed = confined;
    }
}

impl Pushed {
    /// The statement does not name mailboxes; they only follow from other conditions.
    pub fn confine_mailboxes(&mut self) {
        self.among_mailboxes = self.mailboxes.take();
    }

    /// One value for each part to read.
    pub fn each_part(&self) -> Vec<Self> {
        let part = |term: &Term| {
            let mut part = self.clone();
            part.parts.clear();
            part.terms.push(term.clone());
            part
        };
        match self.parts.is_empty() {
            true => vec![self.clone()],
            false => self.parts.iter().map(part).collect(),
        }
    }

    /// Whether times of the column are shown in another order than that of their moments, because events of whole days keep
    /// theirs in every zone.
    pub fn keeps_whole_days(&self, column: &Column) -> bool {
        !self.zone.is_utc() && datetime::floats(column)
    }

    /// Whether Graph is asked for a subset of the rows.
    pub fn filters(&self) -> bool {
        !self.terms.is_empty() || !self.parts.is_empty()
    }

    /// Adds a search. Its rows cannot be read by ids, and Outlook accepts no filter with it
    /// (docs/graph.md#mail-search).
    pub fn add_search(&mut self, search: Search) {
        if self.filters() && search.is_of_mail() {
            self.without_filter();
        }
        // If no row can have the id, no request is needed.
        self.exact &= self.ids.is_none();
        self.ids = self.ids.take().filter(Vec::is_empty);
        self.search = Some(search);
    }

    /// Whether values of the column can restrict the read rows, together with the search if there
    /// is one.
    pub fn takes(&self, column: &Column) -> bool {
        let Some(search) = &self.search else {
            return true;
        };
        match column.filter {
            Filter::Mailbox
            | Filter::ParentFolder
            | Filter::Parent
            | Filter::Grandparent
            | Filter::Asked => true,
            Filter::Id | Filter::CompositeKey | Filter::SafeKey => false,
            _ => !search.is_of_mail(),
        }
    }

    /// Whether Graph's index of mail chooses the rows, in its own order and up to its limit.
    pub fn searches_mail(&self) -> bool {
        self.search.as_ref().is_some_and(Search::is_of_mail)
    }

    /// Removes the filter.
    pub fn without_filter(&mut self) {
        self.terms.clear();
        self.parts.clear();
        self.exact = false;
    }

    /// Text of `$filter`, without percent-encoding; `None` without a filter.
    ///
    /// With `$orderby`, Graph requires the sorted property in the filter and before all others
    /// (docs/graph.md#messages-order). If the statement has no such condition, one that every row
    /// meets is added.
    pub fn filter(&self, sorted: Option<&'static Column>) -> Option<String> {
        let comes_first = |sorted: &&Column| !self.terms.is_empty() && !is_of_directory(sorted);
        let Some(sorted) = sorted.filter(comes_first) else {
            return term::all(self.terms.clone());
        };
        let (mut terms, others): (Vec<Term>, Vec<Term>) = self
            .terms
            .iter()
            .cloned()
            .partition(|term| term.is_only_about(sorted.name));
        if terms.is_empty() {
            terms.push(odata::always(sorted)?);
        }
        terms.extend(others);
        term::all(terms)
    }

    /// Whether this filter and order need an advanced query of the directory
    /// (docs/graph.md#advanced-queries).
    pub fn is_advanced(&self, sorted: Option<&'static Column>) -> bool {
        let mut terms = self.terms.iter().chain(&self.parts);
        terms.any(|term| term.is_advanced) || sorted.is_some_and(is_of_directory)
    }

    /// Whether Graph accepts these conditions with `$orderby` on this column: Outlook refuses text
    /// functions of another property (docs/graph.md#messages-order).
    pub fn allows_order(&self, sorted: &'static Column) -> bool {
        if self.searches_mail() {
            return false;
        }
        if is_of_directory(sorted) {
            // No source says where the directory sorts rows without a value, so a filter has to
            // exclude them (docs/graph.md#directory-order).
            let is_bound = |term: &Term| term.is_only_about(sorted.name);
            return sorted.sortable && self.terms.iter().any(is_bound);
        }
        sorted.sortable
            && (self.terms.is_empty() || odata::always(sorted).is_some())
            && !self.terms.iter().any(|term| term.has_function)
    }
}

/// In advanced queries the directory sorts every column that it filters
/// (docs/graph.md#directory-order).
fn is_of_directory(column: &Column) -> bool {
    matches!(column.filter, Filter::Directory(_))
}

fn fits(terms: &[Term], term: &Term) -> bool {
    term.text.len() <= room(terms) && terms.iter().all(|other| other.goes_with(term))
}

/// A list that is too long for one filter, in parts that fit beside the terms.
fn parts_beside(terms: &[Term], table: &Table, list: &Expr, zone: Zone) -> Option<Vec<Term>> {
    let parts = odata::parts(table, list, room(terms), zone)?;
    let go = |part: &Term| terms.iter().all(|term| term.goes_with(part));
    parts.iter().all(go).then_some(parts)
}

/// The remaining length for another term.
fn room(terms: &[Term]) -> usize {
    let taken = terms.iter().map(|term| term.text.len() + " and ".len());
    LONGEST_FILTER.saturating_sub(taken.sum())
}

/// Handles `column = value`, `IN` and their OR chains for columns that choose a path instead of a
/// filter. Mailboxes determine what is read at all, so they are used even if push-down is off.
fn take_values(table: &Table, conjunct: &Expr, pushed: &mut Pushed) -> bool {
    if let Some((column, values)) = values::column_numbers(table, conjunct)
        && column.filter == Filter::ReportPeriod
    {
        values::intersect(&mut pushed.report_periods, values);
        return true;
    }
    let Some((column, values)) = column_values(table, conjunct) else {
        return false;
    };
    let decoded = |decode: fn(&str) -> Option<String>| {
        values
            .iter()
            .filter_map(|value| decode(value))
            .collect::<Vec<_>>()
    };
    let (slot, values) = match column.filter {
        Filter::Mailbox => (&mut pushed.mailboxes, values),
        Filter::Id => (&mut pushed.ids, values),
        Filter::CompositeKey => {
            let keys: Vec<CompositeKey> = values
                .iter()
                .filter_map(|value| CompositeKey::parse(table, value))
                .collect();
            let slots = [&mut pushed.parents, &mut pushed.grandparents];
            let levels = table.parents_of_id().len();
            for (level, slot) in slots.into_iter().enumerate().take(levels) {
                let parents = keys
                    .iter()
                    .filter_map(|key| key.parents.iter().rev().nth(level));
                values::intersect(slot, values::each_once(parents.cloned()));
            }
            // Two keys may have the same id: attachments of one message, versions of one row.
            (
                &mut pushed.ids,
                values::each_once(keys.into_iter().map(|key| key.id)),
            )
        }
        Filter::SafeKey => {
            let ids = decoded(keys::id_from_safe_key);
            (&mut pushed.ids, ids)
        }
        // Graph accepts a name like inbox as the folder's id, but no row has it
        // (docs/graph.md#well-known-folders).
        Filter::ParentFolder => {
            let is_name = |value: &String| {
                let names = WELL_KNOWN_FOLDERS.iter().chain(&["contacts"]);
                names
                    .into_iter()
                    .any(|name| name.eq_ignore_ascii_case(value))
            };
            let ids = values.into_iter().filter(|value| !is_name(value)).collect();
            (&mut pushed.folders, ids)
        }
        Filter::Parent => (&mut pushed.parents, values),
        Filter::Grandparent => (&mut pushed.grandparents, values),
        Filter::Kind => (&mut pushed.kinds, values),
        Filter::Asked => (&mut pushed.asked, values),
        _ => return false,
    };
    values::intersect(slot, values);
    true
}

#[cfg(test)]
mod tests;
