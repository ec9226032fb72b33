//! The running total of all values.

use super::totals::{Measured, Running, Summed, values};
use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::Accumulator;

#[derive(Debug)]
pub struct Totalling<T: Summed> {
    measured: Measured,
    running: Running<T>,
}

impl<T: Summed> Totalling<T> {
    pub fn new(measured: Measured) -> Self {
        Self {
            measured,
            running: Running::default(),
        }
    }
}

impl<T: Summed> Accumulator for Totalling<T> {
    fn update_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        values::<T>(&columns[0]).for_each(|value| self.running.add(value));
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.running.figure(&self.measured)
    }

    fn size(&self) -> usize {
        size_of_val(self)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![ScalarValue::Binary(Some(self.running.to_bytes()))])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        for state in states[0].as_binary::<i32>().iter().flatten() {
            self.running.merge(&Running::from_bytes(state)?);
        }
        Ok(())
    }
}
