//! Parameter values as literals of the statement.
//!
//! A statement with values is planned again for each execution. Then the planner knows the
//! constants, and they are pushed down and converted exactly like literals in the text.

use crate::{Error, ErrorKind, Value};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta};
use datafusion::sql::sqlparser::ast::{
    CastKind, DataType, ExactNumberInfo, Expr, Function, Statement, TimezoneInfo, Value as Literal,
    ValueWithSpan, WindowFrameBound, WindowSpec, WindowType, visit_expressions_mut,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use std::ops::ControlFlow;

/// The statement with every `$n` replaced by its value.
pub fn with_values(statement: &Statement, values: &[Value]) -> Result<Statement, Error> {
    let mut bound = statement.clone();
    let outcome = visit_expressions_mut(&mut bound, |expr| match replacement(expr, values) {
        Ok(Some(literal)) => {
            *expr = literal;
            ControlFlow::Continue(())
        }
        Ok(None) => ControlFlow::Continue(()),
        Err(error) => ControlFlow::Break(error),
    });
    match outcome {
        ControlFlow::Break(error) => Err(error),
        ControlFlow::Continue(()) => Ok(bound),
    }
}

/// The statement with a number for each marker in the bounds of a window, because the planner
/// accepts nothing else there, and the markers.
pub fn without_frame_markers(statement: &Statement) -> (Statement, Vec<usize>) {
    let mut markers = Vec::new();
    let mut planned = statement.clone();
    let mut replace = |bound: &mut WindowFrameBound| {
        if let WindowFrameBound::Preceding(Some(rows)) | WindowFrameBound::Following(Some(rows)) =
            bound
            && let Some(number) = marker(rows)
        {
            markers.push(number);
            **rows = self::number("1".to_owned());
        }
    };
    let _ = visit_expressions_mut(&mut planned, |expr| {
        if let Expr::Function(Function {
            over:
                Some(WindowType::WindowSpec(WindowSpec {
                    window_frame: Some(frame),
                    ..
                })),
            ..
        }) = expr
        {
            replace(&mut frame.start_bound);
            frame.end_bound.iter_mut().for_each(&mut replace);
        }
        ControlFlow::<()>::Continue(())
    });
    (planned, markers)
}

/// The number of a `$n` marker, from 1.
pub fn marker(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Value(ValueWithSpan {
            value: Literal::Placeholder(name),
            ..
        }) => name.strip_prefix('$')?.parse().ok(),
        _ => None,
    }
}

fn replacement(expr: &Expr, values: &[Value]) -> Result<Option<Expr>, Error> {
    let Some(number) = marker(expr) else {
        return Ok(None);
    };
    let value = values.get(number.wrapping_sub(1)).ok_or_else(|| {
        Error::new(
            ErrorKind::ParameterCount,
            format!("parameter {number} has no value; bind it before the statement is executed"),
        )
    })?;
    literal(value).map(Some)
}

fn literal(value: &Value) -> Result<Expr, Error> {
    Ok(match value {
        Value::Null => literal_expr(Literal::Null),
        Value::Bit(value) => literal_expr(Literal::Boolean(*value)),
        Value::Integer(value) => number(value.to_string()),
        Value::Double(value) => double(*value),
        Value::Decimal { unscaled, scale } => decimal(*unscaled, *scale)?,
        Value::Text(text) => literal_expr(Literal::SingleQuotedString(text.clone())),
        Value::Binary(bytes) => literal_expr(Literal::HexStringLiteral(hex(bytes))),
        Value::Date(days) => cast(date(*days)?, DataType::Date),
        Value::Time(microseconds) => cast(
            time(*microseconds)?,
            DataType::Time(Some(6), TimezoneInfo::None),
        ),
        Value::Timestamp(microseconds) => cast(
            timestamp(*microseconds)?,
            DataType::Timestamp(Some(6), TimezoneInfo::None),
        ),
    })
}

fn literal_expr(value: Literal) -> Expr {
    Expr::Value(ValueWithSpan {
        value,
        span: Span::empty(),
    })
}

/// Parentheses keep a leading minus sign from joining an operator before it. The bounds of windows
/// accept none.
fn number(text: String) -> Expr {
    let is_negative = text.starts_with('-');
    let number = literal_expr(Literal::Number(text, false));
    match is_negative {
        true => Expr::Nested(Box::new(number)),
        false => number,
    }
}

/// The shortest text that reads back as the same bits.
fn double(value: f64) -> Expr {
    cast(
        format!("{value:e}").replace("inf", "Infinity"),
        DataType::Double(ExactNumberInfo::None),
    )
}

