//! Translation of the engine's errors to the terms of SQL.
//!
//! A message of the engine can quote the value that it could not convert. Values are mail, so such
//! messages are replaced by ones that only name the type.

use crate::nearest::nearest;
use crate::subqueries::several_rows;
use crate::{Error, ErrorKind};
use datafusion::arrow::error::ArrowError;
use datafusion::common::{Column, SchemaError};
use datafusion::error::DataFusionError;
use exchange_graph as graph;
use exchange_tables as tables;

/// The error for the application.
pub fn to_error(error: &DataFusionError) -> Error {
    match error {
        DataFusionError::Context(_, inner) | DataFusionError::Diagnostic(_, inner) => {
            to_error(inner)
        }
        DataFusionError::Shared(inner) => to_error(inner),
        DataFusionError::Collection(errors) if !errors.is_empty() => to_error(&errors[0]),
        DataFusionError::External(inner) => external(inner.as_ref()),
        DataFusionError::SchemaError(error, _) => schema(error),
        DataFusionError::ArrowError(error, _) => arrow(error),
        DataFusionError::SQL(error, _) => Error::new(ErrorKind::Syntax, error.to_string()),
        DataFusionError::Plan(message) => Error::new(ErrorKind::Syntax, message),
        DataFusionError::NotImplemented(message) => not_implemented(message),
        DataFusionError::ResourcesExhausted(message) => Error::new(
            ErrorKind::OutOfMemory,
            format!("the statement needs more memory than it may use: {message}"),
        ),
        DataFusionError::Execution(message) => execution(message),
        // The engine's own message asks for reports to its authors and may contain the statement's
        // constants.
        DataFusionError::Internal(_) => Error::new(
            ErrorKind::General,
            "the SQL engine failed internally; write the statement in another way, and please report it",
        ),
        other => Error::new(ErrorKind::General, other.strip_backtrace()),
    }
}

/// Features that the engine lacks. Its message can contain the statement's constants, which may be
/// mail.
fn not_implemented(message: &str) -> Error {
    let text = match message {
        _ if ["InSubquery", "Exists(", "ScalarSubquery", "SetComparison"].iter().any(|name| message.contains(name)) => {
            "a subquery with IN, EXISTS, ANY or ALL is only supported in WHERE and HAVING; join the table \
             instead"
                .to_owned()
        }
        _ if message.contains('(') || message.contains('\'') => {
            "the SQL engine does not support a part of this statement; write it in another way".to_owned()
        }
        _ => format!("{message}; the SQL engine does not support this"),
    };
    Error::new(ErrorKind::NotSupported, text)
}

