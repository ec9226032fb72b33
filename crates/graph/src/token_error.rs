//! Interpretation of the login service's refusals.

use super::error::{Error, ErrorKind};
use super::http::Reply;
use super::reply::{clean, hidden};
use super::retry::retry_after;
use serde::Deserialize;

/// The meaning of an AADSTS code, and what to do about it.
struct Advice {
    codes: &'static [u32],
    meaning: &'static str,
    action: &'static str,
    transient: bool,
}

const fn lasting(codes: &'static [u32], meaning: &'static str, action: &'static str) -> Advice {
    Advice {
        codes,
        meaning,
        action,
        transient: false,
    }
}

const fn passing(codes: &'static [u32], meaning: &'static str) -> Advice {
    Advice {
        codes,
        meaning,
        action: "Try again later.",
        transient: true,
    }
}

/// docs/graph.md#token-errors has the meanings.
const ADVICE: &[Advice] = &[
    lasting(
        &[7000215],
        "The client secret is wrong.",
        "Give the secret's value, not its id, in ClientSecret (PWD).",
    ),
    lasting(
        &[7000222],
        "The client secret has expired.",
        "Create a new client secret for the application.",
    ),
    lasting(
        &[700016],
        "The tenant has no such application.",
        "Check ClientId (UID) and TenantID, and that an administrator has added the application to the tenant.",
    ),
    lasting(
        &[90002],
        "There is no such tenant.",
        "Check TenantID, and Cloud when the tenant is in a national cloud.",
    ),
    lasting(
        &[900023],
        "TenantID is neither a directory id nor a domain.",
        "Check TenantID.",
    ),
    lasting(
        &[70011],
        "The scope is not valid.",
        "Leave Scopes out, or end it in /.default.",
    ),
    lasting(
        &[50001, 500011],
        "The tenant does not know the resource in Scopes.",
        "Leave Scopes out, and check Cloud.",
    ),
    lasting(
        &[50012, 700027],
        "The certificate of the assertion is not registered for the application.",
        "Register the certificate, or use a client secret.",
    ),
    lasting(
        &[7000218],
        "No client secret was sent.",
        "Give ClientSecret (PWD).",
    ),
    lasting(
        &[900144],
        "The request for a token is incomplete.",
        "Check ClientId, ClientSecret and Scopes.",
    ),
    lasting(
        &[9001023],
        "TenantID has to name one directory.",
        "Give the directory id or a domain in TenantID.",
    ),
    lasting(
        &[65001, 90094],
        "Nobody has consented to the application's permissions.",
        "Let an administrator grant consent for the tenant.",
    ),
    lasting(
        &[7000112],
        "The application is disabled.",
        "Let an administrator enable it.",
    ),
    lasting(
        &[90038],
        "The tenant is in another cloud.",
        "Set Cloud to the tenant's cloud.",
    ),
    lasting(
        &[530032, 53003, 50076, 50079],
        "A conditional access policy refuses the application.",
        "Ask an administrator to exempt the application or this network.",
    ),
    passing(
        &[90033, 90006, 90024, 90012],
        "The login service is temporarily not available.",
    ),
    passing(&[90055], "The login service is throttling the tenant."),
];

#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    error: Option<String>,
    error_description: Option<String>,
    error_codes: Vec<u32>,
    trace_id: Option<String>,
}

impl Body {
    /// The same without secrets, which a server may have echoed.
    fn without_secrets(self) -> Self {
        let clean = |text: Option<String>| text.map(|text| hidden(&text));
        Self {
            error: clean(self.error),
            error_description: clean(self.error_description),
            trace_id: clean(self.trace_id),
            error_codes: self.error_codes,
        }
    }
}

/// The error of a refused token request.
pub(super) fn of_reply(reply: &Reply, host: &str) -> Error {
    let body = serde_json::from_slice::<Body>(&reply.body)
        .unwrap_or_default()
        .without_secrets();
    let description = body.error_description.as_deref().unwrap_or_default();
    let code = body
        .error_codes
        .first()
        .copied()
        .or_else(|| code_in(description));
    let advice = code.and_then(|code| ADVICE.iter().find(|advice| advice.codes.contains(&code)));
    // A proxy may have answered instead of the login service.
    let is_foreign = body.error.is_none()
        && !matches!(reply.status, 401 | 403)
        && (reply.status == 404 || reply.damage().is_some());
    let transient = matches!(reply.status, 408 | 429 | 500..=599)
        || is_foreign
        || advice.is_some_and(|advice| advice.transient)
        || body.error.as_deref() == Some("temporarily_unavailable");
    let error = Error::new(
        kind(reply.status, &body, transient),
        message(&body, advice, host),
    )
    .with_status(reply.status)
    .with_code(code.map(|code| format!("AADSTS{code}")).or(body.error))
    .with_request_id(
        body.trace_id
            .or_else(|| reply.header("x-ms-request-id").map(str::to_owned)),
    )
    .with_retry_after(reply.header("retry-after").and_then(retry_after));
    if transient { error.transient() } else { error }
}

