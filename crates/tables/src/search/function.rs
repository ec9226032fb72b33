//! SEARCH and CONTAINS for the planner.
//!
//! `SEARCH(text)`, `SEARCH(Table.*, text)`, `CONTAINS(column, text)`, `CONTAINS((column, column),
//! text)`, and `CONTAINS(*, text)`, `CONTAINS(Table.*, text)` as in T-SQL. Stars reach the planner
//! as texts: nothing for `*`, the table's name for `Table.*`. The rule [`Searches`](crate::rules)
//! takes every call out of the plan.

use super::error::Error;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use std::sync::Arc;

const SEARCH: &str = "search";
const CONTAINS: &str = "contains";

/// Their names, as the text layer writes them.
pub const NAMES: [&str; 2] = [SEARCH, CONTAINS];

/// The functions to register. They replace others of the same name.
pub fn functions() -> Vec<Arc<ScalarUDF>> {
    let functions = [Function::Search, Function::Contains].map(Marker::new);
    functions
        .map(|marker| Arc::new(ScalarUDF::new_from_impl(marker)))
        .to_vec()
}

pub fn external(error: Error) -> DataFusionError {
    DataFusionError::External(Box::new(crate::Error::Search(error)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    Search,
    Contains,
}

impl Function {
    pub fn name(self) -> &'static str {
        match self {
            Self::Search => "SEARCH",
            Self::Contains => "CONTAINS",
        }
    }
}

/// A call, taken apart.
pub struct Call<'a> {
    pub function: Function,
    pub target: Target<'a>,
    pub text: &'a Expr,
}

/// The target of a search.
pub enum Target<'a> {
    /// The only searchable table.
    Any,
    Table(&'a str),
    Columns(Vec<&'a Column>),
}

/// The function that an expression calls.
pub fn of(expr: &Expr) -> Option<Function> {
    let Expr::ScalarFunction(call) = expr else {
        return None;
    };
    let marker = call.func.inner().downcast_ref::<Marker>()?;
    Some(marker.function)
}

impl<'a> Call<'a> {
    /// `None` if the expression is something else.
    pub fn of(expr: &'a Expr) -> Option<Result<Self, Error>> {
        let function = of(expr)?;
        let Expr::ScalarFunction(ScalarFunction { args, .. }) = expr else {
            return None;
        };
        Some(Self::with(function, args))
    }

    fn with(function: Function, args: &'a [Expr]) -> Result<Self, Error> {
        let Some((text, before)) = args.split_last() else {
            return Err(arguments(function));
        };
        let target = match (function, before) {
            (_, []) => Target::Any,
            (_, [Expr::Literal(ScalarValue::Utf8(Some(name)), _)]) => Target::Table(name),
            (Function::Search, _) => return Err(arguments(function)),
            (Function::Contains, columns) => {
                let columns = columns.iter().map(|expr| match expr {
                    Expr::Column(column) => Some(column),
                    _ => None,
                });
                Target::Columns(columns.collect::<Option<_>>().ok_or(Error::NoColumn)?)
            }
        };
        Ok(Self {
            function,
            target,
            text,
        })
    }
}

fn arguments(function: Function) -> Error {
    Error::Arguments {
        function: function.name(),
        what: match function {
            Function::Search => "Table.* if the SELECT reads several searchable tables",
            Function::Contains => "a column, columns in parentheses, * or Table.*",
        },
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Marker {
    function: Function,
    signature: Signature,
}

impl Marker {
    fn new(function: Function) -> Self {
        Self {
            function,
            // They must not be evaluated in advance.
            signature: Signature::user_defined(Volatility::Volatile),
        }
    }
}

impl ScalarUDFImpl for Marker {
    fn name(&self) -> &str {
        match self.function {
            Function::Search => SEARCH,
            Function::Contains => CONTAINS,
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The last argument is the text.
    fn coerce_types(&self, arguments: &[DataType]) -> Result<Vec<DataType>> {
        let mut types = arguments.to_vec();
        if let Some(text) = types.last_mut() {
            *text = DataType::Utf8;
        }
        Ok(types)
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, _: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let function = self.function.name();
        Err(external(Error::Misplaced { function }))
    }
}
