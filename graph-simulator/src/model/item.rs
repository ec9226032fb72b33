//! Entities, and those that lie in a folder or a calendar.

use serde_json::{Map, Value};

/// A Graph entity with all its properties.
pub type Entity = Map<String, Value>;

/// A message, event or contact.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Id of the folder or calendar that holds it.
    pub parent_id: String,
    pub entity: Entity,
    /// Attachments with their content (`contentBytes`), for messages and events.
    pub attachments: Vec<Entity>,
}

impl Item {
    pub fn is_unread(&self) -> bool {
        self.entity.get("isRead").and_then(Value::as_bool) == Some(false)
    }
}
