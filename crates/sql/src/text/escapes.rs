//! ODBC escape sequences.
//!
//! `{d '...'}`, `{t '...'}` and `{ts '...'}` become casts, `{guid '...'}` the literal itself. `{fn
//! ...}`, `{oj ...}`, `{interval ...}`, `{escape '...'}` and `{call ...}` only lose their braces,
//! because their content has the same syntax without them. Strings, quoted names and comments are
//! separate tokens, so nothing inside them is ever taken for an escape.
//!
//! <https://learn.microsoft.com/en-us/sql/odbc/reference/appendixes/odbc-escape-sequences>

use super::lexer::{self, Piece};
use super::literals;
use super::nesting;
use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::tokenizer::Token;
use std::ops::Range;

/// The tokens without escapes, and the same change as edits of the text.
pub struct Replaced {
    pub pieces: Vec<Piece>,
    pub edits: Vec<Edit>,
}

/// Bytes of the text and what replaces them.
pub struct Edit {
    range: Range<usize>,
    text: String,
}

/// Escapes with a literal, and its type.
const LITERALS: &[(&str, Literal)] = &[
    ("d", Literal::Temporal(literals::Temporal::Date, "DATE")),
    ("t", Literal::Temporal(literals::Temporal::Time, "TIME(6)")),
    (
        "ts",
        Literal::Temporal(literals::Temporal::Timestamp, "TIMESTAMP(6)"),
    ),
    ("guid", Literal::Guid),
];

#[derive(Clone, Copy)]
enum Literal {
    Temporal(literals::Temporal, &'static str),
    Guid,
}

/// Escapes with other content.
const BLOCKS: &[(&str, Block)] = &[
    (
        "fn",
        Block {
            keeps_word: false,
            check: is_call,
        },
    ),
    (
        "oj",
        Block {
            keeps_word: false,
            check: is_something,
        },
    ),
    (
        "escape",
        Block {
            keeps_word: true,
            check: is_escape,
        },
    ),
    (
        "interval",
        Block {
            keeps_word: true,
            check: is_something,
        },
    ),
];

/// `{call ...}` and `{? = call ...}`. There are no procedures yet; the statement reports that, not
/// its translation.
const CALL: Block = Block {
    keeps_word: true,
    check: is_procedure_call,
};

#[derive(Clone, Copy)]
struct Block {
    /// Whether the word is part of the replacement.
    keeps_word: bool,
    /// Returns an error in the content, if there is one.
    check: fn(&[Piece]) -> Option<&'static str>,
}

/// A block whose `}` has not been read yet.
struct Open {
    brace: Piece,
    block: Block,
    /// Length of the output at its beginning.
    from: usize,
}

/// Refuses braces, which only escapes use.
pub fn refuse(pieces: Vec<Piece>) -> Result<Vec<Piece>, Error> {
    match pieces
        .iter()
        .find(|piece| matches!(piece.token, Token::LBrace | Token::RBrace))
    {
        None => Ok(pieces),
        Some(brace) => Err(lexer::syntax(
            brace.span.start,
            "escape sequences are not read because SQL_ATTR_NOSCAN is on",
        )),
    }
}

/// Replaces every escape.
pub fn replace(sql: &str, pieces: Vec<Piece>) -> Result<Replaced, Error> {
    let mut output = Vec::with_capacity(pieces.len());
    let mut edits = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = pieces.as_slice();
    while let Some((piece, after)) = rest.split_first() {
        rest = match piece.token {
            Token::LBrace => {
                if open.len() >= nesting::DEEPEST {
                    return Err(nesting::too_deep(piece));
                }
                begin(sql, rest, &mut output, &mut edits, &mut open)?
            }
            Token::RBrace => {
                let Some(opened) = open.pop() else {
                    return Err(lexer::syntax(piece.span.start, "this } closes nothing"));
                };
                if let Some(problem) = (opened.block.check)(&output[opened.from..]) {
                    return Err(lexer::syntax(opened.brace.span.start, problem));
                }
                edits.push(Edit {
                    range: piece.source.clone(),
                    text: String::new(),
                });
                after
            }
            _ => {
                output.push(piece.clone());
                after
            }
        };
    }
    match open.pop() {
        Some(opened) => Err(unclosed(&opened.brace)),
        None => Ok(Replaced {
            pieces: output,
            edits,
        }),
    }
}

/// Reads the beginning of an escape, or all of it if it has a literal; returns the rest.
fn begin<'a>(
    sql: &str,
    pieces: &'a [Piece],
    output: &mut Vec<Piece>,
    edits: &mut Vec<Edit>,
    open: &mut Vec<Open>,
) -> Result<&'a [Piece], Error> {
    let brace = &pieces[0];
    let Some(word) = pieces.get(1) else {
        return Err(unclosed(brace));
    };
    if word.is_word("call") || is_marker(word) {
        let is_first = output
            .last()
            .is_none_or(|piece| piece.token == Token::SemiColon);
        if !is_first || !open.is_empty() {
            let message = "{call is a statement of its own, which nothing stands before";
            return Err(lexer::syntax(brace.span.start, message));
        }
        edits.push(Edit {
            range: brace.source.start..word.source.start,
            text: String::new(),
        });
        open.push(Open {
            brace: brace.clone(),
            block: CALL,
            from: output.len(),
        });
        return Ok(&pieces[1..]);
    }
    if let Some((_, literal)) = LITERALS.iter().find(|(name, _)| word.is_word(name)) {
        let (end, text) = read_literal(*literal, &pieces[..pieces.len().min(4)])?;
        let range = brace.source.start..end;
        output.extend(made(&text, brace, &range));
        edits.push(Edit { range, text });
        return Ok(&pieces[4..]);
    }
    let Some((_, block)) = BLOCKS.iter().find(|(name, _)| word.is_word(name)) else {
        let known = "{d, {t, {ts, {fn, {oj, {escape, {guid and {interval";
        let found = lexer::shown(sql, word);
        let message = format!("unknown escape sequence {{{found}; there are {known}");
        return Err(lexer::syntax(word.span.start, &message));
    };
    let kept = if block.keeps_word { 1 } else { 2 };
    let end = pieces
        .get(kept)
        .map_or(word.source.end, |next| next.source.start);
    edits.push(Edit {
        range: brace.source.start..end,
        text: String::new(),
    });
    open.push(Open {
        brace: brace.clone(),
        block: *block,
        from: output.len(),
    });
    Ok(&pieces[kept..])
}

