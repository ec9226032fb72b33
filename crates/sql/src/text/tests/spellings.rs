//! A statement with ODBC's escapes means the same as the one without them.

use super::properties::content;
use super::{one, rewritten};
use crate::text::native_sql;
use proptest::prelude::*;
use proptest::sample::select;

/// An expression in both spellings.
#[derive(Clone, Debug)]
struct Spelled {
    escaped: String,
    plain: String,
}

impl Spelled {
    fn same(text: impl Into<String>) -> Self {
        let escaped = text.into();
        let plain = escaped.clone();
        Self { escaped, plain }
    }

    /// The parts in a text of each spelling, inserted for `{}`.
    fn of(escaped: &str, plain: &str, parts: &[&Self]) -> Self {
        let fill = |text: &str, part: fn(&Self) -> &str| {
            let mut pieces = text.split("{}");
            let first = pieces.next().unwrap_or_default().to_owned();
            let rest = pieces.zip(parts);
            rest.fold(first, |text, (piece, &filled)| text + part(filled) + piece)
        };
        Self {
            escaped: fill(escaped, |part| &part.escaped),
            plain: fill(plain, |part| &part.plain),
        }
    }
}

/// Possible separators of two words.
fn space() -> impl Strategy<Value = &'static str> {
    select(vec![
        " ",
        "",
        "  ",
        "\n",
        "\t",
        " /* } ' */ ",
        " -- {fn '\n",
    ])
}

fn moment() -> impl Strategy<Value = Spelled> {
    let (year, month, day) = (1..=9999_u32, 1..=12_u32, 1..=28_u32);
    let (hour, minute, second) = (0..24_u32, 0..60_u32, 0..60_u32);
    let fraction = prop_oneof![Just(String::new()), "\\.[0-9]{1,6}"];
    let kind = 0..3_usize;
    let parts = (
        kind,
        year,
        month,
        day,
        hour,
        minute,
        second,
        fraction,
        space(),
    );
    parts.prop_map(
        |(kind, year, month, day, hour, minute, second, fraction, space)| {
            let date = format!("{year:04}-{month:02}-{day:02}");
            let time = format!("{hour:02}:{minute:02}:{second:02}");
            let (escape, value, sql_type) = match kind {
                0 => ("d", date, "DATE"),
                1 => ("T", format!("{time}{fraction}"), "TIME"),
                _ => ("ts", format!("{date} {time}{fraction}"), "TIMESTAMP(6)"),
            };
            Spelled {
                escaped: format!("{{{space}{escape} '{value}'{space}}}"),
                plain: format!("CAST('{value}' AS {sql_type})"),
            }
        },
    )
}

fn leaf() -> impl Strategy<Value = Spelled> {
    let names = select(vec![
        "x",
        "t.y",
        "[a }b]",
        "\"{d 'z'}\"",
        "?",
        "1",
        "2.5",
        "NULL",
    ]);
    let guid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    prop_oneof![
        3 => names.prop_map(Spelled::same),
        2 => content().prop_map(|text| Spelled::same(format!("'{}'", text.replace('\'', "''")))),
        2 => moment(),
        1 => guid.prop_map(|guid| Spelled {
            escaped: format!("{{guid '{guid}'}}"),
            plain: format!("'{guid}'"),
        }),
    ]
}

fn expression() -> impl Strategy<Value = Spelled> {
    leaf().prop_recursive(5, 24, 2, |inner| {
        let one = (select(vec!["UCASE", "lcase", "ABS", "Length"]), space(), inner.clone());
        let two = (select(vec!["CONCAT", "ifnull", "LOCATE", "mod"]), inner.clone(), inner.clone());
        let both = || (inner.clone(), inner.clone());
        prop_oneof![
            3 => one.prop_map(|(name, space, of)| {
                let (escaped, plain) = (format!("{{{space}fn {name}({{}}){space}}}"), format!("{name}({{}})"));
                // The first braces are the escape's own.
                Spelled {
                    escaped: escaped.replacen("({})", &format!("({})", of.escaped), 1),
                    plain: plain.replacen("{}", &of.plain, 1),
                }
            }),
            3 => two.prop_map(|(name, left, right)| Spelled {
                escaped: format!("{{fn {name}({},{})}}", left.escaped, right.escaped),
                plain: format!("{name}({},{})", left.plain, right.plain),
            }),
            1 => both().prop_map(|(left, right)| Spelled::of("({} || {})", "({} || {})", &[&left, &right])),
            1 => both().prop_map(|(left, right)| {
                let text = "CASE WHEN {} = {} THEN 1 ELSE 0 END";
                Spelled::of(text, text, &[&left, &right])
            }),
            1 => inner.clone().prop_map(|of| Spelled {
                escaped: format!("{{fn CONVERT({}, SQL_VARCHAR)}}", of.escaped),
                plain: format!("CONVERT({}, SQL_VARCHAR)", of.plain),
            }),
        ]
    })
}

fn condition() -> impl Strategy<Value = Spelled> {
    let pattern =
        "[a-c%_!]{0,6}".prop_map(|pattern| pattern.trim_end_matches('!').replace('!', "!!"));
    let like = (expression(), pattern, space()).prop_map(|(of, pattern, space)| Spelled {
        escaped: format!(
            "{} LIKE '{pattern}' {{{space}escape '!'{space}}}",
            of.escaped
        ),
        plain: format!("{} LIKE '{pattern}' ESCAPE '!'", of.plain),
    });
    let compared = (expression(), expression())
        .prop_map(|(left, right)| Spelled::of("{} <> {}", "{} <> {}", &[&left, &right]));
    prop_oneof![like, compared]
}

proptest! {
    #[test]
    fn escapes_are_another_spelling(
        items in prop::collection::vec(expression(), 1..4),
        condition in condition(),
        joined: bool,
    ) {
        let tables = match joined {
            true => ("{oj t LEFT OUTER JOIN u ON t.k = u.k}", "t LEFT OUTER JOIN u ON t.k = u.k"),
            false => ("t", "t"),
        };
        let list = |part: fn(&Spelled) -> &str| {
            let named = items.iter().enumerate();
            named.map(|(number, item)| format!("{} AS c{number}", part(item))).collect::<Vec<_>>().join(", ")
        };
        let escaped = format!("SELECT {} FROM {} WHERE {}", list(|item| &item.escaped), tables.0, condition.escaped);
        let plain = format!("SELECT {} FROM {} WHERE {}", list(|item| &item.plain), tables.1, condition.plain);
        prop_assert_eq!(rewritten(&escaped), rewritten(&plain), "{}", &escaped);
        prop_assert_eq!(one(&escaped).parameter_count, one(&plain).parameter_count);
        let native = native_sql(&escaped).unwrap();
        prop_assert_eq!(rewritten(&native), rewritten(&plain), "{}", &native);
    }
}
