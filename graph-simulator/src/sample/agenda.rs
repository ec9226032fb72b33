//! A week of Adele's: 16 to 22 September 2002, with something before and after it.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Tz;

use super::moment::moment;
use crate::entities::Address;
use crate::entities::attachment::{Attachment, Content};
use crate::entities::calendar::Calendar;
use crate::entities::event::{Attendee, End, Event, EventType, Pattern, Place, Recurrence};
use crate::entities::folder::CALENDAR;
use crate::entities::ids::{Ids, Kind};
use crate::entities::message::{Body, ContentType, Importance};
use crate::entities::user::User;
use crate::model::{Entity, Item};
use crate::zones::to_utc;

const ZONE: Tz = Tz::Europe__Dublin;
const ZONE_NAME: &str = "GMT Standard Time";

/// Local start, minutes, subject, place, and invited people. Whole days have no minutes.
#[rustfmt::skip] // one line for each appointment
const APPOINTMENTS: &[(&str, i64, &str, &str, &[&str])] = &[
    ("2002-09-12T15:00:00", 60, "Retrospective 2.41", "Liffey", &["Alex Wilber", "Megan Bowen"]),
    ("2002-09-16T10:00:00", 60, "Planning of release 2.42", "Liffey", &["Alex Wilber", "Megan Bowen"]),
    ("2002-09-16T12:30:00", 60, "Lunch with Søren", "The Winding Stair", &[]),
    ("2002-09-17T09:30:00", 90, "Bug triage", "Liffey", &["Megan Bowen", "Hiroshi Tanaka"]),
    ("2002-09-17T16:00:00", 30, "1:1 with Megan", "", &["Megan Bowen"]),
    ("2002-09-18T11:00:00", 45, "Interview: build engineer", "Dodder", &["Megan Bowen"]),
    ("2002-09-18T14:00:00", 60, "Marketing for 2.42", "Dodder", &["Alex Wilber"]),
    ("2002-09-18T18:30:00", 120, "ILUG evening", "Trinity College", &[]),
    ("2002-09-19T08:15:00", 45, "Dentist", "", &[]),
    ("2002-09-19T13:00:00", 180, "Code freeze: who merges what?", "Liffey", &["Hiroshi Tanaka"]),
    ("2002-09-19T22:00:00", 240, "Move of the mail server", "Server room", &["Hiroshi Tanaka"]),
    ("2002-09-20T10:00:00", 30, "Demo for Fabrikam", "Liffey", &["Nadia Haddad", "Alex Wilber"]),
    ("2002-09-20T17:00:00", 60, "End of the week drinks", "Mulligan's", &["Alex Wilber"]),
    ("2002-09-21T00:00:00", 0, "Moving house", "", &[]),
    ("2002-09-24T10:00:00", 60, "Release 2.42: go or no go", "Liffey", &["Megan Bowen"]),
];

/// Subjects of special appointments.
const PRIVATE: &str = "Dentist";
const CANCELLED: &str = "Interview: build engineer";
const IMPORTANT: &str = "Code freeze: who merges what?";
const PLANNED: &str = "Planning of release 2.42";
const CONFERENCE: &str = "Mail conference, Zürich";

/// The calendar that Adele shares with her team.
pub fn team_calendar(adele: &User, ids: &Ids) -> Entity {
    let calendar = Calendar {
        name: "Release train".into(),
        color: "lightGreen",
        hex_color: "",
        is_default: false,
        can_edit: true,
        owner: adele.address(),
    };
    calendar.entity(ids, &team_calendar_id(ids), 2)
}

fn team_calendar_id(ids: &Ids) -> String {
    ids.folder(CALENDAR + 1)
}

