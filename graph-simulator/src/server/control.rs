//! `/simulator/...`: the log and the faults, for programs that cannot use the library.

use super::faults::{Chaos, Fault};
use super::incoming::Incoming;
use super::reply::Reply;
use super::shared::Shared;
use crate::entities::whole;
use crate::model::Item;
use crate::writer::Writing;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub fn answer(shared: &Shared, incoming: &Incoming) -> Reply {
    let outcome = match (incoming.method.as_str(), incoming.path.as_str()) {
        ("GET", "/simulator/log") => Ok(Reply::json(200, &json!(shared.log.entries()))),
        ("DELETE", "/simulator/log") => {
            shared.log.clear();
            shared.throttle.reset();
            Ok(done())
        }
        ("GET", "/simulator/counters") => {
            let counters = json!({
                "counters": shared.log.counters(),
                "mostInFlight": shared.throttle.most(),
            });
            Ok(Reply::json(200, &counters))
        }
        ("GET", "/simulator/faults") => Ok(Reply::json(200, &json!(shared.faults.pending()))),
        ("POST", "/simulator/faults") => body::<Fault>(incoming)
            .map(|fault| shared.faults.add(fault))
            .map(|()| done()),
        ("DELETE", "/simulator/faults") => {
            shared.faults.clear();
            Ok(done())
        }
        ("PUT", "/simulator/chaos") => body::<Chaos>(incoming)
            .map(|chaos| shared.faults.set_chaos(Some(chaos)))
            .map(|()| done()),
        ("DELETE", "/simulator/chaos") => {
            shared.faults.set_chaos(None);
            Ok(done())
        }
        ("GET", "/simulator/writing") => Ok(Reply::json(200, &json!(shared.written()))),
        ("GET", "/simulator/stayed") => Ok(Reply::json(200, &json!(shared.stayed()))),
        ("PUT", "/simulator/writing") => {
            body::<Writing>(incoming).and_then(|writing| match shared.start_writing(&writing) {
                true => Ok(done()),
                false => Err((404, "There is no such mailbox.".to_owned())),
            })
        }
        ("DELETE", "/simulator/writing") => {
            shared.stop_writing();
            Ok(done())
        }
        ("PUT", "/simulator/events") => body::<Events>(incoming).and_then(|events| {
            let user = events.user.clone();
            let change = shared.store_to_change().replace_events(&user, events.items());
            match change {
                true => Ok(done()),
                false => Err((404, "There is no such mailbox.".to_owned())),
            }
        }),
        ("DELETE", "/simulator/tokens") => {
            shared.tokens.expire_all();
            Ok(done())
        }
        _ => Err((
            404,
            "There is log, counters, faults, chaos, writing, stayed, events and tokens; see the README."
                .to_owned(),
        )),
    };
    outcome.unwrap_or_else(|(status, message)| Reply::json(status, &json!({ "error": message })))
}

/// All events of a mailbox.
#[derive(Deserialize)]
struct Events {
    user: String,
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    /// The id of its calendar.
    calendar: String,
    event: Value,
}

impl Events {
    fn items(self) -> Vec<Item> {
        let events = self.events.into_iter();
        events
            .map(|event| Item {
                parent_id: event.calendar,
                entity: whole("event", event.event),
                attachments: Vec::new(),
            })
            .collect()
    }
}

fn done() -> Reply {
    Reply::new(204, "application/json", Vec::new())
}

fn body<T: DeserializeOwned>(incoming: &Incoming) -> Result<T, (u16, String)> {
    serde_json::from_slice(&incoming.body).map_err(|error| (400, error.to_string()))
}
