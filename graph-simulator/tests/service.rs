//! The log, compression, connections, and mail that arrives.

mod common;

use common::{ANN, Client, SECRET, batch, message, read, tenant};
use flate2::read::GzDecoder;
use graph_simulator::Options;
use std::io::Read;
use std::time::Duration;

#[test]
fn the_log_tells_what_was_asked_and_keeps_secrets() {
    let client = Client::start();
    let headers = [
        ("Prefer", "IdType=\"ImmutableId\""),
        ("client-request-id", "abc-1"),
    ];
    let reply = client.get_with(
        &format!("/users/{ANN}/messages?$top=2&$filter=isRead eq true"),
        &headers,
    );
    assert_eq!(reply.header("client-request-id"), "abc-1");
    assert!(!reply.header("request-id").is_empty());
    client.ann("/messages?$filter=nonsense eq 1");
    batch(
        &client,
        vec![read("1", &format!("/users/{ANN}/messages/AAMk-001="))],
    );

    let log = client.simulator.log();
    let paths: Vec<&str> = log.iter().map(|entry| entry.path.as_str()).collect();
    let messages = format!("/v1.0/users/{ANN}/messages");
    let token = format!("/{}/oauth2/v2.0/token", common::TENANT);
    assert_eq!(
        paths,
        [
            &token,
            &messages,
            &messages,
            &format!("{messages}/AAMk-001="),
            "/v1.0/$batch"
        ]
    );
    assert_eq!(log[1].option("$filter"), Some("isRead eq true"));
    assert_eq!(log[1].header("prefer"), Some("IdType=\"ImmutableId\""));
    assert_eq!(
        (log[1].status, log[1].in_flight, log[1].bytes),
        (200, 1, reply.body.len())
    );
    assert_eq!(
        (log[2].status, log[2].code.as_deref()),
        (400, Some("RequestBroker--ParseUri"))
    );
    assert_eq!(log[3].batch, Some(log[4].number));
    let text = serde_json::to_string(&log).expect("JSON");
    assert!(
        !text.contains(SECRET) && !text.contains(&client.token) && !text.contains("client_secret")
    );

    let counters = client.simulator.counters();
    assert_eq!(
        (
            counters.requests,
            counters.batched,
            counters.tokens,
            counters.refused
        ),
        (4, 1, 1, 1)
    );
    client.simulator.clear_log();
    assert!(client.simulator.log().is_empty());
    assert_eq!(client.simulator.counters().requests, 0);
}

#[test]
fn the_log_forgets_the_oldest_requests() {
    let client = Client::new(
        tenant(),
        Options {
            log_capacity: 3,
            ..Options::default()
        },
    );
    (0..5).for_each(|n| drop(client.get(&format!("/users/{n}"))));
    let paths: Vec<String> = client
        .simulator
        .log()
        .into_iter()
        .map(|entry| entry.path)
        .collect();
    assert_eq!(paths, ["/v1.0/users/2", "/v1.0/users/3", "/v1.0/users/4"]);
    assert_eq!(client.simulator.counters().requests, 6);
}

#[test]
fn replies_are_compressed_for_those_who_accept_it() {
    let client = Client::start();
    let path = format!("/users/{ANN}/messages");
    let plain = client.get(&path);
    assert_eq!(plain.header("content-encoding"), "");
    let packed = client.get_with(&path, &[("Accept-Encoding", "br, gzip")]);
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.body.len() < plain.body.len() / 2);
    let mut unpacked = Vec::new();
    GzDecoder::new(packed.body.as_slice())
        .read_to_end(&mut unpacked)
        .expect("gzip");
    assert_eq!(unpacked, plain.body);
}

#[test]
fn mail_that_arrives_is_there_at_once() {
    let client = Client::start();
    let first = client.ann("/messages?$select=id");
    assert!(client.simulator.deliver(ANN, message(30)));
    assert!(
        !client
            .simulator
            .deliver("nobody@contoso.example", message(31))
    );
    let second = client.get(&first.next_link().expect("more"));
    assert_eq!(
        second.column("id")[0],
        first.column("id")[9],
        "offsets are no snapshot"
    );
    assert_eq!(client.ann("/messages?$top=1").column("id"), ["AAMk-030="]);
    assert_eq!(client.ann("/messages/AAMk-030=").status, 200);
    assert_eq!(
        client.ann("/mailFolders/sentitems").json()["totalItemCount"],
        6
    );
    let filter = "/messages?$filter=subject eq 'report 30'";
    assert_eq!(client.ann(filter).column("id").len(), 1);
    client.simulator.change(|tenant| {
        let mailbox = tenant.users[0].mailbox.as_mut().expect("a mailbox");
        mailbox
            .messages
            .retain(|message| message.entity["id"] != "AAMk-030=");
    });
    assert_eq!(
        client.ann(filter).column("id").len(),
        0,
        "remembered rows are of the past"
    );
    assert_eq!(
        client.simulator.tenant().users[0]
            .mailbox
            .as_ref()
            .expect("a mailbox")
            .messages
            .len(),
        25
    );
}

#[test]
fn connections_are_kept_for_the_next_request() {
    use std::io::Write;
    let client = Client::start();
    let mut stream =
        std::net::TcpStream::connect(("127.0.0.1", client.simulator.port())).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a timeout");
    for _ in 0..3 {
        write!(stream, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
        let mut bytes = [0; 1024];
        let length = stream.read(&mut bytes).expect("an answer");
        assert!(bytes[..length].starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn a_connection_sends_no_faster_than_its_bandwidth() {
    let options = Options {
        bandwidth: std::num::NonZeroU64::new(100_000),
        ..Options::default()
    };
    let content = graph_simulator::generate::Options::default();
    let reader = common::Reader::with(common::generated(&content), options);
    let started = std::time::Instant::now();
    let reply = reader.get("/messages?$top=20&$select=body");
    let least = reply.body.len() as f64 / 100_000.0 - 0.05;
    assert!(least > 0.1, "{} bytes", reply.body.len());
    assert!(
        started.elapsed().as_secs_f64() > least,
        "{:?}",
        started.elapsed()
    );
}
