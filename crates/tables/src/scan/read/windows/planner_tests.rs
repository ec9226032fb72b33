//! The planner against a mailbox that changes with every request, whose replies come in any order.

use super::super::times;
use super::*;
use crate::decode::RowContext;
use crate::pushdown::Notation;
use crate::scan::read::seen::Seen;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const PAGE: usize = 10;

/// Messages by id, with the time that each was received at, in microseconds.
#[derive(Clone, Debug)]
struct Mailbox {
    messages: BTreeMap<u32, i64>,
    next: u32,
}

impl Mailbox {
    fn new(times: impl IntoIterator<Item = i64>) -> Self {
        let messages: BTreeMap<u32, i64> = (0..).zip(times).collect();
        Self {
            next: messages.len() as u32,
            messages,
        }
    }

    /// The first page of a window in the order of Graph, and whether there are more rows.
    fn page(&self, task: &Task, is_sorted: bool, size: usize) -> (Page, bool) {
        let inside = self
            .messages
            .iter()
            .filter(|(_, time)| task.window.contains(time.div_euclid(1_000_000)));
        let mut rows: Page = inside.map(|(id, time)| (*id, *time)).collect();
        match (is_sorted, task.toward) {
            (true, Toward::Older) => rows.sort_by_key(|(id, time)| (-time, *id)),
            (true, Toward::Newer) => rows.sort_by_key(|(id, time)| (*time, *id)),
            (false, _) => rows.sort_by_key(|(id, _)| id.wrapping_mul(2_654_435_761)),
        }
        let goes_on = rows.len() > size;
        rows.truncate(size);
        (rows, goes_on)
    }
}

fn planner(is_sorted: bool) -> Planner {
    let path = vec!["messages".to_owned()];
    let listing = Listing::new(path, RowContext::default()).top(PAGE as u32);
    let by = Windowed {
        path: &["receivedDateTime"],
        notation: Notation::DateTimeOffset,
        is_sorted,
    };
    Planner::new(listing, by, PAGE as u32)
}

/// Ids with their times, in the order of a page.
type Page = Vec<(u32, i64)>;

/// The rows that a reading found, and its cost.
#[derive(Debug, Default)]
struct Found {
    ids: BTreeSet<u32>,
    requests: usize,
    /// Rounds, if every request takes as long as the others and four are on their way.
    rounds: usize,
}

/// Reads to the end. `choose` picks the reply that comes next; `change` changes the mailbox with each request.
fn read(
    mailbox: &mut Mailbox,
    is_sorted: bool,
    page: usize,
    mut choose: impl FnMut(usize) -> usize,
    mut change: impl FnMut(&mut Mailbox),
) -> Found {
    let mut planner = planner(is_sorted);
    let mut seen = Seen::default();
    let mut found = Found::default();
    let mut running: Vec<(Task, Page, bool)> = Vec::new();
    loop {
        while running.len() < 4 {
            let Some(mut task) = planner.next() else {
                break;
            };
            // A crowded second is read to its end by links.
            let size = if task.is_second { usize::MAX } else { page };
            let (rows, goes_on) = mailbox.page(&task, is_sorted, size);
            task.walk.go_on(goes_on.then(|| "link".to_owned()));
            running.push((task, rows, goes_on));
            found.requests += 1;
            assert!(found.requests < 20_000, "the reading does not end");
            change(mailbox);
        }
        if running.is_empty() {
            return found;
        }
        let (task, rows, goes_on) = running.remove(choose(running.len()));
        assert_eq!(task.goes_on(), goes_on);
        let times = Times::of(rows.iter().map(|(_, time)| Some(*time)));
        planner.came(task, &times).expect("the rows fit");
        for (id, time) in rows {
            if seen.insert_of_second(&id.to_string(), Some(times::second(time))) {
                assert!(found.ids.insert(id), "a row came twice");
            }
        }
        seen.keep(planner.unread());
    }
}

/// Reads in rounds: all four replies come before the next requests are sent.
fn read_in_rounds(mailbox: &Mailbox, page: usize) -> Found {
    let path = vec!["messages".to_owned()];
    let listing = Listing::new(path, RowContext::default()).top(page as u32);
    let by = Windowed {
        path: &["receivedDateTime"],
        notation: Notation::DateTimeOffset,
        is_sorted: true,
    };
    let mut planner = Planner::new(listing.clone(), by, page as u32);
    let mut found = Found::default();
    // The first page comes alone.
    let mut first = Task::new(&listing, by, Window::ALL, Toward::Older);
    let mut came = vec![];
    let (rows, goes_on) = mailbox.page(&first, true, page);
    first.walk.go_on(goes_on.then(|| "link".to_owned()));
    came.push((first, rows));
    loop {
        found.rounds += 1;
        found.requests += came.len();
        for (task, rows) in came.drain(..) {
            let times = Times::of(rows.iter().map(|(_, time)| Some(*time)));
            found.ids.extend(rows.iter().map(|(id, _)| *id));
            planner.came(task, &times).expect("the rows fit");
        }
        while came.len() < 4 {
            let Some(mut task) = planner.next() else {
                break;
            };
            let (rows, goes_on) = mailbox.page(&task, true, page);
            task.walk.go_on(goes_on.then(|| "link".to_owned()));
            came.push((task, rows));
        }
        if came.is_empty() {
            return found;
        }
    }
}

