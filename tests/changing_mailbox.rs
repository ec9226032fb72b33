//! A mailbox that changes while it is read: what is there all the time comes exactly once.

use driver_harness::client::{self, Connection, Row};
use graph_simulator::generate::{self, tenant};
use graph_simulator::{Action, Change, Chaos, Options, Per, Simulator, Writing, Written};
use std::collections::HashSet;
use std::time::Duration;

const MESSAGES: usize = 700;

/// A mailbox, and what its messages have in common.
struct Mail {
    simulator: Simulator,
    string: String,
    before: HashSet<String>,
}

impl Mail {
    fn new(options: &generate::Options) -> Self {
        let tenant = tenant(&generate::Options {
            users: 1,
            shared_mailboxes: 0,
            ..options.clone()
        });
        let simulator =
            Simulator::start(tenant, Options::default()).expect("a loopback port is free");
        let string = simulator.connection_string();
        let connection = client::connect(&string).expect("a connection");
        let before = column(
            &connection.query("SELECT id FROM Messages").expect("rows"),
            0,
        );
        Self {
            before: before.into_iter().collect(),
            simulator,
            string,
        }
    }

    fn usual() -> Self {
        Self::new(&generate::Options {
            messages: MESSAGES,
            ..generate::Options::default()
        })
    }

    fn connect(&self, keys: &str) -> Connection {
        client::connect(&format!("{};{keys}", self.string)).expect("a connection")
    }

    /// Rows that are read while the mailbox changes, the changes, and the ids that stayed.
    fn read(&self, keys: &str, sql: &str, writing: &Writing) -> (Vec<Row>, Written, Vec<String>) {
        let connection = self.connect(keys);
        assert!(self.simulator.start_writing(writing));
        let rows = connection
            .query(sql)
            .unwrap_or_else(|failure| panic!("{sql}: {failure}"));
        let written = self.simulator.stop_writing();
        (rows, written, self.simulator.stayed())
    }
}

/// Checks that the ids of a statement are known or arrived meanwhile, that each came once, and that all wanted ones came.
fn check<'i>(
    about: &str,
    ids: &[String],
    known: &HashSet<String>,
    written: &Written,
    wanted: impl IntoIterator<Item = &'i String>,
) {
    let found: HashSet<&String> = ids.iter().collect();
    assert_eq!(found.len(), ids.len(), "{about}: rows came twice");
    let lost = wanted.into_iter().filter(|id| !found.contains(id)).count();
    assert_eq!(lost, 0, "{about}: {lost} rows are lost");
    let arrived = written.arrived();
    let is_known = |id: &String| known.contains(id) || arrived.contains(id.as_str());
    assert!(ids.iter().all(is_known), "{about}: an id of nobody");
}

fn column(rows: &[Row], at: usize) -> Vec<String> {
    let values = rows.iter().map(|row| row[at].clone().expect("no null"));
    values.collect()
}

/// Some changes of every kind with each page.
fn with_each_page(seed: u64) -> Writing {
    Writing {
        seed,
        arrivals: 1.0,
        deletions: 2.0,
        moves: 2.0,
        edits: 2.0,
        per: Per::Page,
        ..Writing::default()
    }
}

/// Many changes a second, whatever is read.
fn all_the_time(seed: u64) -> Writing {
    Writing {
        seed,
        arrivals: 150.0,
        deletions: 300.0,
        moves: 150.0,
        edits: 150.0,
        per: Per::Second,
        ..Writing::default()
    }
}

