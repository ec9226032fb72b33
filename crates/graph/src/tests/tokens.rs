//! Getting, sharing and renewing access tokens.

use super::super::ErrorKind;
use super::server::{Answer, Server, in_turn, ok, refusal, reply, token};
use super::*;
use futures::future::join_all;
use std::time::Instant;

fn login(client: &Client) -> Result<(), Error> {
    runtime::block_on(client.login(None))
}

#[test]
fn basic_authentication_encodes_id_and_secret_as_forms_do() {
    let server = Server::graph(|_| ok());
    login(&client(&server, "ClientId={a:b ü}")).expect("a token");
    let seen = &server.token_requests()[0];
    assert_eq!(seen.target, "/contoso/oauth2/v2.0/token");
    // base64 of "a%3Ab+%C3%BC:s3cr3t%7Eva%3Blue%2B%26%3D%25"
    assert_eq!(
        seen.header("authorization"),
        "Basic YSUzQWIrJUMzJUJDOnMzY3IzdCU3RXZhJTNCbHVlJTJCJTI2JTNEJTI1"
    );
    assert_eq!(
        seen.body,
        "grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
    );
}

#[test]
fn post_authentication_sends_id_and_secret_in_the_form() {
    let server = Server::graph(|_| ok());
    login(&client(
        &server,
        "ClientAuthentication=Post;ClientId=app;Scopes=a b",
    ))
    .expect("a token");
    let seen = &server.token_requests()[0];
    assert_eq!(seen.header("authorization"), "");
    assert_eq!(
        seen.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    let fields: Vec<_> = url::form_urlencoded::parse(seen.body.as_bytes())
        .into_owned()
        .collect();
    let field = |name: &str| {
        fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, v)| v.as_str())
    };
    assert_eq!(field("client_id"), Some("app"));
    assert_eq!(field("client_secret"), Some(SECRET));
    assert_eq!(field("scope"), Some("a b"));
}

#[test]
fn wrong_credentials_fail_at_login_with_code_and_advice() {
    let server = Server::start(|_, _| {
        let body = format!(
            r#"{{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret {SECRET} provided.\r\nTrace ID: t","error_codes":[7000215],"trace_id":"t-9"}}"#
        );
        reply(401, &body)
    });
    let error = login(&client(&server, "")).expect_err("wrong secret");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let text = format!("{error} {error:?}");
    for part in [
        "AADSTS7000215",
        "not its id",
        "t-9",
        "HTTP 401",
        "Invalid client secret ***",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains(SECRET), "{text}");
    assert_eq!(server.token_requests().len(), 1);
}

#[test]
fn fifty_callers_cause_one_token_request_and_share_a_failure() {
    for (answer, good) in [(token("t", 3600), true), (refusal(400, "x"), false)] {
        let server = Server::start(move |seen, _| {
            if seen.is_token() {
                answer.clone().after(Duration::from_millis(100))
            } else {
                ok()
            }
        });
        let client = client(&server, "");
        let outcomes = runtime::block_on(join_all((0..50).map(|_| client.login(None))));
        assert!(
            outcomes.iter().all(|outcome| outcome.is_ok() == good),
            "{outcomes:?}"
        );
        assert_eq!(server.token_requests().len(), 1);
    }
}

#[test]
fn a_caller_that_gives_up_leaves_the_others_their_token() {
    let server = Server::start(|seen, _| match seen.is_token() {
        true => token("t", 3600).after(Duration::from_millis(150)),
        false => ok(),
    });
    let client = client(&server, "");
    let (first, second) = runtime::block_on(async {
        let impatient = tokio::time::timeout(Duration::from_millis(50), client.login(None));
        tokio::join!(impatient, client.login(None))
    });
    assert!(first.is_err(), "it gave up");
    second.expect("a token");
}

#[test]
fn tokens_are_shared_by_clients_of_the_same_credentials_only() {
    let server = Server::graph(|_| ok());
    login(&client(&server, "")).expect("a token");
    login(&client(&server, "PageSize=7")).expect("the same token");
    assert_eq!(server.token_requests().len(), 1);
    for other in [
        "ClientSecret=another",
        "TenantID=other",
        "Scopes=x",
        "ClientId=other",
    ] {
        let before = server.token_requests().len();
        login(&client(&server, other)).expect("a token of its own");
        assert_eq!(server.token_requests().len(), before + 1, "{other}");
    }
}

