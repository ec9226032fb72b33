//! Conversions of values, for CAST and for the rules of types.
//!
//! Every cast that can lose something is replaced by a function with the driver's rules. DataFusion
//! would also assume that such casts are reversible: it takes a column `t` for constant if `CAST(t
//! AS DATE)` is, and drops a sort by `t`. Casts that lose nothing stay, so that they can be moved
//! to the constant that their operand is compared with.
//!
//! - Texts of numbers, dates and times may have spaces around them; dates and times have the
//!   spellings of [`datetime_parser`].
//! - Truth values have the texts `1` and `0`, timestamps `2026-11-23 10:00:00` with as many digits
//!   of the second as needed: these are the texts of ODBC.
//! - Fractions are cut off if the target has none.
//! - Conversions that standard SQL does not have are refused (`convertible.rs`).

use super::constant;
use super::convertible::{self, interval_text};
use super::numbers::nearest;
use crate::functions::type_families::{TIME, TIMESTAMP, is_interval, is_moment, is_text, is_truth};
use crate::functions::{datetime_parser, epoch, external, range};
use crate::plans;
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{
    Array, ArrayRef, ArrowPrimitiveType, AsArray, BooleanArray, PrimitiveArray, StringArray,
};
use datafusion::arrow::compute::{CastOptions, cast_with_options};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float32Type, Float64Type, Time64MicrosecondType,
    TimestampMicrosecondType,
};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::preimage::PreimageResult;
use datafusion::logical_expr::simplify::SimplifyContext;
use datafusion::logical_expr::{
    Cast, ColumnarValue, Expr, ExprSchemable, LogicalPlan, ScalarFunctionArgs, ScalarUDF,
    ScalarUDFImpl, Signature, Volatility,
};
use datafusion::optimizer::AnalyzerRule;
use exchange_config::Zone;
use std::ops::Add;
use std::sync::Arc;

#[derive(Debug)]
pub struct Conversions {
    /// Where texts of dates and times that say their offset are shown
    pub zone: Zone,
}

impl AnalyzerRule for Conversions {
    fn name(&self) -> &str {
        "conversions"
    }

    fn analyze(&self, plan: LogicalPlan, _: &ConfigOptions) -> Result<LogicalPlan> {
        plans::rewrite_expressions(
            plan,
            |expr| matches!(expr, Expr::Cast(_)),
            |expr, schema| rewritten(expr, schema, self.zone),
        )
    }
}

fn rewritten(expr: Expr, schema: &DFSchema, zone: Zone) -> Result<Transformed<Expr>> {
    let Expr::Cast(Cast { expr: inner, field }) = &expr else {
        return Ok(Transformed::no(expr));
    };
    let target = field.data_type();
    // A constant that is not a date is an error before any row is read.
    if let Some(text) = constant::text(inner)
        && [DataType::Date32, TIME, TIMESTAMP].contains(target)
    {
        return Ok(Transformed::yes(
            constant::moment_in(zone, text, target).map_err(external)?,
        ));
    }
    let source = inner.get_type(schema)?;
    convertible::check(&source, target).map_err(external)?;
    if !loses(&source, target) {
        return Ok(Transformed::no(expr));
    }
    let function = ScalarUDF::new_from_impl(Conversion::new(source, target.clone(), zone));
    let call = ScalarFunction::new_udf(Arc::new(function), vec![inner.as_ref().clone()]);
    Ok(Transformed::yes(Expr::ScalarFunction(call)))
}

/// Whether values of the source can change or fail when they are converted.
fn loses(source: &DataType, target: &DataType) -> bool {
    if is_interval(source) && is_text(target) {
        return true;
    }
    let is_plain =
        |each: &DataType| each.is_numeric() || is_truth(each) || is_text(each) || is_moment(each);
    if !is_plain(source) || !is_plain(target) || source == target {
        return false;
    }
    match (source, target) {
        (DataType::Date32, DataType::Timestamp(..)) => false,
        (source, target) if is_text(source) && is_text(target) => false,
        (source, target) if source.is_integer() && target.is_integer() => {
            let narrows = source.primitive_width() > target.primitive_width();
            narrows || source.is_signed_integer() != target.is_signed_integer()
        }
        (source, target) if source.is_integer() && target.is_floating() => false,
        (source, DataType::Decimal128(precision, scale)) if source.is_integer() => {
            i16::from(*precision) - i16::from(*scale) < digits(source)
        }
        (DataType::Float32, DataType::Float64) => false,
        (
            DataType::Decimal128(from_precision, from_scale),
            DataType::Decimal128(to_precision, to_scale),
        ) => {
            let whole = |precision: u8, scale: i8| i16::from(precision) - i16::from(scale);
            to_scale < from_scale
                || whole(*to_precision, *to_scale) < whole(*from_precision, *from_scale)
        }
        _ => true,
    }
}