fn external(error: &(dyn std::error::Error + Send + Sync + 'static)) -> Error {
    if let Some(error) = error.downcast_ref::<Error>() {
        return error.clone();
    }
    if let Some(error) = error.downcast_ref::<graph::Error>() {
        return from_graph(error);
    }
    if let Some(error) = error.downcast_ref::<tables::Error>() {
        return match error {
            tables::Error::Graph(error) => from_graph(error),
            tables::Error::NoMailbox { .. }
            | tables::Error::Endless(_)
            | tables::Error::NoSchedule { .. }
            | tables::Error::CrowdedSchedule { .. }
            | tables::Error::NoMailTips { .. }
            | tables::Error::SearchRefused(_) => Error::new(ErrorKind::Syntax, error.to_string()),
            tables::Error::NotInCloud { .. } => {
                Error::new(ErrorKind::NotSupported, error.to_string())
            }
            tables::Error::Search(search) => {
                let kind = match search.is_unsupported() {
                    true => ErrorKind::NotSupported,
                    false => ErrorKind::Syntax,
                };
                Error::new(kind, error.to_string())
            }
            _ => Error::new(ErrorKind::General, error.to_string()),
        };
    }
    if let Some(error) = error.downcast_ref::<DataFusionError>() {
        return to_error(error);
    }
    Error::new(ErrorKind::General, error.to_string())
}

/// A failure of Graph during a statement, whose connection was open before.
fn from_graph(error: &graph::Error) -> Error {
    let failed = from_login(error);
    match failed.kind {
        ErrorKind::Unreachable => Error::new(ErrorKind::LinkLost, failed.message),
        _ => failed,
    }
}

/// A failure of Graph while connecting.
pub fn from_login(error: &graph::Error) -> Error {
    use graph::ErrorKind as Graph;
    let kind = match error.kind() {
        Graph::Credentials => ErrorKind::Credentials,
        Graph::Unreachable => ErrorKind::Unreachable,
        Graph::LinkLost => ErrorKind::LinkLost,
        Graph::TimedOut => ErrorKind::TimedOut,
        Graph::PermissionDenied => ErrorKind::PermissionDenied,
        Graph::Conflict => ErrorKind::Conflict,
        Graph::Duplicate => ErrorKind::Duplicate,
        _ => ErrorKind::General,
    };
    Error::new(kind, error.to_string())
}

fn schema(error: &SchemaError) -> Error {
    match error {
        SchemaError::FieldNotFound {
            field,
            valid_fields,
        } => {
            let name = shown(field);
            let known = valid_fields.iter().map(spelled).collect::<Vec<_>>();
            let hint = match nearest(&spelled(field), known.iter().map(String::as_str)) {
                Some(nearest) => format!("; did you mean {nearest}?"),
                None => String::new(),
            };
            Error::new(
                ErrorKind::ColumnNotFound,
                format!("column {name} not found{hint}"),
            )
        }
        SchemaError::AmbiguousReference { field } => Error::new(
            ErrorKind::ColumnNotFound,
            format!(
                "column {} is in more than one of the tables; write the table's name before it",
                shown(field)
            ),
        ),
        other => Error::new(ErrorKind::Syntax, other.to_string()),
    }
}

fn shown(column: &Column) -> String {
    match &column.relation {
        Some(relation) => format!("{}.{}", relation.table(), spelled(column)),
        None => spelled(column),
    }
}

/// The column's name as its table spells it.
fn spelled(column: &Column) -> String {
    let known = tables::TABLES
        .iter()
        .find_map(|table| table.column(&column.name));
    known.map_or_else(|| column.name.clone(), |column| column.name.to_owned())
}

fn arrow(error: &ArrowError) -> Error {
    match error {
        ArrowError::DivideByZero => Error::new(ErrorKind::DivisionByZero, "division by zero"),
        ArrowError::ArithmeticOverflow(_) => Error::new(
            ErrorKind::NumericOutOfRange,
            "a computed number is larger or smaller than its type allows",
        ),
        ArrowError::CastError(message) | ArrowError::ParseError(message) => conversion(message),
        ArrowError::ExternalError(inner) => external(inner.as_ref()),
        ArrowError::InvalidArgumentError(message) if message.contains("precision") => Error::new(
            ErrorKind::NumericOutOfRange,
            "a computed number has more digits than its type allows",
        ),
        other => Error::new(ErrorKind::General, other.to_string()),
    }
}

/// A failed conversion, without the value that failed.
fn conversion(message: &str) -> Error {
    let lower = message.to_lowercase();
    if lower.contains("overflow") || lower.contains("range") {
        return Error::new(
            ErrorKind::NumericOutOfRange,
            "a value is outside the range of the type that it is converted to",
        );
    }
    let target = ["timestamp", "date", "time"]
        .into_iter()
        .find(|name| lower.contains(name));
    match target {
        Some(target) => Error::new(
            ErrorKind::InvalidDatetime,
            format!(
                "a text is not a valid {target}; write dates as '2026-11-23' and times as \
                 '2026-11-23 10:00:00'"
            ),
        ),
        None => Error::new(
            ErrorKind::InvalidCast,
            "a text cannot be converted to the type that it is compared with or cast to",
        ),
    }
}

fn execution(message: &str) -> Error {
    let lower = message.to_lowercase();
    if lower.contains("returned more than one row") {
        return several_rows();
    }
    if lower.contains("divide by zero") {
        return Error::new(ErrorKind::DivisionByZero, "division by zero");
    }
    if lower.contains("overflow") {
        return Error::new(
            ErrorKind::NumericOutOfRange,
            "a computed number is too large",
        );
    }
    if lower.contains("parsing") || lower.contains("cast") {
        return conversion(message);
    }
    Error::new(ErrorKind::General, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_conversion_does_not_quote_the_value() {
        let error = ArrowError::CastError("Cannot cast string 'Dear Ann' to value of Int32".into());
        let error = to_error(&DataFusionError::from(error));
        assert_eq!(error.kind, ErrorKind::InvalidCast);
        assert!(!error.message.contains("Ann"));
    }

    #[test]
    fn a_text_that_is_no_date_says_how_dates_are_written() {
        let error = ArrowError::ParseError("Error parsing timestamp from 'x'".into());
        let error = to_error(&DataFusionError::from(error));
        assert_eq!(error.kind, ErrorKind::InvalidDatetime);
        assert!(error.message.contains("2026-11-23"));
    }

    #[test]
    fn what_is_not_supported_is_said_without_the_statements_constants() {
        let plan = "Physical plan does not support logical expression InSubquery(InSubquery { expr: Literal('Dear Ann')";
        let error = to_error(&DataFusionError::NotImplemented(plan.into()));
        assert_eq!(error.kind, ErrorKind::NotSupported);
        assert!(error.message.contains("WHERE") && !error.message.contains("Ann"));
        let error = to_error(&DataFusionError::Internal(
            "'Dear Ann' of DataFusion".into(),
        ));
        assert!(!error.message.contains("Ann") && !error.message.contains("DataFusion"));
        let error = to_error(&DataFusionError::NotImplemented("GROUPING SETS".into()));
        assert!(error.message.starts_with("GROUPING SETS"));
    }

    #[test]
    fn errors_inside_errors_are_found() {
        let inner = Error::new(ErrorKind::ReadOnly, "no");
        let error = DataFusionError::Context(
            "c".into(),
            Box::new(DataFusionError::External(Box::new(inner.clone()))),
        );
        assert_eq!(to_error(&error), inner);
    }
}
