//! Several requests in one.

use super::super::{BatchItem, ErrorKind, Prefer, Tally};
use super::server::{Answer, Seen, Server, ok, refusal, reply};
use super::*;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

type Outcomes = Result<Vec<Result<Response, Error>>, Error>;

fn items(count: usize) -> Vec<BatchItem> {
    let item = |number| BatchItem {
        path: format!("/users/ann@x.org/messages/{number}?$select=id"),
        mailbox: Some("ann@x.org".to_owned()),
        ..BatchItem::default()
    };
    (0..count).map(item).collect()
}

fn run(client: &Client, items: &[BatchItem]) -> Outcomes {
    runtime::block_on(client.batch(items))
}

/// Answers each item of a batch by its path, last item first.
fn each(answer: impl Fn(&str) -> Value + Send + Sync + 'static) -> impl Fn(&Seen) -> Answer {
    move |seen| {
        let asked: Value = serde_json::from_str(&seen.body).expect("a batch is JSON");
        let answers = asked["requests"]
            .as_array()
            .expect("requests")
            .iter()
            .rev()
            .filter_map(|item| {
                let mut answer = answer(item["url"].as_str().expect("a path"));
                answer
                    .as_object_mut()?
                    .insert("id".to_owned(), item["id"].clone());
                Some(answer)
            });
        reply(
            200,
            &json!({ "responses": answers.collect::<Vec<_>>() }).to_string(),
        )
    }
}

fn good(path: &str) -> Value {
    json!({ "status": 200, "headers": {"Content-Type": "application/json"}, "body": {"path": path} })
}

fn bad(status: u16, code: &str) -> Value {
    json!({ "status": status, "headers": {"Retry-After": "0.2"}, "body": {"error": {"code": code, "message": "m"}} })
}

fn number(path: &str) -> usize {
    let id = path
        .rsplit('/')
        .next()
        .and_then(|last| last.split('?').next());
    id.and_then(|id| id.parse().ok()).expect("a number")
}

#[test]
fn outcomes_are_in_the_order_of_the_items_each_with_its_own() {
    let server = Server::graph(each(|path| match number(path) {
        1 => bad(404, "ErrorItemNotFound"),
        2 => bad(403, "ErrorAccessDenied"),
        _ => good(path),
    }));
    let mut items = items(4);
    items[0].prefer = Prefer {
        immutable_ids: true,
        ..Prefer::default()
    };
    items[3].path = format!("{}/v1.0/users/ann@x.org/messages/3", server.address());
    let outcomes = run(&client(&server, ""), &items).expect("a batch");
    let body: Value =
        serde_json::from_slice(&outcomes[0].as_ref().expect("good").body).expect("JSON");
    assert_eq!(body["path"], "/users/ann@x.org/messages/0?$select=id");
    assert_eq!(
        outcomes[1].as_ref().expect_err("absent").kind(),
        ErrorKind::ItemNotFound
    );
    let denied = outcomes[2].as_ref().expect_err("denied");
    assert!(denied.to_string().contains("Mail.Read"), "{denied}");
    let body: Value =
        serde_json::from_slice(&outcomes[3].as_ref().expect("good").body).expect("JSON");
    assert_eq!(body["path"], "/users/ann@x.org/messages/3");

    let seen = &server.graph_requests()[0];
    assert_eq!(
        (seen.method.as_str(), seen.target.as_str()),
        ("POST", "/v1.0/$batch")
    );
    let sent: Value = serde_json::from_str(&seen.body).expect("JSON");
    assert_eq!(
        sent["requests"][0]["headers"]["Prefer"],
        r#"IdType="ImmutableId""#
    );
    assert_eq!(sent["requests"][1].get("headers"), None);
    assert_eq!(server.graph_requests().len(), 1);
}

