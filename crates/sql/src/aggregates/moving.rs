//! The total of a window that moves over its rows.

use super::totals::{Measured, Running, Summed, values};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::{Result, ScalarValue, not_impl_err};
use datafusion::logical_expr::Accumulator;
use std::collections::VecDeque;

#[derive(Debug)]
pub struct Moving<T: Summed> {
    measured: Measured,
    running: Running<T>,
    /// The values of the window, if they cannot be subtracted from a total.
    window: VecDeque<T::Native>,
}

impl<T: Summed> Moving<T> {
    pub fn new(measured: Measured) -> Self {
        Self {
            measured,
            running: Running::default(),
            window: VecDeque::new(),
        }
    }
}

impl<T: Summed> Accumulator for Moving<T> {
    fn update_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        for value in values::<T>(&columns[0]) {
            match T::REMOVES {
                true => self.running.add(value),
                false => self.window.push_back(value),
            }
        }
        Ok(())
    }

    /// Values leave a window in the order of their arrival.
    fn retract_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        for value in values::<T>(&columns[0]) {
            match T::REMOVES {
                true => self.running.remove(value),
                false => {
                    self.window.pop_front();
                }
            }
        }
        Ok(())
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        if T::REMOVES {
            return self.running.figure(&self.measured);
        }
        let mut running = Running::<T>::default();
        self.window.iter().for_each(|value| running.add(*value));
        running.figure(&self.measured)
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.window.capacity() * size_of::<T::Native>()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        not_impl_err!("a window has no states to merge")
    }

    fn merge_batch(&mut self, _: &[ArrayRef]) -> Result<()> {
        not_impl_err!("a window has no states to merge")
    }
}