/// How many decimal digits an integer type can hold.
fn digits(integer: &DataType) -> i16 {
    match integer.primitive_width() {
        Some(1) => 3,
        Some(2) => 5,
        Some(4) => 10,
        _ if integer.is_signed_integer() => 19,
        _ => 20,
    }
}

/// From one type to another.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Conversion {
    source: DataType,
    target: DataType,
    zone: Zone,
    signature: Signature,
}

impl Conversion {
    fn new(source: DataType, target: DataType, zone: Zone) -> Self {
        let signature = Signature::exact(vec![source.clone()], Volatility::Immutable);
        Self {
            source,
            target,
            zone,
            signature,
        }
    }
}

impl ScalarUDFImpl for Conversion {
    fn name(&self) -> &str {
        "convert"
    }

    /// Not the name of its argument, because a query may select both.
    fn schema_name(&self, args: &[Expr]) -> Result<String> {
        let value = args.first().map(|arg| arg.schema_name().to_string());
        Ok(format!(
            "CAST({} AS {})",
            value.unwrap_or_default(),
            self.target
        ))
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(self.target.clone())
    }

    /// `CAST(t AS DATE) = d` is the range of that day's moments, which can be pushed down.
    fn preimage(&self, args: &[Expr], value: &Expr, _: &SimplifyContext) -> Result<PreimageResult> {
        let ([moment], Expr::Literal(ScalarValue::Date32(Some(day)), _)) = (args, value) else {
            return Ok(PreimageResult::None);
        };
        if self.source != TIMESTAMP || self.target != DataType::Date32 {
            return Ok(PreimageResult::None);
        }
        let midnight =
            |days: i32| ScalarValue::TimestampMicrosecond(Some(epoch::midnight(days)), None);
        range(
            moment,
            day.checked_add(1)
                .map(|next| (midnight(*day), midnight(next))),
        )
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        match &args.args[0] {
            ColumnarValue::Array(array) => Ok(ColumnarValue::Array(
                converted(array, &self.target, self.zone).map_err(external)?,
            )),
            ColumnarValue::Scalar(value) => {
                let result =
                    converted(&value.to_array()?, &self.target, self.zone).map_err(external)?;
                Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(
                    &result, 0,
                )?))
            }
        }
    }
}

/// The values in another type. Fails if one of them has no equal there.
pub fn converted(array: &ArrayRef, target: &DataType, zone: Zone) -> Result<ArrayRef, Error> {
    let converted = of_kind(array, target, zone)?;
    match target {
        DataType::Float64 => {
            let is_text = is_text(array.data_type());
            finite::<Float64Type>(
                converted.as_primitive(),
                |number| number.is_finite(),
                is_text,
            )
        }
        DataType::Float32 => {
            let is_text = is_text(array.data_type());
            finite::<Float32Type>(
                converted.as_primitive(),
                |number| number.is_finite(),
                is_text,
            )
        }
        _ => Ok(converted),
    }
}

/// The numbers, checked to be finite, with zeros without a sign.
fn finite<T: ArrowPrimitiveType<Native: Default + Add<Output = T::Native>>>(
    numbers: &PrimitiveArray<T>,
    is_finite: fn(T::Native) -> bool,
    is_text: bool,
) -> Result<ArrayRef, Error> {
    let finite: PrimitiveArray<T> = numbers.try_unary(|number| match is_finite(number) {
        true => Ok(number + T::Native::default()),
        false if is_text => Err(not_a(&T::DATA_TYPE)),
        false => Err(out_of_range()),
    })?;
    Ok(Arc::new(finite))
}

fn of_kind(array: &ArrayRef, target: &DataType, zone: Zone) -> Result<ArrayRef, Error> {
    match (array.data_type(), target) {
        (DataType::Utf8, target) => from_text(array.as_string(), target, zone),
        (source, DataType::Utf8) if is_interval(source) => interval_text(array),
        (DataType::Decimal128(..), DataType::Boolean) => {
            let numbers = array.as_primitive::<Decimal128Type>();
            let truths = BooleanArray::from_unary(numbers, |number| number != 0);
            Ok(Arc::new(truths))
        }
        (&DataType::Decimal128(_, scale), DataType::Float64) => {
            let numbers = array.as_primitive::<Decimal128Type>();
            let nearest = numbers.unary::<_, Float64Type>(|number| nearest(number, scale));
            Ok(Arc::new(nearest))
        }
        (DataType::Boolean, DataType::Decimal128(..)) => {
            arrow_cast(&arrow_cast(array, &DataType::Int8)?, target)
        }
        (DataType::Boolean, DataType::Utf8) => Ok(text_of_truth(array.as_boolean())),
        (DataType::Timestamp(..), DataType::Utf8) => {
            text_of_timestamp(&arrow_cast(array, &TIMESTAMP)?)
        }
        (DataType::Timestamp(..), DataType::Date32) => {
            let array = arrow_cast(array, &TIMESTAMP)?;
            primitive::<TimestampMicrosecondType, Date32Type>(&array, epoch::day_of)
        }
        (DataType::Timestamp(..), DataType::Time64(_)) => {
            let array = arrow_cast(array, &TIMESTAMP)?;
            primitive::<TimestampMicrosecondType, Time64MicrosecondType>(&array, |microseconds| {
                Ok(microseconds.rem_euclid(epoch::DAY))
            })
        }
        _ => arrow_cast(array, target),
    }
}

