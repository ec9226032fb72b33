//! Faults on the network, and their outcomes.

use super::super::{ErrorKind, Tally};
use super::server::{Answer, Server, in_turn, ok, refusal, reply};
use super::*;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

fn throttled(wait: &str) -> Answer {
    refusal(429, "ApplicationThrottled").header("Retry-After", wait)
}

#[test]
fn retry_after_is_waited_for_as_seconds_with_a_fraction() {
    let server = Server::graph(in_turn(vec![throttled("0.3"), throttled("0.2"), ok()]));
    let start = Instant::now();
    get(&client(&server, ""), &request(MESSAGES)).expect("a page");
    let waited = start.elapsed();
    assert!(
        waited >= Duration::from_millis(500) && waited < Duration::from_millis(1500),
        "{waited:?}"
    );
    assert_eq!(server.graph_requests().len(), 3);
}

#[test]
fn retry_after_is_waited_for_as_a_date() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
    let server = Server::graph(in_turn(vec![throttled(&date), ok()]));
    let start = Instant::now();
    get(&client(&server, ""), &request(MESSAGES)).expect("a page");
    // Dates have whole seconds.
    assert!(
        start.elapsed() >= Duration::from_millis(800),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_throttled_mailbox_is_left_alone_by_everyone() {
    let server = Server::graph(in_turn(vec![throttled("0.4"), ok()]));
    let client = client(&server, "");
    let other = Request {
        mailbox: Some("bob@x.org".into()),
        ..request("/users/bob@x.org/messages")
    };
    runtime::block_on(async {
        let second = async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let start = Instant::now();
            client.get(&request(MESSAGES)).await.expect("a page");
            assert!(
                start.elapsed() >= Duration::from_millis(200),
                "{:?}",
                start.elapsed()
            );
        };
        let third = async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let start = Instant::now();
            client.get(&other).await.expect("a page");
            assert!(
                start.elapsed() < Duration::from_millis(200),
                "{:?}",
                start.elapsed()
            );
        };
        let (request, ..) = (request(MESSAGES), ());
        let (first, (), ()) = tokio::join!(client.get(&request), second, third);
        first.expect("a page");
    });
}

#[test]
fn broken_and_failing_replies_are_asked_for_again() {
    for fault in [
        Answer::Reset,
        Answer::Truncate,
        Answer::CutUnannounced,
        refusal(500, "InternalServerError"),
        refusal(502, ""),
        refusal(503, "MailboxInfoStale"),
        refusal(504, "UnknownError"),
    ] {
        let name = format!("{fault:?}");
        let server = Server::graph(in_turn(vec![fault, ok()]));
        let response = get(&client(&server, ""), &request(MESSAGES)).expect(&name);
        assert_eq!(response.body, server::PAGE, "{name}");
        assert_eq!(server.graph_requests().len(), 2, "{name}");
    }
}

#[test]
fn damaged_replies_are_asked_for_again_and_end_as_a_lost_link() {
    let page = |body| reply(200, body);
    for damaged in [
        page(""),
        page(" \r\n"),
        page("<html></html>"),
        page("{\"value\":["),
        page(server::PAGE).header("Content-Type", "text/html; charset=utf-8"),
        reply(404, ""),
        reply(404, "<html>"),
    ] {
        let name = format!("{damaged:?}");
        let server = Server::graph(in_turn(vec![damaged.clone(), ok()]));
        let response = get(&client(&server, ""), &request(MESSAGES)).expect(&name);
        assert_eq!(response.body, server::PAGE, "{name}");
        let server = Server::graph(move |_| damaged.clone());
        let error = get(&client(&server, "MaxRetries=1"), &request(MESSAGES)).expect_err(&name);
        assert_eq!(error.kind(), ErrorKind::LinkLost, "{name}");
        assert_eq!(server.graph_requests().len(), 2, "{name}");
    }
}

#[test]
fn what_the_parser_calls_damaged_is_asked_for_again() {
    let server = Server::graph(in_turn(vec![reply(200, "{\"x\":1}"), ok()]));
    let client = client(&server, "");
    let parse = |response: &super::super::Response| match response.body.starts_with(b"{\"value\"") {
        true => Ok(response.body.len()),
        false => Err(super::super::Damaged("is no page".to_owned())),
    };
    let length = runtime::block_on(client.read(&request(MESSAGES), parse)).expect("a page");
    assert_eq!(length, server::PAGE.len());
    assert_eq!(server.graph_requests().len(), 2);
}

#[test]
fn a_reply_that_is_too_large_is_an_error_at_once() {
    let large = format!("{{\"value\":[{}]}}", " ".repeat(2 << 20));
    let large: &'static str = large.leak();
    let server = Server::graph(move |_| reply(200, large));
    let error = get(&client(&server, "MaxReplySize=1"), &request(MESSAGES)).expect_err("large");
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("MaxReplySize"), "{error}");
    assert_eq!(server.graph_requests().len(), 1);
    get(&client(&server, "MaxReplySize=3"), &request(MESSAGES)).expect("a page");
    // For an error the status is enough.
    let server = Server::graph(move |_| reply(403, large));
    let error = get(&client(&server, ""), &request(MESSAGES)).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
}

