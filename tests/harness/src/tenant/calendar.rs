//! Calendars and events.

use super::attachments::attachments;
use super::entities::{CALENDAR, EVENT, change_key, entity, id, leave_out_nulls};
use super::texts::{
    EXACT_MOMENTS, by_turns, exact_moment, list, moment, odd, person, recipient, some, zoned,
};
use graph_simulator::model::{Entity, Item, Mailbox};
use serde_json::{Value, json};

const EVENTS: usize = 30;
const CALENDARS: &[&str] = &["Calendar", "Geburtstage", "calendar", "None's 100%_"];

pub fn fill(mailbox: &mut Mailbox, seed: usize) {
    for (number, name) in CALENDARS.iter().enumerate() {
        mailbox.calendars.push(entity(json!({
            "id": id(seed, CALENDAR, number),
            "changeKey": change_key(seed, CALENDAR, number),
            "name": name,
            "color": "auto",
            "hexColor": if number == 0 { "" } else { "#a0b0c0" },
            "isDefaultCalendar": number == 0,
            "isRemovable": number != 0,
            "isTallyingResponses": number == 0,
            "canEdit": number != 1,
            "canShare": number == 0,
            "canViewPrivateItems": true,
            "allowedOnlineMeetingProviders": if number == 2 { json!([]) } else { json!(["teamsForBusiness", "skypeForBusiness"]) },
            "defaultOnlineMeetingProvider": if number == 1 { Value::Null } else { json!("teamsForBusiness") },
            "owner": person(number),
        })));
    }
    mailbox.events = (0..EVENTS).map(|number| event(seed, number)).collect();
    // An occurrence that was moved, and one that was cancelled.
    let moved = exception(seed, mailbox);
    mailbox.events.push(moved);
    let master = &mut mailbox.events[SERIES].entity;
    let cancelled = format!("OID.{}.2026-03-02", id(seed, EVENT, SERIES));
    master.insert("cancelledOccurrences".to_owned(), json!([cancelled]));
}

/// A series with all kinds of occurrences.
const SERIES: usize = 24;

/// The occurrence of Friday the 6th, on the day after.
fn exception(seed: usize, mailbox: &Mailbox) -> Item {
    let mut changed = mailbox.events[SERIES].clone();
    for (name, value) in [
        ("id", json!(id(seed, EVENT, EVENTS))),
        ("type", json!("exception")),
        ("seriesMasterId", json!(id(seed, EVENT, SERIES))),
        ("originalStart", json!("2026-03-06T09:00:00.1234567Z")),
        ("recurrence", Value::Null),
        ("hasAttachments", json!(false)),
        ("start", zoned("2026-03-07T09:30:00Z")),
        ("end", zoned("2026-03-07T10:00:00Z")),
    ] {
        changed.entity.insert(name.to_owned(), value);
    }
    changed.attachments = Vec::new();
    changed
}

fn event(seed: usize, number: usize) -> Item {
    // The last calendar is empty.
    let parent_id = id(seed, CALENDAR, number % (CALENDARS.len() - 1));
    let odd_number = number + seed * 17;
    let change_key = change_key(seed, EVENT, number);
    let event_id = id(seed, EVENT, number);
    let attachments = attachments(&event_id, number);
    let mut entity = entity(json!({
        "@odata.etag": format!("W/\"{change_key}\""),
        "id": event_id,
        "changeKey": change_key,
        "createdDateTime": exact_moment(odd_number),
        "lastModifiedDateTime": exact_moment(odd_number + 1),
        "categories": list(odd_number),
        "transactionId": Value::Null,
        "originalStartTimeZone": if number.is_multiple_of(2) { "Pacific Standard Time" } else { "UTC" },
        "originalEndTimeZone": "Europe/Berlin",
        "iCalUId": format!("04000000820{number:0>4}"),
        "reminderMinutesBeforeStart": by_turns(&[15, 0, -5, 2_147_483_647], number),
        "isReminderOn": number.is_multiple_of(2),
        "hasAttachments": !attachments.is_empty(),
        "subject": odd(odd_number + 2),
        "bodyPreview": some(odd_number + 3),
        "importance": by_turns(&["normal", "high", "low"], number),
        "sensitivity": by_turns(&["normal", "private"], number),
    }));
    entity.append(&mut more(number, odd_number));
    if number % 4 == 3 {
        leave_out_nulls(&mut entity);
    }
    Item {
        parent_id,
        entity,
        attachments,
    }
}