#[test]
fn only_the_items_that_may_pass_later_are_sent_again() {
    let rounds = AtomicUsize::new(0);
    let server = Server::graph(each(move |path| {
        match (number(path), rounds.fetch_add(1, Ordering::SeqCst) < 6) {
            (1, true) => bad(429, "ApplicationThrottled"),
            (3, true) => bad(503, "x"),
            (4, true) => bad(424, "x"),
            (5, _) => bad(404, "ErrorItemNotFound"),
            _ => good(path),
        }
    }));
    let start = Instant::now();
    let outcomes = run(&client(&server, ""), &items(6)).expect("a batch");
    assert!(
        start.elapsed() >= Duration::from_millis(200),
        "{:?}",
        start.elapsed()
    );
    let failed: Vec<_> = (0..6).filter(|index| outcomes[*index].is_err()).collect();
    assert_eq!(failed, [5]);
    let second: Value = serde_json::from_str(&server.graph_requests()[1].body).expect("JSON");
    let ids: Vec<_> = second["requests"]
        .as_array()
        .expect("requests")
        .iter()
        .map(|item| item["id"].clone())
        .collect();
    assert_eq!(ids, ["1", "3", "4"]);
    assert_eq!(server.graph_requests().len(), 2);
}

#[test]
fn items_that_never_pass_keep_their_error_beside_the_others() {
    let server = Server::graph(each(|path| match number(path) {
        0 => json!({ "status": 504, "body": null }),
        _ => good(path),
    }));
    let outcomes = run(&client(&server, "MaxRetries=2"), &items(3)).expect("a batch");
    assert_eq!(
        outcomes[0].as_ref().expect_err("slow").kind(),
        ErrorKind::GatewayTimeout
    );
    assert!(outcomes[1].is_ok() && outcomes[2].is_ok());
    assert_eq!(server.graph_requests().len(), 3);
}

#[test]
fn a_batch_is_split_at_twenty_items() {
    let server = Server::graph(each(good));
    let outcomes = run(&client(&server, ""), &items(45)).expect("batches");
    assert_eq!(outcomes.len(), 45);
    for (index, outcome) in outcomes.iter().enumerate() {
        let body: Value =
            serde_json::from_slice(&outcome.as_ref().expect("good").body).expect("JSON");
        assert_eq!(number(body["path"].as_str().expect("a path")), index);
    }
    assert_eq!(server.graph_requests().len(), 3);
}

#[test]
fn an_expired_token_inside_of_a_batch_is_replaced_once() {
    let server = Server::graph(|seen| match seen.header("authorization") {
        "Bearer token-1" => each(|_| bad(401, "InvalidAuthenticationToken"))(seen),
        _ => each(good)(seen),
    });
    let outcomes = run(&client(&server, ""), &items(2)).expect("a batch");
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let server = Server::graph(each(|_| bad(401, "InvalidAuthenticationToken")));
    let error = run(&client(&server, ""), &items(2)).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(server.graph_requests().len(), 2);
}

#[test]
fn answers_that_are_no_objects_are_asked_for_again() {
    for body in [Value::Null, json!("PGh0bWw+"), json!([]), json!(7)] {
        let damaged = AtomicUsize::new(0);
        let name = body.to_string();
        let server = Server::graph(each(move |path| {
            match number(path) == 1 && damaged.fetch_add(1, Ordering::SeqCst) == 0 {
                true => json!({ "status": 200, "body": body }),
                false => good(path),
            }
        }));
        let outcomes = run(&client(&server, ""), &items(3)).expect("a batch");
        assert!(outcomes.iter().all(Result::is_ok), "{name}: {outcomes:?}");
        assert_eq!(server.graph_requests().len(), 2, "{name}");
    }
}

#[test]
fn an_absence_that_graph_does_not_explain_is_no_absence() {
    for body in [
        json!(null),
        json!("PGh0bWw+"),
        json!({"error": {"code": "x"}}),
    ] {
        let name = body.to_string();
        let server = Server::graph(each(move |path| match number(path) {
            1 => json!({ "status": 404, "body": body }),
            _ => good(path),
        }));
        let outcomes = run(&client(&server, "MaxRetries=1"), &items(3)).expect("a batch");
        let error = outcomes[1].as_ref().expect_err("not there");
        assert_ne!(error.kind(), ErrorKind::ItemNotFound, "{name}");
        assert_eq!(server.graph_requests().len(), 2, "{name}");
    }
}

