//! Limits on the nesting of a statement.
//!
//! Parsing, planning, optimizing and dropping a syntax tree all recurse, so its depth has to be
//! bounded before it exists. The bound is computed from the tokens, in one pass without recursion:
//! parentheses and `CASE` nest, and so does a chain of operators, whose tree leans to the left.
//! Chains of `AND` and `OR`, longer ones of `+`, `-` and `||`, and unions are exceptions, because
//! [`super::dialect`], [`super::chains`] and [`super::unions`] keep them flat.

use super::chains::SHORT;
use super::lexer::{self, Piece};
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::tokenizer::Token;

/// Levels of the tree. Measured without optimization, the engine needs about 20 KB of stack for each, a
/// quarter of what the runtime's threads have.
pub const DEEPEST: usize = 100;

/// Conditions joined with `AND`, which the optimizer takes apart and joins again to a tree that
/// leans to one side. Measured: it then needs about 1 KB of stack for each.
const MOST_CONDITIONS: usize = 10_000;

/// Tables of one query, reported as `SQL_MAX_TABLES_IN_SELECT`. The optimizer's work grows with the
/// cube of their number: measured, 150 take some seconds.
pub const MOST_TABLES: u16 = 256;

/// Joins that need as much stack as one level of an expression.
const JOINS_OF_A_LEVEL: usize = 4;

/// Levels of the tree that a set operation adds, unless it is one of many equal ones.
const SET_OPERATION: usize = 3;

/// Levels of the tree between a query and one inside it, besides the parenthesis.
const QUERY: usize = 2;

/// Maximum parts of a name: `catalog.schema.table.column` and some more.
const LONGEST_NAME: usize = 8;

/// Each parenthesis that begins with a parenthesized query may double the parser's work.
const MOST_DOUBLINGS: usize = 12;

/// Words between which a new expression begins.
const CLAUSES: &[&str] = &[
    "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "BY", "ON", "WHEN", "THEN", "ELSE",
    "LIMIT", "OFFSET", "FETCH", "AS",
];

/// Words that are operators, and so add a level.
const OPERATORS: &[&str] = &[
    "NOT", "IS", "IN", "LIKE", "ILIKE", "BETWEEN", "SIMILAR", "COLLATE", "AT", "DISTINCT",
];

/// An open construct: a parenthesis, a `CASE`, or the statement itself.
#[derive(Default)]
struct Frame {
    /// Its position; `None` for the statement.
    opened: Option<usize>,
    is_case: bool,
    doubles: bool,
    /// Comparisons and the like in the current expression.
    chain: usize,
    /// Added terms, as far as they make the tree deeper.
    sum: usize,
    /// Operators in the current term, and in the term with the most.
    term: usize,
    longest_term: usize,
    /// Number of directly preceding `||`.
    concatenations: usize,
    /// Depth of the deepest parenthesis in the current expression.
    inner: usize,
    /// Depth of the deepest expression before it.
    deepest: usize,
    /// Joins, whose trees lean to the left as well.
    joined: usize,
    /// Levels between the query and its content.
    selects: usize,
    /// `AND`s and `OR`s, which make balanced trees.
    conditions: usize,
    /// `AND`s since the last `OR` or clause, and whether there was an `OR`.
    ands: usize,
    has_or: bool,
    /// Depth of the deepest query before a UNION or the like.
    queries: usize,
    /// Set operations, except many equal ones, which make balanced trees.
    operations: usize,
    unions: usize,
    last_union: Option<bool>,
}

impl Frame {
    fn depth(&self) -> usize {
        self.queries.max(self.query()) + self.operations + balanced(self.unions)
    }

    /// Depth of the current query.
    fn query(&self) -> usize {
        let joins = self.selects + self.joined / JOINS_OF_A_LEVEL;
        self.deepest.max(self.expression()) + joins + balanced(self.conditions)
    }

    fn expression(&self) -> usize {
        self.chain + self.sum + self.longest_term.max(self.term) + self.inner
    }

