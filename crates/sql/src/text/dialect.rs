//! The SQL of ODBC applications, as a dialect of sqlparser.
//!
//! Names are quoted with `"`, `[]` or backquotes; a backslash in a string is a backslash. The hooks
//! below read constructs that sqlparser does not know (`CONVERT` of ODBC and of T-SQL). They also
//! read constructs whose failure would make it parse the same text twice, which takes exponential
//! time for nested calls.

use super::call::call;
use super::{chains, parenthesized};
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, CastKind, DataType, Expr, Ident, ObjectName,
};
use datafusion::sql::sqlparser::dialect::{Dialect, Precedence};
use datafusion::sql::sqlparser::keywords::Keyword;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{Token, Word};

#[derive(Debug)]
pub struct OdbcDialect {
    /// `a LEFT JOIN b LEFT JOIN c ON ... ON ...`, which results from `{oj}` inside `{oj}`. It
    /// changes the meaning of `a NATURAL JOIN b JOIN c ON ...`, so it is only used for statements
    /// that fail without it.
    nested_joins: bool,
}

impl OdbcDialect {
    pub const LEFT_TO_RIGHT: Self = Self {
        nested_joins: false,
    };
    pub const NESTED_JOINS: Self = Self { nested_joins: true };
}

impl Dialect for OdbcDialect {
    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        matches!(ch, '"' | '`' | '[')
    }

    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_alphabetic() || matches!(ch, '_' | '#')
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_alphanumeric() || matches!(ch, '_' | '#' | '$' | '@')
    }

    /// Otherwise `$$...$$` would be a string.
    fn supports_dollar_placeholder(&self) -> bool {
        true
    }

    fn supports_nested_comments(&self) -> bool {
        true
    }

    fn supports_filter_during_aggregation(&self) -> bool {
        true
    }

    fn supports_window_function_null_treatment_arg(&self) -> bool {
        true
    }

    fn supports_window_clause_named_window_reference(&self) -> bool {
        true
    }

    fn supports_group_by_expr(&self) -> bool {
        true
    }

    fn supports_limit_comma(&self) -> bool {
        true
    }

    fn supports_parens_around_table_factor(&self) -> bool {
        true
    }

    fn supports_values_as_table_factor(&self) -> bool {
        true
    }

    fn supports_comma_separated_trim(&self) -> bool {
        true
    }

    fn supports_left_associative_joins_without_parens(&self) -> bool {
        !self.nested_joins
    }

    fn parse_prefix(&self, parser: &mut Parser) -> Option<Result<Expr, ParserError>> {
        let word = match &parser.peek_token_ref().token {
            Token::LParen => return parenthesized::subquery(parser),
            Token::Word(word) => word.clone(),
            _ => return None,
        };
        let is_call = parser.peek_nth_token_ref(1).token == Token::LParen;
        special_form(parser, &word, is_call)
    }

    fn parse_infix(
        &self,
        parser: &mut Parser,
        expr: &Expr,
        precedence: u8,
    ) -> Option<Result<Expr, ParserError>> {
        let word = match &parser.peek_token_ref().token {
            Token::Word(word) => word,
            Token::Plus | Token::Minus => {
                return Some(chains::sum(parser, expr.clone(), precedence));
            }
            Token::StringConcat => {
                return Some(chains::concatenation(parser, expr.clone(), precedence));
            }
            _ => return parenthesized::quantified(parser, expr),
        };
        match word.keyword {
            Keyword::IS => return distinct_from(parser, expr),
            Keyword::IN | Keyword::NOT => return parenthesized::membership(parser, expr),
            _ => {}
        }
        let operator = match word.keyword {
            Keyword::AND => BinaryOperator::And,
            Keyword::OR => BinaryOperator::Or,
            _ => return None,
        };
        Some(conditions(
            parser,
            expr.clone(),
            word.keyword,
            operator,
            precedence,
        ))
    }
}

