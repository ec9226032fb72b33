//! A page of a collection: its rows, their order, and the start of the next page.

use super::ask::{Ask, Twist};
use super::shelf::Shelf;
use super::write::{Envelope, Writer};
use crate::odata::eval::{Constant, Relation, Test};
use crate::odata::moment::{self, Ticks};
use crate::odata::order::{self, Order};
use crate::odata::pairs::option;
use crate::odata::query::{Options, link_of, write_token};
use crate::odata::select::Target;
use crate::refusal::Refusal;
use crate::rules::{Collection, Link, MESSAGE_TRACES, Paging, Service};
use crate::search::{MOST_MESSAGES, Search};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// A collection and the rows that belong to it.
pub struct Source<'a> {
    pub collection: &'static Collection,
    /// As in `@odata.context`: `users('1')/messages`.
    pub name: String,
    pub shelf: Shelf<'a>,
    pub rows: Cow<'a, [u32]>,
    /// When each message was received, if the rows are in that order, newest first.
    pub received: Option<&'a [Ticks]>,
}

pub fn page(ask: &Ask, source: &Source) -> Result<Vec<u8>, Refusal> {
    let options = Options::read(&ask.pairs, source.collection, Target::List, ask.consistency)?;
    let rows = chosen(ask, source, &options);
    // Lists of the whole tenant are in nothing that could vanish.
    let can_vanish = source.collection.name != MESSAGE_TRACES.name;
    if ask.twist == Twist::VanishEmpty && source.rows.is_empty() && can_vanish {
        return Err(Refusal::item_not_found());
    }
    let start = options.skip.min(rows.len());
    let end = options
        .page
        .map_or(rows.len(), |size| (start + size).min(rows.len()));
    let size = end - start;
    let is_page = options.page.is_some();
    // The rows that are shown, and where the link leads.
    let (shown, next) = match ask.twist {
        Twist::EmptyPage if is_page => (start..start, Some(start)),
        Twist::ShortPage if size > 1 && is_page => {
            let middle = start + size / 2;
            (start..middle, Some(middle))
        }
        Twist::RepeatRow if size > 1 && is_page => (start..end, Some(end - 1)),
        Twist::StartOver if end == rows.len() && is_page => (start..end, Some(0)),
        Twist::SamePage if is_page => (start..end, Some(start)),
        Twist::FirstRows if is_page => (
            0..options.page.unwrap_or_default().min(rows.len()),
            Some(start),
        ),
        Twist::FirstRows => (start..end, None),
        _ => (start..end, Some(end).filter(|end| *end < rows.len())),
    };
    let next = next.filter(|_| !options.lossy);
    let envelope = Envelope {
        context: context(ask, source, &options),
        count: count(source, &options, rows.len()),
        next: next.map(|position| next_link(ask, source.collection, &options, position)),
    };
    let writer = Writer::new(source.collection, &options, &ask.prefer, source.shelf);
    Ok(writer.page(&rows.part(shown), &envelope))
}

/// `https://.../$metadata#users('1')/messages(subject)` (docs/graph.md#requests)
pub fn context(ask: &Ask, source: &Source, options: &Options) -> String {
    let selected = match &options.select {
        Some(select) if !select.all => format!("({})", select.context()),
        _ => String::new(),
    };
    format!("{}/v1.0/$metadata#{}{selected}", ask.base, source.name)
}

fn count(source: &Source, options: &Options, rows: usize) -> Option<i64> {
    if !options.count || (source.collection.service == Service::Directory && options.skip > 0) {
        return None;
    }
    // Exchange does not count filtered rows.
    let unknown = source.collection.service == Service::Outlook && options.filter.is_some();
    Some(if unknown { -1 } else { rows as i64 })
}

enum Chosen<'a> {
    Given(&'a [u32]),
    /// The last one first.
    Reversed(&'a [u32]),
    Made(Arc<Vec<u32>>),
}

impl Chosen<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Given(rows) | Self::Reversed(rows) => rows.len(),
            Self::Made(rows) => rows.len(),
        }
    }

    fn part(&self, places: Range<usize>) -> Cow<'_, [u32]> {
        match self {
            Self::Given(rows) => Cow::Borrowed(&rows[places]),
            Self::Reversed(rows) => {
                let part = &rows[rows.len() - places.end..rows.len() - places.start];
                part.iter().rev().copied().collect()
            }
            Self::Made(rows) => Cow::Borrowed(&rows[places]),
        }
    }
}

