//! The tenant with indexes, so that the cost of a page depends only on its rows.

mod complete;
mod mailbox;

pub use mailbox::MailboxIndex;

use crate::model::{Item, Mailbox, Tenant, User};
use std::collections::HashMap;

/// A tenant and its indexes.
#[derive(Debug)]
pub struct Store {
    tenant: Tenant,
    /// Positions of users, by id and by principal name in lower case.
    users: HashMap<String, usize>,
    /// One for each user; `None` without a mailbox.
    mailboxes: Vec<Option<MailboxIndex>>,
    /// Grows with every change, so that cached results of earlier states are not used.
    version: u64,
}

impl Store {
    pub fn new(tenant: Tenant) -> Self {
        let mut store = Self {
            tenant,
            users: HashMap::new(),
            mailboxes: Vec::new(),
            version: 0,
        };
        store.arrange();
        store
    }

    fn arrange(&mut self) {
        complete::tenant(&mut self.tenant);
        self.users.clear();
        for (position, user) in self.tenant.users.iter().enumerate() {
            for name in ["id", "userPrincipalName"] {
                if let Some(text) = user.entity.get(name).and_then(|value| value.as_str()) {
                    self.users.insert(text.to_lowercase(), position);
                }
            }
        }
        let mailboxes = self
            .tenant
            .users
            .iter_mut()
            .map(|user| user.mailbox.as_mut());
        self.mailboxes = mailboxes
            .map(|mailbox| mailbox.map(MailboxIndex::new))
            .collect();
        self.version += 1;
    }

    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    /// Changes anything.
    pub fn change<R>(&mut self, change: impl FnOnce(&mut Tenant) -> R) -> R {
        let outcome = change(&mut self.tenant);
        self.arrange();
        outcome
    }

    /// Puts a message into a mailbox; false when there is no such mailbox.
    pub fn deliver(&mut self, user: &str, message: Item) -> bool {
        let position = self.user(user);
        let delivered = position.and_then(|position| {
            self.edit(position, |mailbox, index| index.deliver(mailbox, message))
        });
        delivered.is_some()
    }

    /// Puts other events into a mailbox; false when there is no such mailbox.
    pub fn replace_events(&mut self, user: &str, events: Vec<Item>) -> bool {
        let position = self.user(user);
        let is_mailbox = position.is_some_and(|at| self.tenant.users[at].mailbox.is_some());
        if let Some(position) = position.filter(|_| is_mailbox) {
            self.change(|tenant| {
                if let Some(mailbox) = &mut tenant.users[position].mailbox {
                    mailbox.events = events;
                }
            });
        }
        is_mailbox
    }

    /// Changes the messages of a mailbox through its index; `None` when the user has no mailbox.
    pub fn edit<R>(
        &mut self,
        position: usize,
        edit: impl FnOnce(&mut Mailbox, &mut MailboxIndex) -> R,
    ) -> Option<R> {
        let mailbox = self.tenant.users[position].mailbox.as_mut()?;
        let outcome = edit(mailbox, self.mailboxes[position].as_mut()?);
        self.version += 1;
        Some(outcome)
    }

    /// The position of the user of this id or principal name.
    pub fn user(&self, name: &str) -> Option<usize> {
        self.users.get(&name.to_lowercase()).copied()
    }

    pub fn user_at(&self, position: usize) -> &User {
        &self.tenant.users[position]
    }

    pub fn mailbox(&self, position: usize) -> Option<(&Mailbox, &MailboxIndex)> {
        let mailbox = self.tenant.users[position].mailbox.as_ref()?;
        Some((mailbox, self.mailboxes[position].as_ref()?))
    }
}
