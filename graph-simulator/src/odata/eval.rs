//! Evaluation of a filter for a row.
//!
//! Text compares without case, as in Exchange and the directory (docs/graph.md#text-comparison). An
//! expression over a missing value is neither true nor false, and only rows for which the whole is
//! true are selected (docs/graph.md#filter-syntax).

use super::moment::{self, Ticks};
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// A filter whose names are resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Or(Vec<Test>),
    And(Vec<Test>),
    Not(Box<Test>),
    Compare {
        path: Keys,
        comparison: Relation,
        value: Constant,
    },
    In {
        path: Keys,
        values: Vec<Constant>,
    },
    Text {
        path: Keys,
        function: TextFunction,
        needle: String,
    },
    /// Some element of the collection meets the condition, or there is any element.
    Any {
        path: Keys,
        condition: Option<Box<Test>>,
    },
    /// The number of elements of a collection.
    Count {
        path: Keys,
        comparison: Relation,
        value: f64,
    },
    IsNull {
        path: Keys,
        negated: bool,
    },
}

/// Names that lead from a row, or an element of a collection, to a value.
pub type Keys = Vec<&'static str>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFunction {
    StartsWith,
    Contains,
    EndsWith,
}

/// A constant in the form for comparing.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    Boolean(bool),
    Number(f64),
    /// In lower case.
    Text(String),
    Moment(Ticks),
}

/// A row, or an element of one of its collections.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    Row(&'a Map<String, Value>),
    Element(&'a Value),
}

impl<'a> Node<'a> {
    /// The value at the end of a path; `None` where it is null or missing.
    pub fn get(self, path: &[&str]) -> Option<&'a Value> {
        let (first, rest) = match (self, path) {
            (Self::Element(value), []) => return Some(value).filter(|value| !value.is_null()),
            (Self::Row(_), []) => return None,
            (Self::Element(value), [first, rest @ ..]) => (value.get(first), rest),
            (Self::Row(row), [first, rest @ ..]) => (row.get(*first), rest),
        };
        let found = rest
            .iter()
            .try_fold(first?, |value, name| value.get(name))?;
        Some(found).filter(|value| !value.is_null())
    }
}

impl Relation {
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Gt => order.is_gt(),
            Self::Ge => order.is_ge(),
            Self::Lt => order.is_lt(),
            Self::Le => order.is_le(),
        }
    }
}

impl Test {
    /// Whether a row is selected.
    pub fn accepts(&self, row: &Map<String, Value>) -> bool {
        self.truth(Node::Row(row)) == Some(true)
    }

    /// The properties of a row that it looks at.
    pub fn properties(&self, names: &mut Vec<&'static str>) {
        match self {
            Self::Or(tests) | Self::And(tests) => {
                tests.iter().for_each(|test| test.properties(names));
            }
            Self::Not(test) => test.properties(names),
            Self::Compare { path, .. }
            | Self::In { path, .. }
            | Self::Text { path, .. }
            | Self::Any { path, .. }
            | Self::Count { path, .. }
            | Self::IsNull { path, .. } => names.extend(path.first()),
        }
    }

    /// The parts of an `and`.
    pub fn conjuncts(self) -> Vec<Self> {
        match self {
            Self::And(tests) => tests,
            test => vec![test],
        }
    }

    /// The condition on the elements of a list, if another test concerns the same list.
    pub fn of_list(&mut self, other: &Self) -> Option<&mut Box<Self>> {
        match (self, other) {
            (
                Self::Any {
                    path,
                    condition: Some(condition),
                },
                Self::Any {
                    path: same,
                    condition: Some(_),
                },
            ) => (path == same).then_some(condition),
            _ => None,
        }
    }