fn kind(status: u16, body: &Body, transient: bool) -> ErrorKind {
    // A damaged answer did not come from the login service.
    let is_answer = body.error.is_some() || matches!(status, 408 | 429 | 500..=599);
    match (status, &body.error) {
        (429, _) => ErrorKind::Throttled,
        _ if transient && is_answer => ErrorKind::Server,
        (_, Some(_)) | (401 | 403, _) => ErrorKind::Credentials,
        _ => ErrorKind::Unreachable,
    }
}

fn message(body: &Body, advice: Option<&Advice>, host: &str) -> String {
    let said = clean(body.error_description.as_deref().unwrap_or_default());
    let said = if said.is_empty() {
        body.error.clone().unwrap_or_default()
    } else {
        said
    };
    match (advice, said.is_empty()) {
        (Some(advice), true) => format!("{} {}", advice.meaning, advice.action),
        (Some(advice), false) => {
            format!(
                "{} {} The login service says: {said}",
                advice.meaning, advice.action
            )
        }
        (None, false) => format!("No access token was given. The login service says: {said}"),
        (None, true) => {
            format!(
                "{host} does not answer as a login service does. Check LoginEndpoint, Cloud and TenantID."
            )
        }
    }
}

/// The number in "AADSTS7000215: ...".
fn code_in(description: &str) -> Option<u32> {
    let digits = description.split_once("AADSTS")?.1;
    digits
        .split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use exchange_config::{Secret, outgoing};

    fn error(status: u16, body: &str) -> Error {
        let body = Bytes::copy_from_slice(body.as_bytes());
        of_reply(
            &Reply {
                status,
                headers: Default::default(),
                body,
                is_framed: true,
            },
            "login.example",
        )
    }

    #[test]
    fn an_echoed_secret_is_taken_out_of_what_the_server_says_only() {
        outgoing::hide(&Secret::new("3choed/S3cret"));
        let body = r#"{"error":"invalid_client","error_description":"AADSTS7000215: 3choed%2fS3cret is wrong","trace_id":"3choed/S3cret-1"}"#;
        assert_eq!(
            error(401, body).to_string(),
            "The client secret is wrong. Give the secret's value, not its id, in ClientSecret (PWD). The login \
             service says: AADSTS7000215: *** is wrong [HTTP 401, code AADSTS7000215, request-id ***-1]"
        );
    }

    #[test]
    fn every_code_gives_its_advice() {
        for advice in ADVICE {
            for code in advice.codes {
                let body = format!(
                    r#"{{"error":"invalid_client","error_description":"AADSTS{code}: Text. Trace ID: 1","error_codes":[{code}],"trace_id":"t-1"}}"#
                );
                let error = error(401, &body);
                let text = error.to_string();
                for part in [
                    advice.meaning,
                    advice.action,
                    "Text.",
                    &format!("AADSTS{code}"),
                    "t-1",
                ] {
                    assert!(text.contains(part), "{part}: {text}");
                }
                assert_eq!(error.is_transient(), advice.transient);
                assert_eq!(
                    error.kind() == ErrorKind::Credentials,
                    !advice.transient,
                    "{code}"
                );
            }
        }
    }

    #[test]
    fn codes_are_also_found_in_the_description() {
        let error = error(
            400,
            r#"{"error":"invalid_request","error_description":"AADSTS90002: Tenant 'x' not found."}"#,
        );
        assert_eq!(
            (error.code(), error.kind()),
            (Some("AADSTS90002"), ErrorKind::Credentials)
        );
    }

    #[test]
    fn what_is_no_login_service_is_told() {
        let error = error(404, "<html>");
        assert_eq!(error.kind(), ErrorKind::Unreachable);
        assert!(error.to_string().contains("LoginEndpoint"), "{error}");
    }

    #[test]
    fn troubles_of_the_service_are_transient() {
        for (status, body) in [
            (503, ""),
            (500, "{}"),
            (429, ""),
            (400, r#"{"error":"temporarily_unavailable"}"#),
        ] {
            assert!(error(status, body).is_transient(), "{status} {body}");
        }
    }
}
