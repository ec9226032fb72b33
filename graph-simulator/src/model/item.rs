//! Entities, and those that lie in a folder, a calendar or another object.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// A Graph entity with all its properties.
pub type Entity = Map<String, Value>;

/// A message, event, contact, task or another object in an object.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Id of the folder, calendar, list or task that holds it.
    pub parent_id: String,
    pub entity: Entity,
    /// Attachments with their content (`contentBytes`), for messages and events.
    pub attachments: Vec<Entity>,
}

/// The value of a property while it is shown, so that a text need not be copied into an entity.
#[derive(Clone, Debug)]
pub enum Shown<'a> {
    Text(Cow<'a, str>),
    Value(Cow<'a, Value>),
}

impl Shown<'_> {
    pub fn into_value(self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.into_owned()),
            Self::Value(value) => value.into_owned(),
        }
    }
}

impl<'a> From<&'a str> for Shown<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Shown<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Value> for Shown<'_> {
    fn from(value: Value) -> Self {
        Self::Value(Cow::Owned(value))
    }
}

impl From<bool> for Shown<'_> {
    fn from(value: bool) -> Self {
        Value::Bool(value).into()
    }
}

impl<'a, T: Into<Shown<'a>>> From<Option<T>> for Shown<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(|| Value::Null.into(), Into::into)
    }
}

impl Item {
    pub fn is_unread(&self) -> bool {
        self.entity.get("isRead").and_then(Value::as_bool) == Some(false)
    }
}
