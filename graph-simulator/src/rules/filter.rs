//! The rules of `$filter`.

use super::matrix::{Matrix, Query};
use crate::refusal::Refusal;

#[derive(Debug)]
pub enum FilterRules {
    Outlook(&'static [(&'static str, Answer)]),
    /// The operators of each property, in the directory.
    Directory(&'static Matrix),
    /// 501 for every filter (docs/graph.md#group-conversations).
    Conversations,
    /// `$filter` is read and has no effect (docs/graph.md#attachments).
    Ignored,
}

/// Outlook's reaction to a filter on a property. Paths are in Graph's spelling, joined with `/`;
/// `any` means the elements of a collection.
#[derive(Clone, Copy, Debug)]
pub enum Answer {
    /// These operators and functions, separated by blanks, and no others.
    Allow(&'static str),
    /// The same, with this complaint about others.
    Only(&'static str, Complaint),
    /// Neither the property nor what is below it.
    Refuse(Complaint),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complaint {
    InvalidNodes,
    NotFilterable,
    UnsupportedExpression,
    InvalidClause,
    /// The service breaks (docs/graph.md#messages-not-filtered).
    InternalError,
}

impl FilterRules {
    /// Whether a condition with this operator on this property is accepted.
    pub fn check(&self, property: &str, operator: &str, query: Query) -> Result<(), Refusal> {
        match self {
            Self::Ignored => Ok(()),
            Self::Conversations => Err(Refusal::filtering_on_conversations()),
            Self::Directory(matrix) => matrix.check(property, operator, query),
            Self::Outlook(rules) => {
                let exact = rules.iter().find(|(path, _)| *path == property);
                let complaint = match exact {
                    Some((_, Answer::Allow(operators) | Answer::Only(operators, _)))
                        if lists(operators, operator) =>
                    {
                        return Ok(());
                    }
                    Some((_, Answer::Allow(_))) => Complaint::InvalidNodes,
                    Some((_, Answer::Only(_, complaint) | Answer::Refuse(complaint))) => *complaint,
                    None => inherited(rules, property),
                };
                Err(complaint.refusal(property))
            }
        }
    }

    /// Whether conditions on the elements of a collection are accepted at all.
    pub fn check_lambda(&self, property: &str, query: Query) -> Result<(), Refusal> {
        match self {
            Self::Ignored => Ok(()),
            Self::Conversations => Err(Refusal::filtering_on_conversations()),
            Self::Directory(matrix) => matrix.check(property, "eq", query),
            Self::Outlook(rules) => {
                let known = rules.iter().any(|(path, _)| is_below(path, property));
                if known {
                    Ok(())
                } else {
                    Err(inherited(rules, property).refusal(property))
                }
            }
        }
    }
}

/// The complaint about the nearest property above.
fn inherited(rules: &[(&str, Answer)], property: &str) -> Complaint {
    let above = rules.iter().filter(|(path, _)| is_below(property, path));
    let nearest = above.max_by_key(|(path, _)| path.len());
    match nearest {
        Some((_, Answer::Refuse(complaint))) => *complaint,
        _ => Complaint::NotFilterable,
    }
}

fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn lists(operators: &str, operator: &str) -> bool {
    operators.split(' ').any(|known| known == operator)
}

impl Complaint {
    fn refusal(self, property: &str) -> Refusal {
        let name = pascal(property);
        match self {
            Self::InvalidNodes => Refusal::invalid_nodes(),
            Self::NotFilterable => Refusal::new(
                400,
                "ErrorInvalidProperty",
                format!("The property '{name}' does not support filtering."),
            ),
            Self::UnsupportedExpression => Refusal::new(
                400,
                "UnsupportedEntityExpression",
                format!("'i => i.{name}' is not a supported filter expression."),
            ),
            Self::InvalidClause => Refusal::bad_request("Invalid filter clause"),
            Self::InternalError => Refusal::new(
                500,
                "ErrorInternalServerError",
                "An internal server error occurred. The operation failed.",
            ),
        }
    }
}

/// The first name of a path in the form of Outlook's messages: `ReceivedDateTime`.
pub fn pascal(path: &str) -> String {
    let name = path.split('/').next().unwrap_or_default();
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_complaint_is_made() {
        let rules = [
            ("flag", Answer::Refuse(Complaint::InternalError)),
            (
                "flag/dueDateTime/dateTime",
                Answer::Refuse(Complaint::InvalidNodes),
            ),
        ];
        assert_eq!(
            inherited(&rules, "flag/startDateTime"),
            Complaint::InternalError
        );
        assert_eq!(inherited(&rules, "flags"), Complaint::NotFilterable);
    }
}
