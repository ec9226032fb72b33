//! Totals of many groups at once.

use super::totals::{Measured, Running, Summed, column};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BinaryArray, BooleanArray};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{EmitTo, GroupsAccumulator};
use std::sync::Arc;

#[derive(Debug)]
pub struct Groups<T: Summed> {
    measured: Measured,
    groups: Vec<Running<T>>,
}

impl<T: Summed> Groups<T> {
    pub fn new(measured: Measured) -> Self {
        Self {
            measured,
            groups: Vec::new(),
        }
    }
}

fn is_chosen(filter: Option<&BooleanArray>, row: usize) -> bool {
    filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row))
}

impl<T: Summed> GroupsAccumulator for Groups<T> {
    fn update_batch(
        &mut self,
        columns: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        count: usize,
    ) -> Result<()> {
        self.groups.resize(count, Running::default());
        let values = columns[0].as_primitive::<T>();
        for (row, group) in groups.iter().enumerate() {
            if values.is_valid(row) && is_chosen(filter, row) {
                self.groups[*group].add(values.value(row));
            }
        }
        Ok(())
    }

    fn evaluate(&mut self, emit: EmitTo) -> Result<ArrayRef> {
        let groups = emit.take_needed(&mut self.groups);
        let results = groups.iter().map(|group| group.figure(&self.measured));
        column(
            results.collect::<Result<Vec<ScalarValue>>>()?,
            &self.measured.result,
        )
    }

    fn state(&mut self, emit: EmitTo) -> Result<Vec<ArrayRef>> {
        let groups = emit.take_needed(&mut self.groups);
        let states = groups.iter().map(|group| Some(group.to_bytes()));
        Ok(vec![Arc::new(states.collect::<BinaryArray>())])
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], count: usize) -> Result<()> {
        self.groups.resize(count, Running::default());
        let states = states[0].as_binary::<i32>();
        for (row, group) in groups.iter().enumerate() {
            if states.is_valid(row) {
                self.groups[*group].merge(&Running::from_bytes(states.value(row))?);
            }
        }
        Ok(())
    }

    fn convert_to_state(
        &self,
        columns: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let values = columns[0].as_primitive::<T>();
        let states = (0..values.len()).map(|row| {
            let mut one = Running::<T>::default();
            if values.is_valid(row) && is_chosen(filter, row) {
                one.add(values.value(row));
            }
            Some(one.to_bytes())
        });
        Ok(vec![Arc::new(states.collect::<BinaryArray>())])
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.groups.capacity() * size_of::<Running<T>>()
    }
}
