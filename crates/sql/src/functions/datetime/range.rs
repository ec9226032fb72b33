//! The range of moments for a condition on a year, so that `YEAR(t) = 2026` can be pushed down.

use crate::functions::epoch;
use crate::functions::type_families::TIMESTAMP;
use crate::functions::unit::Unit;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::interval_arithmetic::Interval;
use datafusion::logical_expr::preimage::PreimageResult;
use datafusion::logical_expr::simplify::SimplifyContext;

/// The moments for which a function returns this year; `None` for other functions.
pub fn of_year(
    function: &str,
    arguments: &[Expr],
    year: &Expr,
    info: &SimplifyContext,
) -> Result<PreimageResult> {
    let moment = match (function, arguments) {
        ("year", [moment]) => moment,
        ("extract" | "datepart", [unit, moment]) if is_year(unit) => moment,
        _ => return Ok(PreimageResult::None),
    };
    let Expr::Literal(ScalarValue::Int32(Some(year)), _) = year else {
        return Ok(PreimageResult::None);
    };
    let data_type = info.get_data_type(moment)?;
    let bound = |year: i32| {
        let days = epoch::date(i64::from(year), 1, 1)?.to_epoch_days();
        match data_type {
            DataType::Date32 => Some(ScalarValue::Date32(Some(days))),
            ref each if *each == TIMESTAMP => Some(ScalarValue::TimestampMicrosecond(
                Some(epoch::midnight(days)),
                None,
            )),
            _ => None,
        }
    };
    range(moment, bound(*year).zip(bound(year.saturating_add(1))))
}

/// From the first bound up to the second, which is not part of the range.
pub fn range(expr: &Expr, bounds: Option<(ScalarValue, ScalarValue)>) -> Result<PreimageResult> {
    let Some((from, to)) = bounds else {
        return Ok(PreimageResult::None);
    };
    let interval = Box::new(Interval::try_new(from, to)?);
    Ok(PreimageResult::Range {
        expr: expr.clone(),
        interval,
    })
}

fn is_year(unit: &Expr) -> bool {
    let Expr::Literal(value, _) = unit else {
        return false;
    };
    value.try_as_str().flatten().and_then(Unit::parse) == Some(Unit::Year)
}
