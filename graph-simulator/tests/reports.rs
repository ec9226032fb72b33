//! Reports of usage, and the links to their files.

mod common;

use common::{ANN, Client, tenant};
use graph_simulator::Options;
use graph_simulator::model::Tenant;
use std::time::Duration;

fn refreshed() -> Tenant {
    let mut tenant = tenant();
    tenant.reports.refreshed = "2026-11-29".to_owned();
    tenant
}

const REPORT: &str = "/reports/getMailboxUsageDetail(period='D7')";

/// The path of the link that a report leads to.
fn link(client: &Client, report: &str) -> String {
    let reply = client.get(report);
    assert_eq!(reply.status, 302);
    assert!(reply.body.is_empty());
    let location = reply.header("location");
    let path = location.strip_prefix(&client.simulator.address());
    path.expect("a link of the simulator").to_owned()
}

fn fetch(client: &Client, link: &str, headers: &[(&str, &str)]) -> common::Reply {
    client.send("GET", link, headers, b"").expect("a reply")
}

#[test]
fn a_link_gives_the_file_without_a_token_only() {
    let client = Client::new(refreshed(), Options::default());
    let link = link(&client, REPORT);
    let file = fetch(&client, &link, &[]);
    assert_eq!(
        (file.status, file.header("content-type")),
        (200, "application/octet-stream")
    );
    let text = String::from_utf8(file.body).expect("text");
    assert!(text.starts_with("\u{feff}Report Refresh Date,User Principal Name,"));
    let row = format!("\r\n2026-11-29,{ANN},");
    assert!(text.contains(&row), "{text}");
    for header in ["Authorization", "Cookie"] {
        assert_eq!(
            fetch(&client, &link, &[(header, "x")]).status,
            400,
            "{header}"
        );
    }
    assert_eq!(fetch(&client, "/reports-download/0", &[]).status, 403);
}

#[test]
fn links_expire() {
    let options = Options {
        link_lifetime: Duration::ZERO,
        ..Options::default()
    };
    let client = Client::new(tenant(), options);
    let link = link(&client, REPORT);
    let reply = fetch(&client, &link, &[]);
    assert_eq!(
        (reply.status, reply.code().as_str()),
        (403, "AuthenticationFailed")
    );
}

#[test]
fn names_can_be_concealed() {
    let mut tenant = refreshed();
    tenant.reports.conceals_names = true;
    let client = Client::new(tenant, Options::default());
    let link = link(&client, REPORT);
    let text = String::from_utf8(fetch(&client, &link, &[]).body).expect("text");
    assert!(!text.contains(ANN), "{text}");
}

#[test]
fn wrong_reports_are_refused() {
    let client = Client::start();
    for path in [
        "/reports/getMailboxUsageDetail(period='D8')",
        "/reports/getMailboxUsageDetail",
        "/reports/getOneDriveUsageAccountDetail(period='D7')",
    ] {
        assert_eq!(client.get(path).status, 400, "{path}");
    }
    let format = client.get(&format!("{REPORT}?$format=text/csv"));
    assert_eq!(format.status, 501);
}
