//! Queries in parentheses that begin with a parenthesis, as values and in lists.
//!
//! The parser takes `((SELECT ...) UNION ...)` for an expression, and `x IN ((SELECT ...), ...)` for a query. The token
//! after the inner parenthesis distinguishes the two.

use datafusion::sql::sqlparser::ast::{BinaryOperator, Expr, Query};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan};

/// `((SELECT ...) UNION ...)` as a value.
pub fn subquery(parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
    if !is_query(parser, 0) {
        return None;
    }
    parser.advance_token();
    let query = parser.parse_query();
    Some(query.and_then(|query| {
        parser.expect_token(&Token::RParen)?;
        Ok(Expr::Subquery(query))
    }))
}

/// `x = ANY ((SELECT ...) UNION ...)`, and so on with other comparisons, SOME and ALL.
pub fn quantified(parser: &mut Parser, left: &Expr) -> Option<Result<Expr, ParserError>> {
    let compare_op = match parser.peek_token_ref().token {
        Token::Eq => BinaryOperator::Eq,
        Token::Neq => BinaryOperator::NotEq,
        Token::Lt => BinaryOperator::Lt,
        Token::LtEq => BinaryOperator::LtEq,
        Token::Gt => BinaryOperator::Gt,
        Token::GtEq => BinaryOperator::GtEq,
        _ => return None,
    };
    let quantifier = match &parser.peek_nth_token_ref(1).token {
        Token::Word(word) => word.keyword,
        _ => return None,
    };
    if !matches!(quantifier, Keyword::ANY | Keyword::SOME | Keyword::ALL) || !is_query(parser, 2) {
        return None;
    }
    (0..2).for_each(|_| parser.advance_token());
    let query = subquery(parser)?;
    let left = Box::new(left.clone());
    Some(query.map(|query| match quantifier {
        Keyword::ALL => Expr::AllOp {
            left,
            compare_op,
            right: Box::new(query),
        },
        _ => Expr::AnyOp {
            left,
            compare_op,
            right: Box::new(query),
            is_some: quantifier == Keyword::SOME,
        },
    }))
}

/// `x [NOT] IN ((SELECT ...), ...)`.
pub fn membership(parser: &mut Parser, left: &Expr) -> Option<Result<Expr, ParserError>> {
    let negated = is_word(parser.peek_token_ref(), &[Keyword::NOT]);
    let first = usize::from(negated);
    let is_open = |ahead: usize| parser.peek_nth_token_ref(ahead).token == Token::LParen;
    let is_list = is_word(parser.peek_nth_token_ref(first), &[Keyword::IN])
        && is_open(first + 1)
        && is_open(first + 2);
    if !is_list || is_query(parser, first + 1) {
        return None;
    }
    (0..first + 2).for_each(|_| parser.advance_token());
    let list = parser.parse_comma_separated(Parser::parse_expr);
    let expr = Box::new(left.clone());
    Some(list.and_then(|mut list| {
        parser.expect_token(&Token::RParen)?;
        Ok(match only_query(&mut list) {
            Some(subquery) => Expr::InSubquery {
                expr,
                subquery,
                negated,
            },
            None => Expr::InList {
                expr,
                list,
                negated,
            },
        })
    }))
}

fn is_word(token: &TokenWithSpan, keywords: &[Keyword]) -> bool {
    matches!(&token.token, Token::Word(word) if keywords.contains(&word.keyword))
}

/// Whether the parenthesis `ahead` tokens later has a query that begins with a parenthesis.
fn is_query(parser: &mut Parser, ahead: usize) -> bool {
    let mut inside = ahead;
    while parser.peek_nth_token_ref(inside).token == Token::LParen {
        inside += 1;
    }
    let begins = [Keyword::SELECT, Keyword::WITH, Keyword::VALUES];
    inside > ahead + 1
        && is_word(parser.peek_nth_token_ref(inside), &begins)
        && is_word(&behind_parenthesis(parser, ahead + 1), &GOES_ON)
}

/// How a query continues after a query in parentheses.
const GOES_ON: [Keyword; 8] = [
    Keyword::UNION,
    Keyword::INTERSECT,
    Keyword::EXCEPT,
    Keyword::MINUS,
    Keyword::ORDER,
    Keyword::LIMIT,
    Keyword::OFFSET,
    Keyword::FETCH,
];

/// The token after the parenthesis that opens `ahead` tokens later.
fn behind_parenthesis(parser: &mut Parser, ahead: usize) -> TokenWithSpan {
    let mut behind = None;
    // A failed attempt does not move the parser.
    let _: Result<(), ParserError> = parser.try_parse(|parser| {
        (0..ahead).for_each(|_| parser.advance_token());
        let mut open = 0;
        loop {
            parser.advance_token();
            match parser.get_current_token().token {
                Token::LParen => open += 1,
                Token::RParen => open -= 1,
                Token::EOF => break,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        behind = Some(parser.peek_token());
        Err(ParserError::ParserError(String::new()))
    });
    behind.unwrap_or_else(TokenWithSpan::new_eof)
}

/// The query, if the list is one in parentheses. Otherwise the list stays as it is.
fn only_query(list: &mut Vec<Expr>) -> Option<Box<Query>> {
    let mut item = match list.as_slice() {
        [item] if is_subquery(item) => list.pop()?,
        _ => return None,
    };
    loop {
        match item {
            Expr::Nested(inner) => item = *inner,
            Expr::Subquery(query) => return Some(query),
            _ => return None,
        }
    }
}

fn is_subquery(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_subquery(inner),
        expr => matches!(expr, Expr::Subquery(_)),
    }
}
