//! The grammar: everything that is written can be read back, and nothing makes it panic.

use super::ast::{Call, Comparison, Expr, Literal, Operand, Path};
use super::parser::parse;
use proptest::prelude::*;

fn name() -> impl Strategy<Value = String> {
    // `any` and `all` before a bracket are lambdas.
    const RESERVED: &[&str] = &[
        "and", "or", "not", "in", "null", "true", "false", "any", "all",
    ];
    "[a-z][a-zA-Z0-9_]{0,8}".prop_filter("a word of the grammar", |name| {
        !RESERVED.contains(&name.as_str()) && Comparison::ALL.iter().all(|op| op.name() != name)
    })
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Boolean),
        "\\PC{0,12}".prop_map(Literal::Text),
        any::<i64>().prop_map(|number| Literal::Number(number.to_string())),
        "-?[0-9]{1,6}\\.[0-9]{1,4}".prop_map(Literal::Number),
        "20[0-9]{2}-0[1-9]-1[0-9]".prop_map(Literal::Date),
        "20[0-9]{2}-0[1-9]-1[0-9]T[01][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,7})?(Z|[+-]0[0-9]:30)"
            .prop_map(Literal::DateTime),
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}".prop_map(Literal::Guid),
        (name(), "\\PC{0,6}").prop_map(|(name, member)| Literal::Enumeration(
            format!("microsoft.graph.{name}"),
            member
        )),
    ]
}

fn path() -> impl Strategy<Value = Path> {
    prop::collection::vec(name(), 1..4).prop_map(Path)
}

fn operand() -> impl Strategy<Value = Operand> {
    let leaf = prop_oneof![
        literal().prop_map(Operand::Literal),
        path().prop_map(Operand::Path)
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        (name(), prop::collection::vec(inner, 0..3)).prop_map(|(function, arguments)| {
            Operand::Call(Call {
                function,
                arguments,
            })
        })
    })
}

fn comparison() -> impl Strategy<Value = Comparison> {
    prop::sample::select(Comparison::ALL.to_vec())
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        (operand(), comparison(), operand()).prop_map(|(a, op, b)| Expr::Compare(a, op, b)),
        (operand(), prop::collection::vec(literal(), 1..4)).prop_map(|(a, list)| Expr::In(a, list)),
        operand().prop_map(|operand| match operand {
            Operand::Call(call) => Expr::Call(call),
            other => Expr::Operand(other),
        }),
        path().prop_map(|path| Expr::Lambda {
            path,
            all: false,
            variable: String::new(),
            condition: None
        }),
    ];
    leaf.prop_recursive(5, 40, 2, |inner| {
        let two = || (inner.clone(), inner.clone());
        prop_oneof![
            two().prop_map(|(a, b)| Expr::And(Box::new(a), Box::new(b))),
            two().prop_map(|(a, b)| Expr::Or(Box::new(a), Box::new(b))),
            inner.clone().prop_map(|a| Expr::Not(Box::new(a))),
            (path(), any::<bool>(), name(), inner).prop_map(|(path, all, variable, condition)| {
                Expr::Lambda {
                    path,
                    all,
                    variable,
                    condition: Some(Box::new(condition)),
                }
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(expr in expr()) {
        let text = expr.to_string();
        prop_assert_eq!(parse(&text), Ok(expr), "{}", text);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_heap_of_tokens_makes_the_parser_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "(", ")", ",", "/", ":", " ", "'", "''", "and", "or", "not", "eq", "in", "any(", "a", "x/y", "1", "-1.5",
            "2026-01-01", "2026-01-01T00:00:00Z", "null", "true", "startswith(", "$count", "é",
        ]), 0..30)
    ) {
        let _ = parse(&words.concat());
    }
}

#[test]
fn operators_bind_as_odata_has_it() {
    let same = |short: &str, long: &str| assert_eq!(parse(short), parse(long), "{short}");
    same(
        "a eq 1 or b eq 2 and c eq 3",
        "a eq 1 or (b eq 2 and c eq 3)",
    );
    same(
        "a eq 1 and b eq 2 and c eq 3",
        "(a eq 1 and b eq 2) and c eq 3",
    );
    same("not a and b", "(not a) and b");
    same("not(a eq 1)", "not (a eq 1)");
    same(
        "a/any(x:x eq 1 or x eq 2)",
        "a/any(x: (x eq 1) or (x eq 2))",
    );
    same("startswith( a , 'x' )", "startswith(a,'x')");
    same(" a  eq\t1 ", "a eq 1");
}

#[test]
fn what_is_not_in_the_grammar_is_not_read() {
    for text in [
        "",
        "(",
        "a eq",
        "eq 1",
        "a = 1",
        "a == 1",
        "a eq 1 and",
        "a eq 1 xor b eq 2",
        "a EQ 1",
        "a eq 'x",
        "a eq 1)",
        "(a eq 1",
        "a eq 1 b eq 2",
        "not a eq 1",
        "a in ()",
        "a in 1",
        "a in ('x'",
        "a/any(x eq 1)",
        "a/any(x:)",
        "a/all()",
        "/a eq 1",
        "a/ eq 1",
        "a eq 1;",
        "a eq \"x\"",
        "startswith(a,'x'",
        "f(a 'x')",
        "a eq 2026-13-01",
        "a eq 12-34",
        "a eq 1.",
        "a eq 'x''",
        "a like 'x%'",
        "a is null",
    ] {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn nesting_has_an_end() {
    let nested = |depth: usize| format!("{}a eq 1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(50)).is_ok());
    assert!(parse(&nested(100_000)).is_err());
    assert!(parse(&"not(".repeat(100_000)).is_err());
    assert!(parse(&"f(".repeat(100_000)).is_err());
    assert!(parse(&"a/any(x:".repeat(100_000)).is_err());
}

#[test]
fn quotes_double_inside_of_text() {
    let expected = Expr::Compare(
        Operand::Path(Path(vec!["subject".into()])),
        Comparison::Eq,
        Operand::Literal(Literal::Text("let's 'meet'".into())),
    );
    assert_eq!(parse("subject eq 'let''s ''meet'''"), Ok(expected));
}
