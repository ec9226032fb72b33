//! Exact totals of numbers.

use crate::functions::external;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, ArrowPrimitiveType, AsArray, new_empty_array};
use datafusion::arrow::datatypes::{
    DECIMAL128_MAX_PRECISION, DECIMAL128_MAX_SCALE, DataType, Decimal128Type, DecimalType,
    DurationMicrosecondType, Float64Type, Int64Type, i256,
};
use datafusion::common::{Result, ScalarValue, internal_datafusion_err};
use datafusion::error::DataFusionError;
use std::fmt::Debug;
use std::hash::Hash;

/// The result computed from a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Figure {
    Sum,
    Average,
}

impl Figure {
    /// The type of the result for values of a type.
    pub fn data_type(self, values: &DataType) -> DataType {
        match (self, values) {
            (Self::Sum, &DataType::Decimal128(precision, scale)) => {
                let precision = DECIMAL128_MAX_PRECISION.min(precision.saturating_add(10));
                DataType::Decimal128(precision, scale)
            }
            (Self::Average, &DataType::Decimal128(precision, scale)) => DataType::Decimal128(
                DECIMAL128_MAX_PRECISION.min(precision.saturating_add(4)),
                DECIMAL128_MAX_SCALE.min(scale.saturating_add(4)),
            ),
            (Self::Average, DataType::Int64) => DataType::Float64,
            (_, other) => other.clone(),
        }
    }
}

/// A figure with its types.
#[derive(Clone, Debug)]
pub struct Measured {
    figure: Figure,
    values: DataType,
    pub result: DataType,
}

impl Measured {
    pub fn new(figure: Figure, values: &DataType, result: &DataType) -> Self {
        Self {
            figure,
            values: values.clone(),
            result: result.clone(),
        }
    }

    /// The power of ten for the extra digits that an average of decimals has.
    fn more_digits(&self) -> i128 {
        match (&self.values, &self.result) {
            (DataType::Decimal128(_, from), DataType::Decimal128(_, to)) => {
                10_i128.pow(u32::from(to.saturating_sub(*from).unsigned_abs()))
            }
            _ => 1,
        }
    }
}

/// Numbers that can be summed.
pub trait Summed: ArrowPrimitiveType<Native: Debug + Send + Sync> + Debug {
    /// A running total.
    type Total: Copy + Debug + Default + Send + Sync + 'static;
    /// A value as a key: keys are equal if and only if values are.
    type Key: Copy + Debug + Eq + Hash + Ord + Send + Sync;

    /// Whether values can be subtracted from a total without an error.
    const REMOVES: bool;

    fn add(total: &mut Self::Total, value: Self::Native);
    fn remove(total: &mut Self::Total, value: Self::Native);
    fn merge(total: &mut Self::Total, other: &Self::Total);
    /// The result; `None` if its type cannot hold it.
    fn figure(total: &Self::Total, count: u64, measured: &Measured) -> Option<ScalarValue>;
    fn key(value: Self::Native) -> Self::Key;
    fn of_key(key: Self::Key) -> Self::Native;
    fn write(total: &Self::Total, bytes: &mut Vec<u8>);
    fn read(bytes: &[u8]) -> Option<Self::Total>;
    fn write_key(key: Self::Key, bytes: &mut Vec<u8>);
    fn read_key(bytes: &[u8]) -> Option<Self::Key>;
}

impl Summed for Int64Type {
    type Total = i128;
    type Key = i64;

    const REMOVES: bool = true;

    fn add(total: &mut i128, value: i64) {
        *total += i128::from(value);
    }

    fn remove(total: &mut i128, value: i64) {
        *total -= i128::from(value);
    }

    fn merge(total: &mut i128, other: &i128) {
        *total += other;
    }

    fn figure(total: &i128, count: u64, measured: &Measured) -> Option<ScalarValue> {
        Some(match measured.figure {
            Figure::Sum => ScalarValue::Int64(Some(i64::try_from(*total).ok()?)),
            Figure::Average => ScalarValue::Float64(Some(*total as f64 / count as f64)),
        })
    }

    fn key(value: i64) -> i64 {
        value
    }

    fn of_key(key: i64) -> i64 {
        key
    }

