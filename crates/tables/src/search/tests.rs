//! The `$search` for each text.

use super::{Error, Search};
use crate::definition::Table;
use crate::{TABLES, table};
use proptest::prelude::*;

fn of(name: &str) -> &'static Table {
    table(name).expect("a table")
}

fn mail(columns: &[&'static str], text: &str) -> Result<String, Error> {
    Search::words(of("Messages"), columns, text).map(|search| search.option())
}

fn users(text: &str) -> Result<String, Error> {
    Search::written(of("Users"), text).map(|search| search.option())
}

fn written(text: &str) -> Result<String, Error> {
    Search::written(of("Messages"), text).map(|search| search.option())
}

#[test]
fn conditions_of_contains_become_restrictions_of_the_column() {
    for (text, expected) in [
        ("budget", r#""subject:budget""#),
        (r#""two words""#, r#""subject:\"two words\"""#),
        (r#""bud*""#, r#""subject:bud*""#),
        (r#""the bud*""#, r#""subject:\"the bud*\"""#),
        ("a AND b", r#""subject:a AND subject:b""#),
        (
            "a or b and c",
            r#""subject:a OR (subject:b AND subject:c)""#,
        ),
        ("a AND NOT b", r#""subject:a AND NOT subject:b""#),
        (
            "a &! (b | c)",
            r#""subject:a AND NOT (subject:b OR subject:c)""#,
        ),
        ("ann@x.example", r#""subject:\"ann@x.example\"""#),
        (r#""or""#, r#""subject:or""#),
        (r#""OR""#, r#""subject:\"OR\"""#),
        (r#""say ""yes"" now""#, r#""subject:\"say yes now\"""#),
        (r"back\slash", r#""subject:\"back\\slash\"""#),
        ("line\nand\tbreak", r#""subject:line AND subject:break""#),
        ("größe", r#""subject:größe""#),
    ] {
        assert_eq!(mail(&["subject"], text).as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn columns_of_one_property_are_one_and_those_of_several_are_alternatives() {
    let from = ["from_emailAddress_address", "from_emailAddress_name"];
    assert_eq!(mail(&from, "ann").as_deref(), Ok(r#""from:ann""#));
    assert_eq!(
        mail(&["subject", "body_content"], "a AND b").as_deref(),
        Ok(r#""(subject:a AND subject:b) OR (body:a AND body:b)""#)
    );
    assert_eq!(mail(&[], "a AND b").as_deref(), Ok(r#""a AND b""#));
    let error = mail(&["bodyPreview"], "a").expect_err("no index");
    assert!(
        matches!(&error, Error::NotIndexed { known, .. } if known.contains("subject")),
        "{error}"
    );
}

#[test]
fn what_is_no_condition_of_contains_is_told() {
    for (text, expected) in [
        ("", Error::NoWord),
        ("!?", Error::NoWord),
        (r#""?""#, Error::NoWord),
        ("two words", Error::SideBySide),
        ("(two words)", Error::SideBySide),
        (r#"a "b""#, Error::SideBySide),
        ("a AND", Error::Incomplete),
        ("AND a", Error::Incomplete),
        ("(a", Error::Incomplete),
        ("a)", Error::Incomplete),
        (r#""a"#, Error::Unbalanced),
        ("!a", Error::Operator("NOT without AND before it")),
        ("NOT a", Error::Operator("NOT without AND before it")),
        ("a NEAR b", Error::Operator("NEAR")),
        ("FORMSOF(INFLECTIONAL, a)", Error::Operator("FORMSOF")),
        ("ISABOUT (a WEIGHT (.8))", Error::Operator("ISABOUT")),
    ] {
        assert_eq!(mail(&["subject"], text), Err(expected), "{text}");
    }
    assert_eq!(mail(&["subject"], &"(".repeat(1_000)), Err(Error::TooDeep));
    assert_eq!(
        mail(&["subject"], &"a".repeat(1_501)),
        Err(Error::TooLong(1_500))
    );
    // Each word has the property before it.
    let words = "a AND ".repeat(200) + "a";
    assert_eq!(mail(&["subject"], &words), Err(Error::TooLong(1_500)));
    assert_eq!(users(&"(".repeat(1_000)), Err(Error::TooDeep));
}

#[test]
fn a_written_search_goes_as_it_is_in_quotes() {
    for (text, expected) in [
        ("pizza", r#""pizza""#),
        (r#"subject:"two words""#, r#""subject:\"two words\"""#),
        (r"c:\temp", r#""c:\\temp""#),
        ("from:ann\r\nAND to:bob ", r#""from:ann  AND to:bob""#),
        ("(a OR b) AND \")\"", r#""(a OR b) AND \")\"""#),
    ] {
        assert_eq!(written(text).as_deref(), Ok(expected), "{text}");
    }
    for text in ["a) OR (b", "(a", "a)", "\"a", "a \"b\" \""] {
        assert_eq!(written(text), Err(Error::Unbalanced), "{text}");
    }
    assert_eq!(written("  "), Err(Error::NoWord));
    assert_eq!(written("(?)"), Err(Error::NoWord));
}

#[test]
fn several_searches_of_a_table_all_hold() {
    let table = of("Messages");
    let first = Search::written(table, "a OR b").expect("a search");
    let second = Search::words(table, &["subject"], "c").expect("a search");
    let both = first.and(second).expect("not too long");
    assert_eq!(both.option(), r#""(a OR b) AND (subject:c)""#);
    let long = Search::written(table, &"a".repeat(1_000)).expect("a search");
    assert_eq!(long.clone().and(long), Err(Error::TooLong(1_500)));
}

#[test]
fn the_directory_takes_clauses() {
    for (text, expected) in [
        ("displayName:ann", r#""displayName:ann""#),
        ("DISPLAYNAME: ann lee", r#""displayName:ann lee""#),
        (
            r#"displayName:a" OR "mail:b"#,
            r#""displayName:a\" OR \"mail:b""#,
        ),
        (
            r#""displayName:a"AND("mail:b" OR "givenName:c\"d")"#,
            r#""displayName:a" AND ("mail:b" OR "givenName:c\"d")"#,
        ),
    ] {
        assert_eq!(users(text).as_deref(), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("ann", Error::NoClause),
        (r#""displayName:a" or "mail:b""#, Error::NoClause),
        (r#""displayName:a" AND"#, Error::NoClause),
        (r#"("displayName:a""#, Error::Unbalanced),
        (r#""displayName:a"#, Error::Unbalanced),
        ("displayName:?", Error::NoWord),
        (
            "accountEnabled:true",
            Error::Property("accountEnabled".into()),
        ),
        ("faxNumber:1", Error::Property("faxNumber".into())),
    ] {
        assert_eq!(users(text), Err(expected), "{text}");
    }
}

#[test]
fn names_of_users_are_found_by_words() {
    let table = of("Users");
    let found = |columns: &[&'static str], text: &str| {
        Search::words(table, columns, text).map(|search| search.option())
    };
    assert_eq!(found(&[], "ann").as_deref(), Ok(r#""displayName:ann""#));
    assert_eq!(
        found(&["displayName"], "ann AND (\"le*\" OR li)").as_deref(),
        Ok(r#""displayName:ann" AND ("displayName:le" OR "displayName:li")"#)
    );
    assert_eq!(found(&[], "a AND NOT b"), Err(Error::Negated));
    assert!(found(&["mail"], "a").is_err());
}

#[test]
fn only_columns_of_searched_tables_are_indexed() {
    for table in TABLES {
        let indexed = table.columns.iter().any(|column| column.indexed.is_some());
        let has_index = table.index != crate::definition::Index::None;
        assert_eq!(indexed, has_index, "{}", table.name);
    }
}

proptest! {
    /// The content of a phrase never becomes an operator, a property or the end of the quotes.
    #[test]
    fn a_phrase_stays_one(text in "[a-zA-Z0-9\"\\\\():*<>=& +-]{0,30}") {
        let phrase = format!("\"{}\"", text.replace('"', "\"\""));
        if let Ok(option) = mail(&["subject"], &phrase) {
            let inside = option
                .strip_prefix("\"subject:")
                .and_then(|rest| rest.strip_suffix('"'))
                .expect("one restriction");
            let is_word = |text: &str| text.chars().all(char::is_alphanumeric);
            let phrase = inside
                .strip_prefix("\\\"")
                .and_then(|rest| rest.strip_suffix("\\\""));
            match phrase {
                Some(phrase) => prop_assert!(!phrase.replace("\\\\", "").contains(['"', '\\'])),
                None => prop_assert!(is_word(inside.trim_end_matches('*'))),
            }
        }
    }
}
