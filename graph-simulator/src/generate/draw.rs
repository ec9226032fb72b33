//! The random decisions about a message, apart from its thread.

use chrono::{DateTime, Datelike, TimeDelta, Utc, Weekday};
use fastrand::Rng;

use super::files::{file, picture};
use super::options::Options;
use super::people::People;
use super::texts::Prose;
use crate::entities::Address;
use crate::entities::attachment::Attachment;
use crate::entities::message::{ContentType, Flag, Importance};

/// The kind of a message, which determines much else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Inbox,
    Other,
    Sent,
    Drafts,
    Deleted,
    Junk,
    Archive,
}

/// The decisions about a message. They take much less time than its texts and its JSON.
pub struct Drawn<'a> {
    pub place: Place,
    pub received: DateTime<Utc>,
    pub attachments: Vec<Attachment>,
    pub sent: DateTime<Utc>,
    pub paragraphs: Vec<&'a str>,
    pub content_type: ContentType,
    pub bcc: Option<&'a Address>,
    pub has_reply_to: bool,
    pub modified: DateTime<Utc>,
    pub importance: Importance,
    pub flag: Flag,
    pub is_read: bool,
    pub is_read_receipt_requested: bool,
    pub is_unimportant: bool,
    /// Among the folders of messages: the default ones, then those that were added.
    pub folder: usize,
}

/// The folders of the places, in the order of [`Drawn::folder`]; others follow.
pub const PLACES: [&str; 6] = [
    "inbox",
    "sentitems",
    "drafts",
    "deleteditems",
    "junkemail",
    "archive",
];

/// The order in which the values are drawn is part of the contents of every mailbox.
pub fn draw<'a>(
    random: &mut Rng,
    number: usize,
    options: &Options,
    people: &'a People,
    prose: &'a Prose,
) -> Drawn<'a> {
    let place = place(random);
    let received = received(random, options, number);
    let attachments = attachments(random, options.attachment_bytes, received);
    let sent = received - TimeDelta::seconds(random.i64(1..90));
    // From a fifth of the average length to nine fifths.
    let average = options.body_bytes;
    let length = average / 5 + random.usize(..average * 8 / 5 + 1);
    let paragraphs = prose.paragraphs(random, length);
    let content_type = match random.u8(..5) {
        0 | 1 => ContentType::Text,
        _ => ContentType::Html,
    };
    let is_own = matches!(place, Place::Sent | Place::Drafts);
    let bcc = (is_own && random.u8(..10) == 0).then(|| people.anybody(random));
    let has_reply_to = random.u8(..12) == 0;
    let modified = received + TimeDelta::seconds(random.i64(0..86_400));
    let importance = match random.u8(..20) {
        0 => Importance::Low,
        1 | 2 => Importance::High,
        _ => Importance::Normal,
    };
    Drawn {
        place,
        received,
        attachments,
        sent,
        paragraphs,
        content_type,
        bcc,
        has_reply_to,
        modified,
        importance,
        flag: flag(random, received),
        is_read: is_own || is_read(random, place, options.position(number)),
        is_read_receipt_requested: random.u8(..30) == 0,
        is_unimportant: random.u8(..3) == 0,
        folder: folder(random, place, options.folders),
    }
}

fn folder(random: &mut Rng, place: Place, added: usize) -> usize {
    match place {
        Place::Other if added > 0 => PLACES.len() + random.usize(..added),
        Place::Inbox | Place::Other => 0,
        Place::Sent => 1,
        Place::Drafts => 2,
        Place::Deleted => 3,
        Place::Junk => 4,
        Place::Archive => 5,
    }
}

/// More mail comes on working days than on others, and by day than by night.
fn received(random: &mut Rng, options: &Options, number: usize) -> DateTime<Utc> {
    let mut moment = options.moment_of_message(number);
    let is_weekend = matches!(moment.weekday(), Weekday::Sat | Weekday::Sun);
    if is_weekend && random.u8(..5) > 0 {
        // The week of a skewed mailbox keeps its mail.
        moment += TimeDelta::days(if options.skewed { -2 } else { 2 });
    }
    let hour = if random.u8(..8) == 0 {
        random.i64(0..24)
    } else {
        random.i64(7..19)
    };
    let midnight = moment
        .date_naive()
        .and_time(chrono::NaiveTime::MIN)
        .and_utc();
    let moment = midnight + TimeDelta::seconds(hour * 3600 + random.i64(0..3600));
    moment.clamp(options.from, options.until - TimeDelta::seconds(1))
}

fn attachments(random: &mut Rng, average: usize, modified: DateTime<Utc>) -> Vec<Attachment> {
    let count = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2][random.usize(..16)];
    let files = (0..count).map(|_| file(random, average, modified));
    let mut attachments: Vec<Attachment> = files.collect();
    if random.u8(..24) == 0 {
        attachments.push(picture(modified));
    }
    attachments
}

fn place(random: &mut Rng) -> Place {
    match random.u8(..100) {
        0..45 => Place::Inbox,
        45..75 => Place::Other,
        75..87 => Place::Sent,
        87..88 => Place::Drafts,
        88..91 => Place::Deleted,
        91..94 => Place::Junk,
        _ => Place::Archive,
    }
}

/// Old mail has been read, except junk.
fn is_read(random: &mut Rng, place: Place, position: f64) -> bool {
    let read_in_a_hundred = match place {
        Place::Junk => 30,
        _ if position > 0.98 => 60,
        _ => 96,
    };
    random.u8(..100) < read_in_a_hundred
}

fn flag(random: &mut Rng, received: DateTime<Utc>) -> Flag {
    let day = received.naive_utc().date().and_time(chrono::NaiveTime::MIN);
    match random.u8(..40) {
        0 => Flag::Flagged { due: None },
        1 => Flag::Flagged {
            due: Some(day + TimeDelta::days(7)),
        },
        2 => Flag::Complete {
            completed: day + TimeDelta::days(3),
        },
        _ => Flag::NotFlagged,
    }
}