    fn end_term(&mut self) {
        self.longest_term = self.longest_term.max(self.term);
        self.term = 0;
        self.concatenations = 0;
    }

    fn end_expression(&mut self) {
        self.deepest = self.deepest.max(self.expression());
        self.chain = 0;
        self.sum = 0;
        self.term = 0;
        self.longest_term = 0;
        self.concatenations = 0;
        self.inner = 0;
    }

    /// Ends a query at a set operation; `union` is given for a UNION, and says whether it has ALL.
    fn end_query(&mut self, union: Option<bool>) {
        self.end_expression();
        self.queries = self.queries.max(self.query());
        self.deepest = 0;
        self.joined = 0;
        self.selects = 0;
        self.conditions = 0;
        self.ands = 0;
        match union {
            Some(_) if union == self.last_union => self.unions += 1,
            _ => self.operations += SET_OPERATION,
        }
        self.last_union = union;
    }
}

/// Depth of a balanced tree.
fn balanced(count: usize) -> usize {
    (usize::BITS - count.leading_zeros()) as usize
}

/// Refuses a statement that is nested too deeply or whose parentheses do not match.
pub fn check(pieces: &[Piece]) -> Result<(), Error> {
    let mut frames = vec![Frame::default()];
    let mut name_parts = 0;
    for (index, piece) in pieces.iter().enumerate() {
        let follows_period = index > 0 && pieces[index - 1].token == Token::Period;
        name_parts = match piece.token {
            Token::Period => name_parts + 1,
            Token::Word(_) if follows_period => name_parts,
            _ => 0,
        };
        if name_parts >= LONGEST_NAME {
            return Err(lexer::syntax(
                piece.span.start,
                "the name has too many parts",
            ));
        }
        step(&mut frames, pieces, index)?;
        let frame = frames.last().expect("the statement's own frame stays");
        let doublings = frames.iter().filter(|frame| frame.doubles).count();
        if frame.ands > MOST_CONDITIONS {
            return Err(too_many_conditions(piece));
        }
        if frame.joined >= usize::from(MOST_TABLES) {
            let place = piece.span.start;
            return Err(lexer::error(
                ErrorKind::NotSupported,
                place,
                &too_many_tables(),
            ));
        }
        if frames.len() > DEEPEST || frame.depth() > DEEPEST || doublings > MOST_DOUBLINGS {
            return Err(too_deep(piece));
        }
    }
    match frames
        .iter()
        .skip(1)
        .rev()
        .find_map(|frame| frame.opened.filter(|_| !frame.is_case))
    {
        Some(opened) => Err(lexer::syntax(
            pieces[opened].span.start,
            "this ( is never closed",
        )),
        None => Ok(()),
    }
}

