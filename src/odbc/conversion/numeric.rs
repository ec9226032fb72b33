//! `SQL_NUMERIC_STRUCT`: precision, scale, sign and a little-endian magnitude.

use super::error::ConversionError;
use super::number::Decimal;

pub const SIZE: usize = 19;

/// Most digits that the magnitude may have.
const MAX_PRECISION: u32 = 38;

/// The structure for an unscaled value; out of range if it has more digits than the precision.
pub fn encode(unscaled: i128, precision: u8, scale: i8) -> Result<[u8; SIZE], ConversionError> {
    let magnitude = unscaled.unsigned_abs();
    let limit = 10_u128.pow(u32::from(precision).min(MAX_PRECISION));
    if magnitude >= limit {
        return Err(ConversionError::NumericOutOfRange);
    }
    let mut bytes = [0; SIZE];
    bytes[0] = precision;
    bytes[1] = scale.to_ne_bytes()[0];
    bytes[2] = u8::from(unscaled >= 0);
    bytes[3..].copy_from_slice(&magnitude.to_le_bytes());
    Ok(bytes)
}

/// The number in a structure given by the application.
///
/// ODBC says to use the scale of the descriptor record (`record_scale`) and to ignore that of the
/// structure. But a record has scale 0 unless the application sets it field by field, and most
/// applications only fill the structure. So a non-zero scale of the record is used, otherwise that
/// of the structure.
pub fn decode(bytes: &[u8], record_scale: i8) -> Result<Decimal, ConversionError> {
    let bytes: &[u8; SIZE] = bytes
        .try_into()
        .map_err(|_| ConversionError::LengthMismatch)?;
    let structure_scale = i8::from_ne_bytes([bytes[1]]);
    let scale = match (record_scale, structure_scale) {
        (0, -38..=38) => structure_scale,
        (scale, _) => scale,
    };
    let mut magnitude = [0; 16];
    magnitude.copy_from_slice(&bytes[3..]);
    let magnitude = i128::try_from(u128::from_le_bytes(magnitude))
        .map_err(|_| ConversionError::NumericOutOfRange)?;
    let unscaled = if bytes[2] == 0 { -magnitude } else { magnitude };
    Ok(Decimal { unscaled, scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_structure_is_that_of_the_header() {
        let bytes = encode(-12345, 10, 2).unwrap();
        assert_eq!(bytes[..6], [10, 2, 0, 0x39, 0x30, 0]);
        assert_eq!(
            decode(&bytes, 0),
            Ok(Decimal {
                unscaled: -12345,
                scale: 2
            })
        );
        assert_eq!(size_of::<odbc_sys::Numeric>(), SIZE);
    }

    #[test]
    fn a_scale_of_the_record_counts_more_than_that_of_the_structure() {
        let mut bytes = encode(12345, 10, 2).unwrap();
        assert_eq!(
            decode(&bytes, 3),
            Ok(Decimal {
                unscaled: 12345,
                scale: 3
            })
        );
        bytes[1] = 0xAB; // left uninitialised
        assert_eq!(
            decode(&bytes, 0),
            Ok(Decimal {
                unscaled: 12345,
                scale: 0
            })
        );
    }

    #[test]
    fn more_digits_than_the_precision_are_out_of_range() {
        assert!(encode(999, 3, 0).is_ok());
        assert_eq!(encode(1000, 3, 0), Err(ConversionError::NumericOutOfRange));
        let largest = 10_i128.pow(38) - 1;
        let bytes = encode(-largest, 38, 0).unwrap();
        assert_eq!(
            decode(&bytes, 0),
            Ok(Decimal {
                unscaled: -largest,
                scale: 0
            })
        );
        assert_eq!(
            decode(&[0xFF; 19], 0),
            Err(ConversionError::NumericOutOfRange)
        );
        assert_eq!(decode(&[0; 18], 0), Err(ConversionError::LengthMismatch));
    }
}
