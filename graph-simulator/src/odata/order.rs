//! `$orderby`: sortable properties, and the filters that may be combined with it.

use super::bind::Filter;
use super::eval::{Keys, Node, SortKey};
use crate::refusal::Refusal;
use crate::rules::{Collection, OrderRules, Query, pascal};
use crate::schema::{Kind, schema};
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// One term of `$orderby`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub path: Keys,
    pub descending: bool,
}

impl Order {
    fn property(&self) -> String {
        self.path.join("/")
    }
}

pub fn parse(text: &str, collection: &Collection, query: Query) -> Result<Vec<Order>, Refusal> {
    text.split(',')
        .map(|term| parse_term(term.trim(), collection, query))
        .collect()
}

fn parse_term(term: &str, collection: &Collection, query: Query) -> Result<Order, Refusal> {
    let mut words = term.split_whitespace();
    let path = words.next().unwrap_or_default();
    let descending = match (words.next(), words.next()) {
        (None | Some("asc"), None) => false,
        (Some("desc"), None) => true,
        _ => return Err(syntax_error(term)),
    };
    let path = resolve(path, collection.entity, term)?;
    let order = Order { path, descending };
    check(&order.property(), collection, query)?;
    Ok(order)
}

fn syntax_error(term: &str) -> Refusal {
    Refusal::bad_request(format!("Syntax error in the $orderby expression '{term}'."))
}

fn resolve(path: &str, entity: &'static str, term: &str) -> Result<Keys, Refusal> {
    let mut keys = Keys::new();
    let mut kind = Kind::Structured(entity);
    let mut collection = false;
    if path.is_empty() {
        return Err(syntax_error(term));
    }
    for name in path.split('/') {
        let Kind::Structured(type_name) = kind else {
            return Err(syntax_error(term));
        };
        let property = schema()
            .get(type_name)
            .and_then(|known| known.property(name))
            .ok_or_else(|| Refusal::unknown_property(name, type_name))?;
        keys.push(property.name);
        kind = property.kind;
        collection |= property.collection;
    }
    if collection || matches!(kind, Kind::Structured(_)) {
        return Err(Refusal::bad_request(
            "The $orderby expression must evaluate to a single value of primitive type.",
        ));
    }
    Ok(keys)
}

fn check(property: &str, collection: &Collection, query: Query) -> Result<(), Refusal> {
    match &collection.order {
        OrderRules::Directory { plain, advanced } => {
            let sorts =
                plain.contains(&property) || (query.advanced && advanced.contains(&property));
            if sorts {
                Ok(())
            } else {
                Err(sorting_unsupported())
            }
        }
        OrderRules::Outlook(properties) if properties.contains(&property) => Ok(()),
        OrderRules::Outlook(_) | OrderRules::None => Err(Refusal::new(
            400,
            "ErrorInvalidProperty",
            format!(
                "The property '{}' does not support sorting.",
                pascal(property)
            ),
        )),
    }
}

/// docs/graph.md#directory-order
fn sorting_unsupported() -> Refusal {
    Refusal::unsupported_query("Sorting not supported for current query.")
}

/// Whether the filter may be combined with this order. Outlook requires the sorted properties in
/// the filter, in the same order, before all others, and no text function of another property
/// (docs/graph.md#messages-order).
pub fn check_with_filter(
    orders: &[Order],
    filter: &Filter,
    collection: &Collection,
    query: Query,
) -> Result<(), Refusal> {
    if orders.is_empty() {
        return Ok(());
    }
    if matches!(collection.order, OrderRules::Directory { .. }) {
        return if query.advanced {
            Ok(())
        } else {
            Err(sorting_unsupported())
        };
    }
    let mut filtered: Vec<&str> = Vec::new();
    for leaf in &filter.leaves {
        if !filtered.contains(&leaf.property.as_str()) {
            filtered.push(&leaf.property);
        }
    }
    let sorted: Vec<String> = orders.iter().map(Order::property).collect();
    let leads = filtered.len() >= sorted.len() && sorted.iter().zip(&filtered).all(|(a, b)| a == b);
    let foreign_function = filter
        .leaves
        .iter()
        .any(|leaf| leaf.is_function && !sorted.contains(&leaf.property));
    if leads && !foreign_function {
        return Ok(());
    }
    Err(Refusal::new(
        400,
        "InefficientFilter",
        "The restriction or sort order is too complex for this operation.",
    ))
}

/// The values of a row that decide its place.
pub fn keys(orders: &[Order], row: &Map<String, Value>) -> Vec<SortKey> {
    let values = orders.iter().map(|order| Node::Row(row).get(&order.path));
    values.map(SortKey::of).collect()
}

/// The order of two rows.
pub fn compare(orders: &[Order], left: &[SortKey], right: &[SortKey]) -> Ordering {
    let terms = orders.iter().zip(left.iter().zip(right));
    let terms = terms.map(|(order, (left, right))| {
        let found = left.compare(right);
        if order.descending {
            found.reverse()
        } else {
            found
        }
    });
    terms.fold(Ordering::Equal, Ordering::then)
}
