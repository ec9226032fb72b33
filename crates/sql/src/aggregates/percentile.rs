//! MEDIAN, PERCENTILE_CONT and PERCENTILE_DISC.
//!
//! The text layer rewrites `PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY x DESC)` as a function of
//! the value, the fraction and the direction of the order, so that OVER can follow as it does after
//! other aggregates.

use super::kept::{Kept, once_each};
use crate::functions::external;
use crate::functions::type_families::TIMESTAMP;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::SortOptions;
use datafusion::arrow::datatypes::{
    DataType, Field, FieldRef, Float64Type, TimestampMicrosecondType,
};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, ReversedUDAF, Signature, Volatility,
};
use std::sync::Arc;

/// Names that the text layer writes.
pub const CONTINUOUS: &str = "=percentile_cont";
pub const DISCRETE: &str = "=percentile_disc";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PercentileKind {
    Median,
    /// Interpolates between two values if necessary.
    Continuous,
    /// One of the values.
    Discrete,
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Percentile {
    kind: PercentileKind,
    signature: Signature,
}

impl Percentile {
    pub fn new(kind: PercentileKind) -> Self {
        Self {
            kind,
            signature: Signature::user_defined(Volatility::Immutable),
        }
    }

    fn shown(&self) -> &'static str {
        match self.kind {
            PercentileKind::Median => "MEDIAN",
            PercentileKind::Continuous => "PERCENTILE_CONT",
            PercentileKind::Discrete => "PERCENTILE_DISC",
        }
    }

    /// The type of the computation.
    fn measured(&self, data_type: &DataType) -> Result<DataType> {
        if self.kind == PercentileKind::Discrete && !data_type.is_nested() {
            return Ok(data_type.clone());
        }
        Ok(match data_type {
            DataType::Null => DataType::Float64,
            each if each.is_numeric() => DataType::Float64,
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => TIMESTAMP,
            _ => {
                return Err(external(Error::new(
                    ErrorKind::Syntax,
                    format!(
                        "{} takes numbers, dates and timestamps; convert the values with CAST, or use PERCENTILE_DISC",
                        self.shown()
                    ),
                )));
            }
        })
    }
}

impl AggregateUDFImpl for Percentile {
    fn name(&self) -> &str {
        match self.kind {
            PercentileKind::Median => "median",
            PercentileKind::Continuous => CONTINUOUS,
            PercentileKind::Discrete => DISCRETE,
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let values = match types.first() {
            Some(first) => self.measured(first)?,
            None => DataType::Null,
        };
        match (self.kind, types.len()) {
            (PercentileKind::Median, 1) => Ok(vec![values]),
            (PercentileKind::Continuous | PercentileKind::Discrete, 3) => {
                Ok(vec![values, DataType::Float64, DataType::Boolean])
            }
            _ => Err(external(Error::new(
                ErrorKind::Syntax,
                format!("function {} takes 1 argument", self.shown()),
            ))),
        }
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        Ok(types[0].clone())
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let values = args.expr_fields[0].data_type().clone();
        Ok(Box::new(Ranked {
            kind: self.kind,
            distinct: args.is_distinct,
            kept: Kept::new(vec![values]),
            fraction: (self.kind == PercentileKind::Median).then_some(0.5),
            descending: false,
            result: args.return_type().clone(),
        }))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let values = args.input_fields[0].data_type().clone();
        let list = Field::new_list_field(values, true);
        let field = |suffix: &str, data_type: DataType| {
            let name = format_state_name(args.name, suffix);
            Arc::new(Field::new(name, data_type, true))
        };
        Ok(vec![
            field("values", DataType::List(Arc::new(list))),
            field("fraction", DataType::Float64),
            field("descending", DataType::Boolean),
        ])
    }

    fn reverse_expr(&self) -> ReversedUDAF {
        ReversedUDAF::Identical
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

#[derive(Debug)]
struct Ranked {
    kind: PercentileKind,
    distinct: bool,
    kept: Kept,
    fraction: Option<f64>,
    descending: bool,
    result: DataType,
}

impl Accumulator for Ranked {
    fn update_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        if let [_, fractions, descending] = columns
            && !fractions.is_empty()
        {
            let fractions = fractions.as_primitive::<Float64Type>();
            self.fraction = fractions.is_valid(0).then(|| fractions.value(0));
            self.descending = descending.as_boolean().value(0);
        }
        self.kept.push(&columns[..1])
    }

    fn retract_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        self.kept.remove(&columns[..1]);
        Ok(())
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let options = SortOptions {
            descending: self.descending,
            nulls_first: true,
        };
        let sorted = self.kept.sorted(0..1, &[(0, options)])?;
        let values = match self.distinct {
            true => once_each(&sorted[0])?,
            false => Arc::clone(&sorted[0]),
        };
        let Some(fraction) = self.fraction.filter(|_| !values.is_empty()) else {
            return ScalarValue::try_from(&self.result);
        };
        if !(0.0..=1.0).contains(&fraction) {
            return Err(external(Error::new(
                ErrorKind::NumericOutOfRange,
                "the fraction of a percentile must be from 0 to 1",
            )));
        }
        match self.kind {
            PercentileKind::Discrete => {
                ScalarValue::try_from_array(&values, place(fraction, values.len()))
            }
            PercentileKind::Median | PercentileKind::Continuous => between(&values, fraction),
        }
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.kept.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let mut state = self.kept.state()?;
        state.push(ScalarValue::Float64(self.fraction));
        state.push(ScalarValue::Boolean(Some(self.descending)));
        Ok(state)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let fractions = states[1].as_primitive::<Float64Type>();
        let descending = states[2].as_boolean();
        for row in 0..fractions.len() {
            if fractions.is_valid(row) {
                self.fraction = Some(fractions.value(row));
                self.descending = descending.value(row);
            }
        }
        self.kept.merge(&states[..1])
    }
}

/// The position of the first value such that at least this fraction of the values is at or before
/// it.
fn place(fraction: f64, count: usize) -> usize {
    let reaches = |place: usize| place as f64 / count as f64 >= fraction;
    let guess = (fraction * count as f64).ceil() as usize;
    let mut place = guess.clamp(1, count);
    // The product is rounded, so the position may be one too high.
    while place > 1 && reaches(place - 1) {
        place -= 1;
    }
    while place < count && !reaches(place) {
        place += 1;
    }
    place - 1
}

/// The value between the first and the last at a fraction of the distance.
fn between(values: &ArrayRef, fraction: f64) -> Result<ScalarValue> {
    let way = fraction * (values.len() - 1) as f64;
    let (low, rest) = (way.floor() as usize, way.fract());
    let high = (low + 1).min(values.len() - 1);
    if let Some(numbers) = values.as_primitive_opt::<Float64Type>() {
        let (low, high) = (numbers.value(low), numbers.value(high));
        let value = match rest == 0.0 || low == high {
            true => low,
            false => low * (1.0 - rest) + high * rest,
        };
        // Rounding must not leave the interval.
        let value = value.clamp(low.min(high), low.max(high));
        return Ok(ScalarValue::Float64(Some(value)));
    }
    let moments = values.as_primitive::<TimestampMicrosecondType>();
    let (low, high) = (moments.value(low), moments.value(high));
    let step = ((high - low) as f64 * rest).round() as i64;
    Ok(ScalarValue::TimestampMicrosecond(Some(low + step), None))
}