fn primitive<S: ArrowPrimitiveType, T: ArrowPrimitiveType>(
    array: &ArrayRef,
    convert: fn(S::Native) -> Result<T::Native, Error>,
) -> Result<ArrayRef, Error> {
    let converted: PrimitiveArray<T> = array.as_primitive::<S>().try_unary(convert)?;
    Ok(Arc::new(converted))
}

/// Arrow's own conversion, which fails if a value does not fit.
fn arrow_cast(array: &ArrayRef, target: &DataType) -> Result<ArrayRef, Error> {
    let options = CastOptions {
        safe: false,
        ..CastOptions::default()
    };
    cast_with_options(array, target, &options).map_err(|_| match array.data_type() {
        source if is_text(source) => not_a(target),
        source if source.is_numeric() && target.is_numeric() => out_of_range(),
        _ => Error::new(
            ErrorKind::InvalidCast,
            "a value cannot be converted to the type that it is cast to",
        ),
    })
}

fn from_text(texts: &StringArray, target: &DataType, zone: Zone) -> Result<ArrayRef, Error> {
    let not_a = || not_a(target);
    if *target == DataType::Date32 {
        return moments::<Date32Type>(texts, zone, datetime_parser::parse_date, not_a);
    }
    if *target == TIMESTAMP {
        return moments::<TimestampMicrosecondType>(
            texts,
            zone,
            datetime_parser::parse_timestamp,
            not_a,
        );
    }
    if *target == TIME {
        return moments::<Time64MicrosecondType>(texts, zone, datetime_parser::parse_time, not_a);
    }
    let trimmed = texts.iter().map(|text| text.map(str::trim_ascii));
    let trimmed: ArrayRef = Arc::new(trimmed.collect::<StringArray>());
    if target.is_integer() {
        // '12.7' becomes 12, like the number 12.7.
        return arrow_cast(&trimmed, target).or_else(|error| {
            match arrow_cast(&trimmed, &DataType::Float64) {
                Ok(numbers) => arrow_cast(&numbers, target),
                Err(_) => Err(error),
            }
        });
    }
    arrow_cast(&trimmed, target)
}

fn moments<T: ArrowPrimitiveType>(
    texts: &StringArray,
    zone: Zone,
    parse: fn(&str, Zone) -> Option<T::Native>,
    not_a: impl Fn() -> Error,
) -> Result<ArrayRef, Error> {
    let moments = texts.iter().map(|text| match text {
        Some(text) => parse(text, zone).map(Some).ok_or_else(&not_a),
        None => Ok(None),
    });
    Ok(Arc::new(
        moments.collect::<Result<PrimitiveArray<T>, Error>>()?,
    ))
}

fn text_of_truth(truths: &BooleanArray) -> ArrayRef {
    let texts = truths
        .iter()
        .map(|truth| truth.map(|truth| if truth { "1" } else { "0" }));
    Arc::new(texts.collect::<StringArray>())
}

fn text_of_timestamp(array: &ArrayRef) -> Result<ArrayRef, Error> {
    let texts = array
        .as_primitive::<TimestampMicrosecondType>()
        .iter()
        .map(|microseconds| {
            microseconds
                .map(|microseconds| Ok(epoch::civil(microseconds)?.to_string()))
                .transpose()
        });
    Ok(Arc::new(texts.collect::<Result<StringArray, Error>>()?))
}

fn not_a(target: &DataType) -> Error {
    match target {
        DataType::Date32 => epoch::not_a_moment("date"),
        DataType::Timestamp(..) => epoch::not_a_moment("timestamp"),
        DataType::Time64(_) => epoch::not_a_moment("time"),
        target if target.is_numeric() => Error::new(
            ErrorKind::InvalidCast,
            "a text that is cast to a number holds none",
        ),
        _ => Error::new(
            ErrorKind::InvalidCast,
            "a text that is cast to a truth value must be 0, 1, 'true' or 'false'",
        ),
    }
}

fn out_of_range() -> Error {
    Error::new(
        ErrorKind::NumericOutOfRange,
        "a number is outside the range of the type that it is cast to",
    )
}
