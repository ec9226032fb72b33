//! `INCLUDES`

use crate::sql::Error;
use crate::sql::functions::call::Call;
use crate::sql::functions::definition::Parameter::Text;
use crate::sql::functions::definition::{Function, Returns};
use crate::tables;
use datafusion::arrow::array::ArrayRef;

pub const FUNCTIONS: &[Function] = &[Function::new(
    "includes",
    &[Text, Text],
    Returns::Boolean,
    includes,
)];

/// Whether a list that is shown as one text has an item: a category, an address.
fn includes(call: &Call) -> Result<ArrayRef, Error> {
    let (lists, items) = (call.text(0), call.text(1));
    Ok(call.truth(|row| tables::includes(lists.value(row), items.value(row))))
}
