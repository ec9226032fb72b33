//! The allowed dependencies between parts of the source.
//!
//! `cargo test --test layers -- --nocapture` prints the actual ones.

mod modules;
mod source;

use modules::{Modules, show};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A crate: its name without `exchange-`, its folder, and the size that its largest circle of modules
/// may have, 1 if no modules use each other. It may become smaller, never larger. Two files that call
/// each other can be fine, more are a knot.
type Crate = (&'static str, &'static str, usize);

/// The driver's crates, lowest first. Each depends only on earlier ones.
const DRIVER: &[Crate] = &[
    ("windows", "crates/windows", 1),
    ("config", "crates/config", 1),
    ("graph", "crates/graph", 1),
    ("tables", "crates/tables", 1),
    ("sql", "crates/sql", 1),
    ("odbc", ".", 1),
];

/// The crates that tests, demo and benchmarks use the driver with, lowest first. They do not know the
/// driver's crates, and the driver's crates do not know them.
const OUTSIDE: &[Crate] = &[
    ("graph-simulator", "graph-simulator", 1),
    ("driver-harness", "tests/harness", 1),
];

/// The parts of the driver, lowest first. Each uses itself and earlier ones, and the crates in its
/// list.
const ROOMS: [(&str, &[&str]); 16] = [
    ("odbc::constants", &[]),
    ("odbc::memory", &[]),
    ("odbc::diagnostics", &["config", "sql"]),
    ("odbc::text", &[]),
    ("odbc::conversion", &["sql"]),
    ("odbc::connector", &["config", "sql"]),
    ("odbc::exchange", &["config", "sql"]),
    ("odbc::attributes", &[]),
    ("odbc::state", &["sql"]),
    ("odbc::handles", &[]),
    ("odbc::calls", &["config", "sql"]),
    // The last environment ends the threads of Microsoft Graph's client.
    ("odbc::process", &["config", "graph"]),
    ("odbc::no_dialogs", &[]),
    // They change data sources, and test connections.
    ("odbc::dialogs", &["config", "sql", "windows"]),
    ("odbc", &[]),
    // Code pages, and what keeps the library in memory.
    ("ffi", &["config", "windows"]),
];

