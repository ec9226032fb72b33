//! `NOW`, `CURDATE`, `CURTIME` and their other names.
//!
//! The clock does not advance within one statement: the optimizer replaces each call by the moment
//! at which the statement began, so that conditions with it can be pushed down.

use crate::functions::epoch::{self, DAY};
use crate::functions::type_families::{TIME, TIMESTAMP};
use crate::functions::udf::external;
use crate::{Error, ErrorKind};
use chrono::{DateTime, Utc};
use datafusion::arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::simplify::{ExprSimplifyResult, SimplifyContext};
use datafusion::logical_expr::{
    ColumnarValue, Expr, ReturnFieldArgs, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};
use exchange_config::Zone;
use std::sync::Arc;

/// The part of the clock's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    Timestamp,
    /// In UTC, whatever the zone of the connection is.
    Utc,
    Date,
    Time,
}

/// Every name and its reading. ODBC allows a number of fraction digits for some; the result always
/// has microseconds.
pub const CLOCKS: &[(&str, &[&str], Reading)] = &[
    (
        "now",
        &[
            "current_timestamp",
            "localtimestamp",
            "getdate",
            "sysdatetime",
        ],
        Reading::Timestamp,
    ),
    ("getutcdate", &["sysutcdatetime"], Reading::Utc),
    ("curdate", &["current_date", "today"], Reading::Date),
    ("curtime", &["current_time", "localtime"], Reading::Time),
];

#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Clock {
    name: &'static str,
    aliases: Vec<String>,
    reading: Reading,
    zone: Zone,
    signature: Signature,
}

impl Clock {
    pub fn new(name: &'static str, aliases: &[&str], reading: Reading, zone: Zone) -> Self {
        Self {
            name,
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            reading,
            zone,
            // If the function were stable, each call would be evaluated separately before the
            // optimizer asks for its replacement.
            signature: Signature::user_defined(Volatility::Volatile),
        }
    }
}

impl Reading {
    fn data_type(self) -> DataType {
        match self {
            Self::Timestamp | Self::Utc => TIMESTAMP,
            Self::Date => DataType::Date32,
            Self::Time => TIME,
        }
    }

    fn at(self, moment: DateTime<Utc>, zone: Zone) -> ScalarValue {
        let moment = moment.timestamp_micros();
        let local = zone.shown(moment);
        match self {
            Self::Timestamp => ScalarValue::TimestampMicrosecond(Some(local), None),
            Self::Utc => ScalarValue::TimestampMicrosecond(Some(moment), None),
            Self::Date => ScalarValue::Date32(epoch::day_of(local).ok()),
            Self::Time => ScalarValue::Time64Microsecond(Some(local.rem_euclid(DAY))),
        }
    }
}

impl ScalarUDFImpl for Clock {
    fn name(&self) -> &str {
        self.name
    }

    fn aliases(&self) -> &[String] {
        &self.aliases
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        Ok(arguments.to_vec())
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.reading.data_type())
    }

    fn return_field_from_args(&self, args: ReturnFieldArgs<'_>) -> Result<FieldRef> {
        let digits = args
            .arg_fields
            .iter()
            .all(|field| field.data_type().is_integer());
        if args.arg_fields.len() > 1 || !digits {
            return Err(external(Error::new(
                ErrorKind::Syntax,
                format!(
                    "function {} takes at most the number of fraction digits",
                    self.name
                ),
            )));
        }
        Ok(Arc::new(Field::new(
            self.name,
            self.reading.data_type(),
            false,
        )))
    }

    fn simplify(&self, args: Vec<Expr>, info: &SimplifyContext) -> Result<ExprSimplifyResult> {
        Ok(match info.query_execution_start_time() {
            Some(start) => ExprSimplifyResult::Simplified(Expr::Literal(
                self.reading.at(start, self.zone),
                None,
            )),
            None => ExprSimplifyResult::Original(args),
        })
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        Ok(ColumnarValue::Scalar(
            self.reading.at(Utc::now(), self.zone),
        ))
    }
}
