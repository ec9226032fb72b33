//! `INCLUDES`

use crate::Error;
use crate::functions::call::Call;
use crate::functions::definition::Parameter::Text;
use crate::functions::definition::{Function, Returns};
use datafusion::arrow::array::ArrayRef;
use exchange_tables as tables;

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
