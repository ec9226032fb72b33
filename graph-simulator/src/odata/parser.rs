//! From text to [`Expr`]: the grammar of `$filter` as far as Graph supports it
//! (docs/graph.md#filter-syntax).
//!
//! `or` binds loosest, then `and`, `not`, comparisons. As in OData, `not` applies to the operand
//! directly after it, so a comparison under it needs parentheses.

use super::ast::{Call, Comparison, Expr, Literal, Operand, Path};
use super::lexer::{Token, tokens};

/// Maximum nesting of expressions; the service has its own limit.
const DEEPEST: usize = 60;

/// A syntax error: the number of tokens that were understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    pub position: usize,
}

pub fn parse(text: &str) -> Result<Expr, SyntaxError> {
    let tokens = tokens(text.trim()).map_err(|position| SyntaxError { position })?;
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        depth: 0,
    };
    match parser.or() {
        Some(expr) if parser.at == tokens.len() => Ok(expr),
        _ => Err(SyntaxError {
            position: parser.at,
        }),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn or(&mut self) -> Option<Expr> {
        let mut left = self.and()?;
        while self.operator("or") {
            left = Expr::Or(Box::new(left), Box::new(self.and()?));
        }
        Some(left)
    }

    fn and(&mut self) -> Option<Expr> {
        let mut left = self.condition()?;
        while self.operator("and") {
            left = Expr::And(Box::new(left), Box::new(self.condition()?));
        }
        Some(left)
    }

    fn condition(&mut self) -> Option<Expr> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let found = self.shallow_condition();
        self.depth -= 1;
        found
    }

    fn shallow_condition(&mut self) -> Option<Expr> {
        self.space();
        if self.is_word("not") {
            self.at += 1;
            // `not(x)` needs no blank, `not x` does.
            if !self.space() && self.peek() != Some(&Token::Open) {
                return None;
            }
            return Some(Expr::Not(Box::new(self.negated()?)));
        }
        if self.peek() == Some(&Token::Open) {
            return self.parenthesised();
        }
        let start = self.at;
        if let Some(lambda) = self.lambda() {
            return Some(lambda);
        }
        self.at = start;
        let left = self.operand()?;
        self.comparison(left)
    }

    /// The operand of `not`.
    fn negated(&mut self) -> Option<Expr> {
        if self.peek() == Some(&Token::Open) {
            return self.parenthesised();
        }
        let start = self.at;
        if let Some(lambda) = self.lambda() {
            return Some(lambda);
        }
        self.at = start;
        self.operand().map(alone)
    }

    fn parenthesised(&mut self) -> Option<Expr> {
        self.at += 1;
        let inner = self.or()?;
        self.space();
        self.take(&Token::Close).then_some(inner)
    }

    fn comparison(&mut self, left: Operand) -> Option<Expr> {
        for operator in Comparison::ALL {
            if self.operator(operator.name()) {
                self.space();
                return Some(Expr::Compare(left, operator, self.operand()?));
            }
        }
        if self.operator("in") {
            return Some(Expr::In(left, self.list()?));
        }
        Some(alone(left))
    }

    fn list(&mut self) -> Option<Vec<Literal>> {
        self.space();
        if !self.take(&Token::Open) {
            return None;
        }
        let mut items = Vec::new();
        loop {
            self.space();
            items.push(self.literal()?);
            self.space();
            if self.take(&Token::Close) {
                return Some(items);
            }
            if !self.take(&Token::Comma) {
                return None;
            }
        }
    }

    /// `path/any(x:condition)`, `path/any()`, the same with `all`.
    fn lambda(&mut self) -> Option<Expr> {
        let Path(mut names) = self.path()?;
        let last = names.pop()?;
        let all = last.eq_ignore_ascii_case("all");
        let is_lambda = all || last.eq_ignore_ascii_case("any");
        if names.is_empty() || !is_lambda || !self.take(&Token::Open) {
            return None;
        }
        let path = Path(names);
        self.space();
        if !all && self.take(&Token::Close) {
            return Some(Expr::Lambda {
                path,
                all,
                variable: String::new(),
                condition: None,
            });
        }
        let variable = self.name()?;
        self.space();
        if !self.take(&Token::Colon) {
            return None;
        }
        let condition = Some(Box::new(self.or()?));
        self.space();
        self.take(&Token::Close).then_some(Expr::Lambda {
            path,
            all,
            variable,
            condition,
        })
    }

    fn operand(&mut self) -> Option<Operand> {
        if let Some(literal) = self.literal() {
            return Some(Operand::Literal(literal));
        }
        let path = self.path()?;
        match <[String; 1]>::try_from(path.0) {
            Ok([function]) if self.take(&Token::Open) => Some(Operand::Call(Call {
                function,
                arguments: self.arguments()?,
            })),
            Ok([name]) => Some(Operand::Path(Path(vec![name]))),
            Err(names) => Some(Operand::Path(Path(names))),
        }
    }

    fn arguments(&mut self) -> Option<Vec<Operand>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut arguments = Vec::new();
        self.space();
        while !self.take(&Token::Close) {
            if !arguments.is_empty() {
                if !self.take(&Token::Comma) {
                    return None;
                }
                self.space();
            }
            arguments.push(self.operand()?);
            self.space();
        }
        self.depth -= 1;
        Some(arguments)
    }

    fn path(&mut self) -> Option<Path> {
        let mut names = vec![self.name()?];
        while self.take(&Token::Slash) {
            names.push(self.name()?);
        }
        Some(Path(names))
    }

    fn name(&mut self) -> Option<String> {
        let Some(Token::Word(word)) = self.peek() else {
            return None;
        };
        let word = word.clone();
        self.at += 1;
        Some(word)
    }

    fn literal(&mut self) -> Option<Literal> {
        let Some(Token::Literal(literal)) = self.peek() else {
            return None;
        };
        let literal = literal.clone();
        self.at += 1;
        Some(literal)
    }

    /// Takes a word with blanks before and after it.
    fn operator(&mut self, name: &str) -> bool {
        let spaced = self.peek() == Some(&Token::Space)
            && matches!(self.tokens.get(self.at + 1), Some(Token::Word(word)) if word == name)
            && matches!(self.tokens.get(self.at + 2), Some(Token::Space));
        if spaced {
            self.at += 3;
        }
        spaced
    }

    fn is_word(&self, name: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(word)) if word == name)
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn space(&mut self) -> bool {
        self.take(&Token::Space)
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }
}

fn alone(operand: Operand) -> Expr {
    match operand {
        Operand::Call(call) => Expr::Call(call),
        other => Expr::Operand(other),
    }
}
