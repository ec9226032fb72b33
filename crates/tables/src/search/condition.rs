//! The text of CONTAINS in T-SQL's syntax: words, `"phrases"` and `"beginnings*"`, joined with AND,
//! OR and AND NOT (or `&`, `|`, `&!`) in any case, and parentheses.
//!
//! <https://learn.microsoft.com/en-us/sql/t-sql/queries/contains-transact-sql>

use super::error::Error;
use super::words::has_word;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A word, or several one after the other. Never has a double quote or a star.
    Words {
        text: String,
        is_prefix: bool,
    },
}

pub fn parse(text: &str) -> Result<Condition, Error> {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
        depth: 0,
    };
    if parser.tokens.is_empty() {
        return Err(Error::NoWord);
    }
    let condition = parser.any()?;
    match parser.peek() {
        None => Ok(condition),
        Some(Token::Words(_) | Token::Open) => Err(Error::SideBySide),
        Some(_) => Err(Error::Incomplete),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Words(Condition),
    And,
    Or,
    Not,
    Open,
    Close,
}

fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let single = match first {
            '(' => Some(Token::Open),
            ')' => Some(Token::Close),
            '&' => Some(Token::And),
            '|' => Some(Token::Or),
            '!' => Some(Token::Not),
            '~' => return Err(Error::Operator("NEAR")),
            _ => None,
        };
        let (token, length) = match single {
            Some(token) => (token, 1),
            None if first == '"' => phrase(rest)?,
            None => word(rest)?,
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// A text in double quotes; a doubled quote is a quote.
fn phrase(rest: &str) -> Result<(Token, usize), Error> {
    let mut end = 1;
    loop {
        end += rest[end..].find('"').ok_or(Error::Unbalanced)? + 1;
        match rest[end..].starts_with('"') {
            true => end += 1,
            false => break,
        }
    }
    Ok((words(&rest[1..end - 1])?, end))
}

fn word(rest: &str) -> Result<(Token, usize), Error> {
    let ends = |letter: char| letter.is_whitespace() || "()\"&|!~".contains(letter);
    let length = rest.find(ends).unwrap_or(rest.len());
    let word = &rest[..length];
    let is_call = rest[length..].trim_start().starts_with('(');
    let token = match word.to_uppercase().as_str() {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        "NEAR" => return Err(Error::Operator("NEAR")),
        "FORMSOF" if is_call => return Err(Error::Operator("FORMSOF")),
        "ISABOUT" if is_call => return Err(Error::Operator("ISABOUT")),
        _ => words(word)?,
    };
    Ok((token, length))
}

/// Replaces characters that separate words in an index, and have a meaning in its language, by
/// blanks.
fn words(text: &str) -> Result<Token, Error> {
    let text = text.trim();
    let is_prefix = text.ends_with('*');
    let parts = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '*'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let text = parts.join(" ");
    match has_word(&text) {
        true => Ok(Token::Words(Condition::Words { text, is_prefix })),
        false => Err(Error::NoWord),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

/// Maximum nesting of parentheses.
const DEEPEST: usize = 50;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn any(&mut self) -> Result<Condition, Error> {
        let mut parts = vec![self.all()?];
        while self.take(&Token::Or) {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Condition::Any))
    }

    /// NOT is allowed only after AND, because alone it would not restrict the result.
    fn all(&mut self) -> Result<Condition, Error> {
        let mut parts = vec![self.part()?];
        while self.take(&Token::And) {
            let negated = self.take(&Token::Not);
            let part = self.part()?;
            parts.push(match negated {
                true => Condition::Not(Box::new(part)),
                false => part,
            });
        }
        Ok(one_or(parts, Condition::All))
    }

    fn part(&mut self) -> Result<Condition, Error> {
        let token = self.peek().cloned().ok_or(Error::Incomplete)?;
        self.at += 1;
        match token {
            Token::Words(words) => Ok(words),
            Token::Open => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(Error::TooDeep);
                }
                let condition = self.any()?;
                self.depth -= 1;
                match self.take(&Token::Close) {
                    true => Ok(condition),
                    false if matches!(self.peek(), Some(Token::Words(_) | Token::Open)) => {
                        Err(Error::SideBySide)
                    }
                    false => Err(Error::Incomplete),
                }
            }
            Token::Not => Err(Error::Operator("NOT without AND before it")),
            Token::And | Token::Or | Token::Close => Err(Error::Incomplete),
        }
    }
}

fn one_or(mut parts: Vec<Condition>, many: fn(Vec<Condition>) -> Condition) -> Condition {
    match parts.len() {
        1 => parts.remove(0),
        _ => many(parts),
    }
}
