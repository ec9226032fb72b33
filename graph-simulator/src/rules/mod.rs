//! What Graph allows on which collection, as data.
//!
//! Serving another collection takes an entry here (and its rows, in [`crate::resources`]): how it pages,
//! what can be filtered with which operators, what sorts, what expands, what needs `$select`. A rule
//! stands here because a page of Microsoft's documentation or a report of the service's behaviour says
//! so; docs/graph.md has them, by the sections that the entries name. What nobody has seen Graph accept is refused: a
//! client that passes here must not be surprised by the service.

mod directory;
mod outlook;

pub use directory::USERS;
pub use outlook::{
    ATTACHMENTS, CALENDAR_VIEW, CALENDARS, CONTACT_FOLDERS, CONTACTS, EVENTS, MAIL_FOLDERS,
    MESSAGES,
};

use crate::refusal::Refusal;

/// A collection of Graph.
#[derive(Debug)]
pub struct Collection {
    /// As it stands in paths and in `@odata.context`.
    pub name: &'static str,
    pub entity: &'static str,
    pub service: Service,
    pub paging: Paging,
    pub filter: FilterRules,
    /// Properties that `$orderby` may name.
    pub order: OrderRules,
    /// Navigation properties that `$expand` may name.
    pub expand: &'static [&'static str],
    /// Properties that come only when `$select` names them.
    pub only_selected: &'static [&'static str],
    /// Properties that `$select` must not name here.
    pub never_selected: NeverSelected,
    /// What comes without `$select`; everything when `None`.
    pub usual: Option<&'static [&'static str]>,
    pub search: Search,
}

/// The services behind Graph, which differ in everything that the OData standard leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Exchange.
    Outlook,
    /// Entra ID.
    Directory,
}

#[derive(Clone, Copy, Debug)]
pub enum Paging {
    Pages {
        /// Rows a page without `$top`.
        usual: usize,
        largest: usize,
        /// What a larger `$top` comes to (docs/graph.md#page-sizes).
        beyond: Beyond,
        link: Link,
    },
    /// Everything in one reply; `$top` and `$skip` are refused.
    Whole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    Refused,
    /// The page has `largest` rows at most.
    Cut,
}

/// What `@odata.nextLink` holds (docs/graph.md#paging).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Skip,
    /// An opaque token; `$skip` is not supported.
    SkipToken,
}

#[derive(Clone, Copy, Debug)]
pub enum NeverSelected {
    None,
    /// 501: the directory gives them for a single object only (docs/graph.md#users).
    NotImplemented(&'static [&'static str]),
    /// 400: the property exists, and `$select` cannot name it.
    Unsupported(&'static [&'static str]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Search {
    /// In the Keyword Query Language, with nothing beside it that chooses or sorts rows (docs/graph.md#mail-search).
    Mail,
    /// In clauses; 400 without `ConsistencyLevel: eventual` (docs/graph.md#directory-search).
    Directory,
    /// The service can do it; the simulator cannot.
    NotSimulated,
    Unsupported,
}

#[derive(Debug)]
pub enum OrderRules {
    None,
    /// These, beside `$filter` only where they lead it (docs/graph.md#messages-order).
    Outlook(&'static [&'static str]),
    Directory {
        plain: &'static [&'static str],
        advanced: &'static [&'static str],
    },
}

/// Facts of a request that decide what its filter may say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query {
    /// `ConsistencyLevel: eventual` together with `$count=true` (docs/graph.md#advanced-queries).
    pub advanced: bool,
}

#[derive(Debug)]
pub enum FilterRules {
    Outlook(&'static [(&'static str, Answer)]),
    /// The matrix of the directory, for a resource of this name.
    Directory {
        resource: &'static str,
    },
    /// `$filter` is read and has no effect (docs/graph.md#attachments).
    Ignored,
}

