//! Events: single ones, masters of series, and occurrences that differ from their series. Others follow from the masters.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::{Value, json};

use super::ids::{Ids, Kind, digest};
use super::message::{Body, Importance, preview};
use super::time::{NEVER, exact_moment, moment, zoned};
use super::{Address, entity};
use crate::model::Entity;

/// The role of an event in a series.
#[derive(Clone, Debug, Default)]
pub enum EventType {
    #[default]
    Single,
    /// A series; `cancelled` has the days without an occurrence.
    Series {
        recurrence: Recurrence,
        cancelled: Vec<NaiveDate>,
    },
    /// An occurrence that was changed.
    Exception {
        master_id: String,
        original_start: DateTime<Utc>,
    },
}

/// How an event repeats.
#[derive(Clone, Debug)]
pub struct Recurrence {
    pub pattern: Pattern,
    pub interval: u32,
    pub first: NaiveDate,
    pub end: End,
    /// Zone of the days.
    pub time_zone: String,
}

#[derive(Clone, Debug)]
pub enum Pattern {
    Daily,
    /// Days in Graph's spelling: `monday`.
    Weekly(Vec<&'static str>),
    /// On this day of the month.
    Monthly(u32),
    /// On such a weekday of the month: (`last`, `friday`).
    MonthlyWeekday(&'static str, &'static str),
    /// On this day of this month.
    Yearly {
        month: u32,
        day: u32,
    },
}

#[derive(Clone, Copy, Debug)]
pub enum End {
    Never,
    On(NaiveDate),
    After(u32),
}

impl Recurrence {
    fn value(&self) -> Value {
        let (kind, days, index, day_of_month, month) = match &self.pattern {
            Pattern::Daily => ("daily", Vec::new(), "first", 0, 0),
            Pattern::Weekly(days) => ("weekly", days.clone(), "first", 0, 0),
            Pattern::Monthly(day) => ("absoluteMonthly", Vec::new(), "first", *day, 0),
            Pattern::MonthlyWeekday(index, day) => ("relativeMonthly", vec![*day], *index, 0, 0),
            Pattern::Yearly { month, day } => ("absoluteYearly", Vec::new(), "first", *day, *month),
        };
        let (range, end, count) = match self.end {
            End::Never => ("noEnd", "0001-01-01".to_owned(), 0),
            End::On(day) => ("endDate", day.to_string(), 0),
            End::After(count) => ("numbered", "0001-01-01".to_owned(), count),
        };
        json!({
            "pattern": {
                "type": kind,
                "interval": self.interval,
                "month": month,
                "dayOfMonth": day_of_month,
                "daysOfWeek": days,
                "firstDayOfWeek": "sunday",
                "index": index,
            },
            "range": {
                "type": range,
                "startDate": self.first.to_string(),
                "endDate": end,
                "recurrenceTimeZone": self.time_zone,
                "numberOfOccurrences": count,
            },
        })
    }
}

/// An invited person or resource.
#[derive(Clone, Debug)]
pub struct Attendee {
    pub who: Address,
    /// `required`, `optional` or `resource`.
    pub kind: &'static str,
    /// `none`, `accepted`, `tentativelyAccepted`, `declined`.
    pub response: &'static str,
    /// Unknown times are written as the year 1.
    pub responded: Option<DateTime<Utc>>,
    pub proposed: Option<(NaiveDateTime, NaiveDateTime)>,
}

impl Attendee {
    fn value(&self) -> Value {
        let mut value = json!({
            "type": self.kind,
            "status": {
                "response": self.response,
                "time": self.responded.map_or(NEVER.to_owned(), moment),
            },
            "emailAddress": self.who.email_address(),
        });
        if let Some((start, end)) = self.proposed {
            value["proposedNewTime"] = json!({ "start": zoned(start), "end": zoned(end) });
        }
        value
    }
}

/// A place. Only rooms have a mail address, only some places a street.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub name: String,
    pub room_address: Option<String>,
    /// Street, city, postal code and country or region.
    pub street: Option<[&'static str; 4]>,
    pub coordinates: Option<(f64, f64)>,
}

impl Place {
    fn value(&self) -> Value {
        let mut value = json!({
            "displayName": self.name,
            "locationType": if self.room_address.is_some() { "conferenceRoom" } else { "default" },
            "uniqueIdType": if self.name.is_empty() { "unknown" } else { "private" },
            "address": {},
            "coordinates": {},
        });
        if !self.name.is_empty() {
            value["uniqueId"] = json!(self.name);
        }
        if let Some(address) = &self.room_address {
            value["locationEmailAddress"] = json!(address);
        }
        if let Some([street, city, postal_code, country]) = self.street {
            value["address"] = json!({
                "street": street,
                "city": city,
                "postalCode": postal_code,
                "countryOrRegion": country,
            });
        }
        if let Some((latitude, longitude)) = self.coordinates {
            value["coordinates"] = json!({ "latitude": latitude, "longitude": longitude });
        }
        value
    }
}

/// The facts of an event. Start and end are in UTC; those of an all-day event are midnights.
#[derive(Clone, Debug, Default)]
pub struct Event {
    pub subject: Option<String>,
    pub body: Body,
    pub text: String,
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    /// Windows name of the event's original zone.
    pub time_zone: String,
    pub event_type: EventType,
    pub is_all_day: bool,
    pub is_cancelled: bool,
    pub is_draft: bool,
    pub hide_attendees: bool,
    pub has_attachments: bool,
    pub organizer: Address,
    pub is_organizer: bool,
    pub attendees: Vec<Attendee>,
    pub response: &'static str,
    pub responded: Option<DateTime<Utc>>,
    pub places: Vec<Place>,
    /// Address to join an online meeting.
    pub join_url: Option<String>,
    pub categories: Vec<String>,
    pub importance: Importance,
    /// `normal`, `personal`, `private` or `confidential`; empty is `normal`.
    pub sensitivity: &'static str,
    /// `free`, `tentative`, `busy`, `oof`, `workingElsewhere`; empty is `busy`.
    pub show_as: &'static str,
    pub reminder_minutes: Option<u32>,
    pub created: DateTime<Utc>,
    pub modified: DateTime<Utc>,
    pub transaction_id: Option<String>,
}

impl Event {
    /// The entity with the given id and version number.
    pub fn entity(&self, ids: &Ids, id: &str, version: u64) -> Entity {
        let change_key = ids.change_key(Kind::Event, version);
        let (kind, recurrence, master_id, original_start, cancelled) = match &self.event_type {
            EventType::Single => ("singleInstance", None, None, None, Vec::new()),
            EventType::Series {
                recurrence,
                cancelled,
            } => {
                let days = cancelled.iter().map(|day| format!("OID.{id}.{day}"));
                let days = days.collect();
                ("seriesMaster", Some(recurrence.value()), None, None, days)
            }
            EventType::Exception {
                master_id,
                original_start,
            } => {
                let start = exact_moment(*original_start);
                (
                    "exception",
                    None,
                    Some(master_id.as_str()),
                    Some(start),
                    Vec::new(),
                )
            }
        };
        let no_place = Place::default();
        entity! {
            "@odata.etag": format!("W/\"{change_key}\""),
            "id": id,
            "createdDateTime": exact_moment(self.created),
            "lastModifiedDateTime": exact_moment(self.modified),
            "changeKey": change_key,
            "categories": self.categories.as_slice(),
            "transactionId": self.transaction_id.as_deref(),
            "originalStart": original_start,
            "originalStartTimeZone": self.time_zone.as_str(),
            "originalEndTimeZone": self.time_zone.as_str(),
            "iCalUId": ical_uid(id),
            "reminderMinutesBeforeStart": self.reminder_minutes.unwrap_or(15),
            "isReminderOn": self.reminder_minutes.is_some(),
            "hasAttachments": self.has_attachments,
            "subject": self.subject.as_deref(),
            "bodyPreview": preview(&self.text),
            "importance": self.importance.as_str(),
            "sensitivity": if self.sensitivity.is_empty() { "normal" } else { self.sensitivity },
            "isAllDay": self.is_all_day,
            "isCancelled": self.is_cancelled,
            "isOrganizer": self.is_organizer,
            "responseRequested": true,
            "seriesMasterId": master_id,
            "showAs": if self.show_as.is_empty() { "busy" } else { self.show_as },
            "type": kind,
            "webLink": web_link(id),
            "onlineMeetingUrl": Value::Null,
            "isOnlineMeeting": self.join_url.is_some(),
            "onlineMeetingProvider": match self.join_url {
                Some(_) => "teamsForBusiness",
                None => "unknown",
            },
            "allowNewTimeProposals": true,
            "isDraft": self.is_draft,
            "hideAttendees": self.hide_attendees,
            "recurrence": recurrence,
            "cancelledOccurrences": cancelled,
            "responseStatus": json!({
                "response": if self.response.is_empty() { "none" } else { self.response },
                "time": self.responded.map_or(NEVER.to_owned(), moment),
            }),
            "body": self.body.value(),
            "start": zoned(self.start),
            "end": zoned(self.end),
            "location": self.places.first().unwrap_or(&no_place).value(),
            "locations": self.places.iter().map(Place::value).collect::<Vec<_>>(),
            "attendees": self.attendees.iter().map(Attendee::value).collect::<Vec<_>>(),
            "organizer": self.organizer.recipient(),
            "onlineMeeting": self.join_url.as_ref().map(|url| json!({ "joinUrl": url })),
        }
    }
}

/// The id of the event in all calendars, in the form of Outlook's global object ids.
fn ical_uid(id: &str) -> String {
    let unique: String = digest(&["event", id])
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    format!("040000008200E00074C5B7101A82E00800000000{unique}000000000000000010000000{unique}")
}

fn web_link(id: &str) -> String {
    let id = id.replace('=', "%3D");
    format!("https://outlook.office365.com/owa/?itemid={id}&exvsurl=1&path=/calendar/item")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_series_carries_its_pattern_and_the_days_left_out() {
        let ids = Ids::new("ann@contoso.example");
        let event = Event {
            event_type: EventType::Series {
                recurrence: Recurrence {
                    pattern: Pattern::Weekly(vec!["monday"]),
                    interval: 2,
                    first: day("2024-01-01"),
                    end: End::On(day("2024-12-31")),
                    time_zone: "UTC".into(),
                },
                cancelled: vec![day("2024-02-12")],
            },
            ..Event::default()
        };
        let entity = event.entity(&ids, "ID=", 1);
        assert_eq!(entity["type"], "seriesMaster");
        assert_eq!(
            entity["recurrence"]["pattern"]["daysOfWeek"],
            json!(["monday"])
        );
        assert_eq!(entity["recurrence"]["range"]["endDate"], "2024-12-31");
        assert_eq!(
            entity["cancelledOccurrences"],
            json!(["OID.ID=.2024-02-12"])
        );
    }

    #[test]
    fn an_exception_names_its_series_and_the_moment_it_left() {
        let ids = Ids::new("ann@contoso.example");
        let event = Event {
            event_type: EventType::Exception {
                master_id: "MASTER".into(),
                original_start: DateTime::from_timestamp(0, 500).unwrap(),
            },
            ..Event::default()
        };
        let entity = event.entity(&ids, "ID=", 1);
        assert_eq!(entity["type"], "exception");
        assert_eq!(entity["seriesMasterId"], "MASTER");
        assert_eq!(entity["originalStart"], "1970-01-01T00:00:00.0000005Z");
        assert_eq!(entity["recurrence"], Value::Null);
    }

    #[test]
    fn an_event_without_a_place_has_an_empty_one() {
        let entity = Event::default().entity(&Ids::new("ann"), "ID=", 1);
        assert_eq!(entity["location"]["displayName"], "");
        assert_eq!(entity["locations"], json!([]));
    }
}
