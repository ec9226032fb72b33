//! The notices for the library: the authors of its parts, and their licences.

use super::crates::Linked;
use super::licenses;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

const HEAD: &str = "\
Third-party notices

The libraries libexchange_odbc.so and exchange_odbc.dll hold the crates below, which are the work of others. Each stands
with the licence that is relied on; those marked as Windows' are in exchange_odbc.dll alone. The texts of the licences, with
the names of those who hold the rights, follow the list; every text has the crates that it came with.

";

const RULE: &str =
    "\n--------------------------------------------------------------------------------\n\n";

/// The whole file.
pub fn write(crates: &[Linked]) -> String {
    let mut file = HEAD.to_owned();
    // The same text comes with many crates; differences in line breaks do not count.
    let mut texts: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for linked in crates {
        let chosen = licenses::chosen(&linked.license).unwrap_or_default();
        let name = format!("{} {}", linked.name, linked.version);
        let system = match linked.is_of_windows {
            true => " (Windows)",
            false => "",
        };
        let _ = writeln!(file, "{name}: {}{system}", chosen.join(", "));
        if !linked.repository.is_empty() {
            let _ = writeln!(file, "    {}", linked.repository);
        }
        for text in texts_of(linked, &chosen) {
            let key: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (_, names) = texts.entry(key).or_insert((text, Vec::new()));
            if !names.contains(&name) {
                names.push(name.clone());
            }
        }
    }
    let mut texts: Vec<_> = texts.into_values().collect();
    texts.sort_by(|(_, one), (_, other)| one.cmp(other));
    for (text, names) in texts {
        file += RULE;
        let _ = writeln!(file, "{}:\n\n{}", names.join(", "), text.trim_end());
    }
    file
}

/// The texts of a crate that belong to the chosen licences, and its notices.
fn texts_of(linked: &Linked, chosen: &[&str]) -> Vec<String> {
    let files = fs::read_dir(&linked.folder).expect("the sources are there");
    let mut names: Vec<String> = files
        .flatten()
        .filter(|file| file.path().is_file())
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .filter(|name| is_legal(name))
        .collect();
    names.sort();
    // If each licence has its own file, those of other licences are left out.
    let of_chosen = |name: &String| {
        let name = name.to_uppercase();
        is_notice(&name) || chosen.iter().any(|license| is_named_for(&name, license))
    };
    let is_named = |license: &&str| {
        names
            .iter()
            .any(|name| is_named_for(&name.to_uppercase(), license))
    };
    if chosen.iter().all(is_named) {
        names.retain(of_chosen);
    }
    let mut texts: Vec<String> = names
        .iter()
        .map(|name| fs::read(linked.folder.join(name)).expect("it can be read"))
        .map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
        .collect();
    if texts.is_empty() {
        let holders = match linked.authors.is_empty() {
            true => format!("the authors of {}", linked.name),
            false => linked.authors.join(", "),
        };
        texts.push(format!(
            "Copyright (c) {holders}\nLicensed under {}.",
            chosen.join(" and ")
        ));
    }
    texts
}

fn is_legal(name: &str) -> bool {
    let name = name.to_uppercase();
    let starts = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "UNLICENSE"];
    is_notice(&name) || starts.iter().any(|start| name.starts_with(start))
}

fn is_notice(name: &str) -> bool {
    name.starts_with("NOTICE")
}

/// Whether a name in capitals says that the file has this licence: `LICENSE-MIT`, `LICENSE-APACHE`.
fn is_named_for(name: &str, license: &str) -> bool {
    let word = license.split('-').next().unwrap_or(license).to_uppercase();
    name.contains(&word)
}
