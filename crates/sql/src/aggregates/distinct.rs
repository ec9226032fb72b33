//! The total of distinct values, also in a moving window.

use super::totals::{Measured, Running, Summed, unreadable, values};
use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::Accumulator;
use std::collections::BTreeMap;

#[derive(Debug)]
pub struct Distinct<T: Summed> {
    measured: Measured,
    /// Each value with its count.
    values: BTreeMap<T::Key, u64>,
}

impl<T: Summed> Distinct<T> {
    pub fn new(measured: Measured) -> Self {
        Self {
            measured,
            values: BTreeMap::new(),
        }
    }
}

impl<T: Summed> Accumulator for Distinct<T> {
    fn update_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        for value in values::<T>(&columns[0]) {
            *self.values.entry(T::key(value)).or_default() += 1;
        }
        Ok(())
    }

    fn retract_batch(&mut self, columns: &[ArrayRef]) -> Result<()> {
        for value in values::<T>(&columns[0]) {
            let key = T::key(value);
            match self.values.get_mut(&key) {
                Some(count) if *count > 1 => *count -= 1,
                _ => {
                    self.values.remove(&key);
                }
            }
        }
        Ok(())
    }

    fn supports_retract_batch(&self) -> bool {
        true
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let mut running = Running::<T>::default();
        let keys = self.values.keys();
        keys.for_each(|key| running.add(T::of_key(*key)));
        running.figure(&self.measured)
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.values.len() * 2 * size_of::<(T::Key, u64)>()
    }

    /// The values one after the other.
    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let mut bytes = Vec::new();
        for key in self.values.keys() {
            T::write_key(*key, &mut bytes);
        }
        Ok(vec![ScalarValue::Binary(Some(bytes))])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        for state in states[0].as_binary::<i32>().iter().flatten() {
            for bytes in state.chunks(size_of::<T::Key>()) {
                let key = T::read_key(bytes).ok_or_else(unreadable)?;
                *self.values.entry(key).or_default() += 1;
            }
        }
        Ok(())
    }
}
