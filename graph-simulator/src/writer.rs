//! A writer in a mailbox that others read: mail arrives, is deleted, moved and changed.
//!
//! Each change follows from the seed and the mailbox alone, whenever it happens.

use crate::entities::ids::{Ids, Kind, guid};
use crate::entities::time;
use crate::model::{Entity, Item, Mailbox, Slot};
use crate::odata::moment;
use crate::store::{MailboxIndex, Store};
use chrono::{DateTime, TimeDelta, Utc};
use fastrand::Rng;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashSet;

/// The kinds of changes, and how many there are of each in a second or with each page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Writing {
    pub seed: u64,
    /// Id or principal name of the owner; the default is the first user with a mailbox.
    pub user: Option<String>,
    pub arrivals: f64,
    pub deletions: f64,
    pub moves: f64,
    /// Messages that are marked as read, or as unread.
    pub edits: f64,
    pub per: Per,
}

/// The time that the numbers of a [`Writing`] mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Per {
    #[default]
    Second,
    /// Each list of messages that is served: so a reader meets the same changes in every run.
    Page,
}

impl Writing {
    /// All changes in a second, or with each page.
    pub fn rate(&self) -> f64 {
        self.arrivals + self.deletions + self.moves + self.edits
    }
}

/// A change that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Change {
    Arrived {
        id: String,
        folder: String,
    },
    Deleted {
        id: String,
    },
    Moved {
        id: String,
        from: String,
        to: String,
    },
    Edited {
        id: String,
    },
}

/// The changes since a writer started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Written {
    /// In their order.
    pub changes: Vec<Change>,
}

impl Written {
    /// The messages that arrived, deleted ones included.
    pub fn arrived(&self) -> HashSet<&str> {
        let ids = self.changes.iter().filter_map(|change| match change {
            Change::Arrived { id, .. } => Some(id.as_str()),
            _ => None,
        });
        ids.collect()
    }
}

/// Numbers of arriving messages start here, far from those of all others.
const FIRST_ARRIVAL: u64 = 1 << 41;

/// Makes changes one after the other.
#[derive(Debug)]
pub struct Writer {
    writing: Writing,
    random: Rng,
    /// Position of the owner.
    user: usize,
    ids: Ids,
    /// The time in the mailbox, which goes on with every change.
    now: DateTime<Utc>,
    /// Changes that are due, and a part of one.
    due: f64,
    /// The number of the next message or version.
    next: u64,
    written: Written,
}

impl Writer {
    /// A writer after another one, whose ids it does not use again; `None` when there is no such mailbox.
    pub fn new(writing: &Writing, store: &Store, earlier: Option<&Self>) -> Option<Self> {
        let user = match &writing.user {
            Some(name) => store.user(name)?,
            None => {
                let mut users = store.tenant().users.iter();
                users.position(|user| user.mailbox.is_some())?
            }
        };
        let (_, index) = store.mailbox(user)?;
        let name = store.user_at(user).entity.get("userPrincipalName");
        // Odd mailboxes have mail of the year 9999, after which nothing can arrive.
        let latest: DateTime<Utc> = "9000-01-01T00:00:00Z".parse().ok()?;
        let received = index.messages_by_date.iter();
        let mut received = received.filter_map(|&slot| {
            let moment = moment::to_date_time(index.received[slot as usize])?;
            Some(moment.and_utc()).filter(|moment| *moment < latest)
        });
        Some(Self {
            random: Rng::with_seed(writing.seed),
            user,
            ids: Ids::new(name.and_then(Value::as_str).unwrap_or_default()),
            now: received.next().unwrap_or_default(),
            due: 0.0,
            next: earlier.map_or(FIRST_ARRIVAL, |earlier| earlier.next),
            written: Written::default(),
            writing: writing.clone(),
        })
    }

    pub fn writing(&self) -> &Writing {
        &self.writing
    }

    pub fn written(&self) -> &Written {
        &self.written
    }

    /// Makes the changes of a part of the time, of one page for example.
    pub fn work(&mut self, store: &mut Store, part: f64) {
        self.due += self.writing.rate() * part;
        while self.due >= 1.0 {
            self.due -= 1.0;
            let change = store.edit(self.user, |mailbox, index| self.change(mailbox, index));
            self.written.changes.extend(change.flatten());
        }
    }

    /// The ids of the messages that were there all the time.
    pub fn stayed(&self, store: &Store) -> Vec<String> {
        let arrived = self.written.arrived();
        let Some((mailbox, index)) = store.mailbox(self.user) else {
            return Vec::new();
        };
        let ids = index.messages_by_date.iter();
        ids.map(|&slot| id(mailbox, slot))
            .filter(|id| !arrived.contains(id.as_str()))
            .collect()
    }

