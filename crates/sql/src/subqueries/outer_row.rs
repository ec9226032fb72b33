//! The place of the outer row's values, and the expressions that read them.

use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::{Result, ScalarValue, internal_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDFImpl, Signature,
};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

/// The current values of the outer row for an evaluation.
#[derive(Debug, Default)]
pub struct OuterRow {
    values: RwLock<Vec<ScalarValue>>,
}

impl OuterRow {
    pub fn set(&self, values: Vec<ScalarValue>) {
        *self.values.write().unwrap_or_else(PoisonError::into_inner) = values;
    }

    fn get(&self, index: usize) -> Option<ScalarValue> {
        let values = self.values.read().unwrap_or_else(PoisonError::into_inner);
        values.get(index).cloned()
    }
}

/// One of these values. Volatile, so that it is never computed in advance.
#[derive(Debug)]
pub struct OuterValue {
    pub row: Arc<OuterRow>,
    pub index: usize,
    /// The column of the outer query, for EXPLAIN.
    pub name: String,
    pub field: FieldRef,
    pub signature: Signature,
}

impl PartialEq for OuterValue {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.row, &other.row) && self.index == other.index
    }
}

impl Eq for OuterValue {}

impl Hash for OuterValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.row).hash(state);
        self.index.hash(state);
    }
}

impl ScalarUDFImpl for OuterValue {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.field.data_type().clone())
    }

    fn return_field_from_args(&self, _: ReturnFieldArgs) -> Result<FieldRef> {
        Ok(Arc::clone(&self.field))
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let value = self.row.get(self.index);
        let value = value.ok_or_else(|| internal_datafusion_err!("no outer row"))?;
        Ok(ColumnarValue::Scalar(value))
    }
}