/// All events, those of the default calendar first.
pub fn events(adele: &User, ids: &Ids, default_calendar: &str) -> Vec<Item> {
    let mut events = Vec::new();
    let mut add = |calendar_id: &str, event: &Event| {
        let number = events.len() as u64;
        let id = ids.item(Kind::Event, number);
        let attachments = attachments(event);
        let event = Event {
            has_attachments: !attachments.is_empty(),
            ..event.clone()
        };
        let numbered = attachments.iter().enumerate();
        events.push(Item {
            parent_id: calendar_id.to_owned(),
            entity: event.entity(ids, &id, number),
            attachments: numbered
                .map(|(place, file)| file.entity(&ids.attachment(&id, place), ids))
                .collect(),
        });
        id
    };
    for (start, minutes, subject, place, people) in APPOINTMENTS {
        add(
            default_calendar,
            &appointment(adele, start, *minutes, subject, place, people),
        );
    }
    let standup = standup(adele);
    let standup_id = add(default_calendar, &standup);
    add(default_calendar, &late_standup(standup, &standup_id));
    let team_calendar = team_calendar_id(ids);
    add(&team_calendar, &conference(adele));
    add(&team_calendar, &freeze(adele));
    events
}

fn appointment(
    adele: &User,
    start: &str,
    minutes: i64,
    subject: &str,
    place: &str,
    people: &[&str],
) -> Event {
    let local = local(start);
    let is_all_day = minutes == 0;
    let (start, length) = match is_all_day {
        true => (local, TimeDelta::days(1)),
        false => (to_utc(local, ZONE).naive_utc(), TimeDelta::minutes(minutes)),
    };
    let is_cancelled = subject == CANCELLED;
    let text = match people {
        [] => String::new(),
        _ => format!("Please come prepared.\r\n\r\n{}", adele.display_name),
    };
    Event {
        subject: Some(match is_cancelled {
            true => format!("Canceled: {subject}"),
            false => subject.to_owned(),
        }),
        body: body(&text),
        text,
        start,
        end: start + length,
        is_all_day,
        is_cancelled,
        attendees: people.iter().map(|name| attendee(name)).collect(),
        places: places(place),
        sensitivity: if subject == PRIVATE {
            "private"
        } else {
            "normal"
        },
        importance: match subject == IMPORTANT {
            true => Importance::High,
            false => Importance::Normal,
        },
        show_as: match (is_all_day, is_cancelled) {
            (true, _) => "oof",
            (_, true) => "free",
            _ => "busy",
        },
        reminder_minutes: (!is_all_day).then_some(15),
        ..own(adele)
    }
}

/// The files of the planning and of the conference.
fn attachments(event: &Event) -> Vec<Attachment> {
    let files: &[(&str, &str, &str)] = match event.subject.as_deref() {
        Some(PLANNED) => &[
            (
                "Plan of 2.42.csv",
                "text/csv",
                "what,who,days\r\nFolder tree,Megan,3\r\nImport of mbox,Hiroshi,5\r\n",
            ),
            (
                "Open bugs.txt",
                "text/plain",
                "117 crash on empty folder\r\n121 wrong charset in subject\r\n",
            ),
        ],
        Some(CONFERENCE) => &[(
            "Programme.html",
            "text/html",
            "<h1>Mail conference</h1><p>Opening at nine.</p>",
        )],
        _ => &[],
    };
    let file = |(name, content_type, text): &(&str, &str, &str)| Attachment {
        name: Some((*name).to_owned()),
        content_type: Some((*content_type).to_owned()),
        is_inline: false,
        size: text.len() + 200,
        modified: event.modified,
        content: Content::File {
            bytes: text.as_bytes().to_vec(),
            content_id: None,
        },
    };
    files.iter().map(file).collect()
}

/// The common facts of Adele's own events.
fn own(adele: &User) -> Event {
    Event {
        time_zone: ZONE_NAME.into(),
        organizer: adele.address(),
        is_organizer: true,
        response: "organizer",
        created: moment("2002-09-02T08:30:00Z"),
        modified: moment("2002-09-09T08:30:00.1234567Z"),
        ..Event::default()
    }
}

