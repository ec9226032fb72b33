//! Deviations and variances of distinct values, which DataFusion lacks.

use super::kept::{Kept, once_each};
use crate::functions::external;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Float64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::Accumulator;

/// The kind of figure.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// For a sample, not for the whole population.
    pub sample: bool,
    /// The deviation, which is the square root of the variance.
    pub root: bool,
}

impl Spread {
    /// By the name of the aggregate.
    pub fn of(name: &str) -> Self {
        Self {
            sample: !name.ends_with("_pop"),
            root: name.starts_with("stddev"),
        }
    }
}

#[derive(Debug)]
pub struct Distinct {
    spread: Spread,
    kept: Kept,
}

impl Distinct {
    pub fn new(spread: Spread) -> Self {
        Self {
            spread,
            kept: Kept::new(vec![DataType::Float64]),
        }
    }
}

impl Accumulator for Distinct {
    fn update_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
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
        let sorted = self.kept.sorted(0..1, &[(0, Default::default())])?;
        let values = once_each(&sorted[0])?;
        let values = values.as_primitive::<Float64Type>();
        let count = values.len() as f64;
        let divisor = if self.spread.sample {
            count - 1.0
        } else {
            count
        };
        if divisor < 1.0 {
            return Ok(ScalarValue::Float64(None));
        }
        let numbers = || values.iter().flatten();
        let mean = numbers().map(|number| number / count).sum::<f64>();
        let squares = numbers().map(|number| (number - mean).powi(2)).sum::<f64>();
        let variance = squares / divisor;
        let figure = if self.spread.root {
            variance.sqrt()
        } else {
            variance
        };
        match figure.is_finite() {
            true => Ok(ScalarValue::Float64(Some(figure))),
            false => Err(external(too_large())),
        }
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.kept.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        self.kept.state()
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        self.kept.merge(states)
    }
}

pub fn too_large() -> Error {
    Error::new(
        ErrorKind::NumericOutOfRange,
        "a deviation or variance is larger than its type allows",
    )
}
