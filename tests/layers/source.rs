//! The modules of a source file and the paths that it uses.

use std::collections::BTreeSet;

/// A name that a `use` imports, and its path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// `*` for a glob.
    pub name: String,
    pub path: Vec<String>,
}

/// A module's code, without that of its tests.
#[derive(Debug, Default)]
pub struct Source {
    /// Modules in files of their own.
    pub files: BTreeSet<String>,
    pub inline: Vec<(String, Source)>,
    pub imports: Vec<Import>,
    /// Paths in the code itself.
    pub paths: BTreeSet<Vec<String>>,
}

impl Source {
    pub fn parse(text: &str) -> Self {
        let tokens = tokens(text);
        let mut source = Self::default();
        source.read(&tokens);
        source
    }

    fn read(&mut self, tokens: &[String]) {
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            let words: Vec<&str> = rest.iter().take(4).map(String::as_str).collect();
            at += match words[..] {
                // An item for tests only.
                ["#", "[", "cfg", "("] if only_for_tests(rest) => attribute(rest) + item(rest),
                ["mod", name, ";", ..] => {
                    self.files.insert(name.to_owned());
                    3
                }
                ["mod", name, "{", ..] => {
                    let end = closing(&rest[2..]);
                    let mut inner = Self::default();
                    inner.read(&rest[3..2 + end]);
                    self.inline.push((name.to_owned(), inner));
                    2 + end + 1
                }
                ["use", ..] => {
                    let end = rest.iter().position(|token| token == ";");
                    let end = end.unwrap_or(rest.len());
                    tree(&[], &rest[1..end], &mut self.imports);
                    end
                }
                [first, "::", ..] if is_name(first) => {
                    let path: Vec<String> = names(rest);
                    let length = path.len() * 2 - 1;
                    self.paths.insert(path);
                    length
                }
                _ => 1,
            };
        }
    }
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// The names at the beginning, joined by `::`.
fn names(tokens: &[String]) -> Vec<String> {
    let mut path = vec![tokens[0].clone()];
    for pair in tokens[1..].chunks_exact(2) {
        if pair[0] != "::" || !is_name(&pair[1]) {
            break;
        }
        path.push(pair[1].clone());
    }
    path
}

/// The imported names of a `use`.
fn tree(before: &[String], tokens: &[String], imports: &mut Vec<Import>) {
    let mut path = before.to_vec();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => {
                let end = at + closing(&tokens[at..]);
                for branch in branches(&tokens[at + 1..end]) {
                    tree(&path, branch, imports);
                }
                return;
            }
            "as" => {
                let name = tokens[at + 1].clone();
                return imports.push(Import { name, path });
            }
            "self" if at == 0 && !path.is_empty() => {}
            "::" => {}
            name => path.push(name.to_owned()),
        }
        at += 1;
    }
    if let Some(name) = path.last() {
        let name = name.clone();
        imports.push(Import { name, path });
    }
}

fn branches(tokens: &[String]) -> Vec<&[String]> {
    let mut depth = 0;
    let pieces = tokens.split(|token| {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        depth == 0 && token == ","
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// The end of the group that the first token opens.
fn closing(tokens: &[String]) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" | "[" | "(" => depth += 1,
            "}" | "]" | ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len() - 1
}

/// Whether an attribute is `#[cfg(test)]`, or one with further conditions.
fn only_for_tests(tokens: &[String]) -> bool {
    let condition: Vec<&str> = tokens[..attribute(tokens)]
        .iter()
        .map(String::as_str)
        .collect();
    matches!(condition[4..], ["test", ..] | ["all", "(", "test", ..])
}

fn attribute(tokens: &[String]) -> usize {
    1 + closing(&tokens[1..]) + 1
}

/// The length of the item after the attribute at the beginning.
fn item(tokens: &[String]) -> usize {
    let begin = attribute(tokens);
    let mut at = begin;
    while at < tokens.len() {
        match tokens[at].as_str() {
            ";" | "," => return at + 1 - begin,
            "{" => return at + closing(&tokens[at..]) + 1 - begin,
            "(" | "[" => at += closing(&tokens[at..]),
            _ => {}
        }
        at += 1;
    }
    at - begin
}

/// Names and signs, without comments, literals and white space.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = literal(rest) {
            length
        } else if first.is_alphanumeric() || first == '_' {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            let end = end.unwrap_or(rest.len());
            tokens.push(rest[..end].to_owned());
            end
        } else if rest.starts_with("::") {
            tokens.push("::".to_owned());
            2
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of the text or character literal at the beginning, or of a lifetime.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|prefix| {
        let rest = text.strip_prefix(prefix).unwrap_or_default();
        rest.starts_with(['"', '\'']) || (prefix.ends_with('r') && is_raw(rest))
    });
    let prefix = prefix.unwrap_or_default();
    let rest = &text[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = rest.find('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let length = rest[hashes + 1..].find(&end)? + hashes + 1 + end.len();
        return Some(prefix.len() + length);
    }
    let quote = rest
        .chars()
        .next()
        .filter(|quote| ['"', '\''].contains(quote))?;
    let mut inside = rest.char_indices().skip(1);
    let second = inside.clone().nth(1).map(|(_, second)| second);
    if quote == '\'' && !rest[1..].starts_with('\\') && second != Some('\'') {
        return Some(1);
    }
    while let Some((at, character)) = inside.next() {
        match character {
            '\\' => drop(inside.next()),
            _ if character == quote => return Some(prefix.len() + at + 1),
            _ => {}
        }
    }
    None
}

fn is_raw(text: &str) -> bool {
    text.trim_start_matches('#').starts_with('"') && text.starts_with('#')
}
