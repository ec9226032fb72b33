//! Functions that choose one of their arguments: `IFNULL`, `COALESCE`, `IIF`, `NVL2`, `NULLIF`,
//! `GREATEST`, `LEAST`.
//!
//! The optimizer turns them into CASE, which evaluates only the chosen argument. The code here runs
//! in the other cases, with the same results.

use super::call::Call;
use super::definition::Parameter::{self, Boolean, Common};
use super::definition::{Function, Returns};
use crate::{Error, ErrorKind};
use datafusion::arrow::array::{Array, ArrayRef, BooleanArray, Datum, new_null_array};
use datafusion::arrow::compute::kernels::cmp::{eq, gt, lt};
use datafusion::arrow::compute::kernels::zip::zip;
use datafusion::arrow::compute::{is_not_null, is_null, or_kleene, prep_null_mask_filter};
use datafusion::arrow::error::ArrowError;
use datafusion::logical_expr::{Case, Expr};
use std::sync::Arc;

pub const FUNCTIONS: &[Function] = &[
    Function::new("coalesce", &[Common], Returns::Argument(0), first)
        .repeating()
        .lazy(),
    Function::new("ifnull", &[Common, Common], Returns::Argument(0), first)
        .lazy()
        .also(&["isnull", "nvl"]),
    Function::new(
        "iif",
        &[Boolean, Common, Common],
        Returns::Argument(1),
        either,
    )
    .lazy(),
    Function::new(
        "nvl2",
        &[Parameter::Any, Common, Common],
        Returns::Argument(1),
        if_there,
    )
    .lazy(),
    Function::new(
        "nullif",
        &[Common, Common],
        Returns::Argument(0),
        unless_equal,
    ),
    Function::new("greatest", &[Common], Returns::Argument(0), |call| {
        extreme(call, gt)
    })
    .repeating(),
    Function::new("least", &[Common], Returns::Argument(0), |call| {
        extreme(call, lt)
    })
    .repeating(),
];

/// The same as CASE; `None` for functions that do not choose.
pub fn as_case(name: &str, arguments: &[Expr]) -> Option<Expr> {
    let (branches, otherwise) = match (name, arguments) {
        ("coalesce" | "ifnull", [several @ .., last]) if !several.is_empty() => {
            let branch = |value: &Expr| (value.clone().is_not_null(), value.clone());
            (several.iter().map(branch).collect::<Vec<_>>(), last)
        }
        ("coalesce", [only]) => return Some(only.clone()),
        ("nvl2", [value, chosen, otherwise]) => {
            let is_there = value.clone().is_not_null();
            (vec![(is_there, chosen.clone())], otherwise)
        }
        ("iif", [condition, chosen, otherwise]) => {
            (vec![(condition.clone(), chosen.clone())], otherwise)
        }
        _ => return None,
    };
    let boxed = branches
        .into_iter()
        .map(|(when, then)| (Box::new(when), Box::new(then)));
    Some(Expr::Case(Case::new(
        None,
        boxed.collect(),
        Some(Box::new(otherwise.clone())),
    )))
}

fn first(call: &Call) -> Result<ArrayRef, Error> {
    let mut arguments = call.arguments.iter().rev();
    let last = arguments
        .next()
        .ok_or_else(|| Error::new(ErrorKind::Syntax, "no argument"))?;
    arguments.try_fold(Arc::clone(last), |otherwise, value| {
        choose(is_not_null(value).map_err(failed)?, value, &otherwise)
    })
}

fn either(call: &Call) -> Result<ArrayRef, Error> {
    choose(
        call.boolean(0).clone(),
        &call.arguments[1],
        &call.arguments[2],
    )
}

fn if_there(call: &Call) -> Result<ArrayRef, Error> {
    let is_there = is_not_null(&call.arguments[0]).map_err(failed)?;
    choose(is_there, &call.arguments[1], &call.arguments[2])
}

fn unless_equal(call: &Call) -> Result<ArrayRef, Error> {
    let (left, right) = (&call.arguments[0], &call.arguments[1]);
    let equal = eq(left as &dyn Datum, right as &dyn Datum).map_err(failed)?;
    choose(equal, &new_null_array(left.data_type(), call.rows), left)
}

/// The argument that precedes all others; nulls are ignored, as in SQL Server and PostgreSQL.
fn extreme(call: &Call, comes_before: Comparison) -> Result<ArrayRef, Error> {
    let mut arguments = call.arguments.iter();
    let first = arguments
        .next()
        .ok_or_else(|| Error::new(ErrorKind::Syntax, "no argument"))?;
    arguments.try_fold(Arc::clone(first), |best, next| {
        let better = comes_before(next as &dyn Datum, &best as &dyn Datum).map_err(failed)?;
        let better = or_kleene(&better, &is_null(&best).map_err(failed)?).map_err(failed)?;
        choose(better, next, &best)
    })
}

type Comparison = fn(&dyn Datum, &dyn Datum) -> Result<BooleanArray, ArrowError>;

/// A condition that is null counts as false.
fn choose(
    condition: BooleanArray,
    chosen: &ArrayRef,
    otherwise: &ArrayRef,
) -> Result<ArrayRef, Error> {
    let condition = match condition.null_count() {
        0 => condition,
        _ => prep_null_mask_filter(&condition),
    };
    zip(&condition, chosen, otherwise).map_err(failed)
}

fn failed(error: ArrowError) -> Error {
    Error::new(
        ErrorKind::Syntax,
        format!("the arguments cannot be compared: {error}"),
    )
}
