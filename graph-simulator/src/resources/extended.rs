//! The values of extended properties (docs/graph.md#extended-properties): those that an object holds, and some that follow
//! from its other properties.

use super::kind::odata_type;
use super::mime;
use crate::model::Entity;
use crate::odata::extended::{Extended, SINGLE};
use serde_json::{Value, json};

/// The namespace of headers of Internet mail (PS_INTERNET_HEADERS of MAPI).
const HEADER: &str = "String {00020386-0000-0000-c000-000000000046} Name ";

/// The properties that an object has of those that a request asks for.
pub fn shown(asked: &Extended, kind: &str, entity: &Entity, attachments: &[Entity]) -> Vec<Value> {
    let held = entity.get(asked.member).and_then(Value::as_array);
    let held = |id: &str| {
        let mut held = held.into_iter().flatten();
        let found = held.find(|property| property["id"] == *id)?;
        Some(found["value"].clone())
    };
    let value = |id: &String| {
        let made = || made(id, kind, entity, attachments).map(Value::String);
        let made = || made().filter(|_| asked.member == SINGLE);
        let value = held(id).or_else(made)?;
        Some(json!({ "id": id, "value": value }))
    };
    asked.ids.iter().filter_map(value).collect()
}

/// A value that follows from other properties.
fn made(id: &str, kind: &str, entity: &Entity, attachments: &[Entity]) -> Option<String> {
    if let Some(name) = id.strip_prefix(HEADER) {
        let headers = entity.get("internetMessageHeaders")?.as_array()?;
        let header = headers.iter().find(|header| header["name"] == *name)?;
        return Some(header["value"].as_str()?.to_owned());
    }
    match (id, kind) {
        ("Integer 0xe08", "message") => Some(mime::write(entity, attachments).len().to_string()),
        ("String 0x1a", "message") => Some(match odata_type(entity) {
            Some("eventMessageRequest") => "IPM.Schedule.Meeting.Request".to_owned(),
            Some("eventMessageResponse") => "IPM.Schedule.Meeting.Resp.Pos".to_owned(),
            Some("eventMessage") => "IPM.Schedule.Meeting.Canceled".to_owned(),
            _ => "IPM.Note".to_owned(),
        }),
        ("String 0x1a", "event") => Some("IPM.Appointment".to_owned()),
        ("String 0x1a", "contact") => Some("IPM.Contact".to_owned()),
        ("String 0x3613", "mailFolder") => Some("IPF.Note".to_owned()),
        ("String 0x3613", "calendar") => Some("IPF.Appointment".to_owned()),
        ("String 0x3613", "contactFolder") => Some("IPF.Contact".to_owned()),
        _ => None,
    }
}
