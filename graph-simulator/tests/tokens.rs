//! The token endpoint and the use of tokens.

mod common;

use base64::Engine;
use common::{CLIENT, Client, SECRET, TENANT, form, tenant};
use graph_simulator::Options;
use std::time::Duration;

/// The number, the OAuth error and the status of a refused token request.
fn refused(client: &Client, tenant: &str, form: &str) -> (u64, String, u16) {
    let reply = client.ask_token(tenant, form);
    let body = reply.json();
    let number = body["error_codes"][0].as_u64().expect("a number");
    let description = body["error_description"].as_str().expect("a text");
    assert!(
        description.starts_with(&format!("AADSTS{number}: ")),
        "{description}"
    );
    for part in ["Trace ID: ", "Correlation ID: ", "Timestamp: "] {
        assert!(description.contains(part), "{description}");
    }
    for name in ["timestamp", "trace_id", "correlation_id", "error_uri"] {
        assert!(body[name].is_string(), "{name}");
    }
    (
        number,
        body["error"].as_str().expect("a text").to_owned(),
        reply.status,
    )
}

#[test]
fn the_secret_comes_in_the_form_or_in_the_header() {
    let client = Client::start();
    let posted = client.ask_token(TENANT, &form(SECRET)).json();
    assert_eq!(
        (&posted["token_type"], &posted["expires_in"]),
        (&"Bearer".into(), &3599.into())
    );
    assert_eq!(
        client.ask_token("Contoso.Example", &form(SECRET)).status,
        200,
        "the domain names it too"
    );

    let encoded = "it%27s+100%25+secret%2Bmore%3A~";
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT}:{encoded}"));
    let basic = format!("Basic {basic}");
    let headers = [
        ("Authorization", basic.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let form = b"grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
    let reply = client
        .send(
            "POST",
            &format!("/{TENANT}/oauth2/v2.0/token"),
            &headers,
            form,
        )
        .expect("a reply");
    assert_eq!(reply.status, 200);
}

#[test]
fn the_simulators_own_scope_is_graphs() {
    let client = Client::start();
    let scope = format!("{}/.default", client.simulator.address());
    let own = form(SECRET).replace("https%3A%2F%2Fgraph.microsoft.com%2F.default", &scope);
    assert_eq!(client.ask_token(TENANT, &own).status, 200);
}

#[test]
fn what_is_wrong_is_told_as_entra_tells_it() {
    let client = Client::start();
    let good = form(SECRET);
    let without = |name: &str| {
        let fields = good.split('&').filter(|field| !field.starts_with(name));
        fields.collect::<Vec<_>>().join("&")
    };
    let scope = |scope: &str| format!("{}&scope={scope}", without("scope"));
    let other_app = good.replace(CLIENT, "99999999-2222-4333-8444-555555555555");
    for (tenant, form, number, error, status) in [
        (TENANT, form("wrong"), 7_000_215, "invalid_client", 401),
        (
            TENANT,
            without("client_secret"),
            7_000_218,
            "invalid_client",
            401,
        ),
        (TENANT, other_app, 700_016, "unauthorized_client", 400),
        (
            "fabrikam.example",
            good.clone(),
            90_002,
            "invalid_request",
            400,
        ),
        ("common", good.clone(), 9_001_023, "invalid_request", 400),
        (
            TENANT,
            without("grant_type"),
            900_144,
            "invalid_request",
            400,
        ),
        (
            TENANT,
            without("client_id"),
            900_144,
            "invalid_request",
            400,
        ),
        (TENANT, without("scope"), 900_144, "invalid_request", 400),
        (TENANT, scope("Mail.Read"), 70_011, "invalid_scope", 400),
        (
            TENANT,
            scope("https://other.example/.default"),
            500_011,
            "invalid_resource",
            400,
        ),
        (
            TENANT,
            good.replace("client_credentials", "password"),
            70_003,
            "unsupported_grant_type",
            400,
        ),
        (
            TENANT,
            format!("{}&client_assertion=x", without("client_secret")),
            700_027,
            "invalid_client",
            401,
        ),
    ] {
        assert_eq!(
            refused(&client, tenant, &form),
            (number, error.to_owned(), status),
            "{form}"
        );
    }
    let get = client
        .send("GET", &format!("/{TENANT}/oauth2/v2.0/token"), &[], b"")
        .expect("a reply");
    assert_eq!(get.json()["error_codes"][0], 900_561);
}

#[test]
fn graph_wants_a_token_that_is_known_and_valid() {
    let client = Client::start();
    let with = |value: &str| {
        let headers: Vec<_> = [("Authorization", value)]
            .into_iter()
            .filter(|(_, v)| !v.is_empty())
            .collect();
        client
            .send("GET", "/v1.0/users", &headers, b"")
            .expect("a reply")
    };
    let good = format!("Bearer {}", client.token);
    assert_eq!(with(&good).status, 200);
    for value in [
        "",
        "Bearer x",
        "Bearer ",
        &good.replace("Bearer", "Basic"),
        &format!("{good}x"),
    ] {
        let reply = with(value);
        assert_eq!(
            (reply.status, reply.code().as_str()),
            (401, "InvalidAuthenticationToken"),
            "{value}"
        );
        assert!(reply.header("www-authenticate").starts_with("Bearer "));
    }
    client.simulator.expire_tokens();
    assert!(with(&good).message().contains("expired"));
}

#[test]
fn tokens_expire_when_their_time_is_over() {
    let options = Options {
        token_lifetime: Duration::from_millis(200),
        ..Options::default()
    };
    let mut client = Client::new(tenant(), options);
    assert_eq!(client.get("/users").status, 200);
    std::thread::sleep(Duration::from_millis(250));
    assert_eq!(client.get("/users").status, 401);
    client.renew();
    assert_eq!(client.get("/users").status, 200);
}
