//! Decoding of a buffer with a C type.

use super::datetime;
use super::datum::Datum;
use super::error::ConversionError;
use super::interval::{self, Interval, Precision};
use super::number::{self, Decimal};
use super::target::Target;
use super::{guid, numeric};
use crate::odbc::text::Form;

/// Decodes the value in a buffer. `text` holds decoded text.
pub fn decode<'a>(
    source: Target,
    bytes: &'a [u8],
    text: &'a mut String,
) -> Result<Datum<'a>, ConversionError> {
    let mismatch = ConversionError::LengthMismatch;
    if source.size().is_some_and(|size| size != bytes.len()) {
        return Err(mismatch);
    }
    Ok(match source {
        Target::Text(form) => Datum::Text(decode_text(bytes, form, text)?),
        Target::Binary => Datum::Binary(bytes),
        Target::Bit => match bytes {
            [0] => Datum::Bit(false),
            [1] => Datum::Bit(true),
            _ => return Err(ConversionError::NumericOutOfRange),
        },
        Target::Integer(integer) => {
            let value = number::decode_integer(bytes, integer).ok_or(mismatch)?;
            match i64::try_from(value) {
                Ok(value) => Datum::Integer(value),
                Err(_) => Datum::Decimal(Decimal {
                    unscaled: value,
                    scale: 0,
                }),
            }
        }
        Target::Float => Datum::Real(f32::from_ne_bytes(bytes.try_into().map_err(|_| mismatch)?)),
        Target::Double => {
            Datum::Double(f64::from_ne_bytes(bytes.try_into().map_err(|_| mismatch)?))
        }
        Target::Numeric { scale, .. } => Datum::Decimal(numeric::decode(bytes, scale)?),
        Target::Date => Datum::Date(datetime::decode_date(bytes)?),
        Target::Time => Datum::Time(datetime::decode_time(bytes)?),
        Target::Timestamp => Datum::Timestamp(datetime::decode_timestamp(bytes)?),
        Target::Guid => {
            *text = guid::to_text(bytes)?;
            Datum::Guid(text)
        }
        Target::Interval {
            kind,
            fraction_digits,
            leading_precision,
        } => {
            let precision = Precision {
                leading: leading_precision,
                fraction: fraction_digits,
            };
            match interval::decode(bytes, kind, precision)? {
                Interval::Months(months) => Datum::Months(months),
                Interval::Nanoseconds(value) => Datum::DayTime(value),
            }
        }
    })
}

/// Decodes the text in a buffer. Invalid encoding (a lone surrogate, half a sequence, a byte that the
/// code page lacks) is 22018: a
/// replacement character would silently change a predicate or a stored text.
fn decode_text<'a>(
    bytes: &'a [u8],
    form: Form,
    text: &'a mut String,
) -> Result<&'a str, ConversionError> {
    let invalid = ConversionError::InvalidEncoding;
    match form {
        Form::Utf8 => return std::str::from_utf8(bytes).map_err(|_| invalid),
        Form::CodePage(_) if bytes.is_ascii() => {
            return std::str::from_utf8(bytes).map_err(|_| invalid);
        }
        Form::CodePage(page) => {
            text.reserve(bytes.len());
            for character in page.decode(bytes) {
                text.push(character.ok_or(invalid)?);
            }
        }
        Form::Utf16 => {
            let units = bytes
                .chunks_exact(2)
                .map(|unit| u16::from_ne_bytes([unit[0], unit[1]]));
            text.reserve(bytes.len() / 2);
            for character in char::decode_utf16(units) {
                text.push(character.map_err(|_| invalid)?);
            }
        }
        Form::Utf32 => {
            text.reserve(bytes.len() / 4);
            for unit in bytes.chunks_exact(4) {
                let unit = u32::from_ne_bytes([unit[0], unit[1], unit[2], unit[3]]);
                text.push(char::from_u32(unit).ok_or(invalid)?);
            }
        }
    }
    match bytes.len().is_multiple_of(form.unit()) {
        true => Ok(text),
        false => Err(invalid),
    }
}
