//! The kinds of faults.

use graph_simulator::{Action, Damage, Flood};

/// A kind of fault.
pub struct Kind {
    pub name: &'static str,
    pub action: Action,
    /// Whether a request that is sent again gets its answer, so that one such fault changes no rows.
    pub passes: bool,
}

const fn passing(name: &'static str, action: Action) -> Kind {
    Kind {
        name,
        action,
        passes: true,
    }
}

const fn lasting(name: &'static str, action: Action) -> Kind {
    Kind {
        name,
        action,
        passes: false,
    }
}

pub fn refuse(status: u16, code: &str) -> Action {
    Action::Refuse {
        status,
        code: code.to_owned(),
        message: "Something is wrong.".to_owned(),
        retry_after: None,
    }
}

fn soon(status: u16, code: &str) -> Action {
    Action::Refuse {
        status,
        code: code.to_owned(),
        message: String::new(),
        retry_after: Some(0.02),
    }
}

/// A reply that does not come from Graph.
pub fn answer(status: u16, content_type: &str, body: &str) -> Action {
    Action::Answer {
        status,
        content_type: content_type.to_owned(),
        body: body.to_owned(),
    }
}

pub fn page(status: u16) -> Action {
    answer(
        status,
        "text/html",
        "<!doctype html><html><title>Error 1020</title></html>",
    )
}

fn json(status: u16, body: &str) -> Action {
    answer(status, "application/json", body)
}

const fn damage(how: Damage) -> Action {
    Action::Damage { how }
}

/// The name of the one kind in which Graph itself says that an item is absent.
pub const NOT_FOUND: &str = "404, ErrorItemNotFound";

pub fn all() -> Vec<Kind> {
    let gigabytes = 4 << 30;
    vec![
        passing("429 with Retry-After", soon(429, "ApplicationThrottled")),
        passing("429 without", refuse(429, "TooManyRequests")),
        passing("500", refuse(500, "InternalServerError")),
        passing("502, a web page", page(502)),
        passing("503", refuse(503, "ServiceUnavailable")),
        passing("504", refuse(504, "UnknownError")),
        lasting("302 to another host", json(302, "{}")),
        lasting("400 with a code", refuse(400, "BadRequest")),
        passing("400, empty", answer(400, "text/plain", "")),
        passing("401", Action::ExpireToken),
        lasting("403 with a code", refuse(403, "ErrorAccessDenied")),
        lasting("403, a web page", page(403)),
        lasting(NOT_FOUND, refuse(404, "ErrorItemNotFound")),
        passing("404, a web page", page(404)),
        passing("404, empty", answer(404, "application/json", "")),
        // The login service has no other words for a permanent failure.
        lasting("404, an unknown code", refuse(404, "UnknownError")),
        lasting("410", refuse(410, "resyncRequired")),
        passing("connection reset", Action::Reset),
        passing("connection ended early", Action::Truncate),
        passing("end without a length, or without an error", Action::End),
        passing("silence", Action::Stall { seconds: 30.0 }),
        passing("delay", Action::Delay { seconds: 0.1 }),
        passing("200, a web page", page(200)),
        passing(
            "200, a text with a number",
            answer(200, "text/plain", "Error 1020"),
        ),
        passing("200, empty", answer(200, "application/json", "")),
        passing("204", answer(204, "application/json", "")),
        passing("200, null", json(200, "null")),
        passing("200, a list", json(200, "[]")),
        passing("200, an empty object", json(200, "{}")),
        passing(
            "200, an error",
            json(200, r#"{"error":{"code":"x","message":"y"}}"#),
        ),
        passing("half of the JSON", damage(Damage::Half)),
        passing("text behind the JSON", damage(Damage::Trailing)),
        passing("byte order mark", damage(Damage::ByteOrderMark)),
        passing("not packed as announced", damage(Damage::NotPacked)),
        passing("content type of a web page", damage(Damage::WrongType)),
        passing("200,000 arrays in each other", damage(Damage::Deep)),
        lasting(
            "4 GB, packed",
            Action::Flood {
                status: 200,
                of: Flood::Rows,
                bytes: gigabytes,
                gzip: true,
            },
        ),
        lasting(
            "4 GB",
            Action::Flood {
                status: 200,
                of: Flood::Space,
                bytes: gigabytes,
                gzip: false,
            },
        ),
        lasting("two links", damage(Damage::TwoLinks)),
        lasting("link to another host", damage(Damage::ForeignLink)),
        passing("link to the same page", Action::SamePage),
        passing("rows of the first page", Action::FirstRows),
        passing("empty page", Action::EmptyPage),
        passing("short page", Action::ShortPage),
        passing("row on two pages", Action::RepeatRow),
        passing("link back to the start", Action::StartOver),
        passing("answer missing in a batch", damage(Damage::ItemLost)),
        passing("answer twice in a batch", damage(Damage::ItemTwice)),
        passing(
            "answer nobody asked for in a batch",
            damage(Damage::ItemStrange),
        ),
        passing(
            "answer without a body in a batch",
            damage(Damage::ItemEmpty),
        ),
    ]
}
