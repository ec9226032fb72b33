//! Extended properties: which items are read for which properties.

use super::properties::{Properties, Wanted, parts_of_id};
use super::scan::Scan;
use crate::definition::Table;
use crate::definitions::ITEMS_WITH_PROPERTIES;
use crate::pushdown::Pushed;
use exchange_config::PropertyId;

const NO_PROPERTY: &str = "ExtendedProperties needs the ids of properties: write for example WHERE propertyId IN \
     ('Integer 0x0E08', 'String {00020386-0000-0000-C000-000000000046} Name X-Mailer')";

const NO_ITEMS: &str = "Microsoft Graph shows properties with Array for single items only: name these as well, for example \
     AND itemKind = 'Messages' AND itemId IN ('AAMk...', 'AAMk...')";

/// The most properties, and bytes of their ids, of one request (docs/graph.md#requests).
const MOST: usize = 15;
const LONGEST: usize = 1_000;

/// The scans of items for a scan of the table, or the text about a mistake of the statement.
pub fn scans(scan: &Scan) -> Result<Vec<Scan>, String> {
    let asked = Asked::of(scan);
    let texts = asked.properties.ok_or(NO_PROPERTY)?;
    let mut scans = Vec::new();
    for properties in groups(texts)? {
        if properties.is_list && asked.items.is_none() {
            return Err(NO_ITEMS.to_owned());
        }
        for table in ITEMS_WITH_PROPERTIES {
            let is_asked = |kinds: &Vec<String>| kinds.iter().any(|kind| kind == table.name);
            if asked.kinds.as_ref().is_none_or(is_asked) {
                scans.push(items(scan, table, &properties, asked.items.clone()));
            }
        }
    }
    Ok(scans)
}

/// Whether only items that a join may still name have the properties.
pub fn lacks_items(scan: &Scan) -> bool {
    let asked = Asked::of(scan);
    let is_list = |text: &String| PropertyId::parse(text).is_ok_and(|id| id.is_list);
    asked.items.is_none() && asked.properties.iter().flatten().any(is_list)
}

/// The rows that a statement names.
struct Asked {
    kinds: Option<Vec<String>>,
    items: Option<Vec<String>>,
    properties: Option<Vec<String>>,
}

impl Asked {
    /// By conditions on the columns, and by the ids of rows.
    fn of(scan: &Scan) -> Self {
        let pushed = &scan.pushed;
        let of_ids = |part: usize| {
            let ids = pushed.ids.as_ref()?.iter();
            let parts = ids.filter_map(|id| parts_of_id(id));
            let possible = parts.filter(|[_, _, property]| PropertyId::parse(property).is_ok());
            Some(
                possible
                    .map(|parts| parts[part].to_owned())
                    .collect::<Vec<String>>(),
            )
        };
        let both = |named: &Option<Vec<String>>, part: usize| match (named.clone(), of_ids(part)) {
            (Some(named), Some(of_ids)) => Some(
                named
                    .into_iter()
                    .filter(|text| of_ids.contains(text))
                    .collect(),
            ),
            (named, of_ids) => named.or_else(|| of_ids.map(each_once)),
        };
        Self {
            kinds: both(&pushed.kinds, 0),
            items: both(&pushed.parents, 1),
            properties: both(&pushed.asked, 2),
        }
    }
}

fn each_once(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

/// The properties in groups for one request each, single values apart from lists.
fn groups(texts: Vec<String>) -> Result<Vec<Properties>, String> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for text in texts {
        let id = PropertyId::parse(&text).map_err(|reason| {
            format!(
                "'{text}' is not the id of an extended property: {reason}; write for example 'String 0x001A', 'String \
                 {{GUID}} Name X' or 'Integer {{GUID}} Id 0x8012'"
            )
        })?;
        match wanted.iter_mut().find(|wanted| wanted.id == id) {
            Some(known) => known.texts.push(text),
            None => wanted.push(Wanted {
                id,
                texts: vec![text],
            }),
        }
    }
    let mut groups: Vec<Properties> = Vec::new();
    for wanted in wanted {
        let is_list = wanted.id.is_list;
        let room = groups.iter_mut().find(|group| {
            let longest: usize = group.wanted.iter().map(|known| known.texts[0].len()).sum();
            group.is_list == is_list
                && group.wanted.len() < MOST
                && longest + wanted.texts[0].len() <= LONGEST
        });
        match room {
            Some(group) => group.wanted.push(wanted),
            None => groups.push(Properties {
                wanted: vec![wanted],
                is_list,
            }),
        }
    }
    Ok(groups)
}

/// The scan of items of one kind.
fn items(
    scan: &Scan,
    table: &'static Table,
    properties: &Properties,
    ids: Option<Vec<String>>,
) -> Scan {
    let column = table.column_index(properties.member());
    Scan {
        table,
        columns: column.into_iter().collect(),
        pushed: Pushed {
            ids,
            exact: false,
            zone: scan.pushed.zone,
            ..Pushed::default()
        },
        order: None,
        properties: Some(properties.clone()),
        ..scan.clone()
    }
}