    fn write(total: &i128, bytes: &mut Vec<u8>) {
        bytes.extend(total.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Option<i128> {
        Some(i128::from_le_bytes(bytes.try_into().ok()?))
    }

    fn write_key(key: i64, bytes: &mut Vec<u8>) {
        bytes.extend(key.to_le_bytes());
    }

    fn read_key(bytes: &[u8]) -> Option<i64> {
        Some(i64::from_le_bytes(bytes.try_into().ok()?))
    }
}

impl Summed for DurationMicrosecondType {
    type Total = i128;
    type Key = i64;

    const REMOVES: bool = true;

    fn add(total: &mut i128, value: i64) {
        *total += i128::from(value);
    }

    fn remove(total: &mut i128, value: i64) {
        *total -= i128::from(value);
    }

    fn merge(total: &mut i128, other: &i128) {
        *total += other;
    }

    fn figure(total: &i128, count: u64, measured: &Measured) -> Option<ScalarValue> {
        let figure = match measured.figure {
            Figure::Sum => *total,
            Figure::Average => total / i128::from(count),
        };
        Some(ScalarValue::DurationMicrosecond(Some(
            i64::try_from(figure).ok()?,
        )))
    }

    fn key(value: i64) -> i64 {
        value
    }

    fn of_key(key: i64) -> i64 {
        key
    }

    fn write(total: &i128, bytes: &mut Vec<u8>) {
        bytes.extend(total.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Option<i128> {
        Some(i128::from_le_bytes(bytes.try_into().ok()?))
    }

    fn write_key(key: i64, bytes: &mut Vec<u8>) {
        bytes.extend(key.to_le_bytes());
    }

    fn read_key(bytes: &[u8]) -> Option<i64> {
        Some(i64::from_le_bytes(bytes.try_into().ok()?))
    }
}

/// 256 bits; arrow's type has no default.
#[derive(Clone, Copy, Debug)]
pub struct Wide(i256);

impl Default for Wide {
    fn default() -> Self {
        Self(i256::ZERO)
    }
}

impl Summed for Decimal128Type {
    type Total = Wide;
    type Key = i128;

    const REMOVES: bool = true;

    fn add(total: &mut Wide, value: i128) {
        total.0 = total.0.wrapping_add(i256::from_i128(value));
    }

    fn remove(total: &mut Wide, value: i128) {
        total.0 = total.0.wrapping_sub(i256::from_i128(value));
    }

    fn merge(total: &mut Wide, other: &Wide) {
        total.0 = total.0.wrapping_add(other.0);
    }

    fn figure(total: &Wide, count: u64, measured: &Measured) -> Option<ScalarValue> {
        let figure = match measured.figure {
            Figure::Sum => total.0,
            Figure::Average => total
                .0
                .checked_mul(i256::from_i128(measured.more_digits()))?
                .checked_div(i256::from_i128(i128::from(count)))?,
        };
        let &DataType::Decimal128(precision, scale) = &measured.result else {
            return None;
        };
        let figure = figure.to_i128()?;
        let fits = Decimal128Type::is_valid_decimal_precision(figure, precision);
        fits.then_some(ScalarValue::Decimal128(Some(figure), precision, scale))
    }

    fn key(value: i128) -> i128 {
        value
    }

    fn of_key(key: i128) -> i128 {
        key
    }

    fn write(total: &Wide, bytes: &mut Vec<u8>) {
        bytes.extend(total.0.to_le_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Wide> {
        Some(Wide(i256::from_le_bytes(bytes.try_into().ok()?)))
    }

    fn write_key(key: i128, bytes: &mut Vec<u8>) {
        bytes.extend(key.to_le_bytes());
    }

    fn read_key(bytes: &[u8]) -> Option<i128> {
        Some(i128::from_le_bytes(bytes.try_into().ok()?))
    }
}

/// A total of floating numbers with the sum of its rounding errors (Neumaier's), and the same divided
/// by `UNIT`, which cannot overflow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Floating {
    sum: f64,
    lost: f64,
    small: f64,
}

/// A power of two, so that dividing by it only changes the exponent.
const UNIT: f64 = 18_446_744_073_709_551_616.0;

impl Floating {
    fn total(&self) -> f64 {
        let total = self.sum + self.lost;
        match total.is_finite() {
            true => total,
            // A total that overflowed on the way may fit again in the end.
            false => self.small * UNIT,
        }
    }

    fn average(&self, count: u64) -> f64 {
        let total = self.sum + self.lost;
        match total.is_finite() {
            true => total / count as f64,
            false => self.small / count as f64 * UNIT,
        }
    }
}

impl Summed for Float64Type {
    type Total = Floating;
    type Key = u64;

    const REMOVES: bool = false;

    fn add(total: &mut Floating, value: f64) {
        let sum = total.sum + value;
        total.lost += match total.sum.abs() >= value.abs() {
            true => (total.sum - sum) + value,
            false => (value - sum) + total.sum,
        };
        total.sum = sum;
        total.small += value / UNIT;
    }

    /// Never called: rounding errors would remain.
    fn remove(_: &mut Floating, _: f64) {}

    fn merge(total: &mut Floating, other: &Floating) {
        let small = total.small + other.small;
        Self::add(total, other.sum);
        total.lost += other.lost;
        total.small = small;
    }

    fn figure(total: &Floating, count: u64, measured: &Measured) -> Option<ScalarValue> {
        let figure = match measured.figure {
            Figure::Sum => total.total(),
            Figure::Average => total.average(count),
        };
        // Normalizes -0, which compares as another value in places.
        figure
            .is_finite()
            .then_some(ScalarValue::Float64(Some(figure + 0.0)))
    }

    fn key(value: f64) -> u64 {
        (value + 0.0).to_bits()
    }

    fn of_key(key: u64) -> f64 {
        f64::from_bits(key)
    }

    fn write(total: &Floating, bytes: &mut Vec<u8>) {
        for part in [total.sum, total.lost, total.small] {
            bytes.extend(part.to_le_bytes());
        }
    }

    fn read(bytes: &[u8]) -> Option<Floating> {
        let part = |index: usize| {
            let bytes = bytes.get(index * 8..index * 8 + 8)?;
            Some(f64::from_le_bytes(bytes.try_into().ok()?))
        };
        Some(Floating {
            sum: part(0)?,
            lost: part(1)?,
            small: part(2)?,
        })
    }

    fn write_key(key: u64, bytes: &mut Vec<u8>) {
        bytes.extend(key.to_le_bytes());
    }

    fn read_key(bytes: &[u8]) -> Option<u64> {
        Some(u64::from_le_bytes(bytes.try_into().ok()?))
    }
}

/// A total and the number of its values.
#[derive(Debug)]
pub struct Running<T: Summed> {
    pub total: T::Total,
    pub count: u64,
}

impl<T: Summed> Clone for Running<T> {
    fn clone(&self) -> Self {
        Self {
            total: self.total,
            count: self.count,
        }
    }
}

impl<T: Summed> Default for Running<T> {
    fn default() -> Self {
        Self {
            total: T::Total::default(),
            count: 0,
        }
    }
}

impl<T: Summed> Running<T> {
    pub fn add(&mut self, value: T::Native) {
        T::add(&mut self.total, value);
        self.count += 1;
    }

    pub fn remove(&mut self, value: T::Native) {
        T::remove(&mut self.total, value);
        self.count -= 1;
    }

    pub fn merge(&mut self, other: &Self) {
        T::merge(&mut self.total, &other.total);
        self.count += other.count;
    }

    /// The result: null for no values.
    pub fn figure(&self, measured: &Measured) -> Result<ScalarValue> {
        match self.count {
            0 => ScalarValue::try_from(&measured.result),
            count => T::figure(&self.total, count, measured).ok_or_else(|| external(too_large())),
        }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.count.to_le_bytes().to_vec();
        T::write(&self.total, &mut bytes);
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let read = || {
            let (count, total) = bytes.split_at_checked(8)?;
            Some(Self {
                count: u64::from_le_bytes(count.try_into().ok()?),
                total: T::read(total)?,
            })
        };
        read().ok_or_else(unreadable)
    }
}

/// The non-null values of a column.
pub fn values<T: Summed>(column: &ArrayRef) -> impl Iterator<Item = T::Native> + '_ {
    column.as_primitive::<T>().iter().flatten()
}

/// The results as one column.
pub fn column(results: Vec<ScalarValue>, data_type: &DataType) -> Result<ArrayRef> {
    match results.is_empty() {
        true => Ok(new_empty_array(data_type)),
        false => ScalarValue::iter_to_array(results),
    }
}

pub fn unreadable() -> DataFusionError {
    internal_datafusion_err!("a state of a total cannot be read")
}

fn too_large() -> Error {
    Error::new(
        ErrorKind::NumericOutOfRange,
        "a total is larger or smaller than its type allows; convert the values to DOUBLE or to a larger DECIMAL with CAST",
    )
}
