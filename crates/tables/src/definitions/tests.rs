//! Facts that hold for every definition.

use super::TABLES;
use crate::ColumnType;
use crate::definition::{
    Collection, Column, ColumnSource, Context, Element, Encoding, Extended, Filter, Index, Scope,
    Section, Table,
};
use std::collections::HashSet;
use std::path::Path;

fn columns() -> impl Iterator<Item = (&'static Table, &'static Column)> {
    TABLES
        .iter()
        .flat_map(|table| table.columns.iter().map(move |column| (*table, column)))
}

#[test]
fn names_are_unique_without_case() {
    let mut tables = HashSet::new();
    for table in TABLES {
        assert!(tables.insert(table.name.to_lowercase()), "{}", table.name);
        let mut names = HashSet::new();
        for column in table.columns {
            let name = column.name.to_lowercase();
            assert!(names.insert(name), "{}.{}", table.name, column.name);
        }
    }
}

#[test]
fn tables_stand_in_alphabetical_order_and_are_found_without_case() {
    assert!(TABLES.is_sorted_by_key(|table| table.name));
    assert_eq!(
        super::table("mailfolders").map(|table| table.name),
        Some("MailFolders")
    );
    assert!(super::table("Mail").is_none());
}

#[test]
fn a_column_is_named_after_its_path() {
    for (table, column) in columns() {
        if let ColumnSource::Property { path, encoding } = column.source {
            let name = match encoding {
                Encoding::PlainText => format!("{}Text", path[0]),
                _ => path.join("_"),
            };
            assert_eq!(column.name, name, "{}", table.name);
            let select = column.select.expect("a property is selected");
            let property = select.rsplit('/').next().unwrap();
            assert_eq!(property, path[0], "{}.{}", table.name, column.name);
        }
    }
}

#[test]
fn every_column_has_a_remark_and_no_empty_select() {
    for (table, column) in columns() {
        assert!(column.remarks.len() > 2, "{}.{}", table.name, column.name);
        assert!(
            !column.remarks.ends_with('.'),
            "{}.{}",
            table.name,
            column.name
        );
        assert!(column.select != Some(""), "{}.{}", table.name, column.name);
    }
}

#[test]
fn keys_exist_and_are_never_null() {
    for table in TABLES {
        let keys = ["compositeKey", "safeKey", "id"];
        for name in keys.iter().chain(table.id_columns) {
            let column = table
                .column(name)
                .unwrap_or_else(|| panic!("{}.{name}", table.name));
            assert!(
                !column.nullable && column.case_sensitive,
                "{}.{name}",
                table.name
            );
        }
        assert_eq!(table.id_columns.last(), Some(&"id"));
    }
}

#[test]
fn foreign_keys_refer_to_ids_of_the_same_type() {
    let mut keys = 0;
    for table in TABLES {
        for key in table.foreign_keys {
            let target = TABLES.iter().find(|target| target.name == key.table);
            let target = target.unwrap_or_else(|| panic!("{}.{}", table.name, key.column));
            let column = table.column(key.column).unwrap();
            let referenced = target.column(key.referenced).unwrap();
            assert_eq!(column.column_type, referenced.column_type, "{}", table.name);
            assert!(column.case_sensitive && referenced.case_sensitive);
            // Only columns that identify a row by themselves can be referenced.
            assert_eq!(target.id_columns, [key.referenced]);
            keys += 1;
        }
    }
    assert!(keys > 0);
}

#[test]
fn mailbox_is_the_first_column_of_mailbox_tables() {
    for table in TABLES {
        let position = table.column_index("mailbox");
        let expected = (table.scope == Scope::Mailbox).then_some(0);
        assert_eq!(position, expected, "{}", table.name);
    }
}

#[test]
fn a_composite_key_is_as_long_as_its_parts() {
    for table in TABLES {
        let mut parts: Vec<_> = table.id_columns.to_vec();
        if table.has_change_key() {
            parts.push("changeKey");
        }
        let sum: u32 = parts.iter().map(|name| length(table, name)).sum();
        let separators = parts.len() as u32 - 1;
        assert_eq!(
            length(table, "compositeKey"),
            sum + separators,
            "{}",
            table.name
        );
    }
}