#[test]
fn tokens_are_renewed_before_they_expire() {
    let server = Server::start(|seen, number| match seen.is_token() {
        true => token(&format!("token-{number}"), 2),
        false => ok(),
    });
    let client = client(&server, "");
    get(&client, &request(MESSAGES)).expect("a page");
    get(&client, &request(MESSAGES)).expect("a page");
    assert_eq!(server.token_requests().len(), 1);
    // A fifth of two seconds before the end.
    std::thread::sleep(Duration::from_millis(1650));
    get(&client, &request(MESSAGES)).expect("a page");
    let sent: Vec<_> = server
        .graph_requests()
        .iter()
        .map(|seen| seen.header("authorization").to_owned())
        .collect();
    assert_eq!(sent, ["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
}

#[test]
fn an_old_token_serves_while_renewing_fails() {
    let server = Server::start(|seen, number| match (seen.is_token(), number) {
        (true, 1) => token("token-1", 3),
        (true, _) => reply(503, ""),
        _ => ok(),
    });
    let client = client(&server, "MaxRetries=0");
    get(&client, &request(MESSAGES)).expect("a page");
    std::thread::sleep(Duration::from_millis(2450));
    get(&client, &request(MESSAGES)).expect("a page with the old token");
    get(&client, &request(MESSAGES)).expect("without asking for a token again at once");
    assert_eq!(server.token_requests().len(), 2);
}

#[test]
fn a_refused_token_is_replaced_once() {
    let server = Server::graph(|seen| match seen.header("authorization") {
        "Bearer token-1" => refusal(401, "InvalidAuthenticationToken"),
        _ => ok(),
    });
    get(&client(&server, ""), &request(MESSAGES)).expect("a page");
    assert_eq!(server.token_requests().len(), 2);
    assert_eq!(server.graph_requests().len(), 2);

    let server = Server::graph(|_| refusal(401, "InvalidAuthenticationToken"));
    let error = get(&client(&server, ""), &request(MESSAGES)).expect_err("refused twice");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(server.graph_requests().len(), 2);
}

#[test]
fn many_requests_with_a_refused_token_ask_for_one_new_token() {
    let server = Server::graph(|seen| match seen.header("authorization") {
        "Bearer token-1" => {
            refusal(401, "InvalidAuthenticationToken").after(Duration::from_millis(20))
        }
        _ => ok(),
    });
    let client = client(&server, "");
    let requests: Vec<_> = (0..12).map(|_| request(MESSAGES)).collect();
    let outcomes = runtime::block_on(join_all(requests.iter().map(|request| client.get(request))));
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(server.token_requests().len(), 2);
}

#[test]
fn a_given_token_is_used_as_it_is() {
    let server = Server::graph(in_turn(vec![
        ok(),
        refusal(401, "InvalidAuthenticationToken"),
    ]));
    let client = client(&server, "AccessToken=abc.def");
    get(&client, &request(MESSAGES)).expect("a page");
    let error = get(&client, &request(MESSAGES)).expect_err("expired");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert_eq!(
        server.graph_requests()[0].header("authorization"),
        "Bearer abc.def"
    );
    assert!(server.token_requests().is_empty());
    assert!(!format!("{client:?} {error} {error:?}").contains("abc.def"));
}

#[test]
fn passing_troubles_of_the_login_service_are_waited_out() {
    let busy = r#"{"error":"temporarily_unavailable","error_description":"AADSTS90033: busy","error_codes":[90033]}"#;
    let troubles = [
        Answer::Reset,
        reply(503, ""),
        reply(400, busy),
        reply(429, "").header("Retry-After", "0.01"),
    ];
    let server = Server::start(move |seen, number| match (seen.is_token(), number) {
        (true, number @ 1..=4) => troubles[number as usize - 1].clone(),
        (true, _) => token("t", 3600),
        _ => ok(),
    });
    login(&client(&server, "")).expect("a token in the end");
    assert_eq!(server.token_requests().len(), 5);
}

#[test]
fn a_login_service_that_is_not_one_is_told() {
    for answer in [
        reply(200, "{}"),
        reply(200, "<html>").header("Content-Type", "text/html"),
        reply(404, "<html>").header("Content-Type", "text/html"),
        reply(200, r#"{"access_token":""}"#),
        reply(200, r#"{"access_token":"x","token_type":"mac"}"#),
        reply(200, "[]"),
    ] {
        let server = Server::start(move |_, _| answer.clone());
        let error = login(&client(&server, "")).expect_err("no token");
        assert_eq!(error.kind(), ErrorKind::Unreachable);
        assert!(error.to_string().contains("LoginEndpoint"), "{error}");
    }
}

#[test]
fn a_token_may_come_without_the_time_that_it_is_valid() {
    for life in [
        "",
        r#","expires_in":3599.0"#,
        r#","expires_in":"3599""#,
        r#","expires_in":null"#,
        r#","expires_in":"soon""#,
    ] {
        let body = format!(r#"{{"token_type":"Bearer","access_token":"t"{life}}}"#);
        let server = Server::start(move |seen, _| match seen.is_token() {
            true => reply(200, &body),
            false => ok(),
        });
        let client = client(&server, "");
        login(&client).expect(life);
        get(&client, &request(MESSAGES)).expect("a page");
        get(&client, &request(MESSAGES)).expect("a page");
        assert_eq!(server.token_requests().len(), 1, "{life}");
    }
}

#[test]
fn a_damaged_token_reply_is_asked_for_again() {
    for damaged in ["", "<html>", "{\"access_token\":\"t", "\u{feff}"] {
        let server = Server::start(move |seen, number| match (seen.is_token(), number) {
            (true, 1) => reply(200, damaged),
            (true, _) => token("t", 3600),
            _ => ok(),
        });
        login(&client(&server, "")).expect("a token in the end");
        assert_eq!(server.token_requests().len(), 2, "{damaged}");
    }
    let marked = "\u{feff}{\"access_token\":\"t\",\"expires_in\":3599}";
    let server = Server::start(move |_, _| reply(200, marked));
    login(&client(&server, "")).expect("a byte order mark is no damage");
}

#[test]
fn login_ends_at_its_deadline() {
    let server = Server::start(|_, _| Answer::Stall);
    let client = client(&server, "");
    let start = Instant::now();
    let deadline = Some(start + Duration::from_millis(200));
    let error = runtime::block_on(client.login(deadline)).expect_err("stalled");
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    assert!(
        start.elapsed() < Duration::from_millis(300),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn secrets_are_in_no_debug_output() {
    let server = Server::graph(|_| ok());
    let client = client(&server, "Proxy=;ProxyPassword=hunter2hunter2");
    login(&client).expect("a token");
    let text = format!("{client:?}");
    for secret in [SECRET, "hunter2", "token-1"] {
        assert!(!text.contains(secret), "{text}");
    }
}