/// Statements whose first column has ids. No change moves a message out of their results.
const STATEMENTS: &[&str] = &[
    "SELECT id FROM Messages",
    "SELECT id, subject, bodyPreview, toRecipients, isRead FROM Messages",
    "SELECT id FROM Messages WHERE receivedDateTime >= {ts '2000-01-01 00:00:00'}",
    "SELECT id FROM Messages WHERE hasAttachments = 0",
    "SELECT id FROM Messages WHERE subject LIKE '%e%'",
    "SELECT id FROM Messages WHERE subject LIKE '%e%' AND receivedDateTime >= {ts '2000-01-01 00:00:00'}",
    "SELECT id FROM Messages WHERE importance <> 'high'",
    "SELECT id, receivedDateTime FROM Messages ORDER BY receivedDateTime DESC",
    "SELECT id, receivedDateTime FROM Messages ORDER BY receivedDateTime",
    "SELECT id, receivedDateTime FROM Messages WHERE hasAttachments = 0 ORDER BY receivedDateTime DESC",
    "SELECT id, subject FROM Messages ORDER BY subject, id",
    "SELECT id FROM Messages LIMIT 100000",
    "SELECT m.id FROM Messages m JOIN Users u ON u.mail = m.from_emailAddress_address",
    "SELECT id FROM Messages WHERE from_emailAddress_address IN (SELECT mail FROM Users)",
    "SELECT DISTINCT messageId FROM MessageAttachments",
];

/// The rows of all statements, from a mailbox that nobody changes.
fn belonging(mail: &Mail, sql: &str) -> HashSet<String> {
    let rows = mail.connect("MaxRetries=50").query(sql).expect("rows");
    column(&rows, 0).into_iter().collect()
}

fn check_statements(mail: &Mail, keys: &str, writing: &Writing) {
    for sql in STATEMENTS {
        let known = belonging(mail, "SELECT id FROM Messages");
        let belonging = belonging(mail, sql);
        let (rows, written, stayed) = mail.read(keys, sql, writing);
        let about = format!("{sql} with {keys}, seed {}", writing.seed);
        let wanted = stayed.iter().filter(|id| belonging.contains(*id));
        check(&about, &column(&rows, 0), &known, &written, wanted);
        if sql.contains("ORDER BY receivedDateTime") {
            let times = column(&rows, 1);
            let is_sorted = match sql.ends_with("DESC") {
                true => times.is_sorted_by(|a, b| a >= b),
                false => times.is_sorted(),
            };
            assert!(is_sorted, "{about}: another order");
        }
    }
}

#[test]
fn nothing_is_lost_when_the_mailbox_changes_with_each_page() {
    for (seed, keys) in [
        (1, "PageSize=20"),
        (2, "PageSize=50"),
        (3, "PageSize=50;ImmutableIds=No"),
        (4, "PageSize=7;Pushdown=Safe"),
        (5, "PageSize=20;MaxConcurrentRequests=1"),
    ] {
        check_statements(&Mail::usual(), keys, &with_each_page(seed));
    }
}

#[test]
fn nothing_is_lost_when_the_mailbox_changes_all_the_time() {
    for (seed, keys) in [(1, "PageSize=10"), (2, "PageSize=50"), (3, "")] {
        check_statements(&Mail::usual(), keys, &all_the_time(seed));
    }
}

#[test]
fn nothing_is_lost_between_short_pages_and_faults() {
    let refuse = |status, code: &str| Action::Refuse {
        status,
        code: code.to_owned(),
        message: String::new(),
        retry_after: Some(0.01),
    };
    for (seed, actions) in [
        (1, vec![Action::ShortPage]),
        (2, vec![Action::EmptyPage]),
        (
            3,
            vec![Action::ShortPage, Action::EmptyPage, Action::RepeatRow],
        ),
        (
            4,
            vec![
                refuse(429, "ApplicationThrottled"),
                refuse(503, "ServiceUnavailable"),
                refuse(504, "GatewayTimeout"),
                Action::Reset,
                Action::Truncate,
                Action::ShortPage,
            ],
        ),
    ] {
        let mail = Mail::usual();
        mail.simulator.faults().set_chaos(Some(Chaos {
            seed,
            probability: 0.3,
            actions,
            in_a_row: 2,
        }));
        check_statements(&mail, "PageSize=50;MaxRetries=50", &with_each_page(seed));
    }
}