#[test]
fn after_a_gateway_error_another_connection_is_used() {
    // Connections are shared by the process and not replaced more often than once a second, so faults
    // of other tests may just have replaced them.
    let replaced = (0..10).any(|_| {
        let server = Server::graph(in_turn(vec![ok(), refusal(503, "x"), ok()]));
        let client = client(&server, "");
        get(&client, &request(MESSAGES)).expect("a page");
        std::thread::sleep(Duration::from_millis(1100));
        get(&client, &request(MESSAGES)).expect("a page");
        let seen = server.graph_requests();
        seen[1].connection != seen[2].connection
    });
    assert!(replaced);
}

#[test]
fn attempts_end_with_max_retries() {
    for (most, requests) in [(0, 1), (2, 3)] {
        let server = Server::graph(|_| refusal(503, "ErrorServerBusy"));
        let client = client(&server, &format!("MaxRetries={most}"));
        let error = get(&client, &request(MESSAGES)).expect_err("always busy");
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Server, Some("ErrorServerBusy"))
        );
        assert_eq!(server.graph_requests().len(), requests);
    }
}

#[test]
fn what_will_not_change_is_not_asked_for_again() {
    for (status, code) in [
        (400, "ErrorInvalidUrlQueryFilter"),
        (404, "ErrorItemNotFound"),
        (507, "x"),
        (501, "x"),
    ] {
        let server = Server::graph(move |_| refusal(status, code));
        get(&client(&server, ""), &request(MESSAGES)).expect_err(code);
        assert_eq!(server.graph_requests().len(), 1, "{status}");
    }
}

#[test]
fn a_page_that_can_shrink_is_given_back_after_a_second_504() {
    let server = Server::graph(|_| refusal(504, "UnknownError"));
    let client = client(&server, "MaxRetries=5");
    let error = get(&client, &request(MESSAGES)).expect_err("slow");
    assert_eq!(error.kind(), ErrorKind::GatewayTimeout);
    assert_eq!(server.graph_requests().len(), 2);
    let link = format!("{}/v1.0{MESSAGES}", server.address());
    assert_eq!(
        get(&client, &request(&link)).expect_err("slow").kind(),
        ErrorKind::GatewayTimeout
    );
    assert_eq!(server.graph_requests().len(), 2 + 6);
}

#[test]
fn silence_longer_than_the_timeout_is_a_lost_link() {
    let server = Server::graph(in_turn(vec![Answer::Stall, ok()]));
    let start = Instant::now();
    get(&client(&server, "Timeout=1"), &request(MESSAGES)).expect("a page");
    assert!(start.elapsed() >= Duration::from_secs(1));

    let server = Server::graph(|_| Answer::Stall);
    let error = get(
        &client(&server, "Timeout=1;MaxRetries=0"),
        &request(MESSAGES),
    )
    .expect_err("silent");
    assert_eq!(error.kind(), ErrorKind::LinkLost);
    assert!(error.to_string().contains("Timeout"), "{error}");
}

#[test]
fn requests_that_nobody_waits_for_give_back_their_places() {
    let server = Server::graph(|_| Answer::Stall);
    let client = client(&server, "");
    runtime::block_on(async {
        for _ in 0..2 {
            let requests: Vec<_> = (0..4).map(|_| request(MESSAGES)).collect();
            let replies = futures::future::join_all(requests.iter().map(|r| client.get(r)));
            let waited = tokio::time::timeout(Duration::from_millis(200), replies).await;
            assert!(waited.is_err(), "the server never answers");
        }
    });
    assert_eq!(server.graph_requests().len(), 8);
}

#[test]
fn what_is_sent_is_counted_with_every_attempt() {
    let server = Server::graph(in_turn(vec![
        throttled("0.2"),
        reply(503, ""),
        refusal(401, "InvalidAuthenticationToken"),
        ok(),
        ok(),
    ]));
    let tally = Arc::new(Tally::default());
    let uncounted = client(&server, "");
    let counted = uncounted.counted(&tally);
    let body = get(&counted, &request(MESSAGES)).expect("a page").body;
    get(&uncounted, &request(MESSAGES)).expect("a page");
    let counts = tally.counts();
    assert_eq!((counts.requests, counts.in_batches), (4, 0));
    assert_eq!((counts.again, counts.throttled), (3, 1));
    assert!(counts.waited >= Duration::from_millis(200), "{counts:?}");
    assert!(counts.bytes > body.len() as u64, "{counts:?}");
    assert_eq!(
        counts.first.as_deref(),
        Some("GET /users/ann@x.org/messages?$top=10&$select=id")
    );
    assert_eq!(counts.first, counts.last);
}