    /// `None` when there is nothing to change.
    fn change(&mut self, mailbox: &mut Mailbox, index: &mut MailboxIndex) -> Option<Change> {
        let mut at = self.random.f64() * self.writing.rate();
        let count = index.messages_by_date.len();
        let slot = match count {
            0 => return None,
            _ => index.messages_by_date[self.random.usize(..count)],
        };
        self.now += TimeDelta::seconds(self.random.i64(1..600));
        self.next += 1;
        let mut is = |rate: f64| {
            let is = at < rate;
            at -= rate;
            is
        };
        if is(self.writing.arrivals) {
            Some(self.arrive(mailbox, index, slot))
        } else if is(self.writing.deletions) {
            let id = id(mailbox, slot);
            index.delete(mailbox, slot);
            Some(Change::Deleted { id })
        } else if is(self.writing.moves) {
            self.move_away(mailbox, index, slot)
        } else {
            Some(self.edit(mailbox, index, slot))
        }
    }

    /// A message like another one arrives.
    fn arrive(&self, mailbox: &mut Mailbox, index: &mut MailboxIndex, like: Slot) -> Change {
        let mut message = mailbox.message(like).into_owned();
        let id = self.ids.item(Kind::Message, self.next);
        let old = message.entity.insert("id".into(), id.as_str().into());
        let now = time::moment(self.now);
        for name in [
            "receivedDateTime",
            "sentDateTime",
            "createdDateTime",
            "lastModifiedDateTime",
        ] {
            message.entity.insert(name.into(), now.as_str().into());
        }
        let unique = format!("<{}@arrivals.example>", guid(&["arrival", &id]));
        message
            .entity
            .insert("internetMessageId".into(), unique.into());
        message.entity.insert("isRead".into(), false.into());
        let link = message.entity.get("webLink").and_then(Value::as_str);
        if let (Some(link), Some(Value::String(old))) = (link, old) {
            let link = link.replace(&old.replace('=', "%3D"), &id.replace('=', "%3D"));
            message.entity.insert("webLink".into(), link.into());
        }
        for (number, attachment) in message.attachments.iter_mut().enumerate() {
            let id = self.ids.attachment(&id, number);
            attachment.insert("id".into(), id.into());
        }
        self.renew(&mut message.entity);
        let folder = message.parent_id.clone();
        index.deliver(mailbox, message);
        Change::Arrived { id, folder }
    }

    fn move_away(
        &mut self,
        mailbox: &mut Mailbox,
        index: &mut MailboxIndex,
        slot: Slot,
    ) -> Option<Change> {
        let from = mailbox.folder_of(slot).to_owned();
        let folders = mailbox.folders.iter().filter_map(|folder| {
            let id = folder.entity.get("id")?.as_str()?;
            let is_search = folder.entity.contains_key("@odata.type");
            (id != from && !is_search && index.is_listed(id)).then_some(id)
        });
        let folders: Vec<&str> = folders.collect();
        let to = folders.get(self.random.usize(..folders.len().max(1)))?;
        let to = (*to).to_owned();
        let mut message = mailbox.message(slot).into_owned();
        message.parent_id.clone_from(&to);
        let parent = to.as_str().into();
        message.entity.insert("parentFolderId".into(), parent);
        self.renew(&mut message.entity);
        index.replace(mailbox, slot, message);
        let id = id(mailbox, slot);
        Some(Change::Moved { id, from, to })
    }

    fn edit(&self, mailbox: &mut Mailbox, index: &mut MailboxIndex, slot: Slot) -> Change {
        let mut message: Item = mailbox.message(slot).into_owned();
        let is_read = message.is_unread();
        message.entity.insert("isRead".into(), is_read.into());
        self.renew(&mut message.entity);
        index.replace(mailbox, slot, message);
        let id = id(mailbox, slot);
        Change::Edited { id }
    }

    /// Gives a message another version.
    fn renew(&self, entity: &mut Entity) {
        let key = self.ids.change_key(Kind::Message, self.next);
        let modified = time::moment(self.now);
        entity.insert("@odata.etag".into(), format!("W/\"{key}\"").into());
        entity.insert("changeKey".into(), key.into());
        entity.insert("lastModifiedDateTime".into(), modified.into());
    }
}

fn id(mailbox: &Mailbox, slot: Slot) -> String {
    let entity = mailbox.entity(slot, Some(&["id"]));
    let id = entity.get("id").and_then(Value::as_str);
    id.unwrap_or_default().to_owned()
}
