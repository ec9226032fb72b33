//! Calendars and their events.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use fastrand::Rng;

use super::options::Options;
use super::people::People;
use super::texts::{self, Prose};
use super::zones::ZONES;
use super::{files, odd};
use crate::entities::Address;
use crate::entities::calendar::Calendar;
use crate::entities::event::{Attendee, End, Event, EventType, Pattern, Place, Recurrence};
use crate::entities::folder::CALENDAR;
use crate::entities::ids::{Ids, Kind, guid};
use crate::entities::message::{Body, ContentType, Importance};
use crate::entities::user::User;
use crate::model::{Entity, Item};
use crate::zones::to_utc;

/// Name, colour, and whether the owner may write.
const CALENDARS: &[(&str, &str, &str, bool)] = &[
    ("Calendar", "auto", "", true),
    ("Team", "lightBlue", "#0078d4", true),
    ("Birthdays", "lightPink", "", false),
    ("Holidays", "lightGreen", "", false),
    ("Travel", "lightOrange", "", true),
];

const ROOMS: &[&str] = &["Aquarium", "Conf Room 3", "Library", "Wolke 7"];

/// The calendars of a mailbox and their content.
pub fn generate(
    options: &Options,
    people: &People,
    owner: &User,
    ids: &Ids,
) -> (Vec<Entity>, Vec<Item>) {
    let calendars: Vec<(String, Calendar)> = (0..options.calendars.max(1))
        .map(|number| {
            (
                ids.folder(CALENDAR + number as u32),
                calendar(owner, number),
            )
        })
        .collect();
    let maker = Maker {
        options,
        people,
        ids,
        owner: owner.address(),
        mailbox: &owner.principal_name,
        prose: Prose::new(&mut options.random(&owner.principal_name, "agenda", 0)),
    };
    let mut events = Vec::new();
    let mut exceptions = Vec::new();
    for number in 0..options.events {
        let random = &mut options.random(maker.mailbox, "calendar", number);
        // Most are in the default calendar.
        let calendar = random
            .usize(..calendars.len() * 2)
            .min(calendars.len() * 2 - 1);
        let calendar_id = &calendars.get(calendar).unwrap_or(&calendars[0]).0;
        maker.add(number, calendar_id, &mut events, &mut exceptions);
    }
    events.append(&mut exceptions);
    let calendars = calendars.iter().enumerate();
    let calendars =
        calendars.map(|(number, (id, calendar))| calendar.entity(ids, id, number as u64));
    (calendars.collect(), events)
}

fn calendar(owner: &User, number: usize) -> Calendar {
    let (name, color, hex_color, can_edit) = CALENDARS[number % CALENDARS.len()];
    Calendar {
        name: match number / CALENDARS.len() {
            0 => name.to_owned(),
            round => format!("{name} {}", round + 1),
        },
        color,
        hex_color,
        is_default: number == 0,
        can_edit,
        owner: owner.address(),
    }
}

struct Maker<'a> {
    options: &'a Options,
    people: &'a People,
    ids: &'a Ids,
    owner: Address,
    mailbox: &'a str,
    prose: Prose,
}

