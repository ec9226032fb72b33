//! Values of columns that a request can name one of (docs/graph.md#message-traces).
//!
//! Graph accepts several values of a property and answers for the last one alone. So each value takes a request of its own.

use super::values::{column_values, intersect};
use crate::definition::{Filter, Table};
use datafusion::logical_expr::Expr;

/// The values that the statement allows, by property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Equalities(Vec<(&'static str, Vec<String>)>);

impl Equalities {
    /// Takes the values out of a condition that every row has to meet.
    pub(super) fn confine(&mut self, table: &Table, condition: &Expr) {
        let Some((column, values)) = column_values(table, condition) else {
            return;
        };
        let Filter::Single(members) = column.filter else {
            return;
        };
        let sent = values.iter().map(|value| sent(value, members));
        if let Some(values) = sent.collect::<Option<Vec<_>>>() {
            self.add(column.name, super::values::each_once(values));
        }
    }

    /// Only rows with one of these values are asked for.
    pub fn add(&mut self, property: &'static str, values: Vec<String>) {
        let known = self.0.iter_mut().find(|(known, _)| *known == property);
        match known {
            Some((_, known)) => {
                let mut both = Some(std::mem::take(known));
                intersect(&mut both, values);
                *known = both.unwrap_or_default();
            }
            None => self.0.push((property, values)),
        }
    }

    /// Whether no row can have these values.
    pub fn are_impossible(&self) -> bool {
        self.0.iter().any(|(_, values)| values.is_empty())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The conditions of at most so many requests, which together find all rows. Lists that would take more are left out.
    pub fn requests(&self, most: usize) -> Vec<String> {
        let mut lists: Vec<_> = self.0.iter().collect();
        lists.sort_by_key(|(_, values)| values.len());
        let mut requests = vec![String::new()];
        for (property, values) in lists {
            if requests.len() * values.len() > most {
                continue;
            }
            let with = |request: &String| {
                let conditions = values.iter().map(|value| {
                    format!(
                        "{request} and {property} eq {}",
                        exchange_graph::quoted(value)
                    )
                });
                conditions.collect::<Vec<_>>()
            };
            requests = requests.iter().flat_map(with).collect();
        }
        requests
    }
}

/// The value as Graph takes it; `None` for one that Graph may take for something else.
fn sent(value: &str, members: &[&str]) -> Option<String> {
    // A star stands for any text.
    if value.is_empty() || value.contains('*') {
        return None;
    }
    if members.is_empty() {
        return Some(value.to_owned());
    }
    let mut members = members.iter();
    let member = members.find(|member| member.eq_ignore_ascii_case(value))?;
    Some((*member).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definitions::MESSAGE_TRACES;
    use datafusion::common::Column;
    use datafusion::logical_expr::{in_list, lit};

    fn column(name: &str) -> Expr {
        Expr::Column(Column::from_name(name))
    }

    fn requests(conditions: &[Expr], most: usize) -> Vec<String> {
        let mut equalities = Equalities::default();
        for condition in conditions {
            equalities.confine(&MESSAGE_TRACES, condition);
        }
        match equalities.are_impossible() {
            true => Vec::new(),
            false => equalities.requests(most),
        }
    }

    fn two(name: &str) -> Expr {
        in_list(column(name), vec![lit("a"), lit("b")], false)
    }

    #[test]
    fn each_value_takes_a_request() {
        let found = requests(&[two("senderAddress"), column("fromIP").eq(lit("it's"))], 9);
        assert_eq!(
            found,
            [
                " and fromIP eq 'it''s' and senderAddress eq 'a'",
                " and fromIP eq 'it''s' and senderAddress eq 'b'",
            ]
        );
        let or = column("toIP").eq(lit("a")).or(column("toIP").eq(lit("b")));
        assert_eq!(requests(&[or], 9).len(), 2);
    }

    #[test]
    fn lists_that_take_too_many_requests_are_left_out() {
        let both = [two("senderAddress"), two("fromIP")];
        assert_eq!(requests(&both, 4).len(), 4);
        assert_eq!(requests(&both, 3).len(), 2);
        assert_eq!(requests(&both, 1), [""]);
    }

    #[test]
    fn what_graph_may_misread_is_not_sent() {
        for condition in [
            column("senderAddress").eq(lit("*@contoso.com")),
            column("toIP").eq(lit("")),
            column("status").eq(lit("lost")),
            column("subject").eq(lit("x")),
            column("senderAddress").not_eq(lit("a")),
            column("senderAddress")
                .eq(lit("a"))
                .or(column("fromIP").eq(lit("a"))),
        ] {
            assert_eq!(
                requests(std::slice::from_ref(&condition), 9),
                [""],
                "{condition}"
            );
        }
        let spelled = column("status").eq(lit("Delivered"));
        assert_eq!(requests(&[spelled], 9), [" and status eq 'delivered'"]);
    }

    #[test]
    fn two_conditions_on_a_column_leave_the_common_values() {
        let common = [two("toIP"), column("toIP").eq(lit("b"))];
        assert_eq!(requests(&common, 9), [" and toIP eq 'b'"]);
        let none = [two("toIP"), column("toIP").eq(lit("c"))];
        assert!(requests(&none, 9).is_empty());
    }
}
