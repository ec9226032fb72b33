//! Batches, and how many requests a mailbox serves at once.

mod common;

use common::{ANN, Client, batch, read, tenant};
use graph_simulator::Options;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[test]
fn a_batch_answers_each_of_its_requests() {
    let client = Client::start();
    let found = batch(
        &client,
        vec![
            read(
                "1",
                &format!("/users/{ANN}/messages/AAMk-001=?$select=subject"),
            ),
            read("b", &format!("/users/{ANN}/messages/none")),
            read("3", &format!("users/{ANN}/messages?$filter=foo%20eq%201")),
            read(
                "4",
                &format!("/users/{ANN}/messages/AAMk-007=/attachments/ATT-1=/$value"),
            ),
            json!({"id": "5", "method": "GET", "url": "/users?$count=true&$top=1",
                   "headers": {"ConsistencyLevel": "eventual"}}),
            json!({"id": "6", "method": "DELETE", "url": format!("/users/{ANN}/messages/AAMk-001=")}),
            read("7", "/$batch"),
        ],
    );
    let status = |id: &str| found[id]["status"].as_u64().expect("a status");
    assert_eq!(found.len(), 7);
    assert_eq!(found["1"]["body"]["subject"], "Let's meet 1");
    assert_eq!(
        (status("b"), &found["b"]["body"]["error"]["code"]),
        (404, &"ErrorItemNotFound".into())
    );
    assert_eq!(status("3"), 400);
    assert_eq!(
        found["4"]["body"], "aGVsbG8=",
        "what is not JSON comes in base64"
    );
    assert_eq!(found["5"]["body"]["@odata.count"], 3);
    assert_eq!((status("6"), status("7")), (405, 400));
}

#[test]
fn malformed_batches_fail_as_a_whole() {
    let client = Client::start();
    let many: Vec<Value> = (0..21).map(|n| read(&n.to_string(), "/users")).collect();
    let waits = json!({"id": "1", "method": "GET", "url": "/users", "dependsOn": ["2"]});
    for requests in [
        vec![],
        many,
        vec![read("a", "/users"), read("A", "/users")],
        vec![waits],
        vec![json!({})],
    ] {
        let reply = client.post("/$batch", &json!({ "requests": requests }));
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (400, "BadRequest"),
            "{requests:?}"
        );
    }
    assert_eq!(client.get("/$batch").status, 405);
}

#[test]
fn requests_of_a_batch_wait_for_those_they_depend_on() {
    let client = Client::start();
    let after = |id: &str, other: &str| json!({"id": id, "method": "GET", "url": "/users", "dependsOn": [other]});
    let found = batch(
        &client,
        vec![
            read("1", "/users/nobody"),
            after("2", "1"),
            after("3", "2"),
            read("4", "/users"),
            after("5", "4"),
        ],
    );
    let statuses =
        ["1", "2", "3", "4", "5"].map(|id| found[id]["status"].as_u64().expect("a status"));
    assert_eq!(statuses, [404, 424, 424, 200, 200]);
}

/// Sends this many requests at once, and returns the statuses.
fn at_once(client: &Client, requests: usize, path: &str) -> Vec<u16> {
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..requests)
            .map(|_| scope.spawn(|| client.get(path).status))
            .collect();
        asked
            .into_iter()
            .map(|one| one.join().expect("an answer"))
            .collect()
    })
}

#[test]
fn the_fifth_request_of_a_mailbox_is_throttled() {
    let options = Options {
        latency: Duration::from_millis(300),
        ..Options::default()
    };
    let client = Client::new(tenant(), options);
    let messages = format!("/users/{ANN}/messages");
    let statuses = at_once(&client, 6, &messages);
    assert_eq!(
        statuses.iter().filter(|status| **status == 429).count(),
        2,
        "{statuses:?}"
    );
    assert!(
        at_once(&client, 4, &messages)
            .iter()
            .all(|status| *status == 200)
    );
    assert!(
        at_once(&client, 8, "/users")
            .iter()
            .all(|status| *status == 200),
        "the directory does not count"
    );
    assert_eq!(client.simulator.most_in_flight().values().max(), Some(&4));
    assert_eq!(client.simulator.counters().throttled, 2);
    let logged = client.simulator.log();
    let throttled = logged
        .iter()
        .find(|entry| entry.status == 429)
        .expect("an entry");
    assert_eq!(
        (throttled.code.as_deref(), throttled.in_flight),
        (Some("ApplicationThrottled"), 5)
    );
}

#[test]
fn a_throttled_request_is_told_a_fraction_of_a_second() {
    let client = Client::new(
        tenant(),
        Options {
            concurrency: 0,
            ..Options::default()
        },
    );
    let reply = client.ann("/messages");
    assert_eq!((reply.status, reply.header("retry-after")), (429, "0.2"));
    assert_eq!(
        reply.message(),
        "Application is over its MailboxConcurrency limit."
    );
    let found = batch(&client, vec![read("1", &format!("/users/{ANN}/messages"))]);
    assert_eq!(
        (&found["1"]["status"], &found["1"]["headers"]["Retry-After"]),
        (&429.into(), &"0.2".into())
    );
}

#[test]
fn a_batch_works_on_four_requests_of_a_mailbox_at_once() {
    let options = Options {
        latency: Duration::from_millis(30),
        ..Options::default()
    };
    let client = Client::new(tenant(), options);
    let requests = (0..20)
        .map(|n| read(&n.to_string(), &format!("/users/{ANN}/messages/AAMk-001=")))
        .collect();
    assert!(
        batch(&client, requests)
            .values()
            .all(|one| one["status"] == 200)
    );
    assert_eq!(client.simulator.most_in_flight().values().max(), Some(&4));
}

#[test]
fn latency_counts_requests_and_bytes() {
    let options = Options {
        latency: Duration::from_millis(60),
        latency_per_kilobyte: Duration::from_millis(40),
        ..Options::default()
    };
    let client = Client::new(tenant(), options);
    let timed = |path: &str| {
        let start = Instant::now();
        assert_eq!(client.ann(path).status, 200);
        start.elapsed()
    };
    assert!(timed("/messages/AAMk-001=?$select=id") >= Duration::from_millis(60));
    assert!(
        timed("/messages?$top=25") >= Duration::from_millis(60 + 5 * 40),
        "25 messages have more than 5 KB"
    );
}