/// Messages of one second, as imports and newsletters have them.
#[test]
fn many_messages_of_one_second_come_once() {
    let mail = Mail::usual();
    mail.simulator.change(|tenant| {
        let mailbox = tenant.users[0].mailbox.as_mut().expect("a mailbox");
        mailbox.hold();
        for (number, message) in mailbox.messages.iter_mut().enumerate() {
            // Two hundred in each of a few seconds.
            let time = format!("2024-02-01T10:00:{:02}Z", number / 200);
            message
                .entity
                .insert("receivedDateTime".into(), time.into());
        }
    });
    for keys in ["PageSize=20", "PageSize=300", ""] {
        check_statements(&mail, keys, &with_each_page(1));
    }
}

#[test]
fn counts_and_limits_are_exact() {
    for seed in 1..5 {
        let mail = Mail::usual();
        let (rows, written, stayed) = mail.read(
            "PageSize=20",
            "SELECT COUNT(*) FROM Messages",
            &with_each_page(seed),
        );
        let count: usize = rows[0][0]
            .as_deref()
            .and_then(|count| count.parse().ok())
            .expect("a number");
        let most = mail.before.len() + written.arrived().len();
        assert!(
            (stayed.len()..=most).contains(&count),
            "{count} of {} to {most}",
            stayed.len()
        );
        let mail = Mail::usual();
        let sql = "SELECT id FROM Messages LIMIT 400";
        let (rows, written, stayed) = mail.read("PageSize=20", sql, &with_each_page(seed));
        assert!(stayed.len() >= 400);
        assert_eq!(rows.len(), 400);
        check(sql, &column(&rows, 0), &mail.before, &written, []);
    }
}

/// A limit whose condition Graph does not check exactly: a small page, and larger ones where it is not enough.
#[test]
fn pages_grow_until_a_limit_is_reached() {
    let mail = Mail::new(&generate::Options {
        messages: 2_000,
        ..generate::Options::default()
    });
    let connection = mail.connect("");
    for (sql, rows, most) in [
        (
            "SELECT id FROM Messages WHERE LOWER(subject) LIKE '%e%' LIMIT 5",
            5,
            1,
        ),
        ("SELECT id FROM Messages WHERE id LIKE '%' LIMIT 30", 30, 1),
        (
            "SELECT id FROM Messages WHERE UPPER(subject) = 'nothing' LIMIT 5",
            0,
            8,
        ),
        (
            "SELECT id, receivedDateTime FROM Messages WHERE UPPER(subject) = 'nothing' ORDER BY receivedDateTime DESC LIMIT 5",
            0,
            8,
        ),
    ] {
        mail.simulator.clear_log();
        assert_eq!(connection.query(sql).expect(sql).len(), rows, "{sql}");
        let requests = driver_harness::simulator::requests(&mail.simulator);
        let sizes: Vec<usize> = requests
            .iter()
            .flat_map(|entry| entry.query.iter())
            .filter(|(name, _)| name == "$top")
            .map(|(_, size)| size.parse().expect("a number"))
            .collect();
        assert!(sizes[0] < 100, "{sql}: {sizes:?}");
        assert!(sizes.len() <= most, "{sql}: {sizes:?}");
        assert!(sizes.is_sorted(), "{sql}: {sizes:?}");
    }
}

