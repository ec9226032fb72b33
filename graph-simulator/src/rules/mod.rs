//! Graph's rules for each collection, as data.
//!
//! Serving another collection takes an entry here (and its rows, in [`crate::resources`]): how it
//! pages, which operators filter which properties, sorting, expanding, and properties that need
//! `$select`. Each rule has a page of Microsoft's documentation or a report of the service's
//! behaviour as its source; docs/graph.md has them, by the sections that the entries name.
//! Everything that nobody has seen Graph accept is refused, so that the service does not surprise a
//! client that passes here.

mod collection;
mod directory;
mod directory_filters;
mod filter;
mod matrix;
mod outlook;
mod small;

pub use collection::{
    Beyond, Collection, Link, NeverSelected, OrderRules, Paging, Search, Service,
};
pub use directory::{
    DELETED_USERS, GROUPS, MEMBERS, ORG_CONTACTS, ORGANIZATION, SUBSCRIBED_SKUS, USERS, usual_of,
};
pub use filter::{FilterRules, pascal};
pub use matrix::Query;
pub use outlook::{
    ATTACHMENTS, CALENDAR_VIEW, CALENDARS, CONTACT_FOLDERS, CONTACTS, EVENTS, INSTANCES,
    MAIL_FOLDERS, MESSAGES,
};
pub use small::*;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Kind, schema};

    /// Rules name properties in Graph's spelling, otherwise they would never be found.
    #[test]
    fn every_rule_speaks_of_a_property_that_exists() {
        let by_hand = [
            &USERS,
            &MESSAGES,
            &MAIL_FOLDERS,
            &EVENTS,
            &CALENDAR_VIEW,
            &INSTANCES,
            &CONTACTS,
            &CONTACT_FOLDERS,
            &ATTACHMENTS,
            &MAILBOX_SETTINGS,
        ];
        for collection in by_hand.into_iter().chain(crate::resources::rules()) {
            let filters: Vec<&str> = match &collection.filter {
                FilterRules::Outlook(rules) => rules.iter().map(|(path, _)| *path).collect(),
                FilterRules::Directory(matrix) => {
                    matrix.rows.iter().map(|(name, _)| *name).collect()
                }
                FilterRules::Ignored | FilterRules::Conversations => Vec::new(),
            };
            let orders: Vec<&str> = match &collection.order {
                OrderRules::None => Vec::new(),
                OrderRules::Outlook(paths) => paths.to_vec(),
                OrderRules::Directory { plain, advanced } => [*plain, *advanced].concat(),
            };
            let selects: &[&str] = match collection.never_selected {
                NeverSelected::None => &[],
                NeverSelected::NotImplemented(names) | NeverSelected::Unsupported(names) => names,
            };
            let usual = collection.usual.unwrap_or_default();
            let lists = [
                &filters,
                &orders,
                selects,
                usual,
                collection.only_selected,
                collection.expand,
            ];
            for path in lists.into_iter().flatten() {
                assert!(
                    exists(collection.entity, path),
                    "{}: {path}",
                    collection.name
                );
            }
            for kind in [&[collection.entity], collection.kinds].concat() {
                assert!(schema().get(kind).is_some(), "{}: {kind}", collection.name);
            }
        }
    }

    fn exists(entity: &'static str, path: &'static str) -> bool {
        let mut kind = Kind::Structured(entity);
        path.split('/').filter(|name| *name != "any").all(|name| {
            if let Some(derived) = name.strip_prefix("microsoft.graph.") {
                kind = Kind::Structured(derived);
                return true;
            }
            let Kind::Structured(type_name) = kind else {
                return false;
            };
            let known = schema().get(type_name).expect("a known type");
            let found = known
                .properties
                .iter()
                .find(|property| property.name == name);
            found.inspect(|property| kind = property.kind).is_some()
        })
    }
}
