//! The companion of a condition: it marks a column that the statement compares with constants, or looks for in the list
//! of a query.
//!
//! A companion is a function of the column that is always true, so it changes no rows. The
//! optimizer moves and copies it together with the condition beside it (`rules/named_mailboxes.rs`
//! gives the reason).

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// The conditions that have companions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `mailbox = 'ann@x.org'`
    Named,
    /// `mailbox IN (SELECT ...)`
    Listed,
}

/// The companion of a condition on this column.
pub fn of(column: &Column, kind: Kind) -> Expr {
    let signature = Signature::any(1, Volatility::Immutable);
    let companion = Companion { signature, kind };
    ScalarUDF::from(companion).call(vec![Expr::Column(column.clone())])
}

/// The kind of the condition whose companion this is.
pub fn kind(condition: &Expr) -> Option<Kind> {
    match condition {
        Expr::ScalarFunction(call) => {
            let companion = call.func.inner().downcast_ref::<Companion>();
            companion.map(|companion| companion.kind)
        }
        _ => None,
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Companion {
    signature: Signature,
    kind: Kind,
}

impl ScalarUDFImpl for Companion {
    fn name(&self) -> &str {
        match self.kind {
            Kind::Named => "mailbox_is_named",
            Kind::Listed => "mailbox_is_listed",
        }
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