/// The rooms of a scan, in the same way. Any of them may use what is outside.
const SCAN_ROOMS: [(&str, &[&str]); 5] = [
    // Paths are encoded by the client.
    ("scan::plan", &["config", "graph"]),
    ("scan::late", &[]),
    ("scan::read", &["config", "graph"]),
    ("scan::say", &["config", "graph"]),
    ("scan", &["config"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn crates() -> impl Iterator<Item = Crate> {
    [DRIVER, OUTSIDE].into_iter().flatten().copied()
}

fn library(folder: &str) -> Modules {
    Modules::read(&root().join(folder).join("src/lib.rs"))
}

/// The modules of a crate's library, and those of its program if it has one.
fn modules_of(folder: &str) -> Vec<Modules> {
    let program = root().join(folder).join("src/main.rs");
    let program = program.exists().then(|| Modules::read(&program));
    [library(folder)].into_iter().chain(program).collect()
}

/// The part of a module: its index in the list.
fn room(rooms: &[(&str, &[&str])], module: &[String]) -> Option<usize> {
    let name = show(module);
    let is_in = |room: &str| {
        let inside = name.strip_prefix(room);
        inside.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    rooms.iter().position(|(room, _)| is_in(room))
}

/// The name that a crate has here.
fn short(package: &str) -> &str {
    package.strip_prefix("exchange-").unwrap_or(package)
}

#[test]
fn a_crate_depends_on_those_below_it() {
    let own: Vec<&str> = crates().map(|(name, _, _)| name).collect();
    let mut wrong = Vec::new();
    for group in [DRIVER, OUTSIDE] {
        for (place, (name, folder, _)) in group.iter().enumerate() {
            let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
            let mut section = "";
            for line in manifest.lines() {
                if line.starts_with('[') {
                    section = line.trim_matches(['[', ']']);
                }
                let is_kept = section == "dependencies"
                    || (section.starts_with("target.") && section.ends_with(".dependencies"));
                let package = line.split(['.', ' ', '=']).next().unwrap_or_default();
                let is_own = package.starts_with("exchange-") || own.contains(&package);
                let is_below = group[..place]
                    .iter()
                    .any(|(below, _, _)| *below == short(package));
                if is_kept && is_own && !is_below {
                    wrong.push(format!("{name} depends on {package}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// No crate escapes the rules.
#[test]
fn every_member_of_the_workspace_is_listed() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let members = manifest
        .lines()
        .find_map(|line| line.strip_prefix("members = "))
        .unwrap();
    let mut folders = vec![".".to_owned()];
    for member in members.split('"').skip(1).step_by(2) {
        match member.strip_suffix("/*") {
            Some(parent) => {
                let entries = fs::read_dir(root().join(parent)).unwrap();
                let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
                folders.extend(names.map(|name| format!("{parent}/{name}")));
            }
            None => folders.push(member.to_owned()),
        }
    }
    folders.sort();
    let mut listed: Vec<&str> = crates().map(|(_, folder, _)| folder).collect();
    listed.sort();
    assert_eq!(folders, listed);
}

#[test]
fn circles_of_modules_only_become_smaller() {
    let mut grown = Vec::new();
    for (name, folder, allowed) in crates() {
        for modules in modules_of(folder) {
            let largest = modules.largest_circle();
            println!(
                "{name}: the largest circle has {largest} modules, {allowed} are allowed\n{modules}"
            );
            if largest > allowed {
                grown.push(format!(
                    "{name}: {largest} modules use each other in a circle, {allowed} may: {:?}",
                    modules.circles()[0]
                        .iter()
                        .map(|module| show(module))
                        .collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(grown.is_empty(), "{grown:#?}");
}

/// The uses that the rooms do not allow.
fn wrong_uses(modules: &Modules, rooms: &[(&str, &[&str])]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (module, uses) in &modules.uses {
        let Some(place) = room(rooms, module) else {
            continue;
        };
        let above = uses.iter().filter(|used| room(rooms, used) > Some(place));
        wrong.extend(above.map(|used| format!("{} uses {}", show(module), show(used))));
        let crates = modules.crates.get(module).into_iter().flatten();
        let others = crates.filter(|used| !rooms[place].1.contains(&used.as_str()));
        wrong.extend(others.map(|used| format!("{} uses the crate {used}", show(module))));
    }
    wrong
}

#[test]
fn a_room_uses_those_below_it() {
    let modules = library(".");
    for module in modules.uses.keys() {
        // The root declares the parts, and uses none of them.
        let is_known = module.is_empty() || room(&ROOMS, module).is_some();
        assert!(is_known, "{} is in no room", show(module));
    }
    let mut wrong = wrong_uses(&modules, &ROOMS);
    wrong.extend(wrong_uses(&library("crates/tables"), &SCAN_ROOMS));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Files of a folder and those below it.
fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files.extend(self::files(path)),
            false => files.push(path),
        }
    }
    files
}

/// The reader finds all sources, so that no file escapes the rules.
#[test]
fn every_file_is_a_module() {
    for (name, folder, _) in crates() {
        let source = root().join(folder).join("src");
        let sources = files(source.clone());
        let sources = sources.iter().filter(|path| {
            let path = format!("/{}", path.strip_prefix(&source).unwrap().display());
            let of_tests = [
                "/tests/",
                "/tests.rs",
                "_tests.rs",
                "/testing/",
                "/testing.rs",
            ];
            path.ends_with(".rs") && !of_tests.iter().any(|of_tests| path.contains(of_tests))
        });
        let modules = modules_of(folder);
        let modules = modules.iter().map(|modules| modules.uses.len());
        assert_eq!(modules.sum::<usize>(), sources.count(), "{name}");
    }
}

/// The only places that may switch off the workspace's lint against unsafe code: the exported functions, Windows'
/// functions, and the client of the tests, which calls the exported functions.
const UNSAFE: [&str; 3] = [
    "crates/windows/src/lib.rs",
    "src/lib.rs",
    "tests/harness/src/lib.rs",
];

/// The folders with the code that those places allow.
const UNSAFE_FOLDERS: [&str; 3] = ["crates/windows/src", "src/ffi", "tests/harness/src/client"];

#[test]
fn unsafe_code_is_in_its_places_and_says_what_it_relies_on() {
    let mut allowing = BTreeSet::new();
    let mut wrong = Vec::new();
    for (_, folder, _) in crates() {
        for path in files(root().join(folder).join("src")) {
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            let name = path.strip_prefix(root()).unwrap();
            let name = name.to_str().unwrap().replace('\\', "/");
            if text.contains("allow(unsafe_code)") {
                allowing.insert(name.clone());
            }
            let lines: Vec<&str> = text.lines().map(str::trim).collect();
            let blocks = |line: &str| !line.starts_with("//") && line.contains("unsafe {");
            for (at, _) in lines.iter().enumerate().filter(|(_, line)| blocks(line)) {
                if !UNSAFE_FOLDERS.iter().any(|folder| name.starts_with(folder)) {
                    wrong.push(format!("{name}:{} has unsafe code", at + 1));
                }
                // The compiler only checks the comments of the system that it compiles for.
                let before = lines[at.saturating_sub(8)..at].iter();
                if name.starts_with("crates/windows")
                    && !before.clone().any(|line| line.starts_with("// SAFETY: "))
                {
                    wrong.push(format!("{name}:{} does not say why it is sound", at + 1));
                }
            }
        }
    }
    assert_eq!(allowing.into_iter().collect::<Vec<_>>(), UNSAFE);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn uses_are_found() {
    let text = r##"
        //! crate::comment
        mod a;
        #[cfg(test)]
        mod tests;
        #[cfg(test)]
        mod more { use crate::more; }
        use super::{b::{self, C as D}, e::*};
        pub use a::F;
        mod g { use super::h; }
        fn i<'x>(x: &'x str) -> char {
            let _ = ("crate::text", r#"crate::"raw""#, '"', b'\'', "\"crate::quote");
            crate::j::k()
        }
    "##;
    let source = source::Source::parse(text);
    assert_eq!(source.files.iter().collect::<Vec<_>>(), ["a"]);
    let imports = source.imports.iter();
    let imports: Vec<String> = imports
        .map(|import| format!("{} as {}", import.path.join("::"), import.name))
        .collect();
    let expected = [
        "super::b as b",
        "super::b::C as D",
        "super::e::* as *",
        "a::F as F",
    ];
    assert_eq!(imports, expected);
    assert_eq!(source.inline[0].0, "g");
    let paths = source.paths.iter().map(|path| path.join("::"));
    assert_eq!(paths.collect::<Vec<_>>(), ["crate::j::k"]);
}
