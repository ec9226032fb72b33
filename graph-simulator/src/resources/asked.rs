//! Actions that answer questions about addresses: `getSchedule` and `getMailTips` (docs/graph.md#schedules,
//! docs/graph.md#mail-tips).

use super::ask::Content;
use crate::calendar::{Calendar, Instance, Span};
use crate::model::Entity;
use crate::odata::moment::{self, Ticks};
use crate::refusal::Refusal;
use crate::store::Store;
use serde_json::{Map, Value, json};

const DAY: Ticks = 864_000_000_000;
const LONGEST: Ticks = 62 * DAY;
const MOST_SCHEDULES: usize = 100;
/// Entries in the span of a calendar that is answered at all.
const MOST_ENTRIES: usize = 1_000;

/// The option for each property of mail tips.
const TIPS: &[(&str, &str)] = &[
    ("automaticReplies", "automaticReplies"),
    ("mailboxFullStatus", "mailboxFull"),
    ("customMailTip", "customMailTip"),
    ("externalMemberCount", "externalMemberCount"),
    ("totalMemberCount", "totalMemberCount"),
    ("maxMessageSize", "maxMessageSize"),
    ("deliveryRestriction", "deliveryRestricted"),
    ("moderationStatus", "isModerated"),
    ("recipientScope", "recipientScope"),
    ("recipientSuggestions", "recipientSuggestions"),
];

pub fn schedules(base: &str, question: &Value, store: &Store) -> Result<Content, Refusal> {
    let addresses = texts(question, "schedules")?;
    if addresses.len() > MOST_SCHEDULES {
        return Err(Refusal::new(
            400,
            "ErrorMailboxDataArrayTooBig",
            format!(
                "There are too many target users in the EmailAddress array. The allowed size = 100; the actual size = {}.",
                addresses.len()
            ),
        ));
    }
    let (from, to) = (bound(question, "startTime")?, bound(question, "endTime")?);
    if to <= from {
        return Err(invalid("The end of the span is not later than its start."));
    }
    if to - from > LONGEST {
        return Err(Refusal::new(
            400,
            "ErrorTimeIntervalTooBig",
            "The requested time duration specified for FreeBusyViewOptions.TimeWindow is too long.",
        ));
    }
    let interval = question
        .get("availabilityViewInterval")
        .and_then(Value::as_i64);
    let interval = interval.unwrap_or(30);
    if !(5..=1440).contains(&interval) {
        return Err(invalid("The interval must be from 5 to 1440 minutes."));
    }
    let value: Vec<Value> = addresses
        .iter()
        .map(|address| schedule(store, address, from, to, interval))
        .collect();
    Ok(reply(base, "scheduleInformation", &value))
}

fn schedule(store: &Store, address: &str, from: Ticks, to: Ticks, interval: i64) -> Value {
    let refused = |code: &str, message: &str| {
        json!({ "scheduleId": address, "availabilityView": "",
                "error": { "message": message, "responseCode": code } })
    };
    let span = Span {
        start: from,
        end: to,
    };
    let mut found = match calendar_of(store, address, span) {
        Some(found) => found,
        None => {
            return refused(
                "ErrorMailRecipientNotFound",
                "Unable to resolve e-mail address to an Active Directory object.",
            );
        }
    };
    // The first moment of the span belongs to no entry that ends with it.
    found.retain(|entry| entry.span.end > from);
    if found.len() > MOST_ENTRIES {
        return refused("5006", "The result set contains too many calendar entries.");
    }
    found.sort_by_key(|entry| entry.span);
    let items: Vec<Value> = found
        .iter()
        .map(|instance| entry(&instance.entity(None)))
        .collect();
    json!({
        "scheduleId": address,
        "availabilityView": overview(&found, from, to, interval * (DAY / 1440)),
        "scheduleItems": items,
    })
}

/// The events of a mailbox's first calendar in a span; a room has no calendar.
fn calendar_of<'s>(store: &'s Store, address: &str, span: Span) -> Option<Vec<Instance<'s>>> {
    if let Some((mailbox, index)) = store.user(address).and_then(|user| store.mailbox(user)) {
        let first = mailbox
            .calendars
            .first()
            .and_then(|calendar| calendar.get("id")?.as_str());
        let rows = first.and_then(|first| index.events_by_calendar.get(first));
        let rows = rows.map_or(&[][..], Vec::as_slice);
        return Some(Calendar::new(mailbox, index).view(rows, span));
    }
    let rooms = store.tenant().rooms.iter();
    let mut rooms = rooms.filter_map(|room| room.get("emailAddress")?.as_str());
    rooms
        .any(|known| known.eq_ignore_ascii_case(address))
        .then(Vec::new)
}

fn entry(event: &Entity) -> Value {
    let get = |name: &str| event.get(name).cloned().unwrap_or(Value::Null);
    let is_private = event.get("sensitivity").and_then(Value::as_str) == Some("private");
    json!({
        "isPrivate": is_private,
        "status": get("showAs"),
        "subject": get("subject"),
        "location": event.get("location").and_then(|place| place.get("displayName")),
        "start": get("start"),
        "end": get("end"),
    })
}

