//! Lists that begin with a query.

use datafusion::sql::sqlparser::ast::{Expr, Query};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::Token;

/// `x [NOT] IN ((SELECT ...), ...)`, whose first item the parser would take for the query of `x IN (SELECT ...)`.
pub fn membership(parser: &mut Parser, left: &Expr) -> Option<Result<Expr, ParserError>> {
    let negated =
        matches!(&parser.peek_token_ref().token, Token::Word(word) if word.keyword == Keyword::NOT);
    let first = usize::from(negated);
    let is_in = matches!(&parser.peek_nth_token_ref(first).token, Token::Word(word) if word.keyword == Keyword::IN);
    let is_open = |ahead: usize| parser.peek_nth_token_ref(ahead).token == Token::LParen;
    if !is_in || !is_open(first + 1) || !is_open(first + 2) {
        return None;
    }
    // Only a union of queries in parentheses is no list, and read once more.
    let list = parser.maybe_parse(|parser| {
        (0..first + 2).for_each(|_| parser.advance_token());
        let list = parser.parse_comma_separated(Parser::parse_expr)?;
        parser.expect_token(&Token::RParen)?;
        Ok(list)
    });
    let expr = Box::new(left.clone());
    match list {
        Ok(Some(mut list)) => Some(Ok(match only_query(&mut list) {
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
        })),
        Ok(None) => None,
        Err(error) => Some(Err(error)),
    }
}

/// The query, if the list is one in parentheses. Otherwise the list stays as it is.
fn only_query(list: &mut Vec<Expr>) -> Option<Box<Query>> {
    let mut item = match list.as_slice() {
        [item] if is_query(item) => list.pop()?,
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

fn is_query(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_query(inner),
        expr => matches!(expr, Expr::Subquery(_)),
    }
}
