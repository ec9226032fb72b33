use super::*;
use crate::runtime;
use exchange_config::{DataSources, from_connection_string};
use graph_simulator::model::{Application, Tenant};
use graph_simulator::{Options, Simulator, sample};

const SECRET: &str = "s3cret~of the check";

/// The sample tenant, whose only application has these permissions.
fn tenant(permissions: Option<&[&str]>) -> Tenant {
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    Tenant {
        applications: vec![Application {
            client_id: "app".to_owned(),
            client_secret: SECRET.to_owned(),
            permissions: permissions.map(names),
        }],
        ..sample::tenant()
    }
}

fn simulator(permissions: Option<&[&str]>) -> Simulator {
    Simulator::start(tenant(permissions), Options::default()).expect("a free port")
}

/// The findings for a server, with `more` before the usual keys so that it wins.
fn findings(address: &str, more: &str) -> (bool, Vec<Finding>) {
    let text = format!(
        "{more};TenantID=contoso.example;ClientId=app;ClientSecret={{{SECRET}}};UserID={};LoginEndpoint={address};\
         GraphEndpoint={address};LoginTimeout=5",
        sample::ADELE
    );
    let settings = from_connection_string(&text, &DataSources::files([]));
    let settings = settings.expect("valid settings").settings;
    let mut findings = Vec::new();
    let passed = runtime::block_on(check(&settings, |finding| findings.push(finding)));
    for finding in &findings {
        assert!(!finding.to_string().contains("s3cret"), "{finding}");
        // Whoever reads it is told more than a word.
        assert!(finding.text.len() > 20, "{finding}");
    }
    let has_failed = findings.iter().any(|it| it.outcome == Outcome::Failed);
    assert_eq!(has_failed, !passed, "{findings:?}");
    (passed, findings)
}

/// The only failure, which is the last finding.
fn failure(address: &str, more: &str) -> Finding {
    let (passed, mut findings) = findings(address, more);
    assert!(!passed);
    let last = findings.pop().expect("a finding");
    assert_eq!(last.outcome, Outcome::Failed);
    last
}

fn outcomes(findings: &[Finding]) -> Vec<(Step, Outcome)> {
    findings.iter().map(|it| (it.step, it.outcome)).collect()
}

#[test]
fn a_connection_that_works_passes_every_step() {
    let simulator = simulator(Some(&["Mail.Read", "Calendars.Read"]));
    let (passed, findings) = findings(&simulator.address(), "");
    assert!(passed);
    let steps = [
        Step::Names,
        Step::Network,
        Step::Encryption,
        Step::Login,
        Step::Permissions,
        Step::Reading,
    ];
    assert_eq!(
        outcomes(&findings),
        steps.map(|step| (step, Outcome::Passed))
    );
    let text = findings[4].to_string();
    assert_eq!(
        text,
        "Permissions: OK. The application has Calendars.Read, Mail.Read."
    );
    assert!(findings[5].text.contains(sample::ADELE), "{findings:?}");
}

#[test]
fn what_is_read_depends_on_the_permissions() {
    let simulator = simulator(Some(&["Contacts.Read"]));
    let (passed, findings) = findings(&simulator.address(), "");
    assert!(passed, "{findings:?}");
    assert!(findings[5].text.contains("contacts"), "{findings:?}");
}

#[test]
fn a_token_that_cannot_be_read_is_only_noted() {
    let simulator = simulator(None);
    let (passed, findings) = findings(&simulator.address(), "");
    assert!(passed);
    assert_eq!(outcomes(&findings)[4], (Step::Permissions, Outcome::Note));
}

#[test]
fn a_missing_permission_is_named() {
    let simulator = simulator(Some(&[]));
    let (passed, findings) = findings(&simulator.address(), "");
    assert!(!passed);
    let last = [
        (Step::Permissions, Outcome::Note),
        (Step::Reading, Outcome::Failed),
    ];
    assert_eq!(outcomes(&findings)[4..], last);
    assert!(findings[4].text.contains("consent"), "{findings:?}");
    assert!(findings[5].text.contains("Mail.Read"), "{findings:?}");
}

