//! Faults: named ones and random ones.

mod common;

use common::{ANN, Client};
use graph_simulator::{Action, Chaos, Damage, Fault};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};

#[test]
fn named_faults_meet_the_requests_they_name() {
    let mut client = Client::start();
    let refuse = Action::Refuse {
        status: 503,
        code: "MailboxInfoStale".into(),
        message: "later".into(),
        retry_after: Some(0.5),
    };
    client
        .simulator
        .faults()
        .add(Fault::once("/users/*/messages", refuse));
    assert_eq!(client.get("/users").status, 200);
    let met = client.ann("/messages");
    assert_eq!(
        (met.status, met.code().as_str(), met.header("retry-after")),
        (503, "MailboxInfoStale", "0.5")
    );
    assert_eq!(client.ann("/messages").status, 200, "once");

    client
        .simulator
        .faults()
        .add(Fault::once("*", Action::ExpireToken));
    assert_eq!(client.get("/users").status, 401);
    assert_eq!(client.get("/users").status, 401, "the token is gone");
    client.renew();
    assert_eq!(client.get("/users").status, 200);
    assert_eq!(client.simulator.counters().faults, 2);
}

#[test]
fn connections_break_in_three_ways() {
    let client = Client::start();
    let faults = client.simulator.faults();
    let path = format!("/users/{ANN}/messages");
    faults.add(Fault::once("*", Action::Reset));
    let error = client.try_get(&path, &[]).expect_err("a broken connection");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    faults.add(Fault::once("*", Action::Truncate));
    let error = client.try_get(&path, &[]).expect_err("half of a reply");
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
    faults.add(Fault::once("*", Action::Stall { seconds: 0.3 }));
    let start = Instant::now();
    assert_eq!(client.get(&path).column("id").len(), 10, "whole in the end");
    assert!(start.elapsed() >= Duration::from_millis(300));
    faults.add(Fault::once("*", Action::Delay { seconds: 0.2 }));
    let start = Instant::now();
    assert_eq!(client.get(&path).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[test]
fn pages_can_be_empty_or_repeat_rows_and_lose_none() {
    let client = Client::start();
    let faults = client.simulator.faults();
    faults.add(Fault::times("/users/*/messages", Action::EmptyPage, 2).after(1));
    let pages = client.pages(&format!("/users/{ANN}/messages?$select=id"), &[]);
    let sizes: Vec<usize> = pages.iter().map(|page| page.column("id").len()).collect();
    assert_eq!(sizes, [10, 0, 0, 10, 5]);

    faults.add(Fault::always("/users/*/messages", Action::RepeatRow));
    let pages = client.pages(&format!("/users/{ANN}/messages?$select=id"), &[]);
    let ids: Vec<String> = pages.iter().flat_map(|page| page.column("id")).collect();
    let once: HashSet<&String> = ids.iter().collect();
    assert_eq!(once.len(), 25);
    assert!(ids.len() > 25);
}

#[test]
fn pages_can_lead_back_or_nowhere() {
    let client = Client::start();
    let faults = client.simulator.faults();
    let first = format!("/users/{ANN}/messages?$select=id");
    let link = |path: &str| client.get(path).json()["@odata.nextLink"].clone();
    faults.add(Fault::once("/users/*/messages", Action::SamePage));
    let same = link(&first);
    assert!(
        same.as_str().is_some_and(|link| link.ends_with("$skip=0")),
        "{same}"
    );
    faults.add(Fault::times("/users/*/messages", Action::FirstRows, 2));
    let again = link(&first);
    assert!(
        again.as_str().is_some_and(|link| link.ends_with("again=1")),
        "{again}"
    );
    faults.clear();
    faults.add(Fault::once("/users/*/messages", Action::StartOver).after(2));
    let pages = client.pages(&first, &[]);
    let sizes: Vec<usize> = pages.iter().map(|page| page.column("id").len()).collect();
    assert_eq!(sizes, [10, 10, 5, 10, 10, 5]);
}

#[test]
fn replies_can_be_damaged_or_somebody_elses() {
    let client = Client::start();
    let faults = client.simulator.faults();
    let path = format!("/users/{ANN}/messages?$select=id");
    let whole = client.get(&path).body.len();
    faults.add(Fault::once("*", Action::Damage { how: Damage::Half }));
    assert_eq!(client.get(&path).body.len(), whole / 2);
    faults.add(Fault::once(
        "*",
        Action::Answer {
            status: 404,
            content_type: "text/html".into(),
            body: "<html>".into(),
        },
    ));
    let page = client.get(&path);
    assert_eq!((page.status, page.body.as_slice()), (404, &b"<html>"[..]));
}

#[test]
fn chaos_fails_now_and_then_and_lets_all_through_in_the_end() {
    let client = Client::start();
    let unavailable = Action::Refuse {
        status: 503,
        code: String::new(),
        message: String::new(),
        retry_after: None,
    };
    let chaos = Chaos {
        seed: 3,
        probability: 0.4,
        actions: vec![unavailable, Action::Reset],
        in_a_row: 2,
    };
    client.simulator.faults().set_chaos(Some(chaos));
    for n in 0..25 {
        let path = format!("/users/{ANN}/messages/AAMk-{n:03}=");
        let tries = (0..3).find(|_| {
            client
                .try_get(&path, &[])
                .is_ok_and(|reply| reply.status == 200)
        });
        assert!(tries.is_some(), "{n}");
    }
    let faults = client.simulator.counters().faults;
    assert!((5..30).contains(&faults), "{faults}");
    client.simulator.faults().clear();
    assert_eq!(client.ann("/messages").status, 200);
}

#[test]
fn the_control_endpoint_does_what_the_library_does() {
    let client = Client::start();
    let control = |method: &str, path: &str, body: Value| {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        client
            .send(method, &format!("/simulator/{path}"), &[], body.as_bytes())
            .expect("a reply")
    };
    let fault = json!({"path": "/users", "action": {"kind": "refuse", "status": 504, "code": "UnknownError", "retryAfter": 1.5}});
    assert_eq!(control("POST", "faults", fault).status, 204);
    assert_eq!(control("GET", "faults", Value::Null).json()[0]["times"], 1);
    assert_eq!(client.get("/users").status, 504);
    let chaos =
        json!({"seed": 1, "probability": 1.0, "actions": [{"kind": "stall", "seconds": 0.01}]});
    assert_eq!(control("PUT", "chaos", chaos).status, 204);
    assert_eq!(client.get("/users").status, 200);
    assert_eq!(
        control("GET", "log", Value::Null).json()[2]["fault"],
        "stall"
    );
    assert_eq!(control("DELETE", "faults", Value::Null).status, 204);
    assert_eq!(
        control("GET", "counters", Value::Null).json()["counters"]["faults"],
        2
    );
    assert_eq!(control("DELETE", "log", Value::Null).status, 204);
    assert_eq!(control("GET", "log", Value::Null).json(), json!([]));
    assert_eq!(control("DELETE", "tokens", Value::Null).status, 204);
    assert_eq!(client.get("/users").status, 401);
    assert_eq!(control("POST", "faults", json!({"path": 1})).status, 400);
    assert_eq!(control("GET", "nonsense", Value::Null).status, 404);
}