/// What Outlook does with a filter on a property. Paths are in Graph's spelling, joined with `/`; `any`
/// stands for the elements of a collection.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// These operators and functions, divided by blanks, and no others.
    Allow(&'static str),
    /// The same, with this complaint about others.
    Only(&'static str, Complaint),
    /// Neither the property nor what is below it.
    Refuse(Complaint),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complaint {
    InvalidNodes,
    NotFilterable,
    UnsupportedExpression,
    InvalidClause,
    /// The service breaks (docs/graph.md#messages-not-filtered).
    InternalError,
}

impl FilterRules {
    /// Whether a condition with this operator on this property is accepted.
    pub fn check(&self, property: &str, operator: &str, query: Query) -> Result<(), Refusal> {
        match self {
            Self::Ignored => Ok(()),
            Self::Directory { resource } => directory::check(resource, property, operator, query),
            Self::Outlook(rules) => {
                let exact = rules.iter().find(|(path, _)| *path == property);
                let complaint = match exact {
                    Some((_, Answer::Allow(operators) | Answer::Only(operators, _)))
                        if lists(operators, operator) =>
                    {
                        return Ok(());
                    }
                    Some((_, Answer::Allow(_))) => Complaint::InvalidNodes,
                    Some((_, Answer::Only(_, complaint) | Answer::Refuse(complaint))) => *complaint,
                    None => inherited(rules, property),
                };
                Err(complaint.refusal(property))
            }
        }
    }

    /// Whether conditions on the elements of a collection are accepted at all.
    pub fn check_lambda(&self, property: &str, query: Query) -> Result<(), Refusal> {
        match self {
            Self::Ignored => Ok(()),
            Self::Directory { resource } => directory::check(resource, property, "eq", query),
            Self::Outlook(rules) => {
                let known = rules.iter().any(|(path, _)| is_below(path, property));
                if known {
                    Ok(())
                } else {
                    Err(inherited(rules, property).refusal(property))
                }
            }
        }
    }
}

/// The complaint about the nearest property above.
fn inherited(rules: &[(&str, Answer)], property: &str) -> Complaint {
    let above = rules.iter().filter(|(path, _)| is_below(property, path));
    let nearest = above.max_by_key(|(path, _)| path.len());
    match nearest {
        Some((_, Answer::Refuse(complaint))) => *complaint,
        _ => Complaint::NotFilterable,
    }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn lists(operators: &str, operator: &str) -> bool {
    operators.split(' ').any(|known| known == operator)
}

impl Complaint {
    fn refusal(self, property: &str) -> Refusal {
        let name = pascal(property);
        match self {
            Self::InvalidNodes => Refusal::invalid_nodes(),
            Self::NotFilterable => Refusal::new(
                400,
                "ErrorInvalidProperty",
                format!("The property '{name}' does not support filtering."),
            ),
            Self::UnsupportedExpression => Refusal::new(
                400,
                "UnsupportedEntityExpression",
                format!("'i => i.{name}' is not a supported filter expression."),
            ),
            Self::InvalidClause => Refusal::bad_request("Invalid filter clause"),
            Self::InternalError => Refusal::new(
                500,
                "ErrorInternalServerError",
                "An internal server error occurred. The operation failed.",
            ),
        }
    }
}

/// The first name of a path as Outlook's messages write it: `ReceivedDateTime`.
pub fn pascal(path: &str) -> String {
    let name = path.split('/').next().unwrap_or_default();
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Kind, schema};

    /// Rules name properties in Graph's spelling, or they would never be found.
    #[test]
    fn every_rule_speaks_of_a_property_that_exists() {
        let collections = [
            &USERS,
            &MESSAGES,
            &MAIL_FOLDERS,
            &EVENTS,
            &CALENDAR_VIEW,
            &CALENDARS,
            &CONTACTS,
            &CONTACT_FOLDERS,
            &ATTACHMENTS,
        ];
        for collection in collections {
            let filters: Vec<&str> = match &collection.filter {
                FilterRules::Outlook(rules) => rules.iter().map(|(path, _)| *path).collect(),
                FilterRules::Directory { .. } => directory::properties().collect(),
                FilterRules::Ignored => Vec::new(),
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

    #[test]
    fn the_nearest_complaint_is_made() {
        let rules = [
            ("flag", Answer::Refuse(Complaint::InternalError)),
            (
                "flag/dueDateTime/dateTime",
                Answer::Refuse(Complaint::InvalidNodes),
            ),
        ];
        assert_eq!(
            inherited(&rules, "flag/startDateTime"),
            Complaint::InternalError
        );
        assert_eq!(inherited(&rules, "flags"), Complaint::NotFilterable);
    }
}