#[test]
fn a_permission_that_was_granted_meanwhile_counts() {
    let simulator = simulator(Some(&[]));
    assert!(!findings(&simulator.address(), "").0);
    let granted = Some(vec!["Mail.Read".to_owned()]);
    simulator.change(|tenant| tenant.applications[0].permissions = granted);
    let (passed, findings) = findings(&simulator.address(), "");
    assert!(
        passed && findings[4].text.contains("Mail.Read"),
        "{findings:?}"
    );
}

#[test]
fn a_wrong_login_says_what_is_wrong() {
    let simulator = simulator(None);
    let address = simulator.address();
    for (more, wrong) in [
        ("ClientSecret=s3cret of another", "client secret is wrong"),
        ("TenantID=fabrikam.example", "no such tenant"),
        ("ClientId=another", "no such application"),
    ] {
        let failure = failure(&address, more);
        assert_eq!(failure.step, Step::Login, "{failure}");
        assert!(failure.text.contains(wrong), "{failure}");
    }
}

#[test]
fn a_mailbox_that_does_not_exist_is_named() {
    let simulator = simulator(None);
    let more = format!("Mailboxes={},nobody@contoso.example", sample::ADELE);
    let (passed, findings) = findings(&simulator.address(), &more);
    assert!(!passed);
    let last = [
        (Step::Reading, Outcome::Passed),
        (Step::Reading, Outcome::Failed),
    ];
    assert_eq!(outcomes(&findings)[5..], last);
    assert!(
        findings[6].text.contains("nobody@contoso.example"),
        "{findings:?}"
    );
}

#[test]
fn without_a_mailbox_and_with_all_mailboxes() {
    let simulator = simulator(None);
    let (passed, found) = findings(&simulator.address(), "UserID=");
    assert!(passed);
    assert_eq!(found[5].outcome, Outcome::Note);
    let (passed, found) = findings(&simulator.address(), "Mailboxes=*");
    assert!(passed && found[5].text.contains("directory"), "{found:?}");
}

#[test]
fn an_unknown_host_stops_at_its_name() {
    // Nobody may register a name of this domain (RFC 6761).
    let failure = failure("https://login.invalid", "");
    assert_eq!(failure.step, Step::Names, "{failure}");
    assert!(
        failure.text.contains("login.invalid") && failure.text.contains("Proxy"),
        "{failure}"
    );
}

/// An address on which nobody listens.
fn closed() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").to_string()
}

#[test]
fn a_closed_port_stops_at_the_network() {
    let failure = failure(&format!("http://{}", closed()), "");
    assert_eq!(failure.step, Step::Network, "{failure}");
    assert!(failure.text.contains("firewall"), "{failure}");
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let proxy = closed();
    let found = failure("https://login.invalid", &format!("Proxy={proxy}"));
    assert_eq!(found.step, Step::Network, "{found}");
    assert!(found.text.contains(&proxy), "{found}");
    let found = failure("https://login.invalid", "Proxy=proxy.invalid:8080");
    assert_eq!(found.step, Step::Names, "{found}");
    assert!(found.text.contains("proxy.invalid"), "{found}");
}

#[test]
fn a_foreign_certificate_stops_at_tls() {
    let options = Options {
        http2: true,
        ..Options::default()
    };
    let secure = Simulator::start(tenant(None), options).expect("a free port");
    let found = failure(&secure.address(), "");
    assert_eq!(found.step, Step::Encryption, "{found}");
    assert!(found.text.contains("CACertificate"), "{found}");
    // A server that does not speak TLS at all.
    let plain = simulator(None);
    let found = failure(&plain.address().replace("http:", "https:"), "");
    assert_eq!(found.step, Step::Encryption, "{found}");
    assert!(found.text.contains("does not encrypt"), "{found}");
    let found = failure(&secure.address(), "CACertificate=/no/such/file.pem");
    assert_eq!(found.step, Step::Encryption, "{found}");
}

#[test]
fn a_token_that_is_given_needs_no_login() {
    let simulator = simulator(None);
    let (passed, found) = findings(&simulator.address(), "AccessToken=s3cret.x.y");
    assert!(!passed);
    assert_eq!(outcomes(&found)[3], (Step::Login, Outcome::Passed));
    assert_eq!(outcomes(&found)[5], (Step::Reading, Outcome::Failed));
}
