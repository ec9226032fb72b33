//! The rules of a collection.

use super::filter::FilterRules;

/// A collection of Graph.
#[derive(Debug)]
pub struct Collection {
    /// As in paths and in `@odata.context`.
    pub name: &'static str,
    pub entity: &'static str,
    /// The types of the objects where a list has several that are no more related than `entity`. `$select` may name
    /// properties of each (docs/graph.md#group-members).
    pub kinds: &'static [&'static str],
    pub service: Service,
    pub paging: Paging,
    pub filter: FilterRules,
    /// Properties that `$orderby` may name.
    pub order: OrderRules,
    /// Navigation properties that `$expand` may name.
    pub expand: &'static [&'static str],
    /// Properties that come only when `$select` names them.
    pub only_selected: &'static [&'static str],
    /// Properties that come with a single object only (docs/graph.md#todo).
    pub left_out: &'static [&'static str],
    /// Properties that `$select` must not name here.
    pub never_selected: NeverSelected,
    /// Properties of derived types that `$select` may name with a cast.
    pub casts: &'static [&'static str],
    /// The properties without `$select`; all if `None`.
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
        /// Rows in a page without `$top`.
        usual: usize,
        largest: usize,
        /// The reaction to a larger `$top` (docs/graph.md#page-sizes).
        beyond: Beyond,
        link: Link,
    },
    /// The same, but without `$top` the rest of the rows is lost: there is no link (docs/graph.md#todo).
    Lossy { usual: usize, largest: usize },
    /// Everything in one reply; `$top` and `$skip` are refused.
    Whole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    Refused,
    /// The page has `largest` rows at most.
    Cut,
}

/// The content of `@odata.nextLink` (docs/graph.md#paging).
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
    /// In the Keyword Query Language, without other options that choose or sort rows
    /// (docs/graph.md#mail-search).
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
    /// These; with `$filter` only if they come first in it (docs/graph.md#messages-order).
    Outlook(&'static [&'static str]),
    Directory {
        plain: &'static [&'static str],
        advanced: &'static [&'static str],
    },
}
