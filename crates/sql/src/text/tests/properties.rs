//! Properties of all texts. `PROPTEST_CASES` sets the number of cases.

use crate::text::{ParseOptions, native_sql, parse};
use datafusion::sql::sqlparser::ast;
use proptest::prelude::*;

/// Fragments, some with a meaning for the layer.
fn fragment() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "SELECT",
        "FROM",
        "WHERE",
        "(",
        ")",
        ",",
        "{",
        "}",
        "{fn ",
        "{d '2026-01-01'}",
        "{oj ",
        "{ts ",
        "{escape '!'}",
        "?",
        "'",
        "\"",
        "[",
        "]",
        "`",
        "--",
        "\n",
        "/*",
        "*/",
        ";",
        "a",
        "t",
        "*",
        "=",
        "LIKE",
        "'x'",
        "1",
        ".",
        "AND",
        "OR",
        "NOT",
        "CASE",
        "WHEN",
        "THEN",
        "END",
        "TOP",
        "LIMIT",
        "CONVERT(",
        "CAST(",
        " AS ",
        "varchar(3)",
        "UNION",
        "JOIN",
        "ON",
        "INTERVAL",
        "DAY",
        "EXPLAIN",
        "WITH",
        "IN",
        "#",
        "$1",
        "@",
        ":",
        "N'",
        "X'",
        "0x",
        "\\",
        "é",
        "😀",
        "\u{0}",
        "ORDER BY",
        "GROUP BY",
        "DATEADD(day",
        "POSITION(",
        "IS NULL",
        "||",
        "::",
        "-",
        "VALUES",
        "INTO",
    ]);
    prop_oneof![8 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

fn text() -> impl Strategy<Value = String> {
    (prop::collection::vec(fragment(), 0..40), any::<bool>()).prop_map(|(fragments, query)| {
        let text = fragments.join(" ");
        if query {
            format!("SELECT a FROM t WHERE {text}")
        } else {
            text
        }
    })
}

/// A text without any meaning, and the number of markers beside it.
fn opaque() -> impl Strategy<Value = (String, usize)> {
    let content = "[a-z?{}; \\[!-]{0,10}";
    prop_oneof![
        content.prop_map(|text| (format!("'{text}'"), 0)),
        content.prop_map(|text| (format!("\"x{text}\""), 0)),
        content.prop_map(|text| (format!("`x{text}`"), 0)),
        content.prop_map(|text| (format!("[x{text}]"), 0)),
        content.prop_map(|text| (format!("1 /* {text} */"), 0)),
        content.prop_map(|text| (format!("1 -- {text}\n"), 0)),
        Just(("?".to_owned(), 1)),
        Just(("concat(?, '?', ?)".to_owned(), 2)),
    ]
}

/// Texts with characters that might end or begin something.
pub(super) fn content() -> impl Strategy<Value = String> {
    let meaning = prop::sample::select(vec![
        "'", "''", "\"", "]", "[", "`", "{", "}", "{fn ", "?", "--", "/*", "*/", ";", "\\", "%",
        "_", "\n", "é", "😀", " ", "N'", "\u{202e}", "\u{feff}",
    ]);
    let piece = prop_oneof![3 => meaning.prop_map(str::to_owned), 1 => "[a-zA-Z0-9]{1,4}", 1 => any::<String>()];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().replace('\0', ""))
}

/// The only item of a select list: its text, if it is a literal, and its label.
fn item(sql: &str) -> (Option<String>, String) {
    let parsed = super::one(sql);
    let ast::Statement::Query(query) = &parsed.statement else {
        panic!("{sql} is a query");
    };
    let ast::SetExpr::Select(select) = query.body.as_ref() else {
        panic!("{sql} is a SELECT");
    };
    let [ast::SelectItem::ExprWithAlias { expr, alias }] = select.projection.as_slice() else {
        panic!("{sql} has one item with a name");
    };
    let literal = match expr {
        ast::Expr::Value(value) => value.value.clone().into_string(),
        _ => None,
    };
    let label = parsed.labels.get(&alias.value).unwrap_or(&alias.value);
    (literal, label.clone())
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in text(), no_scan: bool) {
        let _ = native_sql(&text);
        if let Err(error) = parse(&text, &ParseOptions { no_scan }) {
            prop_assert!(!error.message.is_empty());
            prop_assert!(error.message.len() < 400, "{}", error.message);
        }
    }

    #[test]
    fn a_literal_gives_its_text(text in content(), national: bool) {
        let prefix = if national { "N" } else { "" };
        let sql = format!("SELECT {prefix}'{}' AS x", text.replace('\'', "''"));
        prop_assert_eq!(item(&sql), (Some(text), "x".to_owned()));
    }

    #[test]
    fn a_name_is_what_stands_between_its_quotes(text in content(), quotes in 0..3_usize) {
        // A name is not empty.
        let text = if text.trim().is_empty() { format!("{text}x") } else { text };
        let (open, close) = [('"', '"'), ('[', ']'), ('`', '`')][quotes];
        let doubled = text.replace(close, &format!("{close}{close}"));
        let sql = format!("SELECT 1 AS {open}{doubled}{close}");
        prop_assert_eq!(item(&sql).1, text);
    }

    #[test]
    fn a_text_without_braces_is_its_own_native_text(text in "[^{}]{0,60}") {
        if let Ok(native) = native_sql(&text) {
            prop_assert_eq!(native, text);
        }
    }

    #[test]
    fn strings_names_and_comments_stay_and_hold_no_markers(
        items in prop::collection::vec(opaque(), 1..12),
    ) {
        let list: Vec<_> = items.iter().map(|(text, _)| text.as_str()).collect();
        let sql = format!("SELECT {} FROM t", list.join(" , "));
        prop_assert_eq!(&native_sql(&sql).unwrap(), &sql);
        let parsed = parse(&sql, &ParseOptions::default()).unwrap();
        prop_assert_eq!(parsed.len(), 1);
        let markers: usize = items.iter().map(|(_, markers)| markers).sum();
        prop_assert_eq!(parsed[0].parameter_count, markers);
        let rewritten = parsed[0].statement.to_string();
        for (text, _) in items.iter().filter(|(text, _)| text.starts_with('\'')) {
            prop_assert!(rewritten.contains(text.as_str()), "{} in {}", text, rewritten);
        }
    }

    #[test]
    fn output_names_are_unique(items in prop::collection::vec("a|b|A|abs\\(a\\)|a AS b|1|a \\+ 1", 1..12)) {
        let sql = format!("SELECT {} FROM t", items.join(", "));
        let parsed = parse(&sql, &ParseOptions::default()).unwrap().remove(0);
        let list = parsed.statement.to_string();
        let names: Vec<_> = items
            .iter()
            .zip(list.trim_start_matches("SELECT ").trim_end_matches(" FROM t").split(", "))
            .map(|(_, item)| item.split_once(" AS ").map_or(item, |(_, name)| name).trim_matches('"'))
            .collect();
        let mut unique = names.clone();
        unique.sort();
        unique.dedup();
        prop_assert_eq!(unique.len(), names.len(), "{}", list);
    }
}
