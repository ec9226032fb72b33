//! Extended properties in `$expand` (docs/graph.md#extended-properties).

use super::select::Target;
use crate::refusal::Refusal;
use crate::rules::Collection;

pub const SINGLE: &str = "singleValueExtendedProperties";
pub const LISTS: &str = "multiValueExtendedProperties";

/// The collections whose objects have such properties.
const COLLECTIONS: &[&str] = &[
    "messages",
    "mailFolders",
    "events",
    "calendars",
    "contacts",
    "contactFolders",
];

/// The properties that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extended {
    pub member: &'static str,
    /// As replies have them.
    pub ids: Vec<String>,
}

/// The terms of `$expand`: those between commas outside of brackets.
pub fn terms(value: &str) -> Vec<&str> {
    let (mut depth, mut quoted) = (0_i32, false);
    let parts = value.split(|c| {
        quoted ^= c == '\'';
        match c {
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0 && !quoted
    });
    parts.map(str::trim).collect()
}

/// A term about extended properties; `None` for other terms.
pub fn parse(
    term: &str,
    collection: &Collection,
    target: Target,
) -> Option<Result<Extended, Refusal>> {
    let name = term.split('(').next().unwrap_or_default();
    let mut members = [SINGLE, LISTS].into_iter();
    let member = members.find(|known| known.eq_ignore_ascii_case(name))?;
    Some(read(member, &term[name.len()..], collection, target))
}

fn read(
    member: &'static str,
    options: &str,
    collection: &Collection,
    target: Target,
) -> Result<Extended, Refusal> {
    if !COLLECTIONS.contains(&collection.name) {
        let message = format!(
            "Expanding '{member}' is not supported for '{}'.",
            collection.name
        );
        return Err(Refusal::new(400, "ExpandNotSupported", message));
    }
    if member == LISTS && target == Target::List {
        return Err(Refusal::not_simulated(
            "properties of several values in lists",
        ));
    }
    let filter = options.strip_prefix("($filter=");
    let filter = filter.and_then(|filter| filter.strip_suffix(')'));
    let ids = filter.and_then(ids).ok_or_else(|| {
        Refusal::bad_request(format!(
            "'{member}' is expanded with a filter on id alone: $filter=id eq '...'."
        ))
    })?;
    let normal = ids.iter().map(|id| {
        let known = normal(id).filter(|(_, is_list)| *is_list == (member == LISTS));
        known.map(|(id, _)| id).ok_or_else(|| {
            let message = format!("The property id '{id}' is not valid.");
            Refusal::new(400, "ErrorInvalidProperty", message)
        })
    });
    Ok(Extended {
        member,
        ids: normal.collect::<Result<_, _>>()?,
    })
}

/// `id eq 'a' or id eq 'b'`
fn ids(filter: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let mut rest = filter;
    loop {
        rest = rest.strip_prefix("id eq '")?;
        let mut id = String::new();
        loop {
            let (before, after) = rest.split_once('\'')?;
            id.push_str(before);
            rest = after;
            match rest.strip_prefix('\'') {
                Some(after) => {
                    id.push('\'');
                    rest = after;
                }
                None => break,
            }
        }
        found.push(id);
        match rest {
            "" => return Some(found),
            _ => rest = rest.strip_prefix(" or ")?,
        }
    }
}

/// An id as replies have it, and whether it is that of several values: `String 0x001A` comes as `String 0x1a`.
pub fn normal(id: &str) -> Option<(String, bool)> {
    const TYPES: &[&str] = &[
        "ApplicationTime",
        "Binary",
        "Boolean",
        "CLSID",
        "Currency",
        "Double",
        "Float",
        "Integer",
        "Long",
        "Short",
        "String",
        "SystemTime",
    ];
    let (kind, rest) = id.split_once(' ')?;
    let is_list = kind.ends_with("Array");
    let single = kind.strip_suffix("Array").unwrap_or(kind);
    let mut types = TYPES.iter();
    let single = types.find(|known| known.eq_ignore_ascii_case(single))?;
    let kind = format!("{single}{}", if is_list { "Array" } else { "" });
    let number = |text: &str| u32::from_str_radix(text.strip_prefix("0x")?, 16).ok();
    let id = match rest.split_once(' ') {
        None => {
            let tag = number(rest)?;
            let tag = if tag > 0xFFFF { tag >> 16 } else { tag };
            format!("{kind} 0x{tag:x}")
        }
        Some((guid, rest)) => {
            let guid = guid.to_lowercase();
            let is_guid = guid.len() == 38 && guid.starts_with('{') && guid.ends_with('}');
            match rest.split_once(' ').filter(|_| is_guid)? {
                ("Name", name) => format!("{kind} {guid} Name {name}"),
                ("Id", text) => format!("{kind} {guid} Id 0x{:x}", number(text)?),
                _ => return None,
            }
        }
    };
    Some((id, is_list))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{ATTACHMENTS, MESSAGES};

    fn read(term: &str, target: Target) -> Result<Vec<String>, u16> {
        let read = parse(term, &MESSAGES, target).expect("extended properties");
        read.map(|read| read.ids).map_err(|refusal| refusal.status)
    }

    #[test]
    fn properties_are_asked_for_by_their_ids() {
        let term = "singleValueExtendedProperties($filter=id eq 'Integer 0x0E08' or id eq 'String {00020386-0000-0000-C000-000000000046} \
                    Name it''s, or')";
        let all = format!("attachments, {term}");
        assert_eq!(terms(&all), ["attachments", term]);
        assert_eq!(
            read(term, Target::List),
            Ok(vec![
                "Integer 0xe08".to_owned(),
                "String {00020386-0000-0000-c000-000000000046} Name it's, or".to_owned()
            ])
        );
        let lists = "multiValueExtendedProperties($filter=id eq 'StringArray 0x4002101E')";
        assert_eq!(
            read(lists, Target::Single),
            Ok(vec!["StringArray 0x4002".to_owned()])
        );
        assert!(read(lists, Target::List).is_err());
    }

    #[test]
    fn anything_else_is_refused() {
        for options in [
            "",
            "($filter=id eq 'x')",
            "($filter=id eq 'StringArray 0x4002101E')",
            "($filter=value eq 'x')",
            "($filter=id eq 'Integer 0x0E08' and value eq '1')",
            "($top=1)",
        ] {
            let term = format!("{SINGLE}{options}");
            assert_eq!(read(&term, Target::Single), Err(400), "{term}");
        }
        let term = format!("{SINGLE}($filter=id eq 'Integer 0x0E08')");
        let read = parse(&term, &ATTACHMENTS, Target::Single).expect("extended properties");
        assert_eq!(read.expect_err("refused").code, "ExpandNotSupported");
        assert!(parse("attachments", &MESSAGES, Target::List).is_none());
    }
}
