//! Conditions on the elements of a list as `any` (docs/graph.md#lists-in-filters).

use super::simple::{constant, simple};
use super::term::{Beside, Term};
use crate::definition::{Column, ColumnSource, Encoding, Filter};
use crate::items;
use crate::text::is_plain;

/// The function that searches a list for an item.
pub const FUNCTION: &str = "includes";

/// The list has this item.
pub fn includes(column: &'static Column, item: &str) -> Option<Term> {
    let ColumnSource::Property { path, encoding } = column.source else {
        return None;
    };
    match encoding {
        _ if column.filter != Filter::Items => None,
        Encoding::Strings => {
            let text = format!("{}/any(c:c eq {})", path.join("/"), constant(item)?);
            any(column, text, Beside::NoElements)
        }
        // A quoted text of the list may also be the name of a person without an address.
        Encoding::EmailAddresses if is_plain(item) => address(column, item),
        _ => None,
    }
}

/// The column has this value. A list with this value also has its items.
pub fn equality(column: &'static Column, value: &str) -> Option<Term> {
    match column.filter {
        Filter::ContactAddress => address(column, value),
        _ => items::items(value).find_map(|item| includes(column, &item)),
    }
}

/// The only documented filter of contacts by their addresses, without other conditions
/// (docs/graph.md#contacts-filter).
fn address(column: &'static Column, address: &str) -> Option<Term> {
    let text = format!("emailAddresses/any(a:a/address eq {})", constant(address)?);
    any(column, text, Beside::Nothing)
}

/// Graph compares without case, and ignores other items (docs/graph.md#text-comparison).
fn any(column: &'static Column, text: String, beside: Beside) -> Option<Term> {
    let mut term = simple(column, text, false)?;
    term.has_function = true;
    term.beside = beside;
    Some(term)
}