/// A digit for each interval.
fn overview(found: &[Instance], from: Ticks, to: Ticks, interval: Ticks) -> String {
    let digit = |at: Ticks| {
        let overlapping = found
            .iter()
            .filter(|entry| entry.span.start < at + interval && entry.span.end > at);
        let digits = overlapping.map(|entry| {
            let entity = entry.entity(Some(&["showAs"]));
            match entity.get("showAs").and_then(Value::as_str) {
                Some("tentative") => 1,
                Some("busy") => 2,
                Some("oof") => 3,
                Some("workingElsewhere") => 4,
                _ => 0,
            }
        });
        char::from(b'0' + digits.max().unwrap_or(0))
    };
    (0..)
        .map(|place| from + place * interval)
        .take_while(|at| *at < to)
        .map(digit)
        .collect()
}

pub fn mail_tips(base: &str, question: &Value, store: &Store) -> Result<Content, Refusal> {
    let addresses = texts(question, "EmailAddresses")?;
    let options = question.get("MailTipsOptions").and_then(Value::as_str);
    let options = options.ok_or_else(|| invalid("MailTipsOptions is missing."))?;
    let mut properties = Vec::new();
    for option in options.split(',').map(str::trim) {
        let known = TIPS.iter().find(|(known, _)| *known == option);
        let (_, property) =
            known.ok_or_else(|| invalid(&format!("Requested value '{option}' was not found.")))?;
        properties.push(*property);
    }
    let value: Vec<Value> = addresses
        .iter()
        .map(|address| {
            let mut tips = tips(store, address);
            tips.retain(|name, _| {
                matches!(name.as_str(), "emailAddress" | "error")
                    || properties.contains(&name.as_str())
            });
            Value::from(tips)
        })
        .collect();
    Ok(reply(base, "mailTips", &value))
}

fn tips(store: &Store, address: &str) -> Map<String, Value> {
    let user = store.user(address).map(|user| &store.user_at(user).entity);
    let groups = store.tenant().groups.iter();
    let mut groups = groups.filter(|group| {
        let mail = group.entity.get("mail").and_then(Value::as_str);
        mail.is_some_and(|mail| mail.eq_ignore_ascii_case(address))
    });
    let tips = match (user, groups.next()) {
        (Some(user), _) => json!({
            "emailAddress": { "name": "", "address": address },
            "automaticReplies": replies(user),
            "mailboxFull": false,
            "customMailTip": "",
            "deliveryRestricted": false,
            "isModerated": false,
            "maxMessageSize": 36_700_160,
            "recipientScope": "internal",
            "externalMemberCount": 0,
            "totalMemberCount": 1,
        }),
        (None, Some(group)) => json!({
            "emailAddress": { "name": "", "address": address },
            "automaticReplies": { "message": "" },
            "mailboxFull": false,
            "customMailTip": "",
            "deliveryRestricted": false,
            "isModerated": false,
            "maxMessageSize": 36_700_160,
            "recipientScope": "internal",
            "externalMemberCount": 0,
            "totalMemberCount": group.members.len(),
        }),
        (None, None) => json!({
            "emailAddress": { "name": "", "address": address },
            "error": { "code": "ErrorMailRecipientNotFound",
                       "message": "The recipient was not found." },
        }),
    };
    tips.as_object().cloned().unwrap_or_default()
}

fn replies(user: &Entity) -> Value {
    let setting = user
        .get("mailboxSettings")
        .and_then(|settings| settings.get("automaticRepliesSetting"));
    let text = |name: &str| setting.and_then(|setting| setting.get(name)).cloned();
    let status = setting.and_then(|setting| setting["status"].as_str());
    match status.map(str::to_lowercase).as_deref() {
        Some("alwaysenabled") => json!({ "message": text("internalReplyMessage") }),
        Some("scheduled") => json!({
            "message": text("internalReplyMessage"),
            "scheduledStartTime": text("scheduledStartDateTime"),
            "scheduledEndTime": text("scheduledEndDateTime"),
        }),
        _ => json!({ "message": "" }),
    }
}

/// A list of texts in the question; names of parameters are without case.
fn texts(question: &Value, name: &str) -> Result<Vec<String>, Refusal> {
    let found = question.as_object().and_then(|question| {
        let mut members = question.iter();
        let (_, value) = members.find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        value.as_array()
    });
    let list = found.ok_or_else(|| invalid(&format!("{name} is missing.")))?;
    let texts = list.iter().map(|item| item.as_str().map(str::to_owned));
    texts
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| invalid(&format!("{name} has something else than texts.")))
}

/// A time in UTC, the only zone that is simulated here.
fn bound(question: &Value, name: &str) -> Result<Ticks, Refusal> {
    let bound = &question[name];
    let text = bound["dateTime"].as_str();
    let time = text.and_then(moment::local_time);
    match (time, bound["timeZone"].as_str()) {
        (Some(time), Some("UTC")) => Ok(time),
        (Some(_), Some(_)) => Err(Refusal::not_simulated("schedules in other zones than UTC")),
        _ => Err(invalid(&format!("{name} is no time with its zone."))),
    }
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "ErrorInvalidParameter", message)
}

fn reply(base: &str, kind: &str, value: &[Value]) -> Content {
    let context = format!("{base}/v1.0/$metadata#Collection(microsoft.graph.{kind})");
    let reply = json!({ "@odata.context": context, "value": value });
    Content::Json(reply.to_string().into_bytes())
}
