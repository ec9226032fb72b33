//! Numbers with an exponent, which are approximate in SQL: `1e5` is a DOUBLE, `100000` an INTEGER
//! and `1.5` a DECIMAL.

use crate::{Error, ErrorKind};
use datafusion::sql::sqlparser::ast::{CastKind, DataType, ExactNumberInfo, Expr, Value};
use std::mem;

pub fn is_approximate(value: &Value) -> bool {
    matches!(value, Value::Number(digits, _) if digits.contains(['e', 'E']))
}

/// The number as a conversion of its text, which supports the whole range of DOUBLE.
pub fn rewrite(expr: &mut Expr) -> Result<(), Error> {
    let Expr::Value(value) = expr else {
        return Ok(());
    };
    let spelled = value.value.to_string();
    if spelled.parse().is_ok_and(f64::is_infinite) {
        return Err(Error::new(
            ErrorKind::NumericOutOfRange,
            format!("{spelled} is greater than any DOUBLE"),
        ));
    }
    if let Value::Number(digits, _) = &mut value.value {
        let digits = mem::take(digits);
        value.value = Value::SingleQuotedString(digits.to_string());
    }
    let text = mem::replace(expr, Expr::value(Value::Null));
    *expr = Expr::Cast {
        kind: CastKind::Cast,
        expr: Box::new(text),
        data_type: DataType::Double(ExactNumberInfo::None),
        array: false,
        format: None,
    };
    Ok(())
}