/// `{`, word, literal or marker, `}`: the end, and the replacement.
fn read_literal(literal: Literal, pieces: &[Piece]) -> Result<(usize, String), Error> {
    let [brace, word, value, ..] = pieces else {
        return Err(unclosed(&pieces[0]));
    };
    let text = match (&value.token, literal) {
        (Token::SingleQuotedString(text) | Token::NationalStringLiteral(text), _) => {
            check_literal(literal, text, value)?;
            format!("'{}'", text.replace('\'', "''"))
        }
        (Token::Placeholder(marker), Literal::Temporal(..)) if marker == "?" => "?".to_owned(),
        _ => {
            let name = word.bare_word().unwrap_or_default();
            let message = format!("expected a text literal after {{{name}");
            return Err(lexer::syntax(value.span.start, &message));
        }
    };
    match pieces.get(3) {
        Some(end) if end.token == Token::RBrace => {
            let text = match literal {
                Literal::Temporal(_, data_type) => format!("CAST({text} AS {data_type})"),
                Literal::Guid => text,
            };
            Ok((end.source.end, text))
        }
        Some(other) => Err(lexer::syntax(
            other.span.start,
            "expected } after the literal",
        )),
        None => Err(unclosed(brace)),
    }
}

fn check_literal(literal: Literal, text: &str, value: &Piece) -> Result<(), Error> {
    let (valid, kind, message) = match literal {
        Literal::Temporal(temporal, _) => (
            literals::is_valid(temporal, text),
            ErrorKind::InvalidDatetime,
            temporal.form(),
        ),
        Literal::Guid => (
            literals::is_guid(text),
            ErrorKind::InvalidCast,
            "a GUID is written as in {guid '00112233-4455-6677-8899-aabbccddeeff'}",
        ),
    };
    match valid {
        true => Ok(()),
        false => Err(lexer::error(kind, value.span.start, message)),
    }
}

