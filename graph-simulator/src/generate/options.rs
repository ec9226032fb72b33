//! Options of the generator, and its randomness.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc, Weekday};

use crate::entities::ids::{Ids, Kind, digest};

/// Options of the generator. The defaults make a small tenant of ordinary people.
#[derive(Clone, Debug)]
pub struct Options {
    /// Another seed, another tenant (1).
    pub seed: u64,
    /// Domain of the tenant (`contoso.example`).
    pub domain: String,
    /// People with a mailbox (3).
    pub users: usize,
    /// Mailboxes without a person, after the people (1).
    pub shared_mailboxes: usize,
    /// Guests, who have no mailbox (1).
    pub users_without_mailbox: usize,
    /// Messages in each mailbox (500).
    pub messages: usize,
    /// Whether nine in ten messages come in one week (no).
    pub skewed: bool,
    /// Bytes of an average body (600).
    pub body_bytes: usize,
    /// Bytes of an average attachment, which one message in eight has (800).
    pub attachment_bytes: usize,
    /// Mail folders besides the default ones; they nest (12).
    pub folders: usize,
    /// Calendars in each mailbox, at least the default one (3).
    pub calendars: usize,
    /// Events in each mailbox: single ones and masters of series (120). Changed occurrences of the
    /// series are added.
    pub events: usize,
    /// Contact folders besides the default one; the third is in the second (3).
    pub contact_folders: usize,
    /// Contacts in each mailbox (80).
    pub contacts: usize,
    /// The time that messages and events spread over (2015 to 2025).
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    /// Whether one in five items is as strange as Graph allows: empty and missing values, quotes,
    /// wildcards, scripts, characters beyond the basic plane, times at both ends of the calendar and
    /// where clocks change, many messages of the same second (no).
    pub odd: bool,
    /// Pairs of messages, of events and of contacts whose ids differ only in case (0).
    pub case_twins: usize,
}

impl Default for Options {
    fn default() -> Self {
        let year = |year: &str| format!("{year}-01-01T00:00:00Z").parse().expect("a moment");
        Self {
            seed: 1,
            domain: "contoso.example".into(),
            users: 3,
            shared_mailboxes: 1,
            users_without_mailbox: 1,
            messages: 500,
            skewed: false,
            body_bytes: 600,
            attachment_bytes: 800,
            folders: 12,
            calendars: 3,
            events: 120,
            contact_folders: 3,
            contacts: 80,
            from: year("2015"),
            until: year("2025"),
            odd: false,
            case_twins: 0,
        }
    }
}

impl Options {
    /// The defaults with all odd content.
    pub fn odd() -> Self {
        Self {
            odd: true,
            case_twins: 8,
            ..Self::default()
        }
    }

    /// Randomness for one thing, independent of everything else that is generated before it.
    pub(super) fn random(&self, mailbox: &str, what: &str, number: usize) -> fastrand::Rng {
        let seed = digest(&[&self.seed.to_string(), mailbox, what, &number.to_string()]);
        let seed = seed[..8].try_into().expect("8 of 16 bytes");
        fastrand::Rng::with_seed(u64::from_le_bytes(seed))
    }

    /// Id of an item: the first `case_twins` pairs are twins.
    pub(super) fn item_id(&self, ids: &Ids, kind: Kind, number: usize) -> String {
        match number / 2 < self.case_twins {
            true => {
                let [upper, lower] = ids.twins(kind, number as u64 / 2);
                if number.is_multiple_of(2) {
                    upper
                } else {
                    lower
                }
            }
            false => ids.item(kind, number as u64),
        }
    }

    /// The number of the item with this id.
    pub(super) fn item_number(&self, ids: &Ids, kind: Kind, id: &str) -> Option<usize> {
        let number = usize::try_from(ids.number(id)?).ok()?;
        let twins = [number.checked_mul(2)?, number.checked_mul(2)? + 1];
        let mut possible = std::iter::once(number).chain(twins);
        possible.find(|number| self.item_id(ids, kind, *number) == id)
    }

    /// Position of a message between the oldest and the newest.
    pub(super) fn position(&self, number: usize) -> f64 {
        number as f64 / self.messages.max(1) as f64
    }

    /// A moment in the time to cover, chosen by a number between 0 and 1.
    pub(super) fn moment(&self, position: f64) -> DateTime<Utc> {
        let span = (self.until - self.from).num_seconds();
        self.from + TimeDelta::seconds((span as f64 * position) as i64)
    }

    /// The moment around which a message comes: they spread evenly, or nine in ten over one week and
    /// the rest evenly before and after it.
    pub(super) fn moment_of_message(&self, number: usize) -> DateTime<Utc> {
        let position = self.position(number);
        if !self.skewed {
            return self.moment(position);
        }
        let monday = self.moment(0.7).date_naive().week(Weekday::Mon).first_day();
        let begin = monday.and_time(NaiveTime::MIN).and_utc();
        let end = begin + TimeDelta::days(7);
        let between = |from: DateTime<Utc>, until: DateTime<Utc>, position: f64| {
            from + TimeDelta::seconds(((until - from).num_seconds() as f64 * position) as i64)
        };
        match position {
            ..0.07 => between(self.from, begin, position / 0.07),
            0.07..0.97 => between(begin, end, (position - 0.07) / 0.9),
            _ => between(end, self.until, (position - 0.97) / 0.03),
        }
    }

    /// Whether the item with this number is a strange one.
    pub(super) fn is_odd(&self, number: usize) -> bool {
        self.odd && number.is_multiple_of(5)
    }
}
