//! Every fact that the code relies on has a source: sections of docs/graph.md and mentions of them
//! match.

use super::{read, root};
use exchange_tables::TABLES;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: &str = "docs/graph.md";

/// Folders with code that may rely on facts about Graph.
const CODE: &[&str] = &["crates", "graph-simulator", "src", "tests", "benches"];

#[test]
fn every_section_of_graph_that_code_mentions_exists() {
    let sections = sections();
    let mut mentions = 0;
    for path in sources() {
        for (line, text) in read(&path).lines().enumerate() {
            for section in mentioned(text) {
                let at = format!("{}:{}", path.display(), line + 1);
                assert!(sections.contains(section), "{at}: {PAGE}#{section}");
                mentions += 1;
            }
        }
    }
    assert!(mentions > 50, "the mentions were not found");
}

#[test]
fn every_section_of_graph_is_relied_on() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for path in sources() {
        let text = read(&path);
        used.extend(mentioned(&text).map(str::to_owned));
    }
    for table in TABLES {
        let proof = table.proof;
        let of_table = [proof.rows, proof.pages].into_iter().chain(proof.index);
        let of_columns = table.columns.iter().flat_map(|c| c.proof.sections());
        used.extend(of_table.chain(of_columns).map(str::to_owned));
    }
    let unused: Vec<_> = sections().difference(&used).cloned().collect();
    assert!(unused.is_empty(), "nothing relies on {unused:?}");
}

#[test]
fn every_link_of_the_page_about_graph_is_defined_and_used() {
    let page = read(PAGE);
    let is_definition = |line: &&str| line.starts_with('[') && line.contains("]: https://");
    let defined: BTreeSet<&str> = page
        .lines()
        .filter(is_definition)
        .filter_map(|line| line[1..].split("]: ").next())
        .collect();
    let body: Vec<&str> = page.lines().filter(|line| !is_definition(line)).collect();
    let body = body.join(" ");
    let body = body.split_whitespace().collect::<Vec<_>>().join(" ");
    let used: BTreeSet<&str> = body
        .split('[')
        .skip(1)
        .filter_map(|rest| rest.split_once(']'))
        .filter(|(_, after)| !after.starts_with('('))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(defined, used);
    assert!(used.len() > 50, "the sources were not found");
}

/// The anchors of the page's sections.
fn sections() -> BTreeSet<String> {
    let page = read(PAGE);
    let headings = page.lines().filter_map(|line| line.strip_prefix("## "));
    headings
        .map(|heading| heading.to_lowercase().replace(' ', "-"))
        .collect()
}

/// The sections that a text mentions.
fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    text.split("docs/graph.md#").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-');
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// Every file of Rust code but this one, which mentions no section.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = CODE.iter().map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("the folder") {
            let entry = entry.expect("an entry");
            let path = folder.join(entry.file_name());
            let is_code = path.extension().is_some_and(|extension| extension == "rs");
            if entry.file_type().expect("its type").is_dir() {
                folders.push(path);
            } else if is_code && path != Path::new("tests/docs/evidence.rs") {
                found.push(path);
            }
        }
    }
    found
}
