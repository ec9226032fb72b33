//! Chains of `+`, `-` and `||`.
//!
//! Programs write thousands of terms. Their tree would lean to the left and be as deep as the
//! number of terms, so a long chain becomes one function of all terms.

use super::call::call;
use datafusion::sql::sqlparser::ast::{BinaryOperator, Expr, Ident, Value};
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::Token;

/// The function of a long sum, whose first argument has a sign for each term after the first. No
/// statement can name it.
pub const SUM: &str = "=sum";

/// Maximum terms of a chain that stays a tree of operators.
pub const SHORT: usize = 16;

/// Reads all added and subtracted terms.
pub fn sum(parser: &mut Parser, first: Expr, precedence: u8) -> Result<Expr, ParserError> {
    let mut terms = vec![first];
    let mut signs = String::new();
    loop {
        let sign = match parser.peek_token_ref().token {
            Token::Plus => '+',
            Token::Minus => '-',
            _ => break,
        };
        parser.advance_token();
        signs.push(sign);
        terms.push(parser.parse_subexpr(precedence)?);
    }
    if terms.len() > SHORT {
        let signs = Expr::Value(Value::SingleQuotedString(signs).with_empty_span());
        terms.insert(0, signs);
        return Ok(call(Ident::new(SUM), terms));
    }
    let operators = signs.chars().map(|sign| match sign {
        '+' => BinaryOperator::Plus,
        _ => BinaryOperator::Minus,
    });
    Ok(leaning(terms, operators))
}

/// Reads all terms joined with `||`.
pub fn concatenation(
    parser: &mut Parser,
    first: Expr,
    precedence: u8,
) -> Result<Expr, ParserError> {
    let mut terms = vec![first];
    while parser.consume_token(&Token::StringConcat) {
        terms.push(parser.parse_subexpr(precedence)?);
    }
    if terms.len() > SHORT {
        return Ok(call(Ident::new("concat"), terms));
    }
    Ok(leaning(
        terms,
        std::iter::repeat(BinaryOperator::StringConcat),
    ))
}

fn leaning(terms: Vec<Expr>, operators: impl Iterator<Item = BinaryOperator>) -> Expr {
    let mut terms = terms.into_iter();
    let first = terms.next().unwrap_or_else(|| Expr::value(Value::Null));
    terms
        .zip(operators)
        .fold(first, |left, (right, op)| Expr::BinaryOp {
            left: Box::new(left),
            op,
            right: Box::new(right),
        })
}