impl Maker<'_> {
    /// Adds an event, and a changed occurrence if it is a series with one.
    fn add(
        &self,
        number: usize,
        calendar_id: &str,
        events: &mut Vec<Item>,
        exceptions: &mut Vec<Item>,
    ) {
        let random = &mut self.options.random(self.mailbox, "event", number);
        let (zone_name, zone) = ZONES[random.usize(..ZONES.len())];
        let (local, length, is_all_day) = self.times(random, number);
        let mut event = self.facts(random, zone_name);
        (event.start, event.end) = utc_times(local, length, is_all_day, zone);
        event.is_all_day = is_all_day;
        if is_all_day {
            event.show_as = "free";
        }
        // A weekly series has a cancelled day and a changed one.
        let is_series = random.u8(..6) == 0;
        if is_series {
            event.event_type = series(random, local.date(), zone_name);
        }
        let attachments = match random.u8(..16) {
            0 => vec![files::file(
                random,
                self.options.attachment_bytes,
                event.modified,
            )],
            _ => Vec::new(),
        };
        event.has_attachments = !attachments.is_empty();
        if self.options.is_odd(number) {
            odd::change_event(&mut event, number);
        }
        let id = self.options.item_id(self.ids, Kind::Event, number);
        let attachments = attachments.iter().enumerate().map(|(index, attachment)| {
            attachment.entity(&self.ids.attachment(&id, index), self.ids)
        });
        events.push(Item {
            parent_id: calendar_id.to_owned(),
            entity: event.entity(self.ids, &id, number as u64),
            attachments: attachments.collect(),
        });
        if is_series && !self.options.is_odd(number) {
            let changed = exception(event, &id, local, length, zone);
            // After the numbers of all other events
            let number = (self.options.events + number) as u64;
            exceptions.push(Item {
                parent_id: calendar_id.to_owned(),
                entity: changed.entity(self.ids, &self.ids.item(Kind::Event, number), number),
                attachments: Vec::new(),
            });
        }
    }

    /// Local start, length, and whether it lasts whole days.
    fn times(&self, random: &mut Rng, number: usize) -> (NaiveDateTime, TimeDelta, bool) {
        let position = number as f64 / self.options.events.max(1) as f64;
        let mut day = self.options.moment(position).date_naive();
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day += TimeDelta::days(1);
        }
        let midnight = day.and_time(NaiveTime::MIN);
        match random.u8(..20) {
            0 | 1 => (midnight, TimeDelta::days(1), true),
            2 => (midnight, TimeDelta::days(random.i64(2..6)), true),
            // Over night, over several days
            3 => (
                midnight + TimeDelta::hours(9),
                TimeDelta::hours(random.i64(20..60)),
                false,
            ),
            _ => {
                let start = midnight + TimeDelta::minutes(random.i64(14..38) * 30);
                let length = [15, 25, 30, 30, 45, 60, 60, 90, 180][random.usize(..9)];
                (start, TimeDelta::minutes(length), false)
            }
        }
    }

    fn facts(&self, random: &mut Rng, zone_name: &str) -> Event {
        let is_organizer = random.bool();
        let organizer = match is_organizer {
            true => self.owner.clone(),
            false => self.people.anybody(random).clone(),
        };
        let created = self.options.moment(random.f64());
        let is_cancelled = random.u8(..30) == 0;
        let mut subject = texts::subject(random);
        if is_cancelled {
            subject.insert_str(0, "Canceled: ");
        }
        let length = random.usize(..self.options.body_bytes.min(1000) + 1);
        let text = self.prose.paragraphs(random, length).join("\r\n\r\n");
        let response = [
            "accepted",
            "tentativelyAccepted",
            "notResponded",
            "declined",
        ];
        let is_online = random.u8(..3) == 0;
        Event {
            subject: Some(subject),
            body: Body {
                content_type: ContentType::Html,
                content: format!("<html><head></head><body>{text}</body></html>"),
            },
            text,
            time_zone: zone_name.into(),
            is_cancelled,
            is_draft: is_organizer && random.u8(..30) == 0,
            hide_attendees: random.u8(..20) == 0,
            organizer,
            is_organizer,
            attendees: self.attendees(random, created),
            response: match is_organizer {
                true => "organizer",
                false => response[random.usize(..response.len())],
            },
            responded: (!is_organizer && random.bool()).then_some(created),
            places: places(random),
            join_url: is_online.then(|| {
                let meeting = guid(&[self.mailbox, "meeting", &random.u64(..).to_string()]);
                format!("https://teams.example/l/meetup-join/{meeting}")
            }),
            categories: texts::categories(random),
            importance: match random.u8(..15) {
                0 => Importance::High,
                _ => Importance::Normal,
            },
            sensitivity: [
                "normal",
                "normal",
                "normal",
                "normal",
                "private",
                "confidential",
            ][random.usize(..6)],
            show_as: ["busy", "busy", "busy", "tentative", "free", "oof"][random.usize(..6)],
            reminder_minutes: (random.u8(..4) > 0).then_some(15),
            created,
            modified: created + TimeDelta::microseconds(random.i64(1..90_000_000_000)),
            transaction_id: (random.u8(..3) == 0)
                .then(|| guid(&["transaction", &random.u64(..).to_string()])),
            ..Event::default()
        }
    }

    fn attendees(&self, random: &mut Rng, created: DateTime<Utc>) -> Vec<Attendee> {
        let count = [0, 0, 1, 1, 2, 3, 5, 9][random.usize(..8)];
        let attendee = |_| {
            let response = [
                "none",
                "none",
                "accepted",
                "tentativelyAccepted",
                "declined",
            ][random.usize(..5)];
            Attendee {
                who: self.people.anybody(random).clone(),
                kind: ["required", "required", "required", "optional"][random.usize(..4)],
                response,
                responded: (response != "none").then(|| created + TimeDelta::hours(5)),
                proposed: None,
            }
        };
        (0..count).map(attendee).collect()
    }
}

