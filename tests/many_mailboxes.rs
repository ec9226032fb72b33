//! Two hundred mailboxes in one statement: one is locked, one is throttled, one is slow.

use driver_harness::client::{self, Connection};
use driver_harness::{simulator, tenant};
use graph_simulator::generate::{self, Options};
use graph_simulator::{Action, Fault, Simulator};
use std::collections::HashMap;

const MAILBOXES: usize = 200;
const MESSAGES: usize = 1_000;

/// The most requests that Graph answers at a time for a mailbox.
const PER_MAILBOX: usize = 4;

struct Opened {
    connection: Connection,
    simulator: Simulator,
    names: Vec<String>,
}

fn open(keys: &str) -> Opened {
    let options = Options {
        users: MAILBOXES,
        shared_mailboxes: 0,
        users_without_mailbox: 1,
        messages: MESSAGES,
        events: 0,
        contacts: 0,
        ..Options::default()
    };
    let made = generate::tenant(&options);
    let names = made.users.iter().filter(|user| user.mailbox.is_some());
    let names = names.map(|user| tenant::text(&user.entity, "userPrincipalName").to_lowercase());
    let names: Vec<String> = names.collect();
    let simulator = simulator::start(made);
    let text = format!("{};Mailboxes=*;{keys}", simulator.connection_string());
    let connection = client::connect(&text).expect("a connection");
    Opened {
        connection,
        simulator,
        names,
    }
}

fn refuse(status: u16, code: &str, retry_after: Option<f64>) -> Action {
    Action::Refuse {
        status,
        code: code.to_owned(),
        message: String::new(),
        retry_after,
    }
}

const COUNT: &str = "SELECT mailbox, COUNT(*) FROM Messages GROUP BY mailbox";

#[test]
fn the_others_are_complete_with_one_warning() {
    let opened = open("OnMailboxError=Skip;");
    assert_eq!(opened.names.len(), MAILBOXES);
    let [locked, throttled, slow] = [3, 77, 150].map(|place| opened.names[place].clone());
    let faults = opened.simulator.faults();
    let of = |name: &str| format!("/users/{name}/*");
    faults.add(Fault::always(
        &of(&locked),
        refuse(403, "ErrorAccessDenied", None),
    ));
    faults.add(Fault::times(
        &of(&throttled),
        refuse(429, "ApplicationThrottled", Some(0.3)),
        3,
    ));
    faults.add(Fault::always(&of(&slow), Action::Delay { seconds: 0.5 }));
    let mut statement = opened.connection.execute(COUNT).expect("a result");
    let mut counts = HashMap::new();
    while statement.fetch().expect("a row") {
        let mailbox = statement.text(1).expect("a text").expect("a mailbox");
        let count = statement.text(2).expect("a text").expect("a number");
        counts.insert(mailbox, count);
    }
    let mut expected: HashMap<String, String> = opened
        .names
        .iter()
        .map(|name| (name.clone(), MESSAGES.to_string()))
        .collect();
    expected.remove(&locked);
    assert_eq!(counts, expected);
    let warnings = statement.warnings().iter();
    let told: Vec<&str> = warnings
        .filter(|warning| warning.state == "01000")
        .map(|warning| warning.message.as_str())
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(&locked), "{told:?}");
    let most = simulator::requests(&opened.simulator)
        .into_iter()
        .map(|entry| entry.in_flight)
        .max();
    assert!(
        most.is_some_and(|most| most <= PER_MAILBOX),
        "{most:?} at a time"
    );
    // No request was refused but those of the faults.
    let refused = simulator::requests(&opened.simulator).into_iter();
    let refused = refused.filter(|entry| entry.status == 429 && entry.fault.is_none());
    assert_eq!(refused.count(), 0);
}

/// Small mailboxes are a request each, so as many are read at once as requests may be in flight.
#[test]
fn as_many_mailboxes_are_read_at_once_as_the_key_allows() {
    const AT_ONCE: usize = 24;
    let opened = open(&format!("MaxConcurrentRequests={AT_ONCE};"));
    let slow = Fault::always("/users/*", Action::Delay { seconds: 2.0 });
    opened.simulator.faults().add(slow);
    opened.simulator.clear_log();
    let names = opened.names.iter().take(AT_ONCE + 8);
    let names: Vec<String> = names.map(|name| format!("'{name}'")).collect();
    let sql = format!(
        "SELECT COUNT(*) FROM Messages WHERE mailbox IN ({})",
        names.join(", ")
    );
    opened.connection.query(&sql).expect("a count");
    let requests = simulator::requests(&opened.simulator);
    let times = || requests.iter().map(|entry| entry.at);
    let first = times().min().expect("requests");
    let together = times().filter(|at| *at < first + 1_500).count();
    assert_eq!(together, AT_ONCE, "of {}", requests.len());
}

#[test]
fn a_locked_mailbox_is_an_error_that_names_it() {
    let opened = open("");
    let locked = opened.names[120].clone();
    let fault = Fault::always(
        &format!("/users/{locked}/*"),
        refuse(403, "ErrorAccessDenied", None),
    );
    opened.simulator.faults().add(fault);
    let failure = opened.connection.query(COUNT).unwrap_err();
    assert_eq!(failure.state(), "42000", "{failure}");
    assert!(failure.to_string().contains(&locked), "{failure}");
    opened.simulator.faults().clear();
    let rows = opened
        .connection
        .query(COUNT)
        .expect("the next statement runs");
    assert_eq!(rows.len(), MAILBOXES);
}
