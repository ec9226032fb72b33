//! The crates in the library, according to Cargo.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::PathBuf;
use std::process::Command;

/// A crate that is part of the library.
#[derive(Debug)]
pub struct Linked {
    pub name: String,
    pub version: String,
    /// An expression of SPDX.
    pub license: String,
    pub authors: Vec<String>,
    pub repository: String,
    pub source: String,
    pub folder: PathBuf,
    /// Whether only the library for Windows has it.
    pub is_of_windows: bool,
}

/// The systems that there are libraries for.
const LINUX: &str = "x86_64-unknown-linux-gnu";
const WINDOWS: &[&str] = &["x86_64-pc-windows-gnu", "i686-pc-windows-gnu"];

/// The crates of the libraries for all systems, by name and version, without those that only build, test or generate
/// code.
pub fn linked() -> Vec<Linked> {
    let mut all = linked_on(LINUX);
    for system in WINDOWS {
        for linked in linked_on(system) {
            let is_it =
                |known: &Linked| known.name == linked.name && known.version == linked.version;
            if !all.iter().any(is_it) {
                all.push(Linked {
                    is_of_windows: true,
                    ..linked
                });
            }
        }
    }
    all.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    all
}

fn linked_on(system: &str) -> Vec<Linked> {
    let metadata = metadata(system);
    let packages: BTreeMap<&str, &Value> = array(&metadata["packages"])
        .map(|package| (text(&package["id"]), package))
        .collect();
    let nodes: BTreeMap<&str, &Value> = array(&metadata["resolve"]["nodes"])
        .map(|node| (text(&node["id"]), node))
        .collect();
    let is_own = |id: &&str| text(&packages[id]["name"]) == "exchange-odbc";
    let mut waiting: Vec<&str> = packages.keys().copied().filter(is_own).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        for dependency in array(&nodes[id]["deps"]) {
            let other = text(&dependency["pkg"]);
            let is_linked = array(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
            if is_linked && !writes_code(packages[other]) && found.insert(other) {
                waiting.push(other);
            }
        }
    }
    // The project's own crates are not third parties'.
    for member in array(&metadata["workspace_members"]) {
        found.remove(text(member));
    }
    found.into_iter().map(|id| read(packages[id])).collect()
}

/// A build for Linux does not download what only Windows needs, so this may: once.
fn metadata(system: &str) -> Value {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(["--filter-platform", system])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("Cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

fn writes_code(package: &Value) -> bool {
    let kinds = array(&package["targets"]).flat_map(|target| array(&target["kind"]));
    kinds.into_iter().any(|kind| kind == "proc-macro")
}

fn read(package: &Value) -> Linked {
    let manifest = PathBuf::from(text(&package["manifest_path"]));
    Linked {
        name: text(&package["name"]).to_owned(),
        version: text(&package["version"]).to_owned(),
        license: text(&package["license"]).to_owned(),
        authors: array(&package["authors"])
            .map(|author| text(author).to_owned())
            .collect(),
        repository: text(&package["repository"]).to_owned(),
        source: text(&package["source"]).to_owned(),
        folder: manifest
            .parent()
            .expect("a manifest is in a folder")
            .to_owned(),
        is_of_windows: false,
    }
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
