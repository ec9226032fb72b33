//! Random filters over random messages, compared with a model that knows nothing of OData.

mod common;

use common::{ANN, Client, item, tenant};
use graph_simulator::Options;
use graph_simulator::model::Item;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A message as the model sees it.
#[derive(Clone, Debug)]
struct Row {
    hour: u32,
    subject: Option<String>,
    is_read: Option<bool>,
    importance: &'static str,
    categories: Vec<String>,
}

#[derive(Clone, Debug)]
enum Condition {
    Or(Box<Condition>, Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Received(&'static str, u32),
    Subject(&'static str, String),
    IsRead(bool),
    Importance(&'static str),
    Category(String),
}

impl Condition {
    fn text(&self) -> String {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        match self {
            Self::Or(a, b) => format!("({} or {})", a.text(), b.text()),
            Self::And(a, b) => format!("{} and {}", a.text(), b.text()),
            Self::Received(op, hour) => {
                format!("receivedDateTime {op} 2026-03-01T{hour:02}:00:00Z")
            }
            Self::Subject("eq", text) => format!("subject eq {}", quoted(text)),
            Self::Subject(function, text) => format!("{function}(subject,{})", quoted(text)),
            Self::IsRead(value) => format!("isRead eq {value}"),
            Self::Importance(member) => format!("importance eq '{member}'"),
            Self::Category(text) => format!("categories/any(c:c eq {})", quoted(text)),
        }
    }

    /// The parts of an `and` outside of brackets.
    fn conjuncts(&self) -> Vec<&Self> {
        match self {
            Self::And(a, b) => [a.conjuncts(), b.conjuncts()].concat(),
            part => vec![part],
        }
    }

    fn holds(&self, row: &Row) -> Option<bool> {
        match self {
            Self::Or(a, b) => match (a.holds(row), b.holds(row)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Self::And(..) => {
                let (lists, others): (Vec<&Self>, Vec<&Self>) = self
                    .conjuncts()
                    .into_iter()
                    .partition(|part| matches!(part, Self::Category(_)));
                // One category meets them all.
                let meets = |category: &String| {
                    let alone = Row {
                        categories: vec![category.clone()],
                        ..row.clone()
                    };
                    lists.iter().all(|part| part.holds(&alone) == Some(true))
                };
                let listed = lists.is_empty() || row.categories.iter().any(meets);
                let parts = others.iter().map(|part| part.holds(row));
                let parts: Vec<Option<bool>> = parts.chain([Some(listed)]).collect();
                match parts.contains(&Some(false)) {
                    true => Some(false),
                    false => (!parts.contains(&None)).then_some(true),
                }
            }
            Self::Received(op, hour) => Some(match *op {
                "ge" => row.hour >= *hour,
                "gt" => row.hour > *hour,
                "le" => row.hour <= *hour,
                _ => row.hour < *hour,
            }),
            Self::Subject(function, text) => {
                let (subject, text) = (row.subject.as_ref()?.to_lowercase(), text.to_lowercase());
                Some(match *function {
                    "eq" => subject == text,
                    "startswith" => subject.starts_with(&text),
                    _ => subject.contains(&text),
                })
            }
            Self::IsRead(value) => Some(row.is_read? == *value),
            Self::Importance(member) => Some(row.importance == *member),
            Self::Category(text) => Some(
                row.categories
                    .iter()
                    .any(|known| known.to_lowercase() == text.to_lowercase()),
            ),
        }
    }
}

const MEMBERS: [&str; 3] = ["low", "normal", "high"];

fn row() -> impl Strategy<Value = Row> {
    (
        0_u32..24,
        prop::option::weighted(0.8, "[aAbé']{0,4}"),
        prop::option::weighted(0.8, any::<bool>()),
        prop::sample::select(MEMBERS.to_vec()),
        prop::collection::vec("[aAb]{1,2}", 0..3),
    )
        .prop_map(|(hour, subject, is_read, importance, categories)| Row {
            hour,
            subject,
            is_read,
            importance,
            categories,
        })
}

fn condition() -> impl Strategy<Value = Condition> {
    let functions = prop::sample::select(vec!["eq", "startswith", "contains"]);
    let leaf = prop_oneof![
        3 => (prop::sample::select(vec!["ge", "gt", "le", "lt"]), 0_u32..24)
            .prop_map(|(op, hour)| Condition::Received(op, hour)),
        3 => (functions, "[aAbé']{0,3}").prop_map(|(function, text)| Condition::Subject(function, text)),
        1 => any::<bool>().prop_map(Condition::IsRead),
        1 => prop::sample::select(MEMBERS.to_vec()).prop_map(Condition::Importance),
        2 => "[aAb]{1,2}".prop_map(Condition::Category),
    ];
    leaf.prop_recursive(4, 12, 2, |inner| {
        let two = || (inner.clone(), inner.clone());
        prop_oneof![
            two().prop_map(|(a, b)| Condition::And(Box::new(a), Box::new(b))),
            two().prop_map(|(a, b)| Condition::Or(Box::new(a), Box::new(b))),
        ]
    })
}

fn message(number: usize, row: &Row) -> Item {
    let mut entity = Map::new();
    entity.insert("id".into(), json!(format!("M{number}")));
    entity.insert(
        "receivedDateTime".into(),
        json!(format!("2026-03-01T{:02}:00:00Z", row.hour)),
    );
    entity.insert("subject".into(), json!(row.subject));
    if let Some(is_read) = row.is_read {
        entity.insert("isRead".into(), json!(is_read));
    }
    entity.insert("importance".into(), json!(row.importance));
    entity.insert("categories".into(), json!(row.categories));
    item("INBOX", Value::Object(entity))
}

/// Only encodes characters that a request line cannot hold.
fn encoded(text: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-.:(),/".contains(byte);
    text.bytes()
        .map(|byte| {
            if plain(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[test]
fn filtered_pages_hold_what_the_model_accepts_newest_first() {
    let client = Client::new(tenant(), Options::default());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(150));
    let rows = prop::collection::vec(row(), 0..30);
    let filters = prop::collection::vec(condition(), 1..4);
    let outcome = runner.run(&(rows, filters, 1_usize..8), |(rows, filters, top)| {
        client.simulator.change(|tenant| {
            let mailbox = tenant.users[0].mailbox.as_mut().expect("a mailbox");
            mailbox.messages = rows
                .iter()
                .enumerate()
                .map(|(at, row)| message(at, row))
                .collect();
        });
        for filter in filters {
            let mut expected: Vec<usize> = (0..rows.len())
                .filter(|at| filter.holds(&rows[*at]) == Some(true))
                .collect();
            expected.sort_by_key(|at| std::cmp::Reverse(rows[*at].hour));
            let expected: Vec<String> = expected.iter().map(|at| format!("M{at}")).collect();
            let text = filter.text();
            let first = format!(
                "/users/{ANN}/messages?$select=id&$top={top}&$filter={}",
                encoded(&text)
            );
            let pages = client.pages(&first, &[]);
            let found: Vec<String> = pages.iter().flat_map(|page| page.column("id")).collect();
            prop_assert_eq!(found, expected, "{}", text);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
