//! Normalization of zero.

use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, Float32Type, Float64Type};
use std::sync::Arc;

/// The numbers with unsigned zeros. Floating numbers have two zeros, which are equal, but lists,
/// groups and keys of joins distinguish them.
pub fn with_one_zero(numbers: ArrayRef) -> ArrayRef {
    match numbers.data_type() {
        DataType::Float64 => {
            let numbers = numbers.as_primitive::<Float64Type>();
            Arc::new(numbers.unary::<_, Float64Type>(|number| number + 0.0))
        }
        DataType::Float32 => {
            let numbers = numbers.as_primitive::<Float32Type>();
            Arc::new(numbers.unary::<_, Float32Type>(|number| number + 0.0))
        }
        _ => numbers,
    }
}
