//! Messages: threads among people, over years, in folders.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::draw::{self, Drawn, PLACES, Place};
use super::files::show_picture;
use super::options::Options;
use super::people::People;
use super::texts::{self, Prose};
use super::{folders, odd};
use crate::entities::Address;
use crate::entities::attachment::Attachment;
use crate::entities::folder::FolderTree;
use crate::entities::ids::{Ids, Kind, guid};
use crate::entities::message::{Body, ContentType, Conversation, Identity, Message};
use crate::entities::user::User;
use crate::model::{Entity, Facts, Item, Show, Shown, Source};

/// Messages come in groups of this size, which contain the threads.
const GROUP: usize = 8;

/// Bytes that are enough for a preview: 255 characters.
const ENOUGH_FOR_PREVIEW: usize = 1_100;

/// The messages of a mailbox, made when they are asked for.
pub struct Messages {
    options: Options,
    people: Arc<People>,
    owner: Address,
    mailbox: String,
    ids: Ids,
    tree: FolderTree,
    /// Ids of the folders with messages.
    folders: Vec<String>,
    prose: Prose,
}

/// The common facts of a thread's messages.
struct Thread<'a> {
    /// Number of its first message.
    first: usize,
    subject: String,
    with: &'a Address,
    others: Vec<&'a Address>,
    categories: Vec<String>,
}

/// The parts of a message that take long and are not always needed.
#[derive(Clone, Copy, Default)]
struct Parts {
    body: bool,
    preview: bool,
    /// Everybody but the author.
    people: bool,
    message_id: bool,
    conversation: bool,
    headers: bool,
}

impl Parts {
    const ALL: Self = Self {
        body: true,
        preview: true,
        people: true,
        message_id: true,
        conversation: true,
        headers: true,
    };

    fn of(names: &[&str]) -> Self {
        let mut parts = Self::default();
        for name in names {
            match *name {
                "body" | "uniqueBody" => parts.body = true,
                "bodyPreview" => parts.preview = true,
                "sender" | "toRecipients" | "ccRecipients" | "bccRecipients" | "replyTo" => {
                    parts.people = true;
                }
                "internetMessageId" => parts.message_id = true,
                "conversationId" | "conversationIndex" => parts.conversation = true,
                "internetMessageHeaders" => parts.headers = true,
                _ => {}
            }
        }
        parts
    }
}

impl Messages {
    pub(super) fn new(options: &Options, people: &Arc<People>, owner: &User) -> Self {
        let mailbox = owner.principal_name.as_str();
        let (tree, others) = folders::tree(options, mailbox);
        let places = PLACES.iter().map(|name| tree.well_known(name));
        Self {
            options: options.clone(),
            people: Arc::clone(people),
            owner: owner.address(),
            mailbox: mailbox.to_owned(),
            ids: Ids::new(mailbox),
            folders: places.chain(others).collect(),
            tree,
            prose: Prose::new(&mut options.random(mailbox, "prose", 0)),
        }
    }

    /// All folders of the mailbox.
    pub(super) fn tree(&self) -> &FolderTree {
        &self.tree
    }

