//! The Keyword Query Language, as Microsoft's pages describe it for mail
//! (docs/graph.md#mail-search).
//!
//! Words, phrases in double quotes and restrictions (`subject:budget`, `received>=2026-01-01`),
//! joined with `AND`, `OR`, `NOT` in capitals, and parentheses. Adjacent terms are joined with
//! `AND`. The pages differ about the order of `AND` and `OR` without parentheses, and about two
//! adjacent restrictions of one property, so both are refused.

use super::condition::{Condition, Relation};
use super::mail::Message;
use crate::refusal::Refusal;

#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    All(Vec<Query>),
    Any(Vec<Query>),
    Not(Box<Query>),
    Is(Condition),
}

impl Query {
    pub fn finds(&self, message: &Message) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.finds(message)),
            Self::Any(parts) => parts.iter().any(|part| part.finds(message)),
            Self::Not(part) => !part.finds(message),
            Self::Is(condition) => condition.holds(message),
        }
    }
}

pub fn parse(text: &str) -> Result<Query, Refusal> {
    let mut parser = Parser {
        rest: text,
        depth: 0,
    };
    let query = parser.level()?;
    match parser.rest.is_empty() {
        true => Ok(query),
        false => Err(syntax("a ) closes nothing")),
    }
}

/// Maximum nesting of parentheses.
const DEEPEST: usize = 50;

const NOT_SIMULATED: &[&str] = &["ALL", "ANY", "NEAR", "NONE", "ONEAR", "WORDS", "XRANK"];

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

/// How the operands of a level are joined.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    And,
    Or,
}

/// An operand, and the property that it restricts.
type Operand = (Query, Option<String>);

impl Parser<'_> {
    /// Operands up to the end or to a `)`.
    fn level(&mut self) -> Result<Query, Refusal> {
        let mut operands = Vec::new();
        let mut joined: Option<Join> = None;
        let (first, mut last_property) = self.operand()?;
        operands.push(first);
        while !self.at_end() {
            let explicit = self.join();
            let join = explicit.unwrap_or(Join::And);
            if joined.is_some_and(|earlier| earlier != join) {
                return Err(Refusal::not_simulated("AND beside OR without parentheses"));
            }
            joined = Some(join);
            let (operand, property) = self.operand()?;
            if explicit.is_none() && property.is_some() && property == last_property {
                return Err(Refusal::not_simulated(
                    "two restrictions of a property without AND or OR",
                ));
            }
            last_property = property;
            operands.push(operand);
        }
        Ok(match joined {
            None => operands.remove(0),
            Some(Join::And) => Query::All(operands),
            Some(Join::Or) => Query::Any(operands),
        })
    }

    fn at_end(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        self.rest.is_empty() || self.rest.starts_with(')')
    }

    fn join(&mut self) -> Option<Join> {
        if self.word("AND") {
            return Some(Join::And);
        }
        self.word("OR").then_some(Join::Or)
    }

    /// Takes an operator, which is a word of its own.
    fn word(&mut self, operator: &str) -> bool {
        let after = self.rest.strip_prefix(operator);
        let ends = |rest: &&str| !rest.starts_with(|c: char| !matches!(c, ' ' | '\t' | '(' | '"'));
        match after.filter(ends) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn operand(&mut self) -> Result<Operand, Refusal> {
        if self.at_end() {
            return Err(syntax("a search term is missing"));
        }
        let negated = self.word("NOT") || self.sign('-');
        if negated {
            let (query, _) = self.operand()?;
            return Ok((Query::Not(Box::new(query)), None));
        }
        self.sign('+');
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            return self.parenthesis().map(|query| (query, None));
        }
        if self.rest.starts_with('"') {
            return Ok((Query::Is(Condition::anywhere(&self.phrase()?)?), None));
        }
        self.term()
    }

    fn sign(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        rest.inspect(|rest| self.rest = rest).is_some()
    }

    fn parenthesis(&mut self) -> Result<Query, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(syntax("there are too many parentheses"));
        }
        let query = self.level()?;
        self.depth -= 1;
        self.rest = self
            .rest
            .strip_prefix(')')
            .ok_or_else(|| syntax("a ( is never closed"))?;
        Ok(query)
    }

    /// A text in double quotes; no other sign can replace these.
    fn phrase(&mut self) -> Result<String, Refusal> {
        let inside = self.rest.strip_prefix('"').unwrap_or(self.rest);
        let (phrase, rest) = inside
            .split_once('"')
            .ok_or_else(|| syntax("a \" is never closed"))?;
        self.rest = rest;
        Ok(phrase.to_owned())
    }

    /// A word, or a property with its value.
    fn term(&mut self) -> Result<Operand, Refusal> {
        let end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"');
        let length = self.rest.find(end).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        let Some((property, relation, value)) = restriction(text)? else {
            if NOT_SIMULATED.contains(&text) {
                return Err(Refusal::not_simulated(&format!("the operator {text}")));
            }
            return match matches!(text, "AND" | "OR") {
                true => Err(syntax("a search term is missing")),
                false => Ok((Query::Is(Condition::anywhere(text)?), None)),
            };
        };
        let value = match (value, self.rest.chars().next()) {
            ("", Some('"')) => self.phrase()?,
            ("", Some('(')) => {
                return Err(Refusal::not_simulated("parentheses behind a property"));
            }
            ("", _) => return Err(syntax("a property has no value")),
            (value, _) => value.to_owned(),
        };
        let condition = Condition::of(property, relation, &value)?;
        Ok((Query::Is(condition), Some(property.to_lowercase())))
    }
}