fn decimal(unscaled: i128, scale: i8) -> Result<Expr, Error> {
    let out_of_range = || {
        Error::new(
            ErrorKind::NumericOutOfRange,
            "a decimal parameter has more than 38 digits",
        )
    };
    let digits = unscaled.unsigned_abs().to_string();
    let sign = if unscaled < 0 { "-" } else { "" };
    let scale = usize::try_from(scale).map_err(|_| out_of_range())?;
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    let text = if scale == 0 {
        whole.to_owned()
    } else {
        format!("{whole}.{fraction}")
    };
    let precision = padded.len().max(1);
    if precision > 38 {
        return Err(out_of_range());
    }
    let size = ExactNumberInfo::PrecisionAndScale(precision as u64, scale as i64);
    Ok(cast(format!("{sign}{text}"), DataType::Decimal(size)))
}

fn cast(text: String, data_type: DataType) -> Expr {
    Expr::Cast {
        kind: CastKind::Cast,
        expr: Box::new(literal_expr(Literal::SingleQuotedString(text))),
        data_type,
        array: false,
        format: None,
    }
}

fn date(days: i32) -> Result<String, Error> {
    let epoch = NaiveDate::default();
    let date = epoch.checked_add_signed(TimeDelta::days(i64::from(days)));
    Ok(date.ok_or_else(overflow)?.format("%Y-%m-%d").to_string())
}

fn time(microseconds: i64) -> Result<String, Error> {
    let seconds = u32::try_from(microseconds.div_euclid(1_000_000)).map_err(|_| overflow())?;
    let nanoseconds = microseconds.rem_euclid(1_000_000) as u32 * 1_000;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanoseconds);
    Ok(time
        .ok_or_else(overflow)?
        .format("%H:%M:%S%.6f")
        .to_string())
}

fn timestamp(microseconds: i64) -> Result<String, Error> {
    let moment = DateTime::from_timestamp_micros(microseconds).ok_or_else(overflow)?;
    Ok(moment.format("%Y-%m-%dT%H:%M:%S%.6f").to_string())
}

fn overflow() -> Error {
    Error::new(
        ErrorKind::DatetimeOverflow,
        "a date or time parameter is outside the years 1 to 9999 or the hours of a day",
    )
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02X}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::sql::sqlparser::{dialect::GenericDialect, parser::Parser};

    fn bind(sql: &str, values: &[Value]) -> Result<String, Error> {
        let mut statements = Parser::parse_sql(&GenericDialect {}, sql).unwrap();
        Ok(with_values(&statements.remove(0), values)?.to_string())
    }

    #[test]
    fn each_value_becomes_a_literal_of_its_type() {
        let cases = [
            (Value::Null, "NULL"),
            (Value::Bit(true), "true"),
            (Value::Integer(-7), "(-7)"),
            (Value::Double(1.5), "CAST('1.5e0' AS DOUBLE)"),
            (
                Value::Decimal {
                    unscaled: -1234,
                    scale: 2,
                },
                "CAST('-12.34' AS DECIMAL(4,2))",
            ),
            (
                Value::Decimal {
                    unscaled: 5,
                    scale: 3,
                },
                "CAST('0.005' AS DECIMAL(4,3))",
            ),
            (Value::Text("it's".to_owned()), "'it''s'"),
            (Value::Binary(vec![0, 255]), "X'00FF'"),
            (Value::Date(0), "CAST('1970-01-01' AS DATE)"),
            (
                Value::Time(3_600_000_001),
                "CAST('01:00:00.000001' AS TIME(6))",
            ),
            (
                Value::Timestamp(-1),
                "CAST('1969-12-31T23:59:59.999999' AS TIMESTAMP(6))",
            ),
        ];
        for (value, expected) in cases {
            assert_eq!(
                bind("SELECT $1", &[value]).unwrap(),
                format!("SELECT {expected}")
            );
        }
    }

    #[test]
    fn a_missing_value_is_an_error_that_names_the_parameter() {
        let error = bind("SELECT $1, $2", &[Value::Null]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::ParameterCount);
        assert!(error.message.contains("parameter 2"));
    }

    #[test]
    fn a_quoted_dollar_is_no_marker() {
        assert_eq!(bind("SELECT '$1'", &[]).unwrap(), "SELECT '$1'");
    }

    #[test]
    fn dates_beyond_the_calendar_are_refused() {
        assert_eq!(
            date(i32::MAX).unwrap_err().kind,
            ErrorKind::DatetimeOverflow
        );
        assert_eq!(
            time(86_400_000_000).unwrap_err().kind,
            ErrorKind::DatetimeOverflow
        );
    }
}
