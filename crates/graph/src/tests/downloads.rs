//! Files that Graph links to.

use super::super::{Damaged, ErrorKind};
use super::server::{Answer, Seen, Server, in_turn, refusal, reply};
use super::*;

const REPORT: &str = "/reports/getMailboxUsageDetail(period='D7')";
const LINK: &str = "/data/download/JDFKdf2_eJXKS034dbc7e0t__XDe";

fn download(client: &Client) -> Result<Response, Error> {
    let request = Request {
        path: REPORT.to_owned(),
        ..Request::default()
    };
    runtime::block_on(client.download(&request, |response| Ok(response.clone())))
}

fn redirect(to: &str) -> Answer {
    reply(302, "").header("Location", to)
}

fn file() -> Answer {
    reply(200, "\u{feff}Report Refresh Date\r\n2026-11-29\r\n")
        .header("Content-Type", "application/octet-stream")
}

/// A server whose reports are at the link, with other answers of the link's host.
fn server(answers: Vec<Answer>) -> Server {
    let answers = in_turn(answers);
    Server::graph(move |seen| match seen.target.starts_with(LINK) {
        true => answers(seen),
        false => redirect(&link_of(seen)),
    })
}

fn link_of(seen: &Seen) -> String {
    format!("http://{}{LINK}", seen.header("host"))
}

#[test]
fn a_link_is_followed_without_the_token() {
    let server = server(vec![file()]);
    let response = download(&client(&server, "")).expect("a file");
    assert_eq!(&response.body[..], b"Report Refresh Date\r\n2026-11-29\r\n");
    let requests = server.graph_requests();
    let [first, second] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(first.target, format!("/v1.0{REPORT}"));
    assert!(first.header("authorization").starts_with("Bearer "));
    assert_eq!(second.target, LINK);
    for name in ["authorization", "cookie", "client-request-id", "referer"] {
        assert!(!second.headers.contains_key(name), "{name}");
    }
    assert!(second.header("accept-encoding").contains("gzip"));
}

#[test]
fn an_expired_link_is_requested_again() {
    for expired in [
        refusal(403, "AuthenticationFailed"),
        refusal(401, ""),
        refusal(404, ""),
        Answer::Truncate,
        reply(200, "<html>"),
        reply(200, ""),
    ] {
        let server = server(vec![expired.clone(), file()]);
        download(&client(&server, "")).unwrap_or_else(|error| panic!("{expired:?}: {error}"));
        let targets: Vec<_> = server.graph_requests();
        let asked = targets.iter().filter(|seen| seen.target != LINK);
        assert_eq!(asked.count(), 2, "{expired:?}");
        // Nothing is wrong with the token.
        assert_eq!(server.token_requests().len(), 1, "{expired:?}");
    }
}

#[test]
fn a_link_that_is_always_refused_ends_with_an_error_without_it() {
    let server = server(vec![refusal(403, "AuthenticationFailed")]);
    let error = download(&client(&server, "")).expect_err("refused");
    let text = error.to_string();
    assert!(text.contains("expired") && text.contains("403"), "{text}");
    assert!(!text.contains("JDFK"), "{text}");
    assert_eq!(error.kind(), ErrorKind::LinkLost);
    let requests = server.graph_requests().len();
    assert!(requests <= 8, "{requests} requests");
}

#[test]
fn a_damaged_file_is_requested_again() {
    let server = server(vec![file()]);
    let request = Request {
        path: REPORT.to_owned(),
        ..Request::default()
    };
    let damaged = |_: &Response| Err::<(), _>(Damaged("is no table".to_owned()));
    let client = client(&server, "MaxRetries=1");
    let error = runtime::block_on(client.download(&request, damaged)).expect_err("damaged");
    assert!(
        error.to_string().contains("is no table, where a file was"),
        "{error}"
    );
    assert_eq!(server.graph_requests().len(), 4);
}

#[test]
fn a_few_hops_are_followed_and_no_more() {
    let chain = vec![redirect(LINK), redirect(&format!("{LINK}?again")), file()];
    download(&client(&server(chain), "")).expect("a file");
    let circle = server(vec![redirect(LINK)]);
    let error = download(&client(&circle, "")).expect_err("a circle");
    assert!(error.to_string().contains("from place to place"), "{error}");
    assert!(!error.to_string().contains("JDFK"), "{error}");
    assert_eq!(circle.graph_requests().len(), 6);
}

#[test]
fn links_that_would_give_something_away_are_not_followed() {
    for link in [
        "http://reports.office.com/data/download/JDFK",
        "ftp://reports.office.com/data/download/JDFK",
        "https://user:pw@reports.office.com/data/download/JDFK",
        "/data/download/JDFK",
        "JDFK",
    ] {
        let server = Server::graph(move |_| redirect(link));
        let error = download(&client(&server, "")).expect_err(link).to_string();
        assert!(error.contains("not followed"), "{error}");
        assert!(!error.contains("JDFK") && !error.contains("pw"), "{error}");
        assert_eq!(server.graph_requests().len(), 1, "{link}");
    }
    let server = Server::graph(|_| reply(302, ""));
    let error = download(&client(&server, "")).expect_err("no link");
    assert!(error.to_string().contains("has no address"), "{error}");
}

#[test]
fn a_refusal_of_graph_is_one() {
    let server = Server::graph(|_| refusal(403, "Authorization_RequestDenied"));
    let error = download(&client(&server, "")).expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::PermissionDenied);
    assert!(error.to_string().contains("Reports.Read.All"), "{error}");
    // Other requests follow no link at all.
    let server = Server::graph(|seen| redirect(&link_of(seen)));
    let error = get(&client(&server, ""), &request(MESSAGES)).expect_err("a redirect");
    assert_eq!(error.kind(), ErrorKind::Protocol);
    assert_eq!(server.graph_requests().len(), 1);
}
