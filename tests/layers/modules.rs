//! The modules of a crate, and their dependencies.

use super::source::{Import, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

/// Names from the root of the crate on; empty for the root itself.
pub type Name = Vec<String>;

/// A crate's modules in files, with the modules that each uses.
#[derive(Debug, Default)]
pub struct Modules {
    pub uses: BTreeMap<Name, BTreeSet<Name>>,
    /// The project's other crates that each uses.
    pub crates: BTreeMap<Name, BTreeSet<String>>,
    imports: BTreeMap<Name, Vec<Import>>,
}

impl Modules {
    /// Reads the crate whose root is this file.
    pub fn read(root: &Path) -> Self {
        let mut sources = BTreeMap::new();
        read_file(root, root.parent().unwrap(), Vec::new(), &mut sources);
        let mut modules = Self::default();
        for name in sources.keys() {
            modules.uses.insert(name.clone(), BTreeSet::new());
        }
        for (name, source) in &sources {
            modules.imports.insert(name.clone(), source.imports.clone());
        }
        for (name, source) in &sources {
            modules.add(name, name, source);
        }
        modules
    }

    /// Adds the dependencies of a file's code. `scope` is the module in the file that contains the
    /// code.
    fn add(&mut self, file: &Name, scope: &Name, source: &Source) {
        let imports = source.imports.iter().map(|import| import.path.clone());
        let paths = source.paths.iter().map(|path| spelled_out(path, source));
        for path in imports.chain(paths) {
            if let Some(own) = path[0].strip_prefix("exchange_") {
                let crates = self.crates.entry(file.clone()).or_default();
                crates.insert(own.to_owned());
            }
            if let Some(target) = self.absolute(scope, &path) {
                let target = self.find(&target, 0);
                if target != *file {
                    self.uses.get_mut(file).unwrap().insert(target);
                }
            }
        }
        for (name, inner) in &source.inline {
            let mut scope = scope.clone();
            scope.push(name.clone());
            self.add(file, &scope, inner);
        }
    }

    /// The path from the root on; `None` if it leads into another crate or to a local name.
    fn absolute(&self, scope: &Name, path: &[String]) -> Option<Name> {
        let mut base = scope.clone();
        let mut rest = path;
        match path[0].as_str() {
            "crate" => {
                base.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|first| first == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            child => {
                base.push(child.to_owned());
                if !self.uses.contains_key(&base) {
                    return None;
                }
                rest = &path[1..];
            }
        }
        base.extend(rest.iter().cloned());
        Some(base)
    }

    /// The module that defines the target of the path, not one that only re-exports it.
    fn find(&self, path: &[String], depth: usize) -> Name {
        let mut module = Vec::new();
        for (at, name) in path.iter().enumerate() {
            module.push(name.clone());
            if self.uses.contains_key(&module) {
                continue;
            }
            module.pop();
            let imports = self.imports.get(&module).into_iter().flatten();
            let passed_on = imports
                .filter(|import| import.name == *name)
                .find_map(|import| self.absolute(&module, &import.path));
            return match passed_on {
                Some(mut target) if depth < 8 && target != path => {
                    target.extend(path[at + 1..].iter().cloned());
                    self.find(&target, depth + 1)
                }
                _ => module,
            };
        }
        module
    }

    /// Modules that use each other in a circle, the largest circle first.
    pub fn circles(&self) -> Vec<BTreeSet<&Name>> {
        let reach: BTreeMap<&Name, BTreeSet<&Name>> = self
            .uses
            .keys()
            .map(|name| (name, self.reach(name)))
            .collect();
        let mut circles = BTreeSet::new();
        for (name, reached) in &reach {
            let back = reached.iter().filter(|other| reach[**other].contains(name));
            let circle: BTreeSet<&Name> = back.copied().collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        let mut circles: Vec<_> = circles.into_iter().collect();
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }

    fn reach(&self, from: &Name) -> BTreeSet<&Name> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(name) = open.pop() {
            for next in &self.uses[name] {
                if reached.insert(next) {
                    open.push(next);
                }
            }
        }
        reached
    }

    /// The size of the largest circle; 1 without circles.
    pub fn largest_circle(&self) -> usize {
        self.circles().first().map_or(1, BTreeSet::len)
    }
}

impl fmt::Display for Modules {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, uses) in &self.uses {
            writeln!(formatter, "  {}", show(name))?;
            for used in uses {
                writeln!(formatter, "    -> {}", show(used))?;
            }
        }
        for circle in self.circles() {
            let names: Vec<String> = circle.iter().map(|name| show(name)).collect();
            writeln!(
                formatter,
                "  circle of {}: {}",
                names.len(),
                names.join(", ")
            )?;
        }
        Ok(())
    }
}

pub fn show(name: &[String]) -> String {
    match name {
        [] => "crate".to_owned(),
        names => names.join("::"),
    }
}

/// A path in code, with its first name replaced by its import.
fn spelled_out(path: &[String], source: &Source) -> Vec<String> {
    let mut imports = source.imports.iter();
    match imports.find(|import| import.name == path[0]) {
        Some(import) => [&import.path[..], &path[1..]].concat(),
        None => path.to_vec(),
    }
}

/// Reads a file and those of its modules. `folder` contains these.
fn read_file(file: &Path, folder: &Path, name: Name, sources: &mut BTreeMap<Name, Source>) {
    let text =
        fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let source = Source::parse(&text);
    for child in &source.files {
        let mut name = name.clone();
        name.push(child.clone());
        let folder = folder.join(child);
        let alone = folder.with_extension("rs");
        let file = match alone.exists() {
            true => alone,
            false => folder.join("mod.rs"),
        };
        read_file(&file, &folder, name, sources);
    }
    sources.insert(name, source);
}