/// The tokens of a replacement, at the position of the escape.
fn made(text: &str, brace: &Piece, range: &Range<usize>) -> Vec<Piece> {
    let mut pieces = lexer::lex(text).expect("a replacement is made of valid tokens");
    for piece in &mut pieces {
        piece.span = brace.span;
        piece.source = range.clone();
    }
    pieces
}

/// The text with the edits. A word is never merged with the one before the escape.
pub fn apply(sql: &str, edits: &[Edit]) -> String {
    apply_within(sql, 0..sql.len(), edits.iter())
}

/// Part of the text without the braces of `{fn ...}` and the like; literals stay as they are
/// written.
pub fn without_braces(sql: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let first = edits.partition_point(|edit| edit.range.start < range.start);
    let inside = edits[first..]
        .iter()
        .take_while(|edit| edit.range.end <= range.end);
    apply_within(
        sql,
        range.clone(),
        inside.filter(|edit| edit.text.is_empty()),
    )
}

fn apply_within<'a>(
    sql: &str,
    range: Range<usize>,
    edits: impl Iterator<Item = &'a Edit>,
) -> String {
    let mut output = String::with_capacity(range.len());
    let mut copied = range.start;
    for edit in edits {
        append(&mut output, &sql[copied..edit.range.start]);
        append(&mut output, &edit.text);
        copied = edit.range.end;
    }
    append(&mut output, &sql[copied..range.end]);
    output
}

fn append(output: &mut String, text: &str) {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    if output.ends_with(is_word) && text.starts_with(is_word) {
        output.push(' ');
    }
    output.push_str(text);
}

fn unclosed(brace: &Piece) -> Error {
    lexer::syntax(
        brace.span.start,
        "this escape sequence is never closed with }",
    )
}

/// One function with its arguments in parentheses; without arguments they may be missing
/// (`CURRENT_DATE`).
fn is_call(content: &[Piece]) -> Option<&'static str> {
    const PROBLEM: &str = "expected one function call in {fn ...}";
    let [
        Piece {
            token: Token::Word(_),
            ..
        },
        arguments @ ..,
    ] = content
    else {
        return Some(PROBLEM);
    };
    let mut depth = 0_usize;
    for (index, piece) in arguments.iter().enumerate() {
        depth = match piece.token {
            Token::LParen => depth + 1,
            Token::RParen => depth.saturating_sub(1),
            _ => depth,
        };
        if depth == 0 && index + 1 != arguments.len() {
            return Some(PROBLEM);
        }
    }
    (depth != 0).then_some(PROBLEM)
}

fn is_escape(content: &[Piece]) -> Option<&'static str> {
    match content {
        [
            _,
            Piece {
                token: Token::SingleQuotedString(_) | Token::NationalStringLiteral(_),
                ..
            },
        ] => None,
        _ => Some("expected one text literal in {escape ...}"),
    }
}

fn is_marker(piece: &Piece) -> bool {
    piece.token == Token::Placeholder("?".to_owned())
}

fn is_procedure_call(content: &[Piece]) -> Option<&'static str> {
    let call = match content {
        [marker, equals, call @ ..] if is_marker(marker) && equals.token == Token::Eq => call,
        call => call,
    };
    match call {
        [
            word,
            Piece {
                token: Token::Word(_),
                ..
            },
            ..,
        ] if word.is_word("call") => None,
        _ => Some("expected {call name(...)} or {? = call name(...)}"),
    }
}

fn is_something(content: &[Piece]) -> Option<&'static str> {
    content.is_empty().then_some("the escape sequence is empty")
}