fn length(table: &Table, column: &str) -> u32 {
    match table.column(column).unwrap().column_type {
        ColumnType::Varchar { length } => length,
        other => panic!("{column} is {other:?}"),
    }
}

#[test]
fn a_filter_suits_the_type_of_its_column() {
    for (table, column) in columns() {
        let text = matches!(column.column_type, ColumnType::Varchar { .. });
        let timestamp = matches!(column.column_type, ColumnType::Timestamp { .. });
        let scalar = matches!(
            column.source,
            ColumnSource::Property {
                encoding: Encoding::Scalar,
                ..
            }
        );
        let zoned = matches!(
            column.source,
            ColumnSource::Property {
                encoding: Encoding::DateTimeTimeZone,
                ..
            }
        );
        let list = matches!(
            column.source,
            ColumnSource::Property {
                encoding: Encoding::Strings | Encoding::EmailAddresses,
                ..
            }
        );
        let legal = match column.filter {
            Filter::None => true,
            Filter::Text { .. } | Filter::Enumeration(_) => text && scalar,
            Filter::Items => list,
            Filter::Item => matches!(
                column.source,
                ColumnSource::Element(Element::Member([] | ["address"]))
            ),
            Filter::ContactAddress => text && scalar && table.name == "Contacts",
            Filter::Boolean => column.column_type == ColumnType::Bit && scalar,
            Filter::DateTimeOffset => timestamp && scalar,
            Filter::QuotedDateTime | Filter::ViewStart | Filter::ViewEnd => timestamp && zoned,
            Filter::Asked => match table.collection {
                Collection::Asked(_) => text && scalar,
                _ => column.source == ColumnSource::Extended(Extended::PropertyId),
            },
            Filter::Kind => column.source == ColumnSource::Extended(Extended::Kind),
            Filter::ParentFolder => column.name == "parentFolderId",
            Filter::Id => column.name == "id" || column.source == ColumnSource::OwnId,
            Filter::CompositeKey => column.source == ColumnSource::CompositeKey,
            Filter::SafeKey => column.source == ColumnSource::SafeKey,
            Filter::Parent | Filter::Grandparent => {
                let is_parent = matches!(
                    column.source,
                    ColumnSource::Context(_)
                        | ColumnSource::Element(Element::ParentId)
                        | ColumnSource::Extended(Extended::ItemId)
                );
                // Occurrences name their series themselves.
                (is_parent || column.name == "seriesMasterId") && text
            }
            Filter::Single(_) => {
                text && scalar && matches!(table.collection, Collection::Traces(_))
            }
            Filter::Span => {
                timestamp && scalar && matches!(table.collection, Collection::Traces(_))
            }
            Filter::ReportPeriod => column.source == ColumnSource::Context(Context::ReportPeriod),
            Filter::Mailbox => column.source == ColumnSource::Mailbox,
            Filter::Directory(operators) => {
                let bit = column.column_type == ColumnType::Bit;
                table.scope == Scope::Directory
                    && scalar
                    && operators.eq.is_there()
                    && (text || !operators.starts_with.is_there())
                    && (text || timestamp || bit)
            }
        };
        assert!(legal, "{}.{}", table.name, column.name);
    }
}

#[test]
fn whatever_graph_is_asked_has_a_proof() {
    for (table, column) in columns() {
        let proof = column.proof;
        let at = format!("{}.{}", table.name, column.name);
        let is_cast =
            column.select.is_some_and(|select| select.contains('/')) || column.is_expanded;
        let is_filtered = column.filter != Filter::None;
        assert!(!is_filtered || proof.filter.is_some(), "filter of {at}");
        assert_eq!(proof.order.is_some(), column.sortable, "order of {at}");
        assert_eq!(
            proof.index.is_some(),
            column.indexed.is_some(),
            "index of {at}"
        );
        assert_eq!(proof.select.is_some(), is_cast, "select of {at}");
    }
    for table in TABLES {
        let is_searched = table.index != Index::None;
        assert_eq!(table.proof.index.is_some(), is_searched, "{}", table.name);
    }
}

