//! Exact numbers: literals, decimals, and integers of every C type.

use super::error::ConversionError;
use super::stack_text::StackText;
use std::fmt::Write;
use std::str::FromStr;

/// `unscaled * 10^-scale`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub unscaled: i128,
    pub scale: i8,
}

/// A number cut to what fits, and whether digits other than zero were cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut<T> {
    pub value: T,
    pub lost: bool,
}

impl Decimal {
    /// The same number with `scale` digits after the point; further digits are cut off.
    pub fn rescale(self, scale: i8) -> Result<Cut<i128>, ConversionError> {
        let shift = i32::from(scale) - i32::from(self.scale);
        let factor = 10_i128.checked_pow(shift.unsigned_abs());
        if shift >= 0 {
            let value = match factor.and_then(|factor| self.unscaled.checked_mul(factor)) {
                Some(value) => value,
                None if self.unscaled == 0 => 0,
                None => return Err(ConversionError::NumericOutOfRange),
            };
            return Ok(Cut { value, lost: false });
        }
        Ok(match factor {
            Some(factor) => Cut {
                value: self.unscaled / factor,
                lost: self.unscaled % factor != 0,
            },
            None => Cut {
                value: 0,
                lost: self.unscaled != 0,
            },
        })
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        match self.scale {
            0 => self.unscaled as f64,
            _ => self.parsed().unwrap_or(f64::NAN),
        }
    }

    /// The nearest float.
    pub fn to_f32(self) -> f32 {
        match self.scale {
            0 => self.unscaled as f32,
            _ => self.parsed().unwrap_or(f32::NAN),
        }
    }

    /// Digits and exponent as text, which the parser rounds once.
    fn parsed<T: FromStr>(self) -> Option<T> {
        let mut text = StackText::default();
        let exponent = -i32::from(self.scale);
        let _ = write!(text, "{}e{exponent}", self.unscaled);
        text.as_str().parse().ok()
    }
}

/// A numeric literal, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Literal<'a> {
    negative: bool,
    whole: &'a [u8],
    fraction: &'a [u8],
    exponent: i32,
    text: &'a str,
}

impl<'a> Literal<'a> {
    /// Reads ODBC's *numeric-literal*, with spaces around it allowed.
    pub fn parse(text: &'a str) -> Result<Self, ConversionError> {
        Self::read(text.trim_matches(' ')).ok_or(ConversionError::InvalidText)
    }

    fn read(text: &'a str) -> Option<Self> {
        let (negative, unsigned) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            all => (false, all),
        };
        let (whole, rest) = digits(unsigned);
        let (fraction, rest) = match rest {
            [b'.', rest @ ..] => digits(rest),
            rest => (&[] as &[u8], rest),
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let exponent = match rest {
            [] => 0,
            [b'e' | b'E', rest @ ..] => read_exponent(rest)?,
            _ => return None,
        };
        Some(Self {
            negative,
            whole,
            fraction,
            exponent,
            text,
        })
    }

    /// The number times `10^scale`, cut to an integer.
    pub fn scaled(self, scale: i8) -> Result<Cut<i128>, ConversionError> {
        let count = (self.whole.len() + self.fraction.len()) as i64;
        let kept = self.whole.len() as i64 + i64::from(self.exponent) + i64::from(scale);
        let mut value: i128 = 0;
        let mut lost = false;
        for (index, digit) in (0_i64..).zip(self.whole.iter().chain(self.fraction)) {
            if index < kept {
                value = times_ten_plus(value, digit - b'0')?;
            } else {
                lost |= *digit != b'0';
            }
        }
        if value != 0 {
            for _ in count..kept {
                value = times_ten_plus(value, 0)?;
            }
        }
        Ok(Cut {
            value: if self.negative { -value } else { value },
            lost,
        })
    }

    pub fn is_below_zero(self) -> bool {
        self.negative
            && self
                .whole
                .iter()
                .chain(self.fraction)
                .any(|digit| *digit != b'0')
    }

    /// The nearest double; infinite if out of range.
    pub fn to_f64(self) -> f64 {
        self.text.parse().unwrap_or(f64::NAN)
    }

    /// The nearest float; infinite if out of range.
    pub fn to_f32(self) -> f32 {
        self.text.parse().unwrap_or(f32::NAN)
    }

    /// The number with all its digits, up to the limit of a decimal.
    pub fn to_decimal(self) -> Result<Decimal, ConversionError> {
        let significant = self
            .fraction
            .iter()
            .rposition(|digit| *digit != b'0')
            .map_or(0, |at| at + 1);
        let wanted = significant as i64 - i64::from(self.exponent);
        let scale = wanted.clamp(0, 38) as i8;
        let cut = self.scaled(scale)?;
        match cut.lost {
            true => Err(ConversionError::NumericOutOfRange),
            false => Ok(Decimal {
                unscaled: cut.value,
                scale,
            }),
        }
    }
}

