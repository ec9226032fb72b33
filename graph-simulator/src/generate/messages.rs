//! Messages: threads among people, over years, in folders.

use chrono::{DateTime, Datelike, TimeDelta, Utc, Weekday};
use fastrand::Rng;

use super::options::Options;
use super::people::People;
use super::texts::{self, Prose};
use super::{folders, odd};
use crate::entities::Address;
use crate::entities::attachment::{Attachment, Content};
use crate::entities::folder::FolderTree;
use crate::entities::ids::{Ids, Kind, guid};
use crate::entities::message::{Body, ContentType, Conversation, Flag, Importance, Message};
use crate::entities::user::User;
use crate::model::Item;

/// Messages come in groups of this size, which contain the threads.
const GROUP: usize = 8;

/// The smallest picture, for signatures.
const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// The messages of a mailbox, generated on demand.
pub struct Messages<'a> {
    options: &'a Options,
    people: &'a People,
    owner: Address,
    mailbox: &'a str,
    ids: Ids,
    folders: FolderTree,
    places: Places,
    prose: Prose,
    next: usize,
}

/// The folders for messages.
struct Places {
    inbox: String,
    sent: String,
    drafts: String,
    deleted: String,
    junk: String,
    archive: String,
    others: Vec<String>,
}

/// The kind of a message, which determines much else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Inbox,
    Other,
    Sent,
    Drafts,
    Deleted,
    Junk,
    Archive,
}

/// The common facts of a thread's messages.
struct Thread {
    /// Number of its first message.
    first: usize,
    subject: String,
    with: Address,
    others: Vec<Address>,
    categories: Vec<String>,
}

impl<'a> Messages<'a> {
    pub(super) fn new(options: &'a Options, people: &'a People, owner: &'a User) -> Self {
        let mailbox = owner.principal_name.as_str();
        let (folders, others) = folders::tree(options, mailbox);
        Self {
            options,
            people,
            owner: owner.address(),
            mailbox,
            ids: Ids::new(mailbox),
            places: Places {
                inbox: folders.well_known("inbox"),
                sent: folders.well_known("sentitems"),
                drafts: folders.well_known("drafts"),
                deleted: folders.well_known("deleteditems"),
                junk: folders.well_known("junkemail"),
                archive: folders.well_known("archive"),
                others,
            },
            folders,
            prose: Prose::new(&mut options.random(mailbox, "prose", 0)),
            next: 0,
        }
    }

    /// The folders of the messages.
    pub(super) fn folders(&self) -> &FolderTree {
        &self.folders
    }

    fn message(&self, number: usize) -> Item {
        let random = &mut self.options.random(self.mailbox, "message", number);
        let thread = self.thread(number);
        let place = place(random);
        let received = self.received(random, number);
        let attachments = self.attachments(random, received);
        let mut message = self.facts(random, &thread, place, number, received);
        message.has_attachments = attachments.iter().any(|attachment| !attachment.is_inline);
        if attachments.iter().any(|attachment| attachment.is_inline) {
            show_picture(&mut message.body);
        }
        let parent_id = self.folder(random, place);
        let id = self.options.item_id(&self.ids, Kind::Message, number);
        if self.options.odd {
            odd::change_message(&mut message, number, self.options);
        }
        let mut entity = message.entity(&self.ids, &id, number as u64, parent_id);
        if self.options.is_odd(number) {
            odd::change_message_entity(&mut entity, number);
        }
        let attachments = attachments.iter().enumerate();
        Item {
            parent_id: parent_id.to_owned(),
            entity,
            attachments: attachments
                .map(|(index, attachment)| {
                    attachment.entity(&self.ids.attachment(&id, index), &self.ids)
                })
                .collect(),
        }
    }

    fn facts(
        &self,
        random: &mut Rng,
        thread: &Thread,
        place: Place,
        number: usize,
        received: DateTime<Utc>,
    ) -> Message {
        let is_own = matches!(place, Place::Sent | Place::Drafts);
        let depth = number - thread.first;
        let (from, to) = match is_own {
            true => (&self.owner, &thread.with),
            false => (&thread.with, &self.owner),
        };
        let sent = received - TimeDelta::seconds(random.i64(1..90));
        let (body, text) = self.body(random);
        let subject = match depth {
            0 => thread.subject.clone(),
            _ => format!("Re: {}", thread.subject),
        };
        let message_id = self.message_id(number);
        Message {
            headers: vec![
                ("Message-ID".into(), message_id.clone()),
                ("Subject".into(), subject.clone()),
                ("MIME-Version".into(), "1.0".into()),
            ],
            subject: Some(subject),
            body,
            text,
            unique_body: None,
            from: Some(from.clone()),
            sender: Some(from.clone()),
            to: vec![to.clone()],
            cc: thread.others.clone(),
            bcc: match is_own && random.u8(..10) == 0 {
                true => vec![self.people.anybody(random).clone()],
                false => Vec::new(),
            },
            reply_to: match random.u8(..12) {
                0 => vec![from.clone()],
                _ => Vec::new(),
            },
            created: received,
            modified: received + TimeDelta::seconds(random.i64(0..86_400)),
            received,
            sent,
            internet_message_id: Some(message_id),
            importance: match random.u8(..20) {
                0 => Importance::Low,
                1 | 2 => Importance::High,
                _ => Importance::Normal,
            },
            flag: flag(random, received),
            categories: thread.categories.clone(),
            conversation: Conversation::of(
                &self.message_id(thread.first),
                self.options.moment(self.position(thread.first)),
                depth,
            ),
            is_read: is_own || is_read(random, place, self.position(number)),
            is_draft: place == Place::Drafts,
            is_read_receipt_requested: random.u8(..30) == 0,
            is_unimportant: random.u8(..3) == 0,
            has_attachments: false,
        }
    }