/// All-day events have midnights, whatever the zone.
fn utc_times(
    local: NaiveDateTime,
    length: TimeDelta,
    is_all_day: bool,
    zone: Tz,
) -> (NaiveDateTime, NaiveDateTime) {
    match is_all_day {
        true => (local, local + length),
        false => {
            let start = to_utc(local, zone).naive_utc();
            (start, start + length)
        }
    }
}

fn series(random: &mut Rng, first: NaiveDate, zone_name: &str) -> EventType {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let weekday = DAYS[first.weekday().num_days_from_monday() as usize];
    let (pattern, step) = match random.u8(..8) {
        0 => (Pattern::Daily, 1),
        1 => (Pattern::Monthly(first.day()), 0),
        2 => (
            Pattern::Yearly {
                month: first.month(),
                day: first.day(),
            },
            0,
        ),
        3 if first.day() <= 7 => (Pattern::MonthlyWeekday("first", weekday), 0),
        _ => (Pattern::Weekly(vec![weekday]), 7),
    };
    let end = match random.u8(..3) {
        0 => End::Never,
        1 => End::After(random.u32(4..30)),
        _ => End::On(first + TimeDelta::days(random.i64(60..600))),
    };
    let cancelled = match step {
        0 => Vec::new(),
        _ => vec![first + TimeDelta::days(step * 2)],
    };
    EventType::Series {
        recurrence: Recurrence {
            pattern,
            interval: 1,
            first,
            end,
            time_zone: zone_name.into(),
        },
        cancelled,
    }
}

/// The first occurrence of a series, an hour late.
fn exception(
    master: Event,
    master_id: &str,
    local: NaiveDateTime,
    length: TimeDelta,
    zone: Tz,
) -> Event {
    let later = match master.is_all_day {
        true => TimeDelta::days(1),
        false => TimeDelta::hours(1),
    };
    let (start, end) = utc_times(local + later, length, master.is_all_day, zone);
    Event {
        event_type: EventType::Exception {
            master_id: master_id.into(),
            original_start: master.start.and_utc(),
        },
        start,
        end,
        has_attachments: false,
        ..master
    }
}

fn places(random: &mut Rng) -> Vec<Place> {
    let room = ROOMS[random.usize(..ROOMS.len())];
    match random.u8(..6) {
        0 | 1 => Vec::new(),
        2 => vec![Place {
            name: "Fourth Coffee".into(),
            street: Some(["4567 Main St", "Redmond", "98052", "US"]),
            coordinates: Some((47.672, -122.103)),
            ..Place::default()
        }],
        3 => vec![
            Place {
                name: room.into(),
                room_address: Some(format!(
                    "{}@contoso.example",
                    room.to_lowercase().replace(' ', "-")
                )),
                ..Place::default()
            },
            Place {
                name: "Microsoft Teams Meeting".into(),
                ..Place::default()
            },
        ],
        _ => vec![Place {
            name: room.into(),
            ..Place::default()
        }],
    }
}