fn is_series(number: usize) -> bool {
    number % 5 == 4
}

/// The rest of the properties.
fn more(number: usize, odd_number: usize) -> Entity {
    entity(json!({
        "isAllDay": number.is_multiple_of(7),
        "isCancelled": number % 9 == 1,
        "isOrganizer": number % 3 != 1,
        "responseRequested": true,
        "seriesMasterId": Value::Null,
        "showAs": by_turns(&["busy", "free", "tentative", "oof"], number),
        "type": if is_series(number) { "seriesMaster" } else { "singleInstance" },
        "webLink": "https://outlook.example/calendar",
        "onlineMeetingUrl": Value::Null,
        "isOnlineMeeting": number.is_multiple_of(4),
        "onlineMeetingProvider": "unknown",
        "allowNewTimeProposals": true,
        "isDraft": false,
        "hideAttendees": number.is_multiple_of(8),
        "originalStart": Value::Null,
        "recurrence": if is_series(number) { recurrence(number) } else { Value::Null },
        "responseStatus": { "response": "none", "time": moment(6) },
        "body": { "contentType": "html", "content": some(odd_number) },
        "start": zoned(EXACT_MOMENTS[number % 4]),
        "end": zoned(moment(odd_number + 7)),
        "location": location(number),
        "locations": (0..number % 3).map(location).collect::<Value>(),
        "attendees": attendees(number),
        "organizer": recipient(number),
        "onlineMeeting": online_meeting(number),
        "cancelledOccurrences": [],
    }))
}

fn recurrence(number: usize) -> Value {
    json!({
        "pattern": {
            "type": "weekly",
            "interval": if number == SERIES { 1 } else { number },
            "month": 0,
            "dayOfMonth": 0,
            "daysOfWeek": ["monday", "friday"],
            "firstDayOfWeek": "sunday",
            "index": "first",
        },
        "range": {
            "type": "endDate",
            "startDate": "2026-03-01",
            "endDate": if number == 4 { "0001-01-01" } else { "9999-12-31" },
            "recurrenceTimeZone": "UTC",
            "numberOfOccurrences": 0,
        },
    })
}

fn location(number: usize) -> Value {
    match number % 4 {
        0 => {
            json!({ "displayName": "" , "locationType": "default", "uniqueIdType": "unknown", "address": {}, "coordinates": {} })
        }
        1 => json!({
            "displayName": some(number),
            "locationType": "conferenceRoom",
            "locationUri": Value::Null,
            "locationEmailAddress": "room1@contoso.example",
            "uniqueId": "RoomA",
            "uniqueIdType": "directory",
            "address": { "street": "Main 1", "city": "Köln", "state": Value::Null, "countryOrRegion": "DE", "postalCode": "01234" },
            "coordinates": { "latitude": 50.9375, "longitude": -6.960_278_123_4, "altitude": 0.0, "accuracy": 1e-7, "altitudeAccuracy": Value::Null },
        }),
        2 => {
            json!({ "displayName": "Room", "coordinates": { "latitude": 3, "longitude": 1.5e10 } })
        }
        _ => json!({ "displayName": Value::Null }),
    }
}

fn attendees(number: usize) -> Value {
    let attendee = |index: usize| {
        json!({
            "type": "required",
            "status": { "response": "none", "time": moment(6) },
            "emailAddress": person(number + index),
        })
    };
    (0..number % 3).map(attendee).collect()
}

fn online_meeting(number: usize) -> Value {
    match number % 4 {
        0 => json!({
            "joinUrl": "https://teams.example/l/meetup?x=1&y=%20",
            "conferenceId": "0123",
            "tollNumber": "+49 1",
            "tollFreeNumbers": ["+1; 2", "3"],
            "phones": [{ "number": "+1 2", "type": "business" }],
            "quickDial": Value::Null,
        }),
        _ => Value::Null,
    }
}
