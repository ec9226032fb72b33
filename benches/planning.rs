//! How long a statement takes to plan, without a request: `SQLPrepare` of a text for the first time and once more, which
//! makes its columns and parameters known, and `EXPLAIN` of a new text, which plans it to the end.
//!
//! `make bench` runs it. A statement of 20 columns is to take less than 5 ms, a join of five tables less than 50 ms, and
//! `SQLPrepare` once more less than 70 µs.

use driver_harness::client;
use graph_simulator::{Options, Simulator, sample};
use std::time::{Duration, Instant};

const ROUNDS: usize = 50;

const STATEMENTS: &[(&str, &str)] = &[
    ("no table", "SELECT 1"),
    (
        "one column",
        "SELECT subject FROM Messages WHERE isRead = 0 ORDER BY receivedDateTime DESC LIMIT 10",
    ),
    (
        "20 columns",
        "SELECT id, subject, bodyPreview, importance, receivedDateTime, sentDateTime, hasAttachments, isRead, \
         isDraft, conversationId, parentFolderId, from_emailAddress_address, from_emailAddress_name, \
         sender_emailAddress_address, toRecipients, ccRecipients, categories, flag_flagStatus, webLink, changeKey \
         FROM Messages WHERE receivedDateTime >= {ts '2026-01-01 00:00:00'} AND (isRead = 0 OR importance = 'high') \
         AND subject LIKE 'A%' ORDER BY receivedDateTime DESC",
    ),
    (
        "a join of 5 tables",
        "SELECT f.displayName, m.subject, a.name, u.displayName, e.subject \
         FROM Messages m JOIN MailFolders f ON m.parentFolderId = f.id \
         JOIN MessageAttachments a ON a.messageId = m.id \
         JOIN Users u ON u.userPrincipalName = m.mailbox \
         LEFT JOIN Events e ON e.subject = m.subject \
         WHERE m.receivedDateTime >= {ts '2026-01-01 00:00:00'} AND a.isInline = 0 \
         ORDER BY m.receivedDateTime DESC LIMIT 100",
    ),
];

/// The median time of `what`, which gets the number of its round.
fn median(mut what: impl FnMut(usize)) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            let started = Instant::now();
            what(round);
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

fn main() {
    let simulator = Simulator::start(sample::tenant(), Options::default()).expect("it starts");
    let connection = client::connect(&simulator.connection_string()).expect("a connection");
    println!(
        "{:24}{:>14}{:>14}{:>14}",
        "", "SQLPrepare", "once more", "EXPLAIN"
    );
    for (name, sql) in STATEMENTS {
        // The comment makes a text of each round that the driver has not seen.
        let first = |round| format!("{sql} -- {round}");
        let prepare = |sql: &str| drop(connection.prepare(sql).expect("it is planned"));
        let new = median(|round| prepare(&first(round)));
        let again = median(|_| prepare(sql));
        let explained = median(|round| {
            let sql = format!("EXPLAIN {}", first(round));
            drop(connection.query(&sql).expect("it is planned"));
        });
        println!("{name:24}{new:>14.3?}{again:>14.3?}{explained:>14.3?}");
    }
}