fn times_ten_plus(value: i128, digit: u8) -> Result<i128, ConversionError> {
    value
        .checked_mul(10)
        .and_then(|value| value.checked_add(digit.into()))
        .ok_or(ConversionError::NumericOutOfRange)
}

fn digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes
        .iter()
        .position(|byte| !byte.is_ascii_digit())
        .unwrap_or(bytes.len());
    bytes.split_at(end)
}

/// The exponent; larger ones are replaced by one beyond every type's range.
fn read_exponent(bytes: &[u8]) -> Option<i32> {
    const HUGE: i32 = 100_000_000;
    let (negative, unsigned) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        all => (false, all),
    };
    let (number, rest) = digits(unsigned);
    if number.is_empty() || !rest.is_empty() {
        return None;
    }
    let value = number.iter().fold(0, |value: i32, digit| {
        value
            .saturating_mul(10)
            .saturating_add((digit - b'0').into())
            .min(HUGE)
    });
    Some(if negative { -value } else { value })
}

/// The whole part of a double.
pub fn whole_of_f64(value: f64) -> Result<Cut<i128>, ConversionError> {
    const LIMIT: f64 = 1.0e38;
    let whole = value.trunc();
    if !(-LIMIT..=LIMIT).contains(&whole) {
        return Err(ConversionError::NumericOutOfRange);
    }
    Ok(Cut {
        value: whole as i128,
        lost: whole != value,
    })
}

/// Calls with the literal of a float's or double's shortest decimal form.
fn with_shortest<T>(
    value: impl std::fmt::LowerExp,
    then: impl FnOnce(Literal<'_>) -> Result<T, ConversionError>,
) -> Result<T, ConversionError> {
    let mut text = StackText::default();
    let _ = write!(text, "{value:e}");
    // Infinity and NaN are not literals.
    then(Literal::parse(text.as_str()).map_err(|_| ConversionError::NumericOutOfRange)?)
}

/// A float's or double's shortest decimal form times `10^scale`, cut to an integer.
pub fn scale_approximate(
    value: impl std::fmt::LowerExp,
    scale: i8,
) -> Result<Cut<i128>, ConversionError> {
    with_shortest(value, |literal| literal.scaled(scale))
}

/// A float's or double's shortest decimal form.
pub fn shortest(value: impl std::fmt::LowerExp) -> Result<Decimal, ConversionError> {
    with_shortest(value, |literal| literal.to_decimal())
}

/// A double as a float; if rounding makes it infinite, it is out of range.
pub fn narrow(value: f64) -> Result<f32, ConversionError> {
    let narrow = value as f32;
    match narrow.is_infinite() && value.is_finite() {
        true => Err(ConversionError::NumericOutOfRange),
        false => Ok(narrow),
    }
}

/// The integer C types; those of ODBC 2 without a sign in their name are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerType {
    I8,
    U8,
    I16,
    U16,
    I32,
    U32,
    I64,
    U64,
}

impl IntegerType {
    pub const fn bytes(self) -> usize {
        match self {
            Self::I8 | Self::U8 => 1,
            Self::I16 | Self::U16 => 2,
            Self::I32 | Self::U32 => 4,
            Self::I64 | Self::U64 => 8,
        }
    }
}

/// Puts an integer into the first [`IntegerType::bytes`] bytes of a slot.
#[inline]
pub fn put_integer<T>(
    value: T,
    integer: IntegerType,
    slot: &mut [u8],
) -> Result<(), ConversionError>
where
    T: TryInto<i8> + TryInto<u8> + TryInto<i16> + TryInto<u16>,
    T: TryInto<i32> + TryInto<u32> + TryInto<i64> + TryInto<u64>,
{
    use IntegerType as I;
    macro_rules! put {
        ($type:ty) => {{
            let value: $type = value
                .try_into()
                .map_err(|_| ConversionError::NumericOutOfRange)?;
            slot[..size_of::<$type>()].copy_from_slice(&value.to_ne_bytes());
        }};
    }
    match integer {
        I::I8 => put!(i8),
        I::U8 => put!(u8),
        I::I16 => put!(i16),
        I::U16 => put!(u16),
        I::I32 => put!(i32),
        I::U32 => put!(u32),
        I::I64 => put!(i64),
        I::U64 => put!(u64),
    }
    Ok(())
}

/// The integer of a C type in these bytes; there may be more bytes than it needs.
pub fn decode_integer(bytes: &[u8], integer: IntegerType) -> Option<i128> {
    use IntegerType as I;
    macro_rules! get {
        ($type:ty) => {
            <$type>::from_ne_bytes(bytes.get(..size_of::<$type>())?.try_into().ok()?).into()
        };
    }
    Some(match integer {
        I::I8 => get!(i8),
        I::U8 => get!(u8),
        I::I16 => get!(i16),
        I::U16 => get!(u16),
        I::I32 => get!(i32),
        I::U32 => get!(u32),
        I::I64 => get!(i64),
        I::U64 => get!(u64),
    })
}