/// `x IS [NOT] DISTINCT FROM y`: the parser would take the whole rest of the condition for `y`.
fn distinct_from(parser: &mut Parser, left: &Expr) -> Option<Result<Expr, ParserError>> {
    let is_word = |ahead: usize, keyword: Keyword| matches!(&parser.peek_nth_token_ref(ahead).token, Token::Word(word) if word.keyword == keyword);
    let negated = is_word(1, Keyword::NOT);
    let first = 1 + usize::from(negated);
    if !is_word(first, Keyword::DISTINCT) || !is_word(first + 1, Keyword::FROM) {
        return None;
    }
    (0..first + 2).for_each(|_| parser.advance_token());
    let right = parser.parse_subexpr(OdbcDialect::LEFT_TO_RIGHT.prec_value(Precedence::Is));
    let left = Box::new(left.clone());
    Some(right.map(|right| match negated {
        true => Expr::IsNotDistinctFrom(left, Box::new(right)),
        false => Expr::IsDistinctFrom(left, Box::new(right)),
    }))
}

/// Reads expressions that begin with a word of their own syntax.
fn special_form(
    parser: &mut Parser,
    word: &Word,
    is_call: bool,
) -> Option<Result<Expr, ParserError>> {
    match word.keyword {
        Keyword::CASE => {
            parser.advance_token();
            return Some(parser.parse_case_expr());
        }
        Keyword::NOT => {
            parser.advance_token();
            return Some(parser.parse_not());
        }
        Keyword::INTERVAL => return Some(interval(parser)),
        Keyword::SUBSTRING | Keyword::SUBSTR if is_call => return Some(parser.parse_substring()),
        _ => {}
    }
    let parse: fn(&mut Parser) -> Result<Expr, ParserError> = match word.keyword {
        Keyword::CAST => |parser| parser.parse_cast_expr(CastKind::Cast),
        Keyword::TRY_CAST | Keyword::SAFE_CAST => {
            |parser| parser.parse_cast_expr(CastKind::TryCast)
        }
        Keyword::CONVERT => |parser| convert(parser, CastKind::Cast),
        Keyword::TRY_CONVERT => |parser| convert(parser, CastKind::TryCast),
        Keyword::EXISTS => |parser| parser.parse_exists_expr(false),
        Keyword::EXTRACT => |parser| parser.parse_extract_expr(),
        Keyword::TRIM => |parser| parser.parse_trim_expr(),
        Keyword::OVERLAY => |parser| parser.parse_overlay_expr(),
        Keyword::POSITION => position,
        Keyword::CEIL | Keyword::FLOOR | Keyword::ARRAY | Keyword::SUBSTRING | Keyword::SUBSTR => {
            plain_call
        }
        Keyword::CURRENT_DATE
        | Keyword::CURRENT_TIME
        | Keyword::CURRENT_TIMESTAMP
        | Keyword::LOCALTIME
        | Keyword::LOCALTIMESTAMP
            if is_call =>
        {
            plain_call
        }
        _ => return None,
    };
    parser.advance_token();
    Some(if is_call {
        parse(parser)
    } else {
        Ok(Expr::Identifier(current_ident(parser)))
    })
}

/// The word that was just read, as a name.
fn current_ident(parser: &Parser) -> Ident {
    let token = parser.get_current_token();
    match &token.token {
        Token::Word(word) => word.clone().into_ident(token.span),
        other => Ident::with_span(token.span, other.to_string()),
    }
}

fn plain_call(parser: &mut Parser) -> Result<Expr, ParserError> {
    let name = ObjectName::from(vec![current_ident(parser)]);
    parser.parse_function(name)
}

/// `INTERVAL [sign] '...' unit`, or a column of that name.
fn interval(parser: &mut Parser) -> Result<Expr, ParserError> {
    parser.advance_token();
    let name = current_ident(parser);
    match parser.peek_token_ref().token {
        Token::SingleQuotedString(_) | Token::Number(..) | Token::Placeholder(_) => {
            parser.parse_interval()
        }
        Token::Minus | Token::Plus
            if matches!(
                parser.peek_nth_token_ref(1).token,
                Token::SingleQuotedString(_)
            ) =>
        {
            parser.parse_interval()
        }
        _ => Ok(Expr::Identifier(name)),
    }
}