#[test]
fn an_error_of_the_whole_batch_is_no_answer_of_its_items() {
    for answer in [
        refusal(404, "ErrorItemNotFound"),
        reply(404, "<html>"),
        refusal(404, "ResourceNotFound"),
    ] {
        let server = Server::graph(move |_| answer.clone());
        let outcomes = run(&client(&server, "MaxRetries=1"), &items(3)).expect("a batch");
        for outcome in outcomes {
            let kind = outcome.expect_err("no answer").kind();
            let absent = matches!(kind, ErrorKind::ItemNotFound | ErrorKind::MailboxNotFound);
            assert!(!absent, "{kind:?}");
        }
    }
}

#[test]
fn answers_that_are_too_large_together_fail_item_by_item() {
    let large = " ".repeat(60 << 10);
    let server = Server::graph(each(move |path| match number(path) < 20 {
        true => json!({ "status": 200, "body": {"x": large} }),
        false => good(path),
    }));
    let outcomes = run(&client(&server, "MaxReplySize=1"), &items(22)).expect("batches");
    for outcome in &outcomes[..20] {
        let error = outcome.as_ref().expect_err("too large");
        assert_eq!(error.kind(), ErrorKind::TooLarge);
    }
    assert!(outcomes[20..].iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(server.graph_requests().len(), 2);
}

#[test]
fn broken_batches_are_sent_again_whole() {
    let count = AtomicUsize::new(0);
    let server = Server::graph(move |seen| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::Reset,
        1 => refusal(503, "x"),
        2 => reply(200, r#"{"responses":[]}"#),
        _ => each(good)(seen),
    });
    let outcomes = run(&client(&server, ""), &items(3)).expect("a batch");
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(server.graph_requests().len(), 4);
}

#[test]
fn a_batch_takes_the_slots_of_its_mailbox() {
    let server = Server::graph(|seen| match seen.method.as_str() {
        "POST" => {
            std::thread::sleep(Duration::from_millis(1));
            each(good)(seen).after(Duration::from_millis(300))
        }
        _ => ok(),
    });
    let client = client(&server, "");
    let items = items(4);
    let other = Request {
        mailbox: Some("bob@x.org".into()),
        ..request("/users/bob@x.org/messages")
    };
    runtime::block_on(async {
        client.login(None).await.expect("a token");
        let single = |request: Request| {
            let client = client.clone();
            async move {
                tokio::time::sleep(Duration::from_millis(50)).await;
                let start = Instant::now();
                client.get(&request).await.expect("a page");
                start.elapsed()
            }
        };
        let (batch, same, other) = tokio::join!(
            client.batch(&items),
            single(request(MESSAGES)),
            single(other)
        );
        batch.expect("a batch");
        assert!(same >= Duration::from_millis(200), "{same:?}");
        assert!(other < Duration::from_millis(150), "{other:?}");
    });
}

#[test]
fn a_batch_that_nobody_waits_for_ends() {
    let server = Server::graph(|_| Answer::Stall);
    let client = client(&server, "");
    let items = items(3);
    runtime::block_on(async {
        for _ in 0..3 {
            let batch = client.batch(&items);
            let waited = tokio::time::timeout(Duration::from_millis(100), batch).await;
            assert!(waited.is_err(), "the server never answers");
        }
    });
    // Each got all of the mailbox's slots, which the one before it had returned.
    assert_eq!(server.graph_requests().len(), 3);
}

#[test]
fn no_items_no_request() {
    let server = Server::graph(|_| ok());
    assert!(run(&client(&server, ""), &[]).expect("nothing").is_empty());
    assert!(server.graph_requests().is_empty());
}

#[test]
fn a_batch_is_counted_with_what_is_sent_again() {
    let refused = AtomicUsize::new(0);
    let server = Server::graph(each(move |path| {
        match number(path) == 1 && refused.fetch_add(1, Ordering::SeqCst) == 0 {
            true => bad(429, "ApplicationThrottled"),
            false => good(path),
        }
    }));
    let tally = Arc::new(Tally::default());
    let outcomes = run(&client(&server, "").counted(&tally), &items(3)).expect("a batch");
    assert!(outcomes.iter().all(Result::is_ok));
    let counts = tally.counts();
    assert_eq!((counts.requests, counts.in_batches), (2, 4));
    assert_eq!((counts.again, counts.throttled), (1, 1));
    assert_eq!(
        counts.last.as_deref(),
        Some("POST /$batch of GET /users/ann@x.org/messages/1?$select=id")
    );
}
