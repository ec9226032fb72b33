//! Checks that the documentation matches the driver: generated parts are current, tables and links
//! exist.
//!
//! With `WRITE_DOCS=1` the generated parts are written instead.

use exchange_config::keys;
use exchange_sql::functions::catalog::{AGGREGATES, CATALOG, Origin, Set, WINDOWS};
use exchange_tables::TABLES;
use std::fs;
use std::path::{Path, PathBuf};

mod evidence;
mod functions;
#[path = "../../src/odbc/calls/functions/table.rs"]
#[allow(dead_code)]
mod table;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every page for people: the README, the changelog, and docs.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![PathBuf::from("README.md"), PathBuf::from("CHANGELOG.md")];
    let mut folders = vec![PathBuf::from("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("the folder") {
            let entry = entry.expect("an entry");
            let path = folder.join(entry.file_name());
            if entry.file_type().expect("its type").is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages
}

/// The text before, between and after the lines that enclose a generated part.
fn parts<'a>(page: &'a str, name: &str) -> [&'a str; 3] {
    let begin = format!("<!-- {name} -->\n");
    let end = format!("<!-- {name} end -->\n");
    let start = page
        .find(&begin)
        .unwrap_or_else(|| panic!("no line {begin}"))
        + begin.len();
    let length = page[start..]
        .find(&end)
        .unwrap_or_else(|| panic!("no line {end}"));
    [
        &page[..start],
        &page[start..start + length],
        &page[start + length..],
    ]
}

/// Compares the generated part of a page, or writes it.
fn check_generated(path: &str, name: &str, current: &str) {
    let page = read(path);
    let [before, written, after] = parts(&page, name);
    if std::env::var_os("WRITE_DOCS").is_some() {
        let page = format!("{before}{current}{after}");
        fs::write(root().join(path), page).expect("written");
        return;
    }
    assert!(written == current, "run make docs and commit {path}");
}

#[test]
fn the_table_of_permissions_is_current() {
    check_generated(
        "docs/azure.md",
        "permissions",
        &exchange_tables::reference::permissions(),
    );
}

#[test]
fn the_reference_of_keys_is_current() {
    check_generated("docs/connecting.md", "keys", &keys::markdown());
}

#[test]
fn the_page_of_functions_is_current() {
    check_generated("docs/functions.md", "functions", &functions::markdown());
}

#[test]
fn every_list_of_functions_is_current() {
    check_generated("docs/sql.md", "scalar functions", &scalar_functions());
    check_generated("docs/sql.md", "aggregates", &sets(AGGREGATES));
    check_generated("docs/sql.md", "window functions", &sets(WINDOWS));
}

/// Every scalar function with an example that a test of the driver's own runs.
fn scalar_functions() -> String {
    let mut text =
        String::from("| Function | Arguments | Example | Value | |\n|---|---|---|---|---|\n");
    for entry in CATALOG {
        let name = entry.name.to_uppercase();
        let example = entry.example.replace('|', "\\|");
        let origin = match entry.origin {
            Origin::Odbc => "ODBC",
            Origin::Other => "",
        };
        let line = format!(
            "| `{name}` | {} | `{example}` | {} | {origin} |\n",
            entry.arguments, entry.value
        );
        text.push_str(&line);
    }
    text
}

/// Functions over several rows with examples that a test of the SQL page runs.
fn sets(functions: &[Set]) -> String {
    let mut text = String::from("| Function | Example | Value | |\n|---|---|---|---|\n");
    for Set {
        name,
        example,
        value,
        note,
        takes: _,
    } in functions
    {
        let name = name.to_uppercase();
        text.push_str(&format!("| `{name}` | `{example}` | {value} | {note} |\n"));
    }
    text
}

#[test]
fn no_function_is_described_that_is_not_exported_nor_left_out_that_is() {
    let exported = |name: &str| table::FUNCTIONS.iter().any(|known| known.name == name);
    for (name, ..) in functions::EXPORTED {
        assert!(exported(name), "{name} is not exported");
    }
    for (name, ..) in functions::ABSENT {
        assert!(!exported(name), "{name} is exported");
    }
}

#[test]
fn the_readme_names_every_table() {
    let readme = read("README.md");
    for table in TABLES {
        let name = format!("`{}`", table.name);
        let is_listed = |line: &str| {
            line.split(" | ")
                .next()
                .is_some_and(|cell| cell.contains(&name))
        };
        let mut rows = readme.lines().filter(|line| line.starts_with("| "));
        assert!(rows.any(is_listed), "{} is missing", table.name);
    }
}

/// Keys of odbcinst.ini that have no meaning for the driver.
const DRIVER_MANAGER_KEYS: &[&str] = &["Threading"];

#[test]
fn examples_use_keys_that_exist() {
    let mut checked = 0;
    for page in pages() {
        let text = read(&page);
        for block in text.split("```").skip(1).step_by(2) {
            let (language, block) = block.split_once('\n').unwrap_or_default();
            if language != "ini" {
                continue;
            }
            for line in block
                .lines()
                .filter(|line| !line.trim_start().starts_with(['#', ';', '[']))
            {
                let Some((key, _)) = line.split_once('=') else {
                    continue;
                };
                let known = keys::find(key.trim()).is_some();
                let managers = DRIVER_MANAGER_KEYS.contains(&key.trim());
                assert!(known || managers, "{}: {line}", page.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 5, "the examples were not found");
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut checked = 0;
    for page in pages() {
        let text = read(&page);
        let folder = root().join(page.parent().expect("a folder"));
        let targets = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = if file.is_empty() {
                root().join(&page)
            } else {
                folder.join(file)
            };
            assert!(path.exists(), "{}: {target}", page.display());
            assert!(
                anchor.is_empty() || has_heading(&path, anchor),
                "{}: {target}: no such heading",
                page.display()
            );
            checked += 1;
        }
    }
    assert!(checked > 10, "the links were not found");
}

/// Whether a page has the heading of an anchor, by the rules of repository hosts.
fn has_heading(page: &Path, anchor: &str) -> bool {
    let text = fs::read_to_string(page).expect("the page");
    text.lines()
        .filter(|line| line.starts_with('#'))
        .any(|line| {
            let heading = line.trim_start_matches('#').trim().to_lowercase();
            let kept = heading
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c })
                .collect::<String>()
                == anchor
        })
}