    fn truth(&self, node: Node) -> Option<bool> {
        match self {
            Self::Or(tests) => decide(tests, node, true),
            Self::And(tests) => decide(tests, node, false),
            Self::Not(test) => test.truth(node).map(|truth| !truth),
            Self::Compare {
                path,
                comparison,
                value,
            } => Some(comparison.holds(order(node.get(path)?, value)?)),
            Self::In { path, values } => {
                let found = node.get(path)?;
                Some(
                    values
                        .iter()
                        .any(|value| order(found, value) == Some(Ordering::Equal)),
                )
            }
            Self::Text {
                path,
                function,
                needle,
            } => Some(function.holds(node.get(path)?.as_str()?, needle)),
            Self::Any { path, condition } => {
                let elements = node.get(path).and_then(Value::as_array);
                Some(
                    elements
                        .into_iter()
                        .flatten()
                        .any(|element| match condition {
                            Some(test) => test.truth(Node::Element(element)) == Some(true),
                            None => true,
                        }),
                )
            }
            Self::Count {
                path,
                comparison,
                value,
            } => {
                let count = node.get(path).and_then(Value::as_array).map_or(0, Vec::len);
                Some(comparison.holds((count as f64).partial_cmp(value)?))
            }
            Self::IsNull { path, negated } => Some(node.get(path).is_none() != *negated),
        }
    }
}

/// `or` if `one` is true, `and` if it is false: one such part decides, otherwise an unknown part
/// makes the whole unknown.
fn decide(tests: &[Test], node: Node, one: bool) -> Option<bool> {
    let mut outcome = Some(!one);
    for test in tests {
        match test.truth(node) {
            Some(truth) if truth == one => return Some(one),
            Some(_) => {}
            None => outcome = None,
        }
    }
    outcome
}

impl TextFunction {
    fn holds(self, text: &str, needle: &str) -> bool {
        if text.is_ascii() && needle.is_ascii() {
            return self.holds_ascii(text.as_bytes(), needle.as_bytes());
        }
        let text = text.to_lowercase();
        match self {
            Self::StartsWith => text.starts_with(needle),
            Self::Contains => text.contains(needle),
            Self::EndsWith => text.ends_with(needle),
        }
    }

    fn holds_ascii(self, text: &[u8], needle: &[u8]) -> bool {
        let Some(room) = text.len().checked_sub(needle.len()) else {
            return false;
        };
        let at = |start: usize| text[start..start + needle.len()].eq_ignore_ascii_case(needle);
        match self {
            Self::StartsWith => at(0),
            Self::EndsWith => at(room),
            Self::Contains => (0..=room).any(at),
        }
    }
}

fn order(found: &Value, constant: &Constant) -> Option<Ordering> {
    match constant {
        Constant::Boolean(value) => Some(found.as_bool()?.cmp(value)),
        Constant::Number(value) => found.as_f64()?.partial_cmp(value),
        Constant::Text(text) => Some(compare_text(found.as_str()?, text)),
        Constant::Moment(value) => Some(moment::utc(found.as_str()?)?.cmp(value)),
    }
}

/// Compares without case; the right side is in lower case.
fn compare_text(text: &str, lower: &str) -> Ordering {
    if text.is_ascii() {
        text.bytes()
            .map(|byte| byte.to_ascii_lowercase())
            .cmp(lower.bytes())
    } else {
        text.to_lowercase().as_str().cmp(lower)
    }
}

/// A value in the form for sorting, so that it is read once and not for every comparison.
#[derive(Clone, Debug)]
pub enum SortKey {
    Null,
    Text {
        moment: Option<Ticks>,
        lower: String,
    },
    Boolean(bool),
    Number(Option<f64>),
}

impl SortKey {
    pub fn of(value: Option<&Value>) -> Self {
        match value {
            None => Self::Null,
            Some(Value::String(text)) => Self::Text {
                moment: moment::offset(text),
                lower: text.to_lowercase(),
            },
            Some(Value::Bool(value)) => Self::Boolean(*value),
            Some(value) => Self::Number(value.as_f64()),
        }
    }

    /// The order of two values of one property, null first.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Null, Self::Null) => Ordering::Equal,
            (Self::Null, _) => Ordering::Less,
            (_, Self::Null) => Ordering::Greater,
            (
                Self::Text { moment, lower },
                Self::Text {
                    moment: other_moment,
                    lower: other_lower,
                },
            ) => match (moment, other_moment) {
                (Some(left), Some(right)) => left.cmp(right),
                _ => lower.cmp(other_lower),
            },
            (Self::Boolean(left), Self::Boolean(right)) => left.cmp(right),
            (Self::Number(left), Self::Number(right)) => {
                left.partial_cmp(right).unwrap_or(Ordering::Equal)
            }
            _ => Ordering::Equal,
        }
    }
}