/// An application that takes its time.
#[test]
fn slow_reading_loses_nothing() {
    let mail = Mail::usual();
    let connection = mail.connect("PageSize=20");
    assert!(mail.simulator.start_writing(&all_the_time(7)));
    let mut statement = connection
        .execute("SELECT id FROM Messages")
        .expect("it runs");
    let mut ids = Vec::new();
    while statement.fetch().expect("a row or the end") {
        ids.push(statement.text(1).expect("a text").expect("no null"));
        if ids.len() % 10 == 0 {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    let written = mail.simulator.stop_writing();
    check(
        "slow reading",
        &ids,
        &mail.before,
        &written,
        &mail.simulator.stayed(),
    );
}

/// Events that are deleted while others are read. Nobody changes the time of one.
#[test]
fn events_are_not_lost_either() {
    let mail = Mail::new(&generate::Options {
        messages: 10,
        events: 400,
        ..generate::Options::default()
    });
    for (keys, sql) in [
        ("PageSize=10", "SELECT id FROM Events"),
        ("PageSize=10", "SELECT id FROM Events WHERE isOrganizer = 1"),
        (
            "PageSize=20",
            "SELECT id, subject FROM Events ORDER BY start_dateTime",
        ),
    ] {
        let before = belonging(&mail, sql);
        let connection = mail.connect(keys);
        let mut statement = connection.execute(sql).expect("it runs");
        let mut ids = Vec::new();
        while statement.fetch().expect("a row or the end") {
            ids.push(statement.text(1).expect("a text").expect("no null"));
            if ids.len() % 5 == 0 {
                mail.simulator.change(|tenant| {
                    let mailbox = tenant.users[0].mailbox.as_mut().expect("a mailbox");
                    let count = mailbox.events.len();
                    // Never the same place, and more often a new one than an old one.
                    mailbox.events.remove(ids.len() * 7919 % count);
                });
            }
        }
        let stayed = belonging(&mail, sql);
        let found: HashSet<&String> = ids.iter().collect();
        assert_eq!(found.len(), ids.len(), "{sql}: rows came twice");
        assert!(
            stayed.len() < before.len() && stayed.len() > 50,
            "{sql}: {}",
            stayed.len()
        );
        let lost = stayed.iter().filter(|id| !found.contains(id)).count();
        assert_eq!(lost, 0, "{sql}: {lost} of {} are lost", stayed.len());
        assert!(found.iter().all(|id| before.contains(*id)));
    }
}

/// Rows of a folder: those that stay in it.
#[test]
fn a_folder_loses_nothing() {
    for seed in 1..4 {
        let mail = Mail::usual();
        let connection = mail.connect("");
        let largest = "SELECT parentFolderId FROM Messages GROUP BY parentFolderId ORDER BY COUNT(*) DESC LIMIT 1";
        let folder = column(&connection.query(largest).expect("a folder"), 0).remove(0);
        let sql = format!("SELECT id FROM Messages WHERE parentFolderId = '{folder}'");
        let inside = belonging(&mail, &sql);
        let (rows, written, stayed) = mail.read("PageSize=20", &sql, &with_each_page(seed));
        let moved: HashSet<&String> = written
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Moved { id, .. } => Some(id),
                _ => None,
            })
            .collect();
        let wanted = stayed
            .into_iter()
            .filter(|id| inside.contains(id) && !moved.contains(id));
        let wanted: Vec<String> = wanted.collect();
        assert!(wanted.len() > 50, "{}", wanted.len());
        check(&sql, &column(&rows, 0), &mail.before, &written, &wanted);
    }
}

/// Requests for a mailbox that nobody changes: its pages, and a few more.
#[test]
fn a_whole_mailbox_costs_its_pages_and_at_most_four_requests_more() {
    let mail = Mail::new(&generate::Options {
        messages: 5_000,
        ..generate::Options::default()
    });
    for (keys, page) in [("", 1_000), ("PageSize=100", 100), ("PageSize=333", 333)] {
        let connection = mail.connect(keys);
        mail.simulator.clear_log();
        let rows = connection
            .query("SELECT id, subject FROM Messages")
            .expect("rows");
        assert_eq!(rows.len(), mail.before.len());
        let requests = driver_harness::simulator::requests(&mail.simulator).len();
        let pages = rows.len().div_ceil(page);
        assert!(
            requests <= pages + 4,
            "{keys}: {requests} requests for {pages} pages"
        );
    }
    assert!(
        mail.simulator
            .most_in_flight()
            .values()
            .all(|most| *most <= 4)
    );
}