    fn draw(&self, number: usize) -> Drawn<'_> {
        let random = &mut self.options.random(&self.mailbox, "message", number);
        draw::draw(random, number, &self.options, &self.people, &self.prose)
    }

    fn id(&self, number: usize) -> String {
        self.options.item_id(&self.ids, Kind::Message, number)
    }

    fn message(&self, number: usize, drawn: &Drawn, parts: Parts) -> Message {
        let thread = self.thread(number);
        let is_own = matches!(drawn.place, Place::Sent | Place::Drafts);
        let depth = number - thread.first;
        let (from, to) = match is_own {
            true => (&self.owner, thread.with),
            false => (thread.with, &self.owner),
        };
        let subject = match depth {
            0 => thread.subject,
            _ => format!("Re: {}", thread.subject),
        };
        let mut message = Message {
            body: body(drawn, parts),
            text: text(drawn, parts),
            from: Some(from.clone()),
            created: drawn.received,
            modified: drawn.modified,
            received: drawn.received,
            sent: drawn.sent,
            importance: drawn.importance,
            flag: drawn.flag,
            categories: thread.categories,
            is_read: drawn.is_read,
            is_draft: drawn.place == Place::Drafts,
            is_read_receipt_requested: drawn.is_read_receipt_requested,
            is_unimportant: drawn.is_unimportant,
            has_attachments: drawn.attachments.iter().any(|file| !file.is_inline),
            ..Message::default()
        };
        if parts.people {
            message.sender.clone_from(&message.from);
            message.to = vec![to.clone()];
            message.cc = thread.others.into_iter().cloned().collect();
            message.bcc = drawn.bcc.into_iter().cloned().collect();
            message.reply_to = drawn
                .has_reply_to
                .then_some(from)
                .into_iter()
                .cloned()
                .collect();
        }
        if parts.message_id || parts.headers {
            message.internet_message_id = Some(self.message_id(number));
        }
        if parts.headers {
            let header = |name: &str, value: Option<&str>| {
                (name.to_owned(), value.unwrap_or_default().to_owned())
            };
            message.headers = vec![
                header("Message-ID", message.internet_message_id.as_deref()),
                header("Subject", Some(&subject)),
                header("MIME-Version", Some("1.0")),
            ];
        }
        message.subject = Some(subject);
        if parts.conversation {
            message.conversation = Conversation::of(
                &self.message_id(thread.first),
                self.options.moment_of_message(thread.first),
                depth,
            );
        }
        if drawn.attachments.iter().any(|file| file.is_inline) {
            show_picture(&mut message.body);
        }
        if self.options.odd {
            odd::change_message(&mut message, number, &self.options);
        }
        message
    }

    /// The thread of a message: most groups of messages have two or three.
    fn thread(&self, number: usize) -> Thread<'_> {
        let group = number / GROUP;
        let starts = self.options.random(&self.mailbox, "group", group).u8(..);
        let starts = starts
            & self
                .options
                .random(&self.mailbox, "group", group + 1)
                .u8(..)
            | 1;
        let is_start = |number: &usize| starts >> (number % GROUP) & 1 == 1;
        let first = (group * GROUP..=number).rfind(is_start).unwrap_or(number);
        let random = &mut self.options.random(&self.mailbox, "thread", first);
        Thread {
            first,
            subject: texts::subject(random),
            with: self.people.anybody(random),
            others: (0..[0, 0, 0, 1, 1, 2, 5][random.usize(..7)])
                .map(|_| self.people.anybody(random))
                .collect(),
            categories: texts::categories(random),
        }
    }

    fn message_id(&self, number: usize) -> String {
        let unique = guid(&["message", &self.mailbox, &number.to_string()]);
        format!("<{unique}@{}>", self.options.domain)
    }

    fn whole(&self, number: usize) -> Entity {
        let drawn = self.draw(number);
        let message = self.message(number, &drawn, Parts::ALL);
        let folder_id = &self.folders[drawn.folder];
        let id = self.id(number);
        let mut entity = message.entity(&self.ids, &id, number as u64, folder_id);
        if self.options.is_odd(number) {
            odd::change_message_entity(&mut entity, number);
        }
        entity
    }

    fn files(&self, number: usize, drawn: &Drawn) -> Vec<Entity> {
        let id = match drawn.attachments.is_empty() {
            true => return Vec::new(),
            false => self.id(number),
        };
        let files = drawn.attachments.iter().enumerate();
        let entity = |(index, file): (usize, &Attachment)| {
            file.entity(&self.ids.attachment(&id, index), &self.ids)
        };
        files.map(entity).collect()
    }

    fn facts_of(&self, numbers: Range<usize>) -> Vec<Facts> {
        numbers.map(|number| self.fact(number)).collect()
    }

    fn fact(&self, number: usize) -> Facts {
        let drawn = self.draw(number);
        let mut facts = Facts {
            received: drawn.received.timestamp(),
            folder: drawn.folder as u16,
            is_unread: !drawn.is_read,
        };
        if self.options.odd {
            let message = self.message(number, &drawn, Parts::default());
            facts.received = message.received.timestamp();
        }
        if self.options.is_odd(number) {
            facts.is_unread = self.whole(number)["isRead"] == false;
        }
        facts
    }
}

