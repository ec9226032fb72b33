//! Where folders are.

use serde::Deserialize;
use std::collections::HashMap;

/// The position of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderPlace {
    /// Below the top, like all folders above it.
    Shown,
    /// Below the top, but it or one above it is hidden.
    Hidden,
    /// Somewhere else.
    Outside,
    /// It does not exist, or no longer.
    Gone,
    /// Graph does not show all folders above it to the application, for example in a mailbox that
    /// shares one folder.
    Unknown,
}

/// Positions of folders by their ids.
pub struct FolderPlaces(HashMap<String, FolderPlace>);

impl FolderPlaces {
    pub fn new(places: HashMap<String, FolderPlace>) -> Self {
        Self(places)
    }

    pub fn of(&self, folder: &str) -> FolderPlace {
        self.0.get(folder).copied().unwrap_or(FolderPlace::Gone)
    }

    /// Whether the messages of all these folders are surely listed; true for no folders.
    pub fn all_sure(&self) -> bool {
        let mut places = self.0.values();
        places.all(|place| matches!(place, FolderPlace::Shown | FolderPlace::Gone))
    }

    /// Whether nothing known forbids reading them, in case nobody is allowed to read the list.
    pub fn none_doubtful(&self) -> bool {
        let mut places = self.0.values();
        places.all(|place| !matches!(place, FolderPlace::Hidden | FolderPlace::Outside))
    }
}

/// The properties that determine a folder's position.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Folder {
    pub id: String,
    pub parent_folder_id: Option<String>,
    pub is_hidden: Option<bool>,
}

/// The result of looking a folder up.
pub enum Found {
    Folder(Folder),
    Missing,
    Refused,
}
