//! The JSON form of entities, for the importer, the generator and the sample.
//!
//! Each type has a plain struct with its facts and a method that writes the JSON object with every
//! property of Graph's schema. Only [`ids`] makes ids.

pub mod attachment;
pub mod calendar;
pub mod contact;
pub mod event;
pub mod folder;
pub mod ids;
pub mod message;
pub mod time;
pub mod user;

#[cfg(test)]
pub mod testing;

use crate::model::Entity;
use crate::schema::schema;
use serde_json::{Value, json};

/// An entity in JSON's syntax: `entity! { "name": value, ... }`. The values are expressions.
macro_rules! entity {
    ($($name:literal : $value:expr),* $(,)?) => {
        $crate::model::Entity::from_iter([
            $(($name.to_owned(), serde_json::Value::from($value))),*
        ])
    };
}
use entity;

/// An entity of a type with these properties, and null or an empty list for the others that the type has.
pub fn whole(type_name: &str, known: Value) -> Entity {
    let properties = schema()
        .get(type_name)
        .map_or(&[][..], |known| &known.properties);
    let unset = properties.iter().filter(|property| !property.navigation);
    let unset = unset.map(|property| {
        let value = if property.collection {
            json!([])
        } else {
            Value::Null
        };
        (property.name.to_owned(), value)
    });
    let known = match known {
        Value::Object(known) => known,
        _ => Entity::new(),
    };
    unset.chain(known).collect()
}

/// A name with an address, for recipients, organizers and owners.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Address {
    pub name: String,
    pub address: String,
}

impl Address {
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            address: address.into(),
        }
    }

    /// Graph's `emailAddress`.
    pub fn email_address(&self) -> Value {
        entity! { "name": self.name.as_str(), "address": self.address.as_str() }.into()
    }

    /// Graph's `recipient`.
    pub fn recipient(&self) -> Value {
        entity! { "emailAddress": self.email_address() }.into()
    }
}

/// A list of recipients.
pub fn recipients(list: &[Address]) -> Value {
    list.iter().map(Address::recipient).collect()
}
