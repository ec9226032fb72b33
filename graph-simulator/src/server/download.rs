//! Requests for files, which come without a token.

use super::action::Action;
use super::graph;
use super::incoming::Incoming;
use super::links::PLACE;
use super::log::Entry;
use super::reply::Reply;
use super::shared::Shared;
use crate::odata::pairs;
use crate::refusal::Refusal;

/// Answers a request for a file and logs it.
pub fn answer(shared: &Shared, incoming: &Incoming) -> Reply {
    let number = shared.log.number();
    let fault = shared.faults.take(PLACE, "");
    let mut reply = fault
        .as_ref()
        .and_then(graph::substitute)
        .or_else(|| fault.as_ref().and_then(graph::refuse))
        .unwrap_or_else(|| match file(shared, incoming) {
            Ok(file) => Reply::new(200, "application/octet-stream", file),
            Err(refusal) => Reply::refusal(&refusal, &incoming.request_id, ""),
        });
    graph::spoil(&mut reply, fault.as_ref());
    shared.log(Entry {
        number,
        at: u64::try_from(shared.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        method: incoming.method.clone(),
        path: PLACE.to_owned(),
        query: pairs::pairs(&incoming.query).unwrap_or_default(),
        headers: incoming.logged_headers(),
        status: reply.status,
        code: reply.code.clone(),
        bytes: reply.body.len(),
        mailbox: None,
        in_flight: 0,
        batch: None,
        fault: fault.as_ref().map(Action::name),
    });
    reply
}

/// The real host takes no login beside the link; one that is sent here was sent to a stranger.
fn file(shared: &Shared, incoming: &Incoming) -> Result<Vec<u8>, Refusal> {
    for name in ["authorization", "cookie"] {
        if incoming.header(name).is_some() {
            let message = format!("A link to a file is not requested with the header {name}.");
            return Err(Refusal::new(400, "InvalidAuthenticationInfo", message));
        }
    }
    let secret = incoming.path.strip_prefix(PLACE).unwrap_or_default();
    let file = shared.links.file(secret);
    file.ok_or_else(|| Refusal::new(403, "AuthenticationFailed", "The link has expired."))
}
