//! Numbers as text ("Rules for Conversions" of appendix D).
//!
//! Exact numbers are plain, with the digits of their scale. Approximate ones get the shortest digits
//! that read back as the same number: plain (`0.1`, `12`) from 1E-5 up to 1E15, beyond that with a
//! mantissa of one digit, a point and at least one more (`1.0E16`, `1.5E-300`).

use super::length::CharLen;
use super::number::Decimal;
use super::stack_text::StackText;
use std::fmt::{LowerExp, Write};

/// Appends the number; returns how many of its characters must not be cut off.
pub fn write_decimal(out: &mut String, decimal: Decimal) -> CharLen {
    let Decimal { unscaled, scale } = decimal;
    let start = out.len();
    let magnitude = unscaled.unsigned_abs();
    if unscaled < 0 {
        out.push('-');
    }
    if scale <= 0 {
        let _ = write!(out, "{magnitude}");
        if magnitude != 0 {
            (scale..0).for_each(|_| out.push('0'));
        }
        return CharLen(out.len() - start);
    }
    let digits = scale as usize;
    let mut text = StackText::default();
    let _ = write!(text, "{magnitude}");
    let text = text.as_str();
    let (whole, fraction) = text.split_at(text.len().saturating_sub(digits));
    out.push_str(if whole.is_empty() { "0" } else { whole });
    let minimum = CharLen(out.len() - start);
    out.push('.');
    (fraction.len()..digits).for_each(|_| out.push('0'));
    out.push_str(fraction);
    minimum
}

/// Appends the number; returns how many of its characters must not be cut off.
pub fn write_integer(out: &mut String, value: i64) -> CharLen {
    let mut text = StackText::default();
    text.push_integer(value);
    out.push_str(text.as_str());
    CharLen(text.as_str().len())
}

/// Appends the number; returns how many of its characters must not be cut off.
pub fn write_f64(out: &mut String, value: f64) -> CharLen {
    write_approximate(out, value, value)
}

/// Appends the number; returns how many of its characters must not be cut off.
pub fn write_f32(out: &mut String, value: f32) -> CharLen {
    write_approximate(out, value.into(), value)
}

/// `size` decides the form, `value` gives the digits.
fn write_approximate(
    out: &mut String,
    size: f64,
    value: impl LowerExp + std::fmt::Display,
) -> CharLen {
    let start = out.len();
    if size == 0.0 {
        out.push('0');
    } else if size.is_nan() {
        out.push_str("NaN");
    } else if size.is_infinite() {
        out.push_str(if size < 0.0 { "-Infinity" } else { "Infinity" });
    } else if (1e-5..1e15).contains(&size.abs()) {
        let _ = write!(out, "{value}");
        let whole = out[start..].find('.').unwrap_or(out.len() - start);
        return CharLen(whole);
    } else {
        let mut text = StackText::default();
        let _ = write!(text, "{value:e}");
        let (mantissa, exponent) = text.as_str().split_once('e').unwrap_or_default();
        out.push_str(mantissa);
        if !mantissa.contains('.') {
            out.push_str(".0");
        }
        out.push('E');
        out.push_str(exponent);
    }
    CharLen(out.len() - start)
}