#[test]
fn every_proof_is_a_section_of_the_page() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/graph.md");
    let page = std::fs::read_to_string(page).expect("docs/graph.md");
    let sections: HashSet<String> = page.lines().filter_map(anchor).collect();
    let check = |section: Section, of: &str| {
        assert!(sections.contains(section), "{of}: no section {section}");
    };
    for table in TABLES {
        let proof = table.proof;
        check(proof.rows, table.name);
        check(proof.pages, table.name);
        proof
            .index
            .iter()
            .for_each(|index| check(index, table.name));
    }
    for (table, column) in columns() {
        for section in column.proof.sections() {
            check(section, &format!("{}.{}", table.name, column.name));
        }
    }
}

/// The anchor of a line that is the heading of a section.
fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix("## ")?.to_lowercase();
    Some(heading.replace(' ', "-"))
}

#[test]
fn every_table_is_found_by_its_keys() {
    for table in TABLES {
        let filter = |name| table.column(name).unwrap().filter;
        assert_eq!(filter("id"), Filter::Id);
        assert_eq!(filter("compositeKey"), Filter::CompositeKey);
        assert_eq!(filter("safeKey"), Filter::SafeKey);
    }
}

#[test]
fn no_folder_is_filtered_away_with_the_folders_inside_it() {
    let folders = super::MAIL_FOLDERS.columns;
    let keys = [
        Filter::Id,
        Filter::CompositeKey,
        Filter::SafeKey,
        Filter::Mailbox,
    ];
    assert!(
        folders
            .iter()
            .all(|c| c.filter == Filter::None || keys.contains(&c.filter))
    );
}

#[test]
fn select_names_each_property_once_and_always_the_id() {
    let table = &super::MESSAGES;
    let columns: Vec<_> = [
        "body_content",
        "body_contentType",
        "subject",
        "compositeKey",
        "mailbox",
    ]
    .iter()
    .map(|name| table.column_index(name).unwrap())
    .collect();
    assert_eq!(
        table.select(&columns),
        ["id", "body", "subject", "changeKey"]
    );
    assert_eq!(table.select(&[]), ["id"]);
}

#[test]
fn elements_have_lists_of_their_parents() {
    for table in TABLES {
        let Collection::Elements(elements) = table.collection else {
            continue;
        };
        let parents = super::table(elements.parents).expect(elements.parents);
        assert_eq!(table.scope, parents.scope, "{}", table.name);
        let key = table.foreign_keys.first().map(|key| key.table);
        assert_eq!(key, Some(elements.parents), "{}", table.name);
        let mut kinds = HashSet::new();
        for list in elements.lists {
            let column = parents.column(list.column).expect(list.column);
            let is_text = matches!(
                column.source,
                ColumnSource::Property {
                    encoding: Encoding::Scalar
                        | Encoding::Strings
                        | Encoding::Recipients
                        | Encoding::Attendees
                        | Encoding::EmailAddresses
                        | Encoding::Json,
                    ..
                }
            );
            assert!(is_text, "{}", list.column);
            assert!(kinds.insert(list.kind) && !list.kind.contains('-'));
            assert!(list.kind.len() <= 16, "{}", list.kind);
        }
        let mut columns = table.columns.iter();
        if columns.any(|column| column.filter == Filter::Item) {
            let [list] = elements.lists else {
                panic!("{} has several lists", table.name)
            };
            let list = parents.column(list.column).expect(list.column);
            assert_eq!(list.filter, Filter::Items, "{}", table.name);
        }
        let has_kinds = table.column("kind").is_some();
        assert_eq!(has_kinds, !kinds.contains(""), "{}", table.name);
    }
}