/// The rows that meet the filter and the search, in order.
fn chosen<'a>(ask: &Ask, source: &'a Source, options: &Options) -> Chosen<'a> {
    let mut rows = &*source.rows;
    let mut test = options.filter.as_ref().map(|filter| &filter.test);
    if let (Some(received), Some(wanted)) = (source.received, test) {
        let range = Received::of(wanted);
        let newest = rows.partition_point(|&row| received[row as usize] >= range.before);
        let oldest = rows.partition_point(|&row| received[row as usize] >= range.from);
        rows = &rows[newest.min(oldest)..oldest];
        if range.is_all {
            test = None;
        }
    }
    let search = options.search.as_ref();
    let order = match options.order.as_slice() {
        [only] if source.received.is_some() && is_by_time(only) => match only.descending {
            true => &[],
            false if test.is_none() && search.is_none() => return Chosen::Reversed(rows),
            false => options.order.as_slice(),
        },
        order => order,
    };
    if test.is_none() && order.is_empty() && search.is_none() {
        return Chosen::Given(rows);
    }
    let mut names = Vec::new();
    if let Some(test) = test {
        test.properties(&mut names);
    }
    let accepted = |row: &u32| {
        let entity = |test: &Test| test.accepts(&source.shelf.entity(*row, Some(&names)));
        test.is_none_or(entity)
    };
    let found = |row: &u32| {
        search.is_none_or(|search| {
            let attachments = source.shelf.attachments(*row);
            let entity = source.shelf.entity(*row, search.properties());
            search.finds(&entity, &attachments)
        })
    };
    Chosen::Made(ask.remembered.get(&key(ask), || {
        let rows = rows.iter().copied();
        let mut rows: Vec<u32> = rows.filter(|row| accepted(row) && found(row)).collect();
        if search.is_some_and(Search::is_of_mail) {
            newest_sent_first(source, &mut rows);
            rows.truncate(MOST_MESSAGES);
        }
        match order {
            [] => rows,
            order => sorted(source, order, rows),
        }
    }))
}

fn sorted(source: &Source, order: &[Order], rows: Vec<u32>) -> Vec<u32> {
    let names: Vec<&str> = order
        .iter()
        .flat_map(|order| order.path.first())
        .copied()
        .collect();
    let keyed = rows.into_iter().map(|row| {
        let entity = source.shelf.entity(row, Some(&names));
        (order::keys(order, &entity), row)
    });
    let mut keyed: Vec<_> = keyed.collect();
    keyed.sort_by(|(left, _), (right, _)| order::compare(order, left, right));
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// The order of the results of a mail search (docs/graph.md#mail-search).
fn newest_sent_first(source: &Source, rows: &mut [u32]) {
    let sent = |row: &u32| {
        let entity = source.shelf.entity(*row, Some(&["sentDateTime"]));
        moment::offset(entity.get("sentDateTime")?.as_str()?)
    };
    rows.sort_by_cached_key(|row| std::cmp::Reverse(sent(row)));
}

fn is_by_time(order: &Order) -> bool {
    order.path == ["receivedDateTime"]
}

/// The parts of a request that determine the rows, without the page.
fn key(ask: &Ask) -> String {
    let mut key = format!("{}\n{}", ask.version, ask.path);
    for (name, value) in &ask.pairs {
        let name = name.to_lowercase();
        if !matches!(
            name.as_str(),
            "$top" | "$skip" | "$skiptoken" | "$select" | "$count" | "$expand"
        ) {
            key += &format!("\n{name}={value}");
        }
    }
    key
}

/// The range of received times in a filter.
struct Received {
    from: Ticks,
    before: Ticks,
    /// The filter has no other condition.
    is_all: bool,
}

impl Received {
    fn of(test: &Test) -> Self {
        let mut range = Self {
            from: Ticks::MIN,
            before: Ticks::MAX,
            is_all: true,
        };
        range.take(test);
        range
    }

    fn take(&mut self, test: &Test) {
        match test {
            Test::And(tests) => tests.iter().for_each(|test| self.take(test)),
            Test::Compare {
                path,
                comparison,
                value: Constant::Moment(value),
            } if *path == ["receivedDateTime"] => match comparison {
                Relation::Ge => self.from = self.from.max(*value),
                Relation::Gt => self.from = self.from.max(*value + 1),
                Relation::Lt => self.before = self.before.min(*value),
                Relation::Le => self.before = self.before.min(*value + 1),
                _ => self.is_all = false,
            },
            _ => self.is_all = false,
        }
    }
}

/// Characters that a value keeps unencoded.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'$')
    .remove(b',')
    .remove(b'/')
    .remove(b':');

/// Counts links to the same page. It is not an option of OData, so it has no effect.
const AGAIN: &str = "again";

/// The same request for the rows from a position on. Headers are not part of it.
fn next_link(ask: &Ask, collection: &Collection, options: &Options, position: usize) -> String {
    let link = match collection.paging {
        Paging::Pages { link, .. } => link_of(link, options.search.as_ref()),
        Paging::Lossy { .. } | Paging::Whole => Link::Skip,
    };
    let (name, value) = match link {
        Link::SkipToken => ("$skiptoken", write_token(position)),
        Link::Skip => ("$skip", position.to_string()),
    };
    let kept = options.pairs.iter().filter(|(known, _)| {
        let known = known.to_lowercase();
        !matches!(known.as_str(), "$skip" | "$skiptoken" | AGAIN)
    });
    let mut link = format!("{}{}?", ask.base, ask.path);
    for (known, value) in kept {
        let value = utf8_percent_encode(value, VALUE)
            .to_string()
            .replace("%20", "+");
        link += &format!("{}={value}&", utf8_percent_encode(known, VALUE));
    }
    link += &format!("{name}={value}");
    if ask.twist == Twist::FirstRows {
        let again = option(&options.pairs, AGAIN).and_then(|again| again.parse().ok());
        link += &format!("&{AGAIN}={}", again.unwrap_or(0_u32) + 1);
    }
    link
}
