//! The types of Graph: the properties of entities and their kinds.
//!
//! `types.txt` is the service's own metadata in a short notation, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Kind of a property's value, or of one element if the property is a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Boolean,
    Number,
    DateTimeOffset,
    Date,
    TimeOfDay,
    Guid,
    Binary,
    Duration,
    Enumeration(&'static str),
    /// A complex type or an entity.
    Structured(&'static str),
}

#[derive(Clone, Debug)]
pub struct Property {
    pub name: &'static str,
    pub kind: Kind,
    pub collection: bool,
    pub navigation: bool,
}

/// An entity type or a complex type.
#[derive(Clone, Debug)]
pub struct Type {
    pub name: &'static str,
    pub base: Option<&'static str>,
    /// Inherited ones first.
    pub properties: Vec<Property>,
}

pub struct Schema {
    types: HashMap<&'static str, Type>,
    enumerations: HashMap<&'static str, Vec<&'static str>>,
}

/// The types that the simulator knows.
pub fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::read(include_str!("types.txt")));
    &SCHEMA
}

impl Schema {
    fn read(text: &'static str) -> Self {
        let mut schema = Self {
            types: HashMap::new(),
            enumerations: HashMap::new(),
        };
        let enums = text.lines().filter_map(|line| line.strip_prefix("enum "));
        for line in enums {
            let mut words = line.split(' ');
            schema
                .enumerations
                .insert(words.next().unwrap_or_default(), words.collect());
        }
        let blocks = text.split("\n\n").map(|block| block.lines().peekable());
        for mut lines in blocks {
            let Some(head) = lines.next().and_then(heading) else {
                continue;
            };
            let (name, base) = head;
            let inherited = base.and_then(|base| schema.types.get(base));
            let mut properties = inherited
                .map(|base| base.properties.clone())
                .unwrap_or_default();
            properties.extend(lines.filter_map(|line| schema.property(line)));
            schema.types.insert(
                name,
                Type {
                    name,
                    base,
                    properties,
                },
            );
        }
        schema
    }

    fn property(&self, line: &'static str) -> Option<Property> {
        let line = line.strip_prefix("  ")?;
        let (navigation, line) = match line.strip_prefix("-> ") {
            Some(line) => (true, line),
            None => (false, line),
        };
        let (name, type_name) = line.split_once(' ')?;
        let (type_name, collection) = match type_name.strip_suffix('*') {
            Some(type_name) => (type_name, true),
            None => (type_name, false),
        };
        Some(Property {
            name,
            kind: self.kind(type_name),
            collection,
            navigation,
        })
    }

    fn kind(&self, type_name: &'static str) -> Kind {
        match type_name {
            "String" => Kind::Text,
            "Boolean" => Kind::Boolean,
            "Int32" | "Int64" | "Double" | "Single" | "Decimal" => Kind::Number,
            "DateTimeOffset" => Kind::DateTimeOffset,
            "Date" => Kind::Date,
            "TimeOfDay" => Kind::TimeOfDay,
            "Guid" => Kind::Guid,
            "Binary" => Kind::Binary,
            "Duration" => Kind::Duration,
            name if self.enumerations.contains_key(name) => Kind::Enumeration(name),
            name => Kind::Structured(name),
        }
    }

    /// The type of this name.
    pub fn get(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// The members of an enumeration.
    pub fn members(&self, enumeration: &str) -> &[&'static str] {
        self.enumerations
            .get(enumeration)
            .map_or(&[], Vec::as_slice)
    }

    /// Whether a type is another or derives from it.
    pub fn is_a(&self, name: &str, ancestor: &str) -> bool {
        let mut current = Some(name);
        while let Some(name) = current {
            if name == ancestor {
                return true;
            }
            current = self.get(name).and_then(|known| known.base);
        }
        false
    }
}

impl Type {
    /// The property of this name. Graph matches names without case.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties
            .iter()
            .find(|property| property.name.eq_ignore_ascii_case(name))
    }
}

fn heading(line: &'static str) -> Option<(&'static str, Option<&'static str>)> {
    let rest = line
        .strip_prefix("entity ")
        .or_else(|| line.strip_prefix("complex "))?;
    Some(match rest.split_once(" : ") {
        Some((name, base)) => (name, Some(base)),
        None => (rest, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_types_have_the_properties_of_their_base() {
        let message = schema().get("message").expect("message");
        for name in ["id", "changeKey", "receivedDateTime", "subject"] {
            assert!(message.property(name).is_some(), "{name}");
        }
        assert!(
            message
                .property("attachments")
                .expect("attachments")
                .navigation
        );
        assert!(message.property("isJunk").is_none());
        assert!(schema().is_a("eventMessageRequest", "message"));
        assert!(!schema().is_a("message", "event"));
    }

    #[test]
    fn kinds_tell_collections_enumerations_and_structures_apart() {
        let message = schema().get("message").expect("message");
        let to = message
            .property("torecipients")
            .expect("names match without case");
        assert!(to.collection);
        assert_eq!(to.kind, Kind::Structured("recipient"));
        assert_eq!(
            message.property("importance").expect("importance").kind,
            Kind::Enumeration("importance")
        );
        assert_eq!(schema().members("importance"), ["low", "normal", "high"]);
    }

    #[test]
    fn every_structured_property_leads_to_a_known_type() {
        for known in schema().types.values() {
            for property in known
                .properties
                .iter()
                .filter(|property| !property.navigation)
            {
                if let Kind::Structured(name) = property.kind {
                    assert!(
                        schema().get(name).is_some(),
                        "{}.{}: {name}",
                        known.name,
                        property.name
                    );
                }
            }
        }
    }
}
