//! Warnings about scans that read a lot: large values of whole mailboxes, without any restriction.

use crate::definition::{Collection, Column, Filter, Owners, Table};
use crate::scan::plan::items;
use crate::scan::plan::mailboxes::{Mailboxes, mailboxes};
use crate::scan::plan::page_size::{largest_page, page_size};
use crate::scan::plan::scan::{Lists, Scan};
use crate::scan::plan::values::Values;
use crate::scan::read::shared_scan::SharedScan;
use exchange_config::Settings;

/// The most mailboxes to name.
const SHOWN: usize = 3;

/// The amount to read, and advice for reading less; empty if little is read.
pub fn warning(shared: &SharedScan) -> Vec<String> {
    let settings = shared.source.settings();
    let scan = &shared.scan;
    let (Some(everything), Some(unless)) = (everything(scan), unless(shared)) else {
        return Vec::new();
    };
    let limit = scan
        .limit
        .map(|limit| format!(", until {limit} rows are found"));
    vec![
        format!(
            "{everything} {} is read, {}{}{unless}.",
            owners(scan, settings),
            steps(scan, settings),
            limit.unwrap_or_default(),
        ),
        remedy(scan),
    ]
}

/// The effect that joins may still have; `None` if Graph is only asked for some of the rows.
fn unless(shared: &SharedScan) -> Option<String> {
    let scan = &shared.scan;
    if is_bounded(scan) {
        return None;
    }
    let joined = shared.example("");
    match (is_bounded(&joined.scan), joined.most) {
        // Too many keys do not restrict the scan.
        (true, Some(most)) => Some(format!(", when the join has more than {most} keys")),
        (true, None) => None,
        (false, _) if !joined.compared.is_empty() => None,
        (false, _) if !joined.filtered.is_empty() => {
            Some(", unless the join has few keys".to_owned())
        }
        (false, _) => Some(String::new()),
    }
}

/// Whether Graph is only asked for some of the rows.
pub fn is_bounded(scan: &Scan) -> bool {
    let pushed = &scan.pushed;
    let by_id = pushed.ids.is_some() && items::have_paths(scan);
    let by_path =
        pushed.folders.is_some() || pushed.parents.is_some() || pushed.grandparents.is_some();
    let by_limit = scan.limit.is_some() && pushed.exact;
    let by_span = pushed.view.spans().is_some();
    by_id || by_path || by_limit || by_span || pushed.filters() || pushed.search.is_some()
}

/// `Every message's body`; `None` if nothing large is read.
fn everything(scan: &Scan) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in scan.heavy_columns().filter_map(|column| column.heavy) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    (!parts.is_empty()).then(|| format!("Every {}", parts.join(" and every ")))
}

fn owners(scan: &Scan, settings: &Settings) -> String {
    match mailboxes(scan, settings) {
        Ok(Mailboxes::Named(names) | Mailboxes::Among(names)) if names.len() <= SHOWN => {
            format!("of {}", names.join(", "))
        }
        Ok(Mailboxes::Named(names) | Mailboxes::Among(names)) => format!(
            "of {} and {} more mailboxes",
            names[..SHOWN].join(", "),
            names.len() - SHOWN
        ),
        Ok(Mailboxes::All) => "of every mailbox".to_owned(),
        Err(_) => "of a mailbox".to_owned(),
    }
}

/// How it is read.
fn steps(scan: &Scan, settings: &Settings) -> String {
    match (page_size(scan, settings), largest_page(scan, settings)) {
        (0, _) => {
            let owners = match scan.table.collection {
                Collection::Attachments(Owners::Events) => "events",
                Collection::Nested(_) => "lists",
                _ => "messages",
            };
            format!("one batch of twenty {owners} after another")
        }
        _ if Values::of(scan).is_some() => "with a request for each".to_owned(),
        (rows, most) if rows < most => format!("in pages of {rows} to {most} rows"),
        (rows, _) => format!("in pages of {rows} rows"),
    }
}

fn remedy(scan: &Scan) -> String {
    if let Lists::Elements(elements) = scan.lists {
        let conditions: Vec<&str> = bounding(elements)
            .iter()
            .map(|column| column.name)
            .collect();
        return format!(
            "Less is read with a condition on {} of {}, or a join with {} that has few rows.",
            conditions.join(" or "),
            elements.name,
            scan.table.name
        );
    }
    let conditions = bounding(scan.table);
    let names: Vec<&str> = conditions.iter().map(|column| column.name).collect();
    let heavy: Vec<&str> = scan.heavy_columns().map(|column| column.name).collect();
    let limit = match scan.limit {
        Some(_) => "",
        None => "a LIMIT, ",
    };
    format!(
        "Less is read with a condition on {}, {limit}or without {}.",
        names.join(" or "),
        heavy.join(", ")
    )
}

/// The columns that restrict a table best: its time that Graph filters and sorts by, otherwise its
/// parent.
fn bounding(table: &Table) -> Vec<&'static Column> {
    let columns = table.columns;
    let filtered = |column: &&Column| match column.filter {
        Filter::ViewStart | Filter::ViewEnd => true,
        Filter::None => false,
        _ => column.sortable,
    };
    let times: Vec<_> = columns.iter().filter(filtered).collect();
    match times.is_empty() {
        false => times,
        true => {
            let is_parent = |column: &&Column| column.filter == Filter::Parent;
            columns.iter().filter(is_parent).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TABLES;

    /// If a definition has large values, a reader must be able to restrict them.
    #[test]
    fn every_table_with_large_values_has_a_column_that_confines_it() {
        let is_heavy = |table: &&&Table| table.columns.iter().any(|column| column.heavy.is_some());
        let found: Vec<_> = TABLES
            .iter()
            .filter(is_heavy)
            .map(|table| {
                let names = bounding(table).into_iter().map(|column| column.name);
                (table.name, names.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            found,
            [
                ("CalendarView", vec!["end_dateTime", "start_dateTime"]),
                ("EventAttachments", vec!["eventId"]),
                ("EventInstances", vec!["end_dateTime", "start_dateTime"]),
                ("Events", vec!["start_dateTime"]),
                ("GroupPosts", vec!["threadId"]),
                ("MessageAttachments", vec!["messageId"]),
                ("MessageMime", vec!["receivedDateTime"]),
                ("MessageTexts", vec!["receivedDateTime"]),
                ("Messages", vec!["receivedDateTime"]),
            ]
        );
    }

    /// Columns of one property are read together.
    #[test]
    fn all_columns_of_a_large_property_are_heavy() {
        for table in TABLES {
            for heavy in table.columns.iter().filter(|column| column.heavy.is_some()) {
                let same = table
                    .columns
                    .iter()
                    .filter(|other| other.select.is_some() && other.select == heavy.select);
                for column in same {
                    assert_eq!(column.heavy, heavy.heavy, "{}.{}", table.name, column.name);
                }
            }
        }
    }
}