    /// The thread of a message: most groups of messages have two or three.
    fn thread(&self, number: usize) -> Thread {
        let group = number / GROUP;
        let starts = self.options.random(self.mailbox, "group", group).u8(..);
        let starts = starts & self.options.random(self.mailbox, "group", group + 1).u8(..) | 1;
        let is_start = |number: &usize| starts >> (number % GROUP) & 1 == 1;
        let first = (group * GROUP..=number).rfind(is_start).unwrap_or(number);
        let random = &mut self.options.random(self.mailbox, "thread", first);
        Thread {
            first,
            subject: texts::subject(random),
            with: self.people.anybody(random).clone(),
            others: (0..[0, 0, 0, 1, 1, 2, 5][random.usize(..7)])
                .map(|_| self.people.anybody(random).clone())
                .collect(),
            categories: texts::categories(random),
        }
    }

    /// Position of a message between the oldest and the newest.
    fn position(&self, number: usize) -> f64 {
        number as f64 / self.options.messages.max(1) as f64
    }

    /// More mail comes on working days than on others, and by day than by night.
    fn received(&self, random: &mut Rng, number: usize) -> DateTime<Utc> {
        let mut moment = self.options.moment(self.position(number));
        let is_weekend = matches!(moment.weekday(), Weekday::Sat | Weekday::Sun);
        if is_weekend && random.u8(..5) > 0 {
            moment += TimeDelta::days(2);
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
        moment.clamp(
            self.options.from,
            self.options.until - TimeDelta::seconds(1),
        )
    }

    fn body(&self, random: &mut Rng) -> (Body, String) {
        // From a fifth of the average length to nine fifths.
        let average = self.options.body_bytes;
        let length = average / 5 + random.usize(..average * 8 / 5 + 1);
        let paragraphs = self.prose.paragraphs(random, length);
        let text = paragraphs.join("\r\n\r\n");
        let body = match random.u8(..5) {
            0 | 1 => Body {
                content_type: ContentType::Text,
                content: text.clone(),
            },
            _ => Body {
                content_type: ContentType::Html,
                content: format!(
                    "<html><head></head><body><p>{}</p></body></html>",
                    paragraphs.join("</p>\r\n<p>")
                ),
            },
        };
        (body, text)
    }

    fn attachments(&self, random: &mut Rng, modified: DateTime<Utc>) -> Vec<Attachment> {
        let count = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2][random.usize(..16)];
        let average = self.options.attachment_bytes;
        let files = (0..count).map(|_| file(random, average, modified));
        let mut attachments: Vec<Attachment> = files.collect();
        if random.u8(..24) == 0 {
            attachments.push(picture(modified));
        }
        attachments
    }

    fn message_id(&self, number: usize) -> String {
        let unique = guid(&["message", self.mailbox, &number.to_string()]);
        format!("<{unique}@{}>", self.options.domain)
    }

    fn folder(&self, random: &mut Rng, place: Place) -> &str {
        match place {
            Place::Other if !self.places.others.is_empty() => {
                &self.places.others[random.usize(..self.places.others.len())]
            }
            Place::Inbox | Place::Other => &self.places.inbox,
            Place::Sent => &self.places.sent,
            Place::Drafts => &self.places.drafts,
            Place::Deleted => &self.places.deleted,
            Place::Junk => &self.places.junk,
            Place::Archive => &self.places.archive,
        }
    }
}

impl Iterator for Messages<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let number = self.next;
        (number < self.options.messages).then(|| {
            self.next += 1;
            self.message(number)
        })
    }

    fn nth(&mut self, count: usize) -> Option<Item> {
        self.next += count;
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.options.messages.saturating_sub(self.next);
        (left, Some(left))
    }
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

/// A file with meaningless content of about the average size.
pub(super) fn file(random: &mut Rng, average: usize, modified: DateTime<Utc>) -> Attachment {
    let (name, content_type, start) = texts::file(random);
    let mut bytes = start.to_vec();
    let mut content = vec![0; random.usize(..average * 2 + 1)];
    match content_type.starts_with("text/") {
        true => content
            .iter_mut()
            .for_each(|byte| *byte = random.u8(b' '..=b'~')),
        false => random.fill(&mut content),
    }
    bytes.append(&mut content);
    Attachment {
        name: Some(name),
        content_type: Some(content_type.into()),
        is_inline: false,
        size: bytes.len(),
        modified,
        content: Content::File {
            bytes,
            content_id: None,
        },
    }
}

const PICTURE_ID: &str = "logo@contoso.example";

fn picture(modified: DateTime<Utc>) -> Attachment {
    Attachment {
        name: Some("logo.gif".into()),
        content_type: Some("image/gif".into()),
        is_inline: true,
        size: PIXEL.len(),
        modified,
        content: Content::File {
            bytes: PIXEL.to_vec(),
            content_id: Some(PICTURE_ID.into()),
        },
    }
}

fn show_picture(body: &mut Body) {
    if body.content_type == ContentType::Html {
        let picture = format!("<img src=\"cid:{PICTURE_ID}\"></body>");
        body.content = body.content.replace("</body>", &picture);
    }
}
