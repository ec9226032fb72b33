//! The crates in the library: their licences, their notices, their number. Checks what `cargo deny`
//! would check without a database of advisories, from the data of Cargo itself.

mod crates;
mod licenses;
mod notices;

use crates::Linked;
use std::collections::BTreeMap;
use std::{env, fs};

const NOTICES: &str = "THIRD-PARTY-NOTICES";

/// Crates that the library has in two versions, each because of crates that have not been updated
/// yet. A new one costs space and build time: try to avoid it before adding it here.
const SEVERAL_VERSIONS: &[&str] = &[
    "base64",
    "foldhash",
    "getrandom",
    "hashbrown",
    "itertools",
    "num-bigint",
    "rand_core",
];

/// The notices are written with `WRITE_DOCS=1`, as `make docs` does.
#[test]
fn the_file_of_notices_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/THIRD-PARTY-NOTICES");
    let fresh = notices::write(&crates::linked());
    if env::var_os("WRITE_DOCS").is_some() {
        fs::write(path, &fresh).expect("the file can be written");
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == fresh,
        "{NOTICES} does not name what the libraries are linked with: run make docs, and commit it"
    );
}

#[test]
fn every_licence_lets_the_library_be_given_away() {
    let crates = crates::linked();
    assert!(
        crates.len() > 100,
        "only {} crates were found",
        crates.len()
    );
    let refused: Vec<String> = crates
        .iter()
        .filter(|linked| !licenses::is_allowed(&linked.license))
        .map(|linked| format!("{} {}: {}", linked.name, linked.version, linked.license))
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn crates_of_windows_are_among_them() {
    let crates = crates::linked();
    let is_of_windows = |name: &str| {
        let mut found = crates.iter().filter(|linked| linked.name == name);
        found.next().map(|linked| linked.is_of_windows)
    };
    assert_eq!(is_of_windows("windows-sys"), Some(true));
    assert_eq!(is_of_windows("datafusion"), Some(false));
}

#[test]
fn crates_come_from_the_registry_with_a_checksum() {
    for linked in crates::linked() {
        assert!(
            linked.source.starts_with("registry+"),
            "{} comes from {}",
            linked.name,
            linked.source
        );
    }
    let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock"))
        .expect("it is there");
    let packages = lock.split("[[package]]").skip(1);
    let without: Vec<&str> = packages
        .filter(|package| package.contains("source = ") && !package.contains("checksum = "))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn no_crate_is_there_twice_without_being_known() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Linked { name, version, .. } in crates::linked() {
        versions.entry(name).or_default().push(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let several: Vec<&str> = versions.keys().map(String::as_str).collect();
    assert_eq!(several, SEVERAL_VERSIONS, "{versions:?}");
}
