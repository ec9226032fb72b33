//! Requests as they are sent, their addresses, and the replies.

use super::super::{ErrorKind, Prefer};
use super::server::{Answer, Server, in_turn, ok, refusal, reply};
use super::*;
use std::collections::HashSet;

#[test]
fn a_request_carries_its_headers_and_each_attempt_its_own_id() {
    let server = Server::graph(in_turn(vec![refusal(503, "x"), ok()]));
    let prefer = Prefer {
        immutable_ids: true,
        text_bodies: true,
    };
    let request = Request {
        prefer,
        consistency: true,
        ..request(MESSAGES)
    };
    let response = get(&client(&server, ""), &request).expect("a page");
    assert_eq!(response.body, server::PAGE);
    let seen = server.graph_requests();
    for seen in &seen {
        assert_eq!(seen.method, "GET");
        assert_eq!(seen.target, format!("/v1.0{MESSAGES}"));
        assert_eq!(
            seen.header("prefer"),
            r#"IdType="ImmutableId", outlook.body-content-type="text""#
        );
        assert_eq!(seen.header("consistencylevel"), "eventual");
        assert_eq!(
            seen.header("user-agent"),
            concat!("exchange-odbc/", env!("CARGO_PKG_VERSION"))
        );
        assert!(seen.header("accept-encoding").contains("gzip"));
    }
    let ids: HashSet<_> = seen
        .iter()
        .map(|seen| seen.header("client-request-id"))
        .collect();
    assert_eq!(ids.len(), 2);
    assert!(
        ids.iter().all(|id| uuid::Uuid::parse_str(id).is_ok()),
        "{ids:?}"
    );
}

#[test]
fn connections_are_kept() {
    let server = Server::graph(|_| ok());
    let client = client(&server, "");
    for _ in 0..5 {
        get(&client, &request(MESSAGES)).expect("a page");
        // The connection returns to the pool in its own task.
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let used: HashSet<_> = server
        .graph_requests()
        .iter()
        .map(|seen| seen.connection)
        .collect();
    // On a busy machine the next request may come before the connection has returned.
    assert!(used.len() <= 2, "{used:?}");
}

#[test]
fn packed_replies_are_unpacked() {
    // {"value":[]}
    let gzip = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab\x56\x2a\x4b\xcc\x29\x4d\x55\xb2\x8a\x8e\xad\x05\x00\x42\xea\x40\x44\x0c\x00\x00\x00";
    let server = Server::graph(|_| {
        let Answer::Reply {
            status,
            headers,
            delay,
            ..
        } = ok()
        else {
            unreachable!()
        };
        Answer::Reply {
            status,
            headers,
            body: gzip.to_vec(),
            delay,
        }
        .header("Content-Encoding", "gzip")
    });
    let response = get(&client(&server, ""), &request(MESSAGES)).expect("a page");
    assert_eq!(response.body, r#"{"value":[]}"#);
}

#[test]
fn links_are_followed_as_they_are_and_only_on_graphs_own_host() {
    let server = Server::graph(|_| ok());
    let client = client(&server, "");
    let link = format!(
        "{}/v1.0/users/ann@x.org/messages?%24skip=10&x=a%2Bb",
        server.address()
    );
    get(&client, &request(&link)).expect("a page");
    assert_eq!(
        server.graph_requests()[0].target,
        "/v1.0/users/ann@x.org/messages?%24skip=10&x=a%2Bb"
    );

    let other = Server::graph(|_| ok());
    for link in [
        format!("{}/v1.0/users", other.address()),
        "https://evil.example/v1.0/users".to_owned(),
    ] {
        let error = get(&client, &request(&link)).expect_err("a foreign host");
        assert_eq!(error.kind(), ErrorKind::Protocol);
    }
    assert!(other.graph_requests().is_empty());
}

#[test]
fn redirects_are_not_followed() {
    let other = Server::graph(|_| ok());
    let target = format!("{}/elsewhere", other.address());
    let server = Server::graph(move |_| reply(302, "").header("Location", &target));
    let error = get(&client(&server, ""), &request(MESSAGES)).expect_err("a redirect");
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Protocol, Some(302))
    );
    assert!(other.graph_requests().is_empty());
}

#[test]
fn refusals_carry_code_message_and_request_id() {
    let server = Server::graph(|_| refusal(403, "ErrorAccessDenied"));
    let error = get(&client(&server, ""), &request(MESSAGES)).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert_eq!(
        (error.status(), error.code()),
        (Some(403), Some("ErrorAccessDenied"))
    );
    assert_eq!(error.request_id(), Some("r-403"));
    assert!(error.to_string().contains("Mail.Read"), "{error}");
    assert_eq!(server.graph_requests().len(), 1);

    let body = r#"{"error":{"code":"ErrorItemNotFound"}}"#;
    let server = Server::graph(move |_| reply(404, body).header("request-id", "from-header"));
    let error = get(&client(&server, ""), &request(MESSAGES)).expect_err("refused");
    assert_eq!(
        (error.kind(), error.request_id()),
        (ErrorKind::ItemNotFound, Some("from-header"))
    );
}

#[test]
fn hosts_that_do_not_answer_are_unreachable() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("it")
        .port();
    let server = Server::graph(|_| ok());
    let client = client(&server, &format!("GraphEndpoint=http://127.0.0.1:{port}"));
    let error = get(&client, &request(MESSAGES)).expect_err("nobody listens");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert!(
        (error.to_string()).contains(&format!("127.0.0.1:{port} cannot be reached")),
        "{error}"
    );
    assert!(error.to_string().contains("3 times"), "{error}");
}

#[test]
fn a_certificate_file_that_is_none_is_told_before_anything_is_sent() {
    let server = Server::graph(|_| ok());
    let file = std::env::temp_dir().join(format!("exchange-odbc-{}.pem", uuid::Uuid::new_v4()));
    let more = format!("CACertificate={}", file.display());
    let absent = Client::new(&settings(&server, &more)).expect_err("not there");
    assert!(absent.to_string().contains("cannot be read"), "{absent}");
    std::fs::write(&file, "no certificate").expect("written");
    let empty = Client::new(&settings(&server, &more)).expect_err("no certificate");
    assert!(empty.to_string().contains("PEM"), "{empty}");
    std::fs::remove_file(&file).expect("removed");
}

#[test]
fn a_proxy_gets_the_requests_with_its_own_credentials() {
    let proxy = Server::graph(|_| ok());
    let server = Server::graph(|_| ok());
    let more = format!("Proxy={};ProxyUser=u;ProxyPassword=p", proxy.address());
    get(&client(&server, &more), &request(MESSAGES)).expect("a page");
    let seen = &proxy.graph_requests()[0];
    assert_eq!(seen.target, format!("{}/v1.0{MESSAGES}", server.address()));
    assert_eq!(seen.header("proxy-authorization"), "Basic dTpw");
    assert!(server.graph_requests().is_empty());
}