fn step(frames: &mut Vec<Frame>, pieces: &[Piece], index: usize) -> Result<(), Error> {
    let piece = &pieces[index];
    let frame = frames.last_mut().expect("the statement's own frame stays");
    match &piece.token {
        Token::LParen => frames.push(Frame {
            opened: Some(index),
            doubles: doubles(&pieces[index + 1..]),
            ..Frame::default()
        }),
        Token::RParen => close_parenthesis(frames, piece)?,
        Token::Comma => frame.end_expression(),
        Token::Word(_) if piece.is_word("CASE") => {
            frames.push(Frame {
                opened: Some(index),
                is_case: true,
                ..Frame::default()
            });
        }
        Token::Word(_) if piece.is_word("END") && frame.is_case => close(frames),
        Token::Word(_) if piece.is_word("AND") => {
            frame.conditions += 1;
            frame.ands += 1;
            frame.end_expression();
        }
        Token::Word(_) if piece.is_word("OR") => {
            frame.conditions += 1;
            frame.ands = 0;
            frame.has_or = true;
            frame.end_expression();
        }
        Token::Word(_) if piece.is_word("JOIN") => {
            frame.joined += 1;
            frame.end_expression();
        }
        Token::Word(_) if piece.is_word("UNION") => {
            let next = pieces.get(index + 1);
            frame.end_query(Some(next.is_some_and(|next| next.is_word("ALL"))));
        }
        Token::Word(_) if piece.is_one_of(&["EXCEPT", "INTERSECT", "MINUS"]) => {
            frame.end_query(None);
        }
        Token::Word(_) if piece.is_one_of(CLAUSES) => {
            frame.ands = 0;
            frame.selects += if piece.is_word("SELECT") { QUERY } else { 0 };
            frame.end_expression();
        }
        Token::Word(_) if piece.is_one_of(OPERATORS) => frame.chain += 1,
        Token::Word(_)
        | Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::HexStringLiteral(_)
        | Token::Placeholder(_)
        | Token::Period => {}
        Token::Plus | Token::Minus if follows_operand(pieces, index) => {
            frame.end_term();
            frame.sum = SHORT.min(frame.sum + 1);
        }
        Token::StringConcat => {
            frame.concatenations += 1;
            frame.term += usize::from(frame.concatenations <= SHORT);
        }
        Token::Plus | Token::Minus | Token::Mul | Token::Div | Token::Mod => {
            frame.term += 1;
            frame.concatenations = 0;
        }
        _ => {
            frame.end_term();
            frame.chain += 1;
        }
    }
    Ok(())
}

/// Whether the sign at a position is between two values. Words that could be keywords do not count
/// as values.
fn follows_operand(pieces: &[Piece], index: usize) -> bool {
    let before = index.checked_sub(1).map(|before| &pieces[before].token);
    match before {
        Some(Token::Word(word)) => word.quote_style.is_some() || word.keyword == Keyword::NoKeyword,
        Some(
            Token::RParen
            | Token::Number(..)
            | Token::SingleQuotedString(_)
            | Token::HexStringLiteral(_)
            | Token::Placeholder(_),
        ) => true,
        _ => false,
    }
}

/// Whether a parenthesis with this content begins with further ones and a query.
fn doubles(content: &[Piece]) -> bool {
    let mut rest = content
        .iter()
        .skip_while(|piece| piece.token == Token::LParen);
    content
        .first()
        .is_some_and(|piece| piece.token == Token::LParen)
        && rest
            .next()
            .is_some_and(|piece| piece.is_one_of(&["SELECT", "WITH", "VALUES"]))
}

fn close_parenthesis(frames: &mut Vec<Frame>, piece: &Piece) -> Result<(), Error> {
    // The parser reports a CASE without END inside the parenthesis.
    while frames.last().is_some_and(|frame| frame.is_case) {
        close(frames);
    }
    if frames.len() == 1 {
        return Err(lexer::syntax(piece.span.start, "this ) closes nothing"));
    }
    close(frames);
    Ok(())
}

fn close(frames: &mut Vec<Frame>) {
    let closed = frames.pop().expect("only called with an open frame");
    let outer = frames.last_mut().expect("the statement's own frame stays");
    outer.inner = outer.inner.max(closed.depth() + 1);
    outer.ands += if closed.has_or { 0 } else { closed.ands };
}

fn too_many_conditions(piece: &Piece) -> Error {
    lexer::error(
        ErrorKind::NotSupported,
        piece.span.start,
        &format!("more than {MOST_CONDITIONS} conditions are joined with AND; use NOT IN (...)"),
    )
}

pub fn too_many_tables() -> String {
    format!("a query reads more than {MOST_TABLES} tables")
}

pub fn too_deep(piece: &Piece) -> Error {
    lexer::error(
        ErrorKind::NotSupported,
        piece.span.start,
        &format!(
            "the statement is nested more than {DEEPEST} levels deep here; use fewer parentheses or \
             shorter chains of operators (lists for IN, conditions joined with AND or OR, sums, texts joined with || \
             and unions may be long)"
        ),
    )
}
