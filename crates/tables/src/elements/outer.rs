//! Parents that stay without an element.

use crate::arrow_schema::COLUMN;
use crate::{Error, expression};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, RecordBatch, UInt32Array};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::{FieldRef, SchemaRef};
use datafusion::common::cast::as_boolean_array;
use datafusion::error::DataFusionError;
use datafusion::physical_expr::PhysicalExpr;
use std::ops::Range;
use std::sync::Arc;

/// The elements that parents have, as the right side of a left join.
#[derive(Debug)]
pub struct Outer {
    /// The columns of elements.
    pub schema: SchemaRef,
    /// Elements that do not meet it do not count.
    pub condition: Option<Arc<dyn PhysicalExpr>>,
}

/// The rows of a result.
pub struct Pairs {
    /// The parent of each.
    pub parents: UInt32Array,
    /// The element of each, or null; `None` if each has the next one.
    elements: Option<UInt32Array>,
}

impl Pairs {
    /// A row for each element, whose parents these are.
    pub fn each(parents: Vec<u32>) -> Self {
        Self {
            parents: UInt32Array::from(parents),
            elements: None,
        }
    }

    /// The values of elements.
    pub fn of_elements(&self, values: ArrayRef) -> Result<ArrayRef, Error> {
        Ok(match &self.elements {
            None => values,
            Some(elements) => take(&values, elements, None)?,
        })
    }
}

impl Outer {
    /// The condition as SQL.
    pub fn words(&self) -> Option<String> {
        let table = self.schema.fields().iter();
        let spelled = |field: &FieldRef| field.metadata().get(COLUMN).cloned();
        let names = table.map(|field| spelled(field).unwrap_or_default());
        let names: Vec<String> = names.collect();
        let condition = self.condition.as_ref();
        condition.map(|condition| expression::sql(condition, &names))
    }

    /// Each of the parents with its elements, or alone. Of elements, their parents and columns.
    pub fn pairs(
        &self,
        all: Range<usize>,
        parents: &[u32],
        columns: &[ArrayRef],
    ) -> Result<Pairs, Error> {
        let counted = self.counted(parents.len(), columns);
        let counted = counted.map_err(|error| Error::Engine(Box::new(error)))?;
        let counts = |element: &usize| match &counted {
            None => true,
            Some(counted) => counted.is_valid(*element) && counted.value(*element),
        };
        let (mut rows, mut elements) = (Vec::new(), Vec::new());
        let mut next = 0;
        for parent in all {
            let before = rows.len();
            while parents.get(next).is_some_and(|of| *of as usize == parent) {
                if counts(&next) {
                    rows.push(parent as u32);
                    elements.push(Some(next as u32));
                }
                next += 1;
            }
            if rows.len() == before {
                rows.push(parent as u32);
                elements.push(None);
            }
        }
        Ok(Pairs {
            parents: UInt32Array::from(rows),
            elements: Some(UInt32Array::from(elements)),
        })
    }

    /// Whether each element meets the condition; `None` without a condition.
    fn counted(
        &self,
        elements: usize,
        columns: &[ArrayRef],
    ) -> Result<Option<BooleanArray>, DataFusionError> {
        let Some(condition) = self.condition.as_ref().filter(|_| elements > 0) else {
            return Ok(None);
        };
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns.to_vec())?;
        let met = condition.evaluate(&batch)?.into_array(elements)?;
        Ok(Some(as_boolean_array(&met)?.clone()))
    }
}
