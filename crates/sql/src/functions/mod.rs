//! Scalar functions: ODBC's (appendix E), by their ODBC names in lower case, and the T-SQL
//! spellings of them that applications send.
//!
//! Most are `Function`s (`definition.rs`): a definition of parameters and result, and code that
//! runs over Arrow arrays. DataFusion's own functions are used if they do exactly what ODBC says. A
//! null argument gives a null, unless a function handles nulls. Errors have their SQLSTATE and
//! never quote a value.
//!
//! [`catalog`] lists every function with an example, which a test runs.

mod arguments;
mod call;
pub mod catalog;
mod choice;
mod datetime;
mod datetime_argument;
pub mod datetime_parser;
mod definition;
pub mod epoch;
mod formats;
mod json;
mod latest;
mod numbers;
mod session;
mod strings;
pub mod type_families;
mod udf;
mod unit;

#[cfg(test)]
mod tests;

pub use call::{LONGEST_TEXT, too_long};
use datafusion::arrow::datatypes::DataType;
use datafusion::functions::{string, unicode};
use datafusion::logical_expr::ScalarUDF;
pub use datetime::AT_TIME_ZONE;
use datetime::clock::{CLOCKS, Clock};
pub use datetime::range::range;
use definition::{Function, Parameter};
use exchange_config::Zone;
pub use formats::longest as longest_text;
pub use numbers::with_one_zero;
use session::Fact;
use std::sync::Arc;
pub use strings::like_pattern::{
    LIKE_PATTERN, NOT_ONE_CHARACTER, WRONG_ESCAPE, engine_pattern, escape_character,
};
use udf::Udf;
pub use udf::external;

/// Facts about the connection for functions.
pub struct Context {
    pub database: String,
    pub user: String,
    /// The zone of times.
    pub zone: Zone,
}

/// All functions that a statement can call. Other functions of DataFusion cannot be called.
pub fn scalar_udfs(context: &Context) -> Vec<Arc<ScalarUDF>> {
    let mut functions: Vec<ScalarUDF> = defined()
        .map(|function| ScalarUDF::new_from_impl(Udf::new(function, context.zone)))
        .collect();
    functions.extend(CLOCKS.iter().map(|&(name, aliases, reading)| {
        ScalarUDF::new_from_impl(Clock::new(name, aliases, reading, context.zone))
    }));
    functions.push(like_pattern());
    functions.push(ScalarUDF::new_from_impl(Fact::new(
        "user",
        USER_NAMES,
        &context.user,
    )));
    functions.push(ScalarUDF::new_from_impl(Fact::new(
        "database",
        DATABASE_NAMES,
        &context.database,
    )));
    functions.push(string::lower().as_ref().clone().with_aliases(["lcase"]));
    functions.push(string::upper().as_ref().clone().with_aliases(["ucase"]));
    // First, so that ours replace them where names are the same.
    let mut all = of_the_engine();
    all.extend(functions.into_iter().map(Arc::new));
    all
}

/// DataFusion's own functions that do exactly what their names say.
fn of_the_engine() -> Vec<Arc<ScalarUDF>> {
    vec![
        string::bit_length(),
        string::btrim(),
        string::concat_ws(),
        string::ltrim(),
        string::octet_length(),
        string::rtrim(),
        unicode::character_length(),
        unicode::reverse(),
    ]
}

/// The function that the text layer writes for a pattern of LIKE that is only known at run time.
pub fn like_pattern() -> ScalarUDF {
    ScalarUDF::new_from_impl(Udf::new(&strings::like_pattern::FUNCTION, Zone::UTC))
}

/// Whether an argument must have the same type as others.
pub fn is_common(function: &ScalarUDF, index: usize) -> bool {
    let function = function.inner().downcast_ref::<Udf>();
    function.is_some_and(|function| function.function().parameter(index) == Some(Parameter::Common))
}

/// The type that a function expects at a position of its arguments; `beside` is the type of another
/// argument.
pub fn argument_type(
    function: &ScalarUDF,
    index: usize,
    beside: Option<&DataType>,
) -> Option<DataType> {
    let function = function.inner().downcast_ref::<Udf>()?.function();
    Some(match function.parameter(index)? {
        Parameter::Text | Parameter::Unit => DataType::Utf8,
        Parameter::Integer => DataType::Int64,
        Parameter::Double | Parameter::Number | Parameter::CommonNumber => DataType::Float64,
        Parameter::Day | Parameter::Moment | Parameter::MomentOrInterval => {
            type_families::TIMESTAMP
        }
        Parameter::Boolean => DataType::Boolean,
        Parameter::Common => beside?.clone(),
        Parameter::Any | Parameter::NumberOrMoment => return None,
    })
}

fn defined() -> impl Iterator<Item = &'static Function> {
    let files = strings::FUNCTIONS
        .iter()
        .chain(numbers::FUNCTIONS)
        .chain(datetime::FUNCTIONS);
    let more = choice::FUNCTIONS
        .iter()
        .chain(formats::FUNCTIONS)
        .chain(json::FUNCTIONS);
    files.copied().flatten().chain(more)
}

/// The functions that have a syntax of their own: EXTRACT, POSITION, SUBSTRING.
pub fn with_syntax() -> [Arc<ScalarUDF>; 3] {
    [&datetime::EXTRACT, &strings::LOCATE, &strings::SUBSTRING]
        .map(|function| Arc::new(ScalarUDF::new_from_impl(Udf::new(function, Zone::UTC))))
}

const USER_NAMES: &[&str] = &["current_user", "session_user", "system_user", "user_name"];
const DATABASE_NAMES: &[&str] = &["current_catalog", "current_database", "db_name"];

/// The scalar functions of ODBC that run here, by their ODBC names, for `SQLGetInfo`. `CONVERT` is
/// turned into CAST when a statement is read.
pub const SCALAR_FUNCTIONS: &[&str] = &[
    "CONCAT",
    "INSERT",
    "LEFT",
    "LTRIM",
    "LENGTH",
    "LOCATE",
    "LCASE",
    "REPEAT",
    "REPLACE",
    "RIGHT",
    "RTRIM",
    "SUBSTRING",
    "UCASE",
    "ASCII",
    "CHAR",
    "DIFFERENCE",
    "SOUNDEX",
    "SPACE",
    "BIT_LENGTH",
    "CHAR_LENGTH",
    "CHARACTER_LENGTH",
    "OCTET_LENGTH",
    "POSITION",
    "ABS",
    "ACOS",
    "ASIN",
    "ATAN",
    "ATAN2",
    "CEILING",
    "COS",
    "COT",
    "EXP",
    "FLOOR",
    "LOG",
    "MOD",
    "SIGN",
    "SIN",
    "SQRT",
    "TAN",
    "PI",
    "RAND",
    "DEGREES",
    "LOG10",
    "POWER",
    "RADIANS",
    "ROUND",
    "TRUNCATE",
    "NOW",
    "CURDATE",
    "DAYOFMONTH",
    "DAYOFWEEK",
    "DAYOFYEAR",
    "MONTH",
    "QUARTER",
    "WEEK",
    "YEAR",
    "CURTIME",
    "HOUR",
    "MINUTE",
    "SECOND",
    "TIMESTAMPADD",
    "TIMESTAMPDIFF",
    "DAYNAME",
    "MONTHNAME",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "EXTRACT",
    "USER",
    "DATABASE",
    "IFNULL",
    "CONVERT",
];
