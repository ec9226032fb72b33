//! A mailbox that changes while it is read.

mod common;

use common::{Reader, generated};
use graph_simulator::{Change, Options, Per, Writing, Written, generate};
use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

fn content() -> generate::Options {
    generate::Options {
        messages: 400,
        ..generate::Options::default()
    }
}

/// Some changes of every kind with each page.
fn with_each_page(seed: u64) -> Writing {
    Writing {
        seed,
        arrivals: 1.5,
        deletions: 1.0,
        moves: 1.0,
        edits: 2.0,
        per: Per::Page,
        ..Writing::default()
    }
}

/// Reads the mailbox while it changes: the ids that came, the changes, and the ids that stayed.
fn read(reader: &Reader, writing: &Writing) -> (Vec<String>, Written, Vec<String>) {
    let simulator = &reader.client.simulator;
    assert!(simulator.start_writing(writing));
    let read = reader.column("/messages?$select=id&$top=10", "id");
    let written = simulator.stop_writing();
    (read, written, simulator.stayed())
}

#[test]
fn the_same_seed_writes_the_same_and_another_one_does_not() {
    let run = |seed| read(&Reader::new(&content()), &with_each_page(seed));
    let first = run(1);
    assert!(first.1.changes.len() > 150, "{}", first.1.changes.len());
    assert_eq!(first, run(1));
    assert_ne!(first.1, run(2).1);
}

#[test]
fn the_log_tells_what_was_there_all_the_time() {
    let reader = Reader::new(&content());
    let before = reader.column("/messages?$select=id&$top=1000", "id");
    let (_, written, stayed) = read(&reader, &with_each_page(1));
    let after = reader.column("/messages?$select=id&$top=1000", "id");
    let mut expected: HashSet<&str> = before.iter().map(String::as_str).collect();
    let mut kinds = HashSet::new();
    for change in &written.changes {
        kinds.insert(std::mem::discriminant(change));
        let is_known = match change {
            Change::Arrived { id, .. } => expected.insert(id),
            Change::Deleted { id } => expected.remove(id.as_str()),
            Change::Moved { id, .. } | Change::Edited { id } => expected.contains(id.as_str()),
        };
        assert!(is_known, "{change:?}");
    }
    assert_eq!(kinds.len(), 4);
    assert_eq!(
        after.iter().map(String::as_str).collect::<HashSet<_>>(),
        expected
    );
    let arrived = written.arrived();
    expected.retain(|id| !arrived.contains(id));
    assert_eq!(
        stayed.iter().map(String::as_str).collect::<HashSet<_>>(),
        expected
    );
    // Nothing is written any more.
    assert_eq!(reader.client.simulator.stop_writing(), written);
}

/// Pages shift while mail arrives and goes: that is the point of the writer.
#[test]
fn rows_come_twice_or_not_at_all() {
    let only = |arrivals, deletions| Writing {
        arrivals,
        deletions,
        per: Per::Page,
        ..Writing::default()
    };
    let (read_rows, _, stayed) = read(&Reader::new(&content()), &only(2.0, 0.0));
    let distinct: HashSet<&String> = read_rows.iter().collect();
    assert!(distinct.len() < read_rows.len());
    assert_eq!(stayed.len(), 400);
    let (read_rows, _, stayed) = read(&Reader::new(&content()), &only(0.0, 2.0));
    let distinct: HashSet<&String> = read_rows.iter().collect();
    assert!(stayed.iter().any(|id| !distinct.contains(id)));
}

/// Lists and counts of folders are the same after many changes as in an index that is made anew.
#[test]
fn lists_and_counts_stay_right() {
    for held in [false, true] {
        let mut tenant = generated(&content());
        if held {
            tenant.users[0].mailbox.as_mut().expect("a mailbox").hold();
        }
        let reader = Reader::with(tenant, Options::default());
        let simulator = &reader.client.simulator;
        for seed in 0..6 {
            read(&reader, &with_each_page(seed));
        }
        let facts = || {
            let folders = "/mailFolders?$top=1000&includeHiddenFolders=true";
            let counts: Vec<String> = ["id", "totalItemCount", "unreadItemCount"]
                .iter()
                .flat_map(|name| reader.column(folders, name))
                .collect();
            let lists = reader.column(folders, "id").into_iter();
            let lists: HashMap<String, Vec<(String, String)>> = lists
                .map(|id| {
                    let path =
                        format!("/mailFolders/{id}/messages?$top=1000&$select=receivedDateTime");
                    let ids = reader.column(&path, "id").into_iter();
                    let mut rows: Vec<_> = reader
                        .column(&path, "receivedDateTime")
                        .into_iter()
                        .zip(ids)
                        .collect();
                    assert!(rows.is_sorted_by(|a, b| a.0 >= b.0));
                    rows.sort();
                    (id, rows)
                })
                .collect();
            let mut all = reader.column("/messages?$top=1000&$select=isRead,parentFolderId", "id");
            for id in &all {
                let message = reader.get(&format!("/messages/{id}?$select=id"));
                assert_eq!(message.json()["id"], id.as_str());
            }
            all.sort();
            (counts, lists, all)
        };
        let before = facts();
        simulator.change(|_| ());
        assert_eq!(facts(), before, "held: {held}");
    }
}

#[test]
fn a_writer_works_beside_its_readers_and_over_http() {
    let reader = Reader::new(&content());
    let send = |method: &str, path: &str, body: &str| {
        let path = format!("/simulator/{path}");
        let reply = reader.client.send(method, &path, &[], body.as_bytes());
        reply.expect("a reply")
    };
    let changes = || {
        let written = send("GET", "writing", "").json();
        written["changes"].as_array().expect("changes").len()
    };
    let started = send("PUT", "writing", r#"{"seed":5,"arrivals":200,"edits":100}"#);
    assert_eq!(started.status, 204);
    let since = Instant::now();
    while changes() < 10 {
        assert!(
            since.elapsed() < Duration::from_secs(30),
            "nothing is written"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(send("DELETE", "writing", "").status, 204);
    let count = changes();
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(changes(), count);
    assert_eq!(
        send("GET", "stayed", "").json().as_array().map(Vec::len),
        Some(400)
    );
    assert_eq!(send("PUT", "writing", r#"{"user":"nobody"}"#).status, 404);
    assert_eq!(send("PUT", "writing", r#"{"birds":1}"#).status, 400);
}