/// On every working day but Wednesday the 18th.
fn standup(adele: &User) -> Event {
    let start = to_utc(local("2002-09-02T09:00:00"), ZONE).naive_utc();
    let weekdays = vec!["monday", "tuesday", "wednesday", "thursday", "friday"];
    let text = "What was, what will be, what is in the way.".to_owned();
    Event {
        subject: Some("Stand-up".into()),
        body: body(&text),
        text,
        start,
        end: start + TimeDelta::minutes(15),
        event_type: EventType::Series {
            recurrence: Recurrence {
                pattern: Pattern::Weekly(weekdays),
                interval: 1,
                first: day("2002-09-02"),
                end: End::On(day("2002-12-20")),
                time_zone: ZONE_NAME.into(),
            },
            cancelled: vec![day("2002-09-18")],
        },
        attendees: vec![attendee("Megan Bowen"), attendee("Hiroshi Tanaka")],
        places: places("Liffey"),
        ..own(adele)
    }
}

/// On Friday the 20th it is half an hour later.
fn late_standup(standup: Event, standup_id: &str) -> Event {
    let original = to_utc(local("2002-09-20T09:00:00"), ZONE);
    let start = original.naive_utc() + TimeDelta::minutes(30);
    Event {
        event_type: EventType::Exception {
            master_id: standup_id.to_owned(),
            original_start: original,
        },
        start,
        end: start + TimeDelta::minutes(15),
        ..standup
    }
}

/// Several days, elsewhere, organized by somebody else.
fn conference(adele: &User) -> Event {
    Event {
        subject: Some(CONFERENCE.into()),
        start: local("2002-09-22T00:00:00"),
        end: local("2002-09-25T00:00:00"),
        is_all_day: true,
        organizer: address("Nadia Haddad"),
        is_organizer: false,
        response: "tentativelyAccepted",
        responded: Some(moment("2002-09-10T12:00:00Z")),
        places: vec![Place {
            name: "Kongresshaus".into(),
            street: Some(["Claridenstrasse 5", "Zürich", "8002", "CH"]),
            coordinates: Some((47.3656, 8.5371)),
            ..Place::default()
        }],
        show_as: "tentative",
        categories: vec!["Travel".into()],
        ..own(adele)
    }
}

fn freeze(adele: &User) -> Event {
    Event {
        subject: Some("Code freeze 2.42".into()),
        start: local("2002-09-19T00:00:00"),
        end: local("2002-09-21T00:00:00"),
        is_all_day: true,
        show_as: "free",
        ..own(adele)
    }
}

fn places(name: &str) -> Vec<Place> {
    match name {
        "" => Vec::new(),
        "Liffey" | "Dodder" => vec![Place {
            name: name.to_owned(),
            room_address: Some(format!("{}@contoso.example", name.to_lowercase())),
            ..Place::default()
        }],
        name => vec![Place {
            name: name.to_owned(),
            ..Place::default()
        }],
    }
}

fn body(text: &str) -> Body {
    let lines = text.replace("\r\n", "<br>");
    Body {
        content_type: ContentType::Html,
        content: format!("<html><head></head><body>{lines}</body></html>"),
    }
}

fn attendee(name: &str) -> Attendee {
    Attendee {
        who: address(name),
        kind: "required",
        response: if name == "Nadia Haddad" {
            "none"
        } else {
            "accepted"
        },
        responded: (name != "Nadia Haddad").then(|| moment("2002-09-11T10:00:00Z")),
        proposed: None,
    }
}

fn address(name: &str) -> Address {
    let domain = if name == "Nadia Haddad" {
        "fabrikam"
    } else {
        "contoso"
    };
    let local = name.to_lowercase().replace(' ', ".");
    Address::new(name, format!("{local}@{domain}.example"))
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a local time of the sample")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of the sample")
}
