//! Every function of the catalog, run as an application would.

use super::catalog::{CATALOG, Origin};
use super::{Context, SCALAR_FUNCTIONS, choice, defined, scalar_udfs};
use crate::ErrorKind;
use crate::testing::{Session, session};
use datafusion::logical_expr::lit;
use std::collections::BTreeSet;

fn context() -> Context {
    Context {
        database: "contoso".to_owned(),
        user: "ann".to_owned(),
        zone: exchange_config::Zone::UTC,
    }
}

#[test]
fn every_example_gives_its_value() {
    let session: Session = session();
    for entry in CATALOG {
        let value = session.value(&format!("SELECT {}", entry.example));
        assert_eq!(value.as_deref(), Ok(entry.value), "{}", entry.example);
        assert!(entry.example.contains(entry.name), "{}", entry.name);
    }
}

#[test]
fn odbc_is_told_of_exactly_its_functions_that_there_are() {
    let of_odbc = CATALOG.iter().filter(|entry| entry.origin == Origin::Odbc);
    let mut listed: BTreeSet<String> = of_odbc.map(|entry| entry.name.to_uppercase()).collect();
    // CONVERT(x, type) has been turned into CAST before the engine sees it.
    listed.insert("CONVERT".to_owned());
    let advertised: BTreeSet<String> = SCALAR_FUNCTIONS.iter().map(|&name| name.into()).collect();
    assert_eq!(advertised, listed);
    assert_eq!(advertised.len(), SCALAR_FUNCTIONS.len());
}

#[test]
fn every_function_and_every_further_name_is_in_the_catalog() {
    let listed: BTreeSet<&str> = CATALOG.iter().map(|entry| entry.name).collect();
    assert_eq!(listed.len(), CATALOG.len());
    for function in scalar_udfs(&context()) {
        let aliases = function.aliases().iter().map(String::as_str);
        for name in aliases.chain([function.name()]) {
            // No statement can name functions of the text layer.
            let is_internal = name.starts_with('=');
            assert!(listed.contains(name) || is_internal, "{name}");
        }
    }
}

/// One call of each function whose arguments are columns, so that it runs over arrays, with a null row
/// between two others.
const OVER_COLUMNS: &[(&str, [&str; 3])] = &[
    ("ascii(s)", ["97", "NULL", "233"]),
    ("concat(s, '-', n)", ["ab-1", "NULL", "é-3"]),
    ("\"left\"(s, n)", ["a", "NULL", "é"]),
    ("\"insert\"(s, 1, 1, 'x')", ["xb", "NULL", "x"]),
    ("locate('b', s)", ["2", "NULL", "0"]),
    ("repeat(s, n)", ["ab", "NULL", "ééé"]),
    ("soundex(s)", ["A100", "NULL", "0000"]),
    ("difference(s, 'ab')", ["4", "NULL", "2"]),
    ("ucase(s)", ["AB", "NULL", "É"]),
    ("abs(0 - n)", ["1", "NULL", "3"]),
    ("mod(n, 2)", ["1", "NULL", "1"]),
    ("power(n, 2)", ["1.0", "NULL", "9.0"]),
    ("round(n / 2.0, 0)", ["1.0000", "NULL", "2.0000"]),
    ("sqrt(n * n)", ["1.0", "NULL", "3.0"]),
    (
        "timestampadd('day', n, t)",
        ["2026-11-24T10:00:00", "NULL", "0001-01-04T00:00:00"],
    ),
    ("timestampdiff('day', t, t)", ["0", "NULL", "0"]),
    (
        "dateadd('month', n, CAST(t AS DATE))",
        ["2026-12-23", "NULL", "0001-04-01"],
    ),
    ("datediff('year', t, '2026-01-01')", ["0", "NULL", "2025"]),
    ("dayname(t)", ["Monday", "NULL", "Monday"]),
    ("hour(t)", ["10", "NULL", "0"]),
    ("extract(year from t)", ["2026", "NULL", "1"]),
    ("eomonth(t)", ["2026-11-30", "NULL", "0001-01-31"]),
    ("ifnull(s, 'none')", ["ab", "none", "é"]),
    ("coalesce(NULL, n, 7)", ["1", "7", "3"]),
    (
        "coalesce(t, '2000-01-01')",
        [
            "2026-11-23T10:00:00",
            "2000-01-01T00:00:00",
            "0001-01-01T00:00:00",
        ],
    ),
    ("iif(n > 2, s, 'few')", ["few", "few", "é"]),
    ("nullif(n, 3)", ["1", "NULL", "NULL"]),
    ("nullif(s, 'ab')", ["NULL", "NULL", "é"]),
];

#[test]
fn functions_run_over_columns_and_nulls_stay_null() {
    let rows = "(SELECT 1 AS row, 'ab' AS s, 1 AS n, TIMESTAMP '2026-11-23 10:00:00' AS t \
                UNION ALL SELECT 2, NULL, NULL, NULL \
                UNION ALL SELECT 3, 'é', 3, TIMESTAMP '0001-01-01 00:00:00') AS x";
    let session = session();
    for (call, expected) in OVER_COLUMNS {
        let values = session.column(&format!("SELECT {call} FROM {rows} ORDER BY row"));
        assert_eq!(
            values.as_deref(),
            Ok(&expected.map(String::from)[..]),
            "{call}"
        );
    }
}

#[test]
fn wrong_numbers_of_arguments_are_told() {
    let session = session();
    for call in [
        "\"left\"('a')",
        "locate('a')",
        "pi(1)",
        "curdate('x')",
        "power(1, 2, 3)",
    ] {
        let error = session.value(&format!("SELECT {call}")).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Syntax, "{call}: {error}");
    }
    let unlike = session
        .value("SELECT coalesce(DATE '2026-11-23', 5)")
        .unwrap_err();
    assert_eq!(unlike.kind, ErrorKind::Syntax, "{unlike}");
    assert!(unlike.message.contains("nothing in common"), "{unlike}");
    let error = session.value("SELECT locate('a')").unwrap_err();
    assert!(error.message.contains("takes 2 or 3 arguments"), "{error}");
}

#[test]
fn the_catalog_has_the_numbers_of_arguments_of_the_definitions() {
    for function in defined() {
        for name in function.aliases.iter().chain([&function.name]) {
            let entry = CATALOG.iter().find(|entry| entry.name == *name).unwrap();
            assert_eq!(entry.arguments, function.arity(), "{name}");
        }
    }
}

#[test]
fn functions_that_choose_evaluate_what_they_choose() {
    for function in defined() {
        let arguments = vec![lit(1); function.parameters.len()];
        let chooses = choice::as_case(function.name, &arguments).is_some();
        assert_eq!(function.lazy, chooses, "{}", function.name);
    }
}
