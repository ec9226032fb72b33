//! The companion of a condition: it marks a column that the statement compares with constants.
//!
//! A companion is a function of the column that is always true, so it changes no rows. The
//! optimizer moves and copies it together with the condition beside it (`rules/named_mailboxes.rs`
//! gives the reason).

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// The companion of conditions on this column.
pub fn of(column: &Column) -> Expr {
    ScalarUDF::from(IsNamed::new()).call(vec![Expr::Column(column.clone())])
}

/// Whether a condition is a companion.
pub fn is_companion(condition: &Expr) -> bool {
    matches!(condition, Expr::ScalarFunction(call) if call.func.inner().is::<IsNamed>())
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct IsNamed {
    signature: Signature,
}

impl IsNamed {
    fn new() -> Self {
        Self {
            signature: Signature::any(1, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for IsNamed {
    fn name(&self) -> &str {
        "mailbox_is_named"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(ColumnarValue::Scalar(ScalarValue::Boolean(Some(true))))
    }
}
