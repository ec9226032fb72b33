//! Conditions of a search: one property and its required value.

use super::mail::{Field, Message};
use super::words;
use crate::odata::moment::{self, Ticks};
use crate::refusal::Refusal;
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// A word, a phrase or a restriction of a property.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// One of the fields has these words, one after the other.
    Words {
        fields: &'static [Field],
        words: Vec<String>,
    },
    HasAttachments(bool),
    Importance(&'static str),
    Kind(&'static str),
    /// Between two moments, excluding the second.
    Time {
        property: &'static str,
        from: Ticks,
        before: Ticks,
    },
}

/// The sign between a property and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `:` or `=`
    Is,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

const EVERYTHING: &[Field] = &[Field::From, Field::Subject, Field::Body];

const FIELDS: &[(&str, &[Field])] = &[
    ("attachment", &[Field::Attachment]),
    ("bcc", &[Field::Bcc]),
    ("body", &[Field::Body]),
    ("cc", &[Field::Cc]),
    ("from", &[Field::From]),
    (
        "participants",
        &[Field::From, Field::To, Field::Cc, Field::Bcc],
    ),
    ("recipients", &[Field::To, Field::Cc, Field::Bcc]),
    ("subject", &[Field::Subject]),
    ("to", &[Field::To]),
];

const KINDS: &[&str] = &[
    "contacts",
    "docs",
    "email",
    "faxes",
    "im",
    "journals",
    "meetings",
    "notes",
    "posts",
    "rssfeeds",
    "tasks",
    "voicemail",
];

impl Condition {
    /// A word or a phrase without a property.
    pub fn anywhere(value: &str) -> Result<Self, Refusal> {
        Self::words(EVERYTHING, value)
    }

    pub fn of(property: &str, relation: Relation, value: &str) -> Result<Self, Refusal> {
        let name = property.to_lowercase();
        if let Some((_, fields)) = FIELDS.iter().find(|(known, _)| *known == name) {
            is(property, relation)?;
            return Self::words(fields, value);
        }
        match name.as_str() {
            "received" => times("receivedDateTime", relation, value),
            "sent" => times("sentDateTime", relation, value),
            "size" => Err(Refusal::not_simulated("searching for sizes")),
            "hasattachment" | "hasattachments" => {
                is(property, relation)?;
                match value.to_lowercase().as_str() {
                    "true" => Ok(Self::HasAttachments(true)),
                    "false" => Ok(Self::HasAttachments(false)),
                    _ => Err(unknown(property, value)),
                }
            }
            "importance" => {
                is(property, relation)?;
                // The index says medium where the property says normal.
                let known = [("low", "low"), ("medium", "normal"), ("high", "high")];
                member(property, value, &known.map(|(name, _)| name)).map(|at| {
                    let (_, stored) = known[at];
                    Self::Importance(stored)
                })
            }
            "kind" => {
                is(property, relation)?;
                member(property, value, KINDS).map(|at| Self::Kind(KINDS[at]))
            }
            _ => Err(Refusal::bad_request(format!(
                "The property '{property}' is not searchable."
            ))),
        }
    }

    fn words(fields: &'static [Field], value: &str) -> Result<Self, Refusal> {
        let text = value.strip_suffix('*').unwrap_or(value);
        if text.contains('*') {
            return Err(Refusal::bad_request(
                "A wildcard may stand at the end of a search term only.",
            ));
        }
        let words: Vec<String> = words::of(text).collect();
        match words.is_empty() {
            true => Err(Refusal::bad_request("The search has no words.")),
            false => Ok(Self::Words { fields, words }),
        }
    }

    pub fn holds(&self, message: &Message) -> bool {
        match self {
            Self::Words { fields, words } => fields.iter().any(|field| {
                let mut texts = message.texts(*field).into_iter();
                texts.any(|text| words::holds(&text, words))
            }),
            Self::HasAttachments(wanted) => message.has_attachments() == *wanted,
            Self::Importance(wanted) => message.importance() == *wanted,
            Self::Kind(wanted) => message.kind() == *wanted,
            Self::Time {
                property,
                from,
                before,
            } => {
                let time = message.time(property);
                time.is_some_and(|time| (*from..*before).contains(&time))
            }
        }
    }
}

fn is(property: &str, relation: Relation) -> Result<(), Refusal> {
    match relation {
        Relation::Is => Ok(()),
        _ => Err(Refusal::bad_request(format!(
            "The property '{property}' has no order."
        ))),
    }
}

fn member(property: &str, value: &str, known: &[&str]) -> Result<usize, Refusal> {
    let same = |name: &&str| name.eq_ignore_ascii_case(value);
    known
        .iter()
        .position(same)
        .ok_or_else(|| unknown(property, value))
}

fn unknown(property: &str, value: &str) -> Refusal {
    Refusal::bad_request(format!(
        "'{value}' is not a value of the property '{property}'."
    ))
}

/// A day, a range of days, or all days before or after one.
fn times(property: &'static str, relation: Relation, value: &str) -> Result<Condition, Refusal> {
    let day = |text: &str| date(text).ok_or_else(|| unknown(property, value));
    let (first, last) = match value.split_once("..") {
        Some((first, last)) if relation == Relation::Is => (day(first)?, day(last)?),
        _ => (day(value)?, day(value)?),
    };
    let (start, end) = (midnight(first), midnight(last + TimeDelta::days(1)));
    let (from, before) = match relation {
        Relation::Is => (start, end),
        Relation::Less => (Ticks::MIN, start),
        Relation::LessOrEqual => (Ticks::MIN, end),
        Relation::Greater => (end, Ticks::MAX),
        Relation::GreaterOrEqual => (start, Ticks::MAX),
    };
    Ok(Condition::Time {
        property,
        from,
        before,
    })
}

fn midnight(day: NaiveDate) -> Ticks {
    moment::ticks(day.and_time(NaiveTime::MIN))
}

/// `07/23/2018` or `2018-07-23`, before the end of the calendar.
fn date(text: &str) -> Option<NaiveDate> {
    let day = moment::date(text).or_else(|| NaiveDate::parse_from_str(text, "%m/%d/%Y").ok())?;
    let last = NaiveDate::from_ymd_opt(9999, 12, 30)?;
    (day <= last).then_some(day)
}
