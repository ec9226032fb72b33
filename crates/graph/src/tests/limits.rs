//! How many requests are in flight at once, measured at the server.

use super::server::{Server, ok};
use super::*;
use futures::future::join_all;

fn slow() -> Server {
    Server::graph(|_| ok().after(Duration::from_millis(25)))
}

fn of(mailbox: &str) -> Request {
    Request {
        mailbox: Some(mailbox.to_owned()),
        ..request(&format!("/users/{mailbox}/messages"))
    }
}

fn run(clients: &[&Client], requests: &[Request]) {
    let all = clients
        .iter()
        .flat_map(|client| requests.iter().map(|request| client.get(request)));
    let outcomes = runtime::block_on(join_all(all));
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
}

#[test]
fn four_requests_a_mailbox_whatever_the_connection_and_the_spelling() {
    let server = slow();
    let (one, two) = (client(&server, ""), client(&server, "PageSize=3"));
    let requests: Vec<_> = (0..24)
        .map(|number| of(["ann@x.org", "Ann@X.org", "bob@x.org"][number % 3]))
        .collect();
    run(&[&one, &two], &requests);
    assert_eq!(server.most_in_flight("ann@x.org"), 4);
    assert_eq!(server.most_in_flight("bob@x.org"), 4);
}

#[test]
fn the_overall_limit_holds_for_all_mailboxes_together() {
    let server = Server::graph(|_| ok().after(Duration::from_millis(25)));
    let client = client(&server, "MaxConcurrentRequests=2");
    // The counted segment is "shared" for all of them.
    let requests: Vec<_> = (0..12)
        .map(|number| Request {
            mailbox: Some(format!("m{number}")),
            ..request("/users/shared/messages")
        })
        .collect();
    run(&[&client], &requests);
    assert_eq!(server.most_in_flight("shared"), 2);
}

#[test]
fn the_directory_knows_no_limit_of_four() {
    let server = slow();
    let requests: Vec<_> = (0..12)
        .map(|_| Request {
            mailbox: None,
            ..request("/users/all/x")
        })
        .collect();
    run(&[&client(&server, "")], &requests);
    assert!(server.most_in_flight("all") > 4);
}
