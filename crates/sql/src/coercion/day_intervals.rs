//! Intervals of days and times in one form.
//!
//! The engine stores months, days and nanoseconds separately and compares them in this order, so
//! thirty hours would be less than a day. Here a day is 24 hours, because times have no zone. So
//! every interval is stored with as many whole days as it has. Then the engine compares, groups and
//! sorts intervals correctly.

use crate::functions::external;
use crate::functions::type_families::is_interval;
use crate::plans;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{ArrayRef, AsArray, PrimitiveArray};
use datafusion::arrow::datatypes::{
    DataType, IntervalMonthDayNano, IntervalMonthDayNanoType, IntervalUnit,
};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{
    BinaryExpr, Cast, ColumnarValue, Expr, ExprSchemable, LogicalPlan, Operator,
    ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::optimizer::AnalyzerRule;
use once_cell::sync::Lazy;
use std::sync::Arc;

/// Nanoseconds
const DAY: i128 = 86_400_000_000_000;

const MONTH_DAY_NANO: DataType = DataType::Interval(IntervalUnit::MonthDayNano);

/// Wraps expressions whose intervals may have days among their hours.
#[derive(Debug)]
pub struct DayIntervals;

impl AnalyzerRule for DayIntervals {
    fn name(&self) -> &str {
        "day_intervals"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        plans::rewrite_expressions(plan, can_give_one, rewritten)
    }
}

/// Whether the expression can give an interval of days.
fn can_give_one(expr: &Expr) -> bool {
    match expr {
        Expr::BinaryExpr(BinaryExpr { op, .. }) => matches!(op, Operator::Plus | Operator::Minus),
        Expr::Cast(Cast { field, .. }) => *field.data_type() == MONTH_DAY_NANO,
        _ => false,
    }
}

fn rewritten(expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let gives_one = match &expr {
        Expr::BinaryExpr(BinaryExpr {
            left,
            op: Operator::Plus | Operator::Minus,
            right,
        }) => {
            is_interval(&left.get_type(schema)?)
                && is_interval(&right.get_type(schema)?)
                && expr.get_type(schema)? == MONTH_DAY_NANO
        }
        Expr::Cast(Cast { expr, field }) => {
            *field.data_type() == MONTH_DAY_NANO
                && matches!(expr.get_type(schema)?, DataType::Duration(_))
        }
        _ => false,
    };
    if !gives_one {
        return Ok(Transformed::no(expr));
    }
    static FUNCTION: Lazy<Arc<ScalarUDF>> = Lazy::new(|| {
        Arc::new(ScalarUDF::new_from_impl(WithDays {
            signature: Signature::exact(vec![MONTH_DAY_NANO], Volatility::Immutable),
        }))
    });
    let call = ScalarFunction::new_udf(Arc::clone(&FUNCTION), vec![expr]);
    Ok(Transformed::yes(Expr::ScalarFunction(call)))
}

/// A constant interval of a statement.
pub fn constant(value: IntervalMonthDayNano) -> Result<ScalarValue> {
    Ok(match value {
        value if value.months != 0 && value.days == 0 && value.nanoseconds == 0 => {
            ScalarValue::IntervalYearMonth(Some(value.months))
        }
        value => ScalarValue::IntervalMonthDayNano(Some(with_days(value).map_err(external)?)),
    })
}

/// Checks whether intervals can be compared: years and months with each other, days and times with
/// each other.
pub fn check(types: &[DataType]) -> Result<(), Error> {
    let is_months = |each: &&DataType| **each == DataType::Interval(IntervalUnit::YearMonth);
    let intervals = || types.iter().filter(|each| is_interval(each));
    let months = intervals().filter(is_months).count();
    if months == 0 || months == intervals().count() {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Syntax,
        "an interval of years and months is compared with one of days and times, but months differ in length; \
         compare the dates that they are added to",
    ))
}

fn with_days(value: IntervalMonthDayNano) -> Result<IntervalMonthDayNano, Error> {
    let all = i128::from(value.days) * DAY + i128::from(value.nanoseconds);
    let too_long = || {
        Error::new(
            ErrorKind::DatetimeOverflow,
            "an interval is longer than the engine can keep",
        )
    };
    Ok(IntervalMonthDayNano {
        months: value.months,
        days: i32::try_from(all / DAY).map_err(|_| too_long())?,
        nanoseconds: i64::try_from(all % DAY).map_err(|_| too_long())?,
    })
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct WithDays {
    signature: Signature,
}

impl ScalarUDFImpl for WithDays {
    fn name(&self) -> &str {
        "with_days"
    }

    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        let value = args.first().map(|value| value.schema_name().to_string());
        Ok(value.unwrap_or_default())
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(MONTH_DAY_NANO)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let (values, is_constant): (ArrayRef, bool) = match &args.args[0] {
            ColumnarValue::Array(values) => (Arc::clone(values), false),
            ColumnarValue::Scalar(value) => (value.to_array()?, true),
        };
        let values = values.as_primitive::<IntervalMonthDayNanoType>();
        let values: PrimitiveArray<IntervalMonthDayNanoType> =
            values.try_unary(|value| with_days(value).map_err(external))?;
        Ok(match is_constant {
            true => ColumnarValue::Scalar(ScalarValue::try_from_array(&values, 0)?),
            false => ColumnarValue::Array(Arc::new(values)),
        })
    }
}
