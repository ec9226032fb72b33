//! Licences in the syntax of SPDX: `MIT OR Apache-2.0`, `(MIT OR ISC) AND Zlib`.

/// Licences that allow distributing the library, the ones with the fewest duties first.
pub const ALLOWED: &[&str] = &[
    "MIT",
    "0BSD",
    "ISC",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Zlib",
    "Unlicense",
    "BSL-1.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Apache-2.0",
];

/// Whether some choice among the licences is allowed.
pub fn is_allowed(expression: &str) -> bool {
    chosen(expression).is_some()
}

/// The licences to follow: for each alternative the first allowed one, and all of a conjunction.
pub fn chosen(expression: &str) -> Option<Vec<&'static str>> {
    // An older notation of crates for OR.
    let expression = expression.replace('/', " OR ");
    let tokens = expression.replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = tokens.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    let chosen = alternatives(&mut rest);
    chosen.filter(|_| rest.is_empty())
}

fn alternatives(rest: &mut &[&str]) -> Option<Vec<&'static str>> {
    let mut best = all_of(rest);
    while rest.first() == Some(&"OR") {
        *rest = &rest[1..];
        let other = all_of(rest);
        best = [best, other]
            .into_iter()
            .flatten()
            .min_by_key(|choice| cost(choice));
    }
    best
}

fn cost(choice: &[&str]) -> usize {
    let place = |license: &&str| ALLOWED.iter().position(|allowed| allowed == license);
    choice.iter().filter_map(place).sum()
}

fn all_of(rest: &mut &[&str]) -> Option<Vec<&'static str>> {
    let mut all = one(rest);
    while rest.first() == Some(&"AND") {
        *rest = &rest[1..];
        let other = one(rest);
        all = all.zip(other).map(|(mut all, other)| {
            all.extend(other);
            all
        });
    }
    all
}

fn one(rest: &mut &[&str]) -> Option<Vec<&'static str>> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    if *first == "(" {
        let inside = alternatives(rest);
        *rest = rest.strip_prefix(&[")"]).unwrap_or(&[]);
        return inside;
    }
    // An exception only adds to what is allowed.
    if rest.first() == Some(&"WITH") {
        *rest = rest.get(2..).unwrap_or_default();
    }
    let known = ALLOWED.iter().find(|allowed| *allowed == first);
    known.map(|license| vec![*license])
}

#[test]
fn expressions_are_read_as_spdx_has_them() {
    assert_eq!(chosen("Apache-2.0 OR MIT"), Some(vec!["MIT"]));
    assert_eq!(chosen("MIT/Apache-2.0"), Some(vec!["MIT"]));
    assert_eq!(
        chosen("Apache-2.0 AND ISC"),
        Some(vec!["Apache-2.0", "ISC"])
    );
    assert_eq!(
        chosen("(GPL-3.0 OR MIT) AND Zlib"),
        Some(vec!["MIT", "Zlib"])
    );
    assert_eq!(
        chosen("Apache-2.0 WITH LLVM-exception"),
        Some(vec!["Apache-2.0"])
    );
    assert_eq!(chosen("GPL-3.0"), None);
    assert_eq!(chosen("MIT AND GPL-3.0"), None);
    assert_eq!(chosen(""), None);
}