/// Times with many in the same second, and some far away.
fn times() -> impl Strategy<Value = Vec<i64>> {
    let many = prop_oneof![
        4 => 0..40_i64,
        4 => 0..100_000_i64,
        1 => -62_000_000_000..250_000_000_000_i64,
    ];
    // Pages of one mailbox then end in the same second.
    let few = prop_oneof![0..3_i64, Just(50_000), Just(BEGINNING), Just(LAST),];
    let times = |second: BoxedStrategy<i64>| {
        let time =
            (second, 0..1_000_000_i64).prop_map(|(second, fraction)| second * 1_000_000 + fraction);
        prop::collection::vec(time, 0..300)
    };
    prop_oneof![
        times(many.clone().boxed()),
        times(few.clone().boxed()),
        times(prop_oneof![3 => few, 1 => many].boxed()),
    ]
}

proptest! {
    #[test]
    fn everything_that_stays_is_found(
        times in times(),
        is_sorted: bool,
        seed: u64,
        changes in prop::collection::vec((0..300_u32, any::<bool>(), 0..100_000_i64), 0..400),
    ) {
        let mut mailbox = Mailbox::new(times);
        let before: BTreeSet<u32> = mailbox.messages.keys().copied().collect();
        let mut changes = changes.into_iter();
        let mut at = seed;
        let choose = |count: usize| {
            at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (at >> 33) as usize % count
        };
        let change = |mailbox: &mut Mailbox| {
            for (id, deletes, time) in changes.by_ref().take(3) {
                if deletes {
                    mailbox.messages.remove(&id);
                } else {
                    mailbox.messages.insert(mailbox.next, time * 1_000_000);
                    mailbox.next += 1;
                }
            }
        };
        let found = read(&mut mailbox, is_sorted, PAGE, choose, change);
        let stayed = before.iter().filter(|id| mailbox.messages.contains_key(id));
        let lost: Vec<&u32> = stayed.filter(|id| !found.ids.contains(id)).collect();
        prop_assert!(lost.is_empty(), "lost {:?}", lost);
    }

    /// Graph may give fewer rows than were asked for.
    #[test]
    fn short_pages_lose_nothing(times in times(), size in 1..PAGE) {
        let mut mailbox = Mailbox::new(times);
        let found = read(&mut mailbox, true, size, |_| 0, |_| {});
        prop_assert_eq!(found.ids.len(), mailbox.messages.len());
    }
}

fn spread(count: usize, place: impl Fn(f64) -> f64) -> Mailbox {
    let mut state = 1_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let years = 10.0 * 365.25 * 86_400.0;
    Mailbox::new((0..count).map(|_| (place(random()) * years * 1e6) as i64))
}

/// Pages, requests and rounds of a mailbox.
fn cost(mailbox: &Mailbox, page: usize) -> (usize, usize, usize) {
    let found = read_in_rounds(mailbox, page);
    assert_eq!(found.ids.len(), mailbox.messages.len());
    let pages = mailbox.messages.len().div_ceil(page);
    (pages, found.requests, found.rounds)
}

#[test]
fn few_requests_are_sent_beyond_the_pages() {
    for (name, mailbox) in [
        ("even", spread(20_000, |at| at)),
        ("more and more", spread(20_000, |at| at.sqrt())),
        (
            "nine tenths in a week",
            spread(20_000, |at| match at {
                at if at < 0.9 => 0.6 + at / 0.9 / 520.0,
                at => (at - 0.9) * 10.0,
            }),
        ),
        (
            "all in the newest week",
            spread(20_000, |at| 1.0 - at / 520.0),
        ),
    ] {
        let (pages, requests, rounds) = cost(&mailbox, 200);
        println!("{name}: {pages} pages, {requests} requests, {rounds} rounds");
        assert!(
            requests <= pages + 4,
            "{name}: {requests} requests for {pages} pages"
        );
        assert!(
            rounds * 4 <= pages * 5 / 4 + 4,
            "{name}: {rounds} rounds for {pages} pages"
        );
    }
}

#[test]
fn small_mailboxes_cost_little() {
    assert_eq!(cost(&spread(150, |at| at), 200).1, 1);
    let (_, requests, _) = cost(&spread(390, |at| at), 200);
    assert!(requests <= 3, "{requests} requests for two pages");
}
