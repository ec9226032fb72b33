//! The extended properties that are read of items (docs/graph.md#extended-properties).

use exchange_config::PropertyId;

/// Between the parts of a row's id. Neither kinds nor ids of items have it.
const SEPARATOR: char = '/';

/// The properties that a scan of items reads.
#[derive(Clone, Debug)]
pub struct Properties {
    pub wanted: Vec<Wanted>,
    pub is_list: bool,
}

/// A property, and the texts of its id in the statement.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub id: PropertyId,
    pub texts: Vec<String>,
}

impl Properties {
    /// The property of an item that has them.
    pub fn member(&self) -> &'static str {
        match self.is_list {
            true => "multiValueExtendedProperties",
            false => SINGLE,
        }
    }

    /// `$expand`, without percent-encoding.
    pub fn expand(&self) -> String {
        let texts = self.wanted.iter().map(|wanted| wanted.texts[0].as_str());
        expand(self.member(), texts)
    }
}

/// The property of an item that has its extended properties of one value.
pub const SINGLE: &str = "singleValueExtendedProperties";

/// `$expand` for the properties with these ids.
pub fn expand<'t>(member: &str, texts: impl Iterator<Item = &'t str>) -> String {
    let terms = texts.map(|text| format!("id eq '{}'", text.replace('\'', "''")));
    let terms: Vec<String> = terms.collect();
    format!("{member}($filter={})", terms.join(" or "))
}

/// A row's id in its parts: the kind of the item, its id, and the property's.
pub fn parts_of_id(id: &str) -> Option<[&str; 3]> {
    let (kind, rest) = id.split_once(SEPARATOR)?;
    let (item, property) = rest.split_once(SEPARATOR)?;
    Some([kind, item, property])
}

/// A row's id.
pub fn row_id(kind: &str, item: &str, property: &str) -> String {
    format!("{kind}{SEPARATOR}{item}{SEPARATOR}{property}")
}
