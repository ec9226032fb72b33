//! Where folders are.

use serde::Deserialize;
use std::collections::HashMap;

/// Where a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Below the top, like all folders above it.
    Shown,
    /// Below the top, but it or one above it is hidden.
    Hidden,
    /// Somewhere else.
    Outside,
    /// Nowhere, or no longer.
    Gone,
    /// Graph does not let the application see all folders above it: of a mailbox that shares one folder, for example.
    Unknown,
}

/// Places of folders by their ids.
pub struct Places(HashMap<String, Place>);

impl Places {
    pub fn new(places: HashMap<String, Place>) -> Self {
        Self(places)
    }

    pub fn of(&self, folder: &str) -> Place {
        self.0.get(folder).copied().unwrap_or(Place::Gone)
    }

    /// Whether the messages of all of them are surely listed; those of no folder are.
    pub fn all_sure(&self) -> bool {
        let mut places = self.0.values();
        places.all(|place| matches!(place, Place::Shown | Place::Gone))
    }

    /// Whether nothing is known that speaks against reading them, should nobody be allowed to read the list.
    pub fn none_doubtful(&self) -> bool {
        let mut places = self.0.values();
        places.all(|place| !matches!(place, Place::Hidden | Place::Outside))
    }
}

/// What tells where a folder is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Folder {
    pub id: String,
    pub parent_folder_id: Option<String>,
    pub is_hidden: Option<bool>,
}

/// What came of looking a folder up.
pub enum Found {
    Folder(Folder),
    Missing,
    Refused,
}
