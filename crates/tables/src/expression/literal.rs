//! Values as SQL writes them.

use datafusion::arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_expr::expressions::Literal;
use std::sync::Arc;

/// The shown characters of a text, or bytes of a binary value.
const SHOWN: usize = 100;

/// The value as a literal.
pub fn literal(value: &ScalarValue) -> String {
    if value.is_null() {
        return "NULL".to_owned();
    }
    match value.data_type() {
        DataType::Boolean => engine_text(value).to_uppercase(),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => quoted(&engine_text(value)),
        DataType::Date32 | DataType::Date64 => format!("DATE '{}'", engine_text(value)),
        DataType::Time32(_) | DataType::Time64(_) => format!("TIME '{}'", engine_text(value)),
        DataType::Timestamp(..) => format!("TIMESTAMP '{}'", engine_text(value).replace('T', " ")),
        DataType::Interval(_) | DataType::Duration(_) => {
            format!("INTERVAL '{}'", engine_text(value))
        }
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => binary(value),
        _ => engine_text(value),
    }
}

/// The engine's own text of the value.
fn engine_text(value: &ScalarValue) -> String {
    let text = value.cast_to(&DataType::Utf8);
    match text {
        Ok(ScalarValue::Utf8(Some(text))) => text,
        _ => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let shown = match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    };
    format!("'{}'", shown.replace('\'', "''"))
}

/// A constant pattern of LIKE. The engine always escapes with a backslash, SQL only if the
/// statement says so.
pub fn pattern(expr: &Arc<dyn PhysicalExpr>) -> Option<String> {
    let value = expr.downcast_ref::<Literal>()?.value();
    let text = value.try_as_str().flatten()?;
    // The remaining backslashes precede wildcards.
    let plain = text.replace("\\\\", "");
    Some(match plain.contains('\\') {
        true => format!("{} ESCAPE '\\'", quoted(text)),
        false => quoted(&text.replace("\\\\", "\\")),
    })
}

fn binary(value: &ScalarValue) -> String {
    let (ScalarValue::Binary(Some(bytes))
    | ScalarValue::LargeBinary(Some(bytes))
    | ScalarValue::BinaryView(Some(bytes))) = value
    else {
        return value.to_string();
    };
    let digits = bytes
        .iter()
        .take(SHOWN)
        .map(|byte| format!("{byte:02X}"))
        .collect::<String>();
    let more = if bytes.len() > SHOWN { "…" } else { "" };
    format!("X'{digits}{more}'")
}
