//! Conditions in OData, and the rules for joining them.

use std::collections::HashSet;

/// A condition in OData.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub text: String,
    pub properties: Vec<&'static str>,
    /// Returns exactly the rows that meet the SQL condition.
    pub exact: bool,
    /// Calls `startswith` or `contains`.
    pub has_function: bool,
    /// Only works in advanced queries of the directory.
    pub is_advanced: bool,
    /// Other conditions that may be in the same filter.
    pub beside: Beside,
    /// An `and` of conditions, so that it needs parentheses inside an `or`.
    pub compound: bool,
}

/// Conditions that Graph accepts together with this one in an `and`
/// (docs/graph.md#lists-in-filters, docs/graph.md#contacts-filter).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    Everything,
    /// No other condition on the elements of a list.
    NoElements,
    Nothing,
}

impl Term {
    pub fn is_only_about(&self, property: &str) -> bool {
        self.properties.iter().all(|name| *name == property)
    }

    /// Whether Graph accepts no other condition with it.
    pub fn stands_alone(&self) -> bool {
        self.beside == Beside::Nothing
    }

    /// Whether Graph accepts both in an `and`.
    pub fn goes_with(&self, other: &Self) -> bool {
        let narrower = self.beside.max(other.beside);
        self.beside.min(other.beside) == Beside::Everything && narrower != Beside::Nothing
    }
}

/// All terms at once; `None` without terms.
pub fn all(terms: Vec<Term>) -> Option<String> {
    let texts: Vec<String> = terms.into_iter().map(|term| term.text).collect();
    (!texts.is_empty()).then(|| texts.join(" and "))
}

/// Rows that meet one condition of an AND are a superset of those that meet both.
pub fn both(left: Option<Term>, right: Option<Term>) -> Option<Term> {
    match (left, right) {
        (Some(left), Some(right)) if !left.goes_with(&right) => {
            let right_is_narrower = right.beside > left.beside;
            let mut one = if right_is_narrower { right } else { left };
            one.exact = false;
            Some(one)
        }
        (Some(left), Some(right)) => Some(Term {
            properties: [left.properties.clone(), right.properties.clone()].concat(),
            exact: left.exact && right.exact,
            has_function: left.has_function || right.has_function,
            is_advanced: left.is_advanced || right.is_advanced,
            beside: left.beside.max(right.beside),
            compound: true,
            text: all(vec![left, right])?,
        }),
        (Some(mut one), None) | (None, Some(mut one)) => {
            one.exact = false;
            Some(one)
        }
        (None, None) => None,
    }
}

pub fn either(mut terms: Vec<Term>) -> Option<Term> {
    let mut texts = HashSet::new();
    terms.retain(|term| texts.insert(term.text.clone()));
    if terms.len() == 1 {
        return terms.into_iter().next();
    }
    let beside = terms.first()?.beside;
    let known = beside != Beside::Nothing && terms.iter().all(|term| term.beside == beside);
    if !known {
        return None;
    }
    let text = |term: &Term| match term.compound {
        true => format!("({})", term.text),
        false => term.text.clone(),
    };
    (!terms.is_empty()).then(|| Term {
        text: format!(
            "({})",
            terms.iter().map(text).collect::<Vec<_>>().join(" or ")
        ),
        properties: terms
            .iter()
            .flat_map(|term| term.properties.clone())
            .collect(),
        exact: terms.iter().all(|term| term.exact),
        has_function: terms.iter().any(|term| term.has_function),
        is_advanced: terms.iter().any(|term| term.is_advanced),
        beside,
        compound: false,
    })
}