/// Splits `property:value`; `None` if the text is a word.
fn restriction(text: &str) -> Result<Option<(&str, Relation, &str)>, Refusal> {
    const RELATIONS: &[(&str, Relation)] = &[
        (":", Relation::Is),
        (">=", Relation::GreaterOrEqual),
        ("<=", Relation::LessOrEqual),
        (">", Relation::Greater),
        ("<", Relation::Less),
        ("=", Relation::Is),
    ];
    let Some(at) = text.find([':', '=', '<', '>']) else {
        return Ok(None);
    };
    let (property, rest) = text.split_at(at);
    if rest.starts_with("<>") {
        return Err(Refusal::not_simulated("<>"));
    }
    let found = RELATIONS
        .iter()
        .find_map(|(sign, relation)| Some((*relation, rest.strip_prefix(sign)?)));
    Ok(found.map(|(relation, value)| (property, relation, value)))
}

fn syntax(problem: &str) -> Refusal {
    Refusal::bad_request(format!("The search is not valid: {problem}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Entity;
    use serde_json::json;

    fn message() -> Entity {
        let message = json!({
            "subject": "Budget for the North, final",
            "body": {"contentType": "html", "content": "<p>Dear&nbsp;Ann, the <b>figures</b> changed</p>"},
            "from": {"emailAddress": {"name": "Randi Welch", "address": "randiw@contoso.example"}},
            "toRecipients": [{"emailAddress": {"name": "Ann Lee", "address": "ann@contoso.example"}}],
            "ccRecipients": [{"emailAddress": {"address": "dana@contoso.example"}}],
            "importance": "normal",
            "hasAttachments": true,
            "receivedDateTime": "2026-03-05T23:59:59Z",
            "sentDateTime": "2026-03-05T10:00:00Z",
        });
        message.as_object().cloned().expect("an object")
    }

    fn finds(search: &str) -> bool {
        let query = parse(search).unwrap_or_else(|refusal| panic!("{search}: {refusal:?}"));
        let attachments =
            [json!({"name": "api-catalog.md"}).as_object().cloned()].map(Option::unwrap_or_default);
        query.finds(&Message {
            row: &message(),
            attachments: &attachments,
        })
    }

    #[test]
    fn words_are_looked_for_in_sender_subject_and_body() {
        for found in [
            "budget", "BUD", "randiw", "welch", "figures", "bud*", "dear ann",
        ] {
            assert!(finds(found), "{found}");
        }
        for missing in [
            "lee",
            "dana",
            "igures",
            "p",
            "nbsp",
            "catalog",
            "ann north zebra",
        ] {
            assert!(!finds(missing), "{missing}");
        }
    }

    #[test]
    fn properties_have_their_values() {
        for found in [
            "subject:budget",
            "Subject:\"the north\"",
            "body:figures",
            "from:randiw@contoso.example",
            "from:\"Randi W\"",
            "to:ann",
            "cc:dana",
            "recipients:dana",
            "participants:welch",
            "attachment:api-catalog.md",
            "hasAttachments:true",
            "hasAttachment=TRUE",
            "importance:medium",
            "kind:email",
            "received:03/05/2026",
            "received:2026-03-01..2026-03-05",
            "received>=2026-03-05",
            "received<2026-03-06",
            "sent<=2026-03-05",
        ] {
            assert!(finds(found), "{found}");
        }
        for missing in [
            "subject:figures",
            "subject:\"budget north\"",
            "body:budget",
            "from:ann",
            "bcc:ann",
            "recipients:randiw",
            "hasAttachments:false",
            "importance:high",
            "kind:meetings",
            "received:2026-03-06",
            "received>2026-03-05",
            "sent<2026-03-05",
        ] {
            assert!(!finds(missing), "{missing}");
        }
    }

    #[test]
    fn operators_are_in_capitals() {
        for found in [
            "budget AND figures",
            "zebra OR budget",
            "NOT zebra",
            "budget NOT zebra",
            "budget AND NOT zebra",
            "budget -zebra",
            "+budget subject:north",
            "(zebra OR figures) AND subject:budget",
            "((budget))",
            "from:randiw to:ann",
        ] {
            assert!(finds(found), "{found}");
        }
        for missing in [
            "zebra or budget",
            "NOT budget",
            "-\"the north\"",
            "figures AND NOT (budget OR zebra)",
        ] {
            assert!(!finds(missing), "{missing}");
        }
    }

    #[test]
    fn what_is_no_search_is_refused() {
        for text in [
            "",
            "  ",
            "AND",
            "a AND",
            "OR b",
            "(a",
            "a)",
            "\"a",
            "subject:",
            "subject: a",
            "subject>a",
            "color:red",
            "importance:urgent",
            "hasAttachments:maybe",
            "kind:letters",
            "received:yesterday",
            "received:2026-13-01",
            "b*d",
            "*dget",
            "!!!",
            "subject:\"\"",
        ] {
            assert_eq!(parse(text).expect_err(text).status, 400, "{text}");
        }
        let deep = "(".repeat(10_000) + "a";
        assert_eq!(parse(&deep).expect_err("deep").status, 400);
    }

    #[test]
    fn what_the_pages_leave_open_is_refused() {
        for text in [
            "a AND b OR c",
            "a b OR c",
            "subject:a subject:b",
            "size:1..500000",
            "a NEAR b",
            "subject:(a b)",
            "subject<>a",
        ] {
            assert_eq!(parse(text).expect_err(text).status, 501, "{text}");
        }
    }
}
