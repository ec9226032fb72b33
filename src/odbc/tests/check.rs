//! The test of a connection string, as the dialogs run it.

use crate::odbc::exchange;
use exchange_sql::{Cancellation, Finding, Outcome, Step};
use graph_simulator::{Options, Simulator, sample};

fn check(text: &str, cancellation: &Cancellation) -> (Option<bool>, Vec<Finding>) {
    let mut findings = Vec::new();
    let passed = exchange::check(text, cancellation, |finding| findings.push(finding));
    (passed, findings)
}

#[test]
fn a_connection_string_that_works_passes() {
    let simulator = Simulator::start(sample::tenant(), Options::default()).expect("a free port");
    let (passed, findings) = check(&simulator.connection_string(), &Cancellation::new());
    assert_eq!(passed, Some(true), "{findings:?}");
    assert_eq!(findings.last().map(|it| it.step), Some(Step::Reading));
}

#[test]
fn settings_that_cannot_be_read_are_told() {
    let (passed, findings) = check("TenantID=contoso.com", &Cancellation::new());
    assert_eq!(passed, Some(false));
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].step, findings[0].outcome),
        (Step::Settings, Outcome::Failed)
    );
    assert!(findings[0].text.contains("ClientId"), "{findings:?}");
}

/// A server that never answers.
#[test]
fn a_test_that_waits_can_be_cancelled() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let text = format!(
        "TenantID=contoso.com;ClientId=a;ClientSecret=s3cret;LoginEndpoint=http://{address};GraphEndpoint=http://{address}"
    );
    let cancellation = Cancellation::new();
    let waiting = {
        let cancellation = cancellation.clone();
        std::thread::spawn(move || check(&text, &cancellation))
    };
    // The request has arrived.
    let _connection = listener.accept().expect("a connection");
    cancellation.cancel();
    let (passed, findings) = waiting.join().expect("no panic");
    assert_eq!((passed, findings), (None, vec![]));
}