impl Source for Messages {
    fn facts(&self) -> Vec<Facts> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let count = self.options.messages;
        let share = count.div_ceil(threads).max(1_000);
        std::thread::scope(|scope| {
            let shares = (0..count).step_by(share).map(|first| {
                let numbers = first..count.min(first + share);
                scope.spawn(|| self.facts_of(numbers))
            });
            let shares: Vec<_> = shares.collect();
            let mut facts = Vec::with_capacity(count);
            for share in shares {
                facts.extend(share.join().expect("the same code works in every share"));
            }
            facts
        })
    }

    fn folders(&self) -> &[String] {
        &self.folders
    }

    fn item(&self, number: u32) -> Item {
        let number = number as usize;
        let drawn = self.draw(number);
        Item {
            parent_id: self.folders[drawn.folder].clone(),
            entity: self.whole(number),
            attachments: self.files(number, &drawn),
        }
    }

    fn entity(&self, number: u32, names: &[&str]) -> Entity {
        if self.options.is_odd(number as usize) {
            return self.whole(number as usize);
        }
        let mut entity = Entity::new();
        self.show(number, names, &mut |at, value| {
            if let Some(value) = value {
                entity.insert(names[at].to_owned(), value.into_value());
            }
        });
        entity
    }

    fn show(&self, number: u32, names: &[&str], show: &mut Show<'_>) {
        let number = number as usize;
        if self.options.is_odd(number) {
            let entity = self.whole(number);
            for (at, name) in names.iter().enumerate() {
                let value = entity.get(*name);
                show(at, value.map(|value| Shown::Value(Cow::Borrowed(value))));
            }
            return;
        }
        let drawn = self.draw(number);
        let message = self.message(number, &drawn, Parts::of(names));
        let identity = Identity {
            ids: &self.ids,
            id: &self.id(number),
            version: number as u64,
            folder_id: &self.folders[drawn.folder],
        };
        for (at, name) in names.iter().enumerate() {
            show(at, message.property(&identity, name));
        }
    }

    fn attachments(&self, number: u32) -> Vec<Entity> {
        let number = number as usize;
        self.files(number, &self.draw(number))
    }

    fn number(&self, id: &str) -> Option<u32> {
        let number = self.options.item_number(&self.ids, Kind::Message, id)?;
        let number = Some(number).filter(|number| *number < self.options.messages)?;
        u32::try_from(number).ok()
    }
}

impl fmt::Debug for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Messages")
            .field("mailbox", &self.mailbox)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

fn body(drawn: &Drawn, parts: Parts) -> Body {
    let content = match drawn.content_type {
        _ if !parts.body => String::new(),
        ContentType::Text => drawn.paragraphs.join("\r\n\r\n"),
        ContentType::Html => format!(
            "<html><head></head><body><p>{}</p></body></html>",
            drawn.paragraphs.join("</p>\r\n<p>")
        ),
    };
    Body {
        content_type: drawn.content_type,
        content,
    }
}

fn text(drawn: &Drawn, parts: Parts) -> String {
    match parts {
        Parts { body: true, .. } => drawn.paragraphs.join("\r\n\r\n"),
        Parts { preview: true, .. } => beginning(&drawn.paragraphs),
        _ => String::new(),
    }
}

/// The beginning of the text, for the preview.
fn beginning(paragraphs: &[&str]) -> String {
    let mut length = 0;
    let enough = paragraphs.iter().position(|paragraph| {
        length += paragraph.len();
        length >= ENOUGH_FOR_PREVIEW
    });
    let count = enough.map_or(paragraphs.len(), |last| last + 1);
    paragraphs[..count].join("\r\n\r\n")
}
