//! The source of a connection's rows.

use exchange_config::Settings;
use exchange_graph as graph;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The Graph client and the settings of a connection, shared by its tables.
#[derive(Debug)]
pub struct GraphSource {
    client: graph::Client,
    settings: Settings,
    known_listed: KnownListed,
}

impl GraphSource {
    pub fn new(client: graph::Client, settings: Settings) -> Self {
        Self {
            client,
            settings,
            known_listed: KnownListed::default(),
        }
    }

    pub fn client(&self) -> &graph::Client {
        &self.client
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn known_listed(&self) -> &KnownListed {
        &self.known_listed
    }
}

/// A folder may be hidden or moved later, which is rare; statements notice it within this time.
const KEPT: Duration = Duration::from_secs(300);

/// Maximum numbers of remembered folders and messages.
const MOST_FOLDERS: usize = 10_000;
const MOST_MESSAGES: usize = 100_000;

/// Folders and messages that are known to be listed, so that they are not looked up each time rows
/// are read by their ids or folders.
#[derive(Debug, Default)]
pub struct KnownListed(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The time of the first entry.
    since: Option<Instant>,
    /// Mailbox and id.
    shown: HashSet<(String, String)>,
    /// Ids of the root folders, by mailbox.
    roots: HashMap<String, String>,
    /// Hashes of mailbox and id.
    messages: HashSet<u64>,
    keys: RandomState,
}

impl KnownListed {
    pub fn is_shown(&self, mailbox: &str, folder: &str) -> bool {
        let key = (mailbox.to_lowercase(), folder.to_owned());
        self.current().shown.contains(&key)
    }

    pub fn root(&self, mailbox: &str) -> Option<String> {
        self.current().roots.get(&mailbox.to_lowercase()).cloned()
    }

    pub fn is_listed(&self, mailbox: &str, message: &str) -> bool {
        let known = self.current();
        let hash = known.keys.hash_one((mailbox.to_lowercase(), message));
        known.messages.contains(&hash)
    }

    pub fn remember<'a>(
        &self,
        mailbox: &str,
        root: Option<String>,
        shown: impl Iterator<Item = &'a str>,
    ) {
        let mailbox = mailbox.to_lowercase();
        let mut known = self.current();
        if known.shown.len() > MOST_FOLDERS || known.roots.len() > MOST_FOLDERS {
            *known = Known::default();
        }
        let shown = shown.map(|folder| (mailbox.clone(), folder.to_owned()));
        known.shown.extend(shown);
        if let Some(root) = root {
            known.roots.insert(mailbox, root);
        }
        known.since.get_or_insert_with(Instant::now);
    }

    pub fn remember_messages<'a>(&self, mailbox: &str, ids: impl Iterator<Item = &'a str>) {
        let mailbox = mailbox.to_lowercase();
        let mut known = self.current();
        for id in ids {
            if known.messages.len() >= MOST_MESSAGES {
                break;
            }
            let hash = known.keys.hash_one((&mailbox, id));
            known.messages.insert(hash);
        }
        known.since.get_or_insert_with(Instant::now);
    }

    /// The entries, unless they are too old.
    fn current(&self) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.since.is_some_and(|since| since.elapsed() >= KEPT) {
            *known = Known::default();
        }
        known
    }
}
