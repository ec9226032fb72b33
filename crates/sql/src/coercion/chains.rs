//! Long sums.
//!
//! The text layer turns a chain of more than a few `+` and `-` into one function. It computes from
//! left to right, in a type that holds all its terms.

use super::checked::out_of_range;
use super::comparison::text_and_number;
use crate::functions::type_families::{is_text, is_truth};
use crate::functions::{external, with_one_zero};
use crate::text::SUM;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Float64Array, Int64Array};
use datafusion::arrow::compute::kernels::concat_elements::concat_elements_utf8;
use datafusion::arrow::compute::try_binary;
use datafusion::arrow::datatypes::{
    DECIMAL128_MAX_PRECISION, DataType, Decimal128Type, DecimalType, Float64Type, Int64Type,
};
use datafusion::arrow::error::ArrowError;
use datafusion::common::{Result, ScalarValue};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::sync::Arc;

pub fn function() -> ScalarUDF {
    ScalarUDF::new_from_impl(Sum {
        signature: Signature::user_defined(Volatility::Immutable),
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Sum {
    signature: Signature,
}

/// The type for adding all terms.
fn common(types: &[DataType]) -> Result<DataType, Error> {
    let known = || types.iter().filter(|each| !each.is_null());
    if known().all(is_text) && known().next().is_some() {
        return Ok(DataType::Utf8);
    }
    if known().any(is_text) {
        return Err(text_and_number());
    }
    if !known().all(|each| each.is_numeric() || is_truth(each)) {
        return Err(Error::new(
            ErrorKind::NotSupported,
            "a sum of more than sixteen terms takes numbers only; put parentheses around parts of it",
        ));
    }
    if known().any(|each| each.is_floating()) {
        return Ok(DataType::Float64);
    }
    let scales = known().filter_map(|each| match each {
        DataType::Decimal128(_, scale) => Some(*scale),
        _ => None,
    });
    Ok(match scales.max() {
        Some(scale) => DataType::Decimal128(DECIMAL128_MAX_PRECISION, scale),
        None => DataType::Int64,
    })
}

impl ScalarUDFImpl for Sum {
    fn name(&self) -> &str {
        SUM
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let terms = types.get(1..).unwrap_or_default();
        let common = common(terms).map_err(external)?;
        let converted = terms.iter().map(|_| common.clone());
        Ok([DataType::Utf8].into_iter().chain(converted).collect())
    }

    fn return_type(&self, types: &[DataType]) -> Result<DataType> {
        common(types.get(1..).unwrap_or_default()).map_err(external)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let is_constant = args
            .args
            .iter()
            .all(|value| matches!(value, ColumnarValue::Scalar(_)));
        let rows = if is_constant { 1 } else { args.number_rows };
        let signs = match args.args.first() {
            Some(ColumnarValue::Scalar(signs)) => signs.try_as_str().flatten().unwrap_or_default(),
            _ => "",
        };
        let mut terms = args.args.iter().skip(1).map(|term| term.to_array(rows));
        let first = terms
            .next()
            .unwrap_or_else(|| ScalarValue::Int64(None).to_array())?;
        let sum = terms
            .zip(signs.chars())
            .try_fold(first, |sum, (term, sign)| added(&sum, &term?, sign))?;
        let sum = checked(sum)?;
        Ok(match is_constant {
            true => ColumnarValue::Scalar(ScalarValue::try_from_array(&sum, 0)?),
            false => ColumnarValue::Array(sum),
        })
    }
}

fn added(sum: &ArrayRef, term: &ArrayRef, sign: char) -> Result<ArrayRef> {
    let minus = sign == '-';
    match sum.data_type() {
        DataType::Int64 => {
            let (sum, term) = (
                sum.as_primitive::<Int64Type>(),
                term.as_primitive::<Int64Type>(),
            );
            let added: Int64Array = try_binary(sum, term, |sum, term| {
                let added = if minus {
                    sum.checked_sub(term)
                } else {
                    sum.checked_add(term)
                };
                added.ok_or_else(overflow)
            })
            .map_err(too_large)?;
            Ok(Arc::new(added))
        }
        DataType::Decimal128(precision, scale) => {
            let (precision, scale) = (*precision, *scale);
            let sum = sum.as_primitive::<Decimal128Type>();
            let term = term.as_primitive::<Decimal128Type>();
            let added = try_binary::<_, _, _, Decimal128Type>(sum, term, |sum, term| {
                let added = if minus {
                    sum.checked_sub(term)
                } else {
                    sum.checked_add(term)
                };
                added.ok_or_else(overflow)
            });
            let added = added.map_err(too_large)?;
            Ok(Arc::new(added.with_precision_and_scale(precision, scale)?))
        }
        DataType::Float64 => {
            let sum = sum.as_primitive::<Float64Type>();
            let term = term.as_primitive::<Float64Type>();
            let added: Float64Array = try_binary(sum, term, |sum, term| {
                Ok(if minus { sum - term } else { sum + term })
            })?;
            Ok(Arc::new(added))
        }
        _ if minus => Err(external(text_and_number())),
        _ => Ok(Arc::new(concat_elements_utf8(
            sum.as_string::<i32>(),
            term.as_string::<i32>(),
        )?)),
    }
}

/// The sum, if its type can hold it.
fn checked(sum: ArrayRef) -> Result<ArrayRef> {
    let fits = match sum.data_type() {
        DataType::Decimal128(precision, _) => sum
            .as_primitive::<Decimal128Type>()
            .iter()
            .flatten()
            .all(|number| Decimal128Type::is_valid_decimal_precision(number, *precision)),
        DataType::Float64 => {
            let numbers = sum.as_primitive::<Float64Type>();
            numbers.iter().flatten().all(f64::is_finite)
        }
        _ => true,
    };
    match fits {
        true => Ok(with_one_zero(sum)),
        false => Err(too_large(overflow())),
    }
}

fn overflow() -> ArrowError {
    ArrowError::ArithmeticOverflow(String::new())
}

fn too_large(_: ArrowError) -> DataFusionError {
    external(out_of_range())
}