/// `POSITION(a IN b)` or the function `POSITION(a, b)`.
fn position(parser: &mut Parser) -> Result<Expr, ParserError> {
    let name = current_ident(parser);
    parser.expect_token(&Token::LParen)?;
    let first = parser.parse_subexpr(OdbcDialect::LEFT_TO_RIGHT.prec_value(Precedence::Between))?;
    if parser.parse_keyword(Keyword::IN) {
        let text = parser.parse_expr()?;
        parser.expect_token(&Token::RParen)?;
        return Ok(Expr::Position {
            expr: Box::new(first),
            r#in: Box::new(text),
        });
    }
    let mut arguments = vec![first];
    while parser.consume_token(&Token::Comma) {
        arguments.push(parser.parse_expr()?);
    }
    parser.expect_token(&Token::RParen)?;
    Ok(call(name, arguments))
}

/// `CONVERT(value, SQL_VARCHAR)` of ODBC, `CONVERT(varchar(10), value [, style])` of T-SQL.
fn convert(parser: &mut Parser, kind: CastKind) -> Result<Expr, ParserError> {
    parser.expect_token(&Token::LParen)?;
    let type_first = parser.maybe_parse(|parser| {
        let data_type = parser.parse_data_type()?;
        parser.expect_token(&Token::Comma)?;
        // Any word can name a type; a name that no database uses for a type is the value.
        match is_type(&data_type) && !is_odbc_type(parser) {
            true => Ok(data_type),
            false => parser.expected_ref("a data type", parser.peek_token_ref()),
        }
    })?;
    let (value, data_type) = match type_first {
        Some(data_type) => {
            let value = parser.parse_expr()?;
            if parser.consume_token(&Token::Comma) {
                iso_style(parser)?;
            }
            (value, data_type)
        }
        None => {
            let value = parser.parse_expr()?;
            parser.expect_token(&Token::Comma)?;
            (value, parser.parse_data_type()?)
        }
    };
    parser.expect_token(&Token::RParen)?;
    Ok(Expr::Cast {
        kind,
        expr: Box::new(value),
        data_type,
        array: false,
        format: None,
    })
}

fn is_type(data_type: &DataType) -> bool {
    match data_type {
        DataType::Custom(name, _) => super::rewrite::custom_type(&name.to_string()).is_some(),
        _ => true,
    }
}

/// Whether the last argument is a type of ODBC: `CONVERT(date, SQL_VARCHAR)` converts a column.
fn is_odbc_type(parser: &Parser) -> bool {
    let is_type = match &parser.peek_token_ref().token {
        Token::Word(word) => super::rewrite::custom_type(&word.value).is_some(),
        _ => false,
    };
    is_type && parser.peek_nth_token_ref(1).token == Token::RParen
}

/// The styles for ISO 8601, the driver's format of dates.
fn iso_style(parser: &mut Parser) -> Result<(), ParserError> {
    const ISO: &[&str] = &["0", "20", "21", "23", "25", "120", "121", "126", "127"];
    let is_iso = match &parser.peek_token_ref().token {
        Token::Number(style, _) => ISO.contains(&style.as_str()),
        _ => false,
    };
    if !is_iso {
        return parser.expected_ref(
            "a style of ISO 8601 (120, 121, 126)",
            parser.peek_token_ref(),
        );
    }
    parser.advance_token();
    Ok(())
}

/// Reads all the terms of an `AND` or `OR` as a balanced tree. Applications write thousands of
/// them, and a tree that leans to one side would be as deep as the number of terms.
fn conditions(
    parser: &mut Parser,
    first: Expr,
    keyword: Keyword,
    operator: BinaryOperator,
    precedence: u8,
) -> Result<Expr, ParserError> {
    let mut terms = vec![first];
    while parser.parse_keyword(keyword) {
        terms.push(parser.parse_subexpr(precedence)?);
    }
    while terms.len() > 1 {
        let mut pairs = Vec::with_capacity(terms.len().div_ceil(2));
        let mut rest = terms.into_iter();
        while let Some(left) = rest.next() {
            pairs.push(match rest.next() {
                Some(right) => Expr::BinaryOp {
                    left: Box::new(left),
                    op: operator.clone(),
                    right: Box::new(right),
                },
                None => left,
            });
        }
        terms = pairs;
    }
    Ok(terms.remove(0))
}
