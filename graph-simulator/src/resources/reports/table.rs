//! Rows as comma-separated values: with a byte order mark, and lines that end in CR LF (docs/graph.md#reports).

use super::columns::Columns;
use crate::model::Entity;
use serde_json::Value;

pub fn write(columns: Columns, rows: &[Entity]) -> Vec<u8> {
    let mut text = "\u{feff}".to_owned();
    let headers = columns.iter().map(|(header, _)| (*header).to_owned());
    write_line(&mut text, headers);
    for row in rows {
        let fields = columns
            .iter()
            .map(|(_, property)| field(row.get(*property)));
        write_line(&mut text, fields);
    }
    text.into_bytes()
}

fn write_line(text: &mut String, fields: impl Iterator<Item = String>) {
    let fields: Vec<String> = fields.map(|field| quoted(&field)).collect();
    text.push_str(&fields.join(","));
    text.push_str("\r\n");
}

fn field(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(true)) => "True".to_owned(),
        Some(Value::Bool(false)) => "False".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

fn quoted(field: &str) -> String {
    match field.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_quoted_where_they_have_to_be() {
        let row = json!({ "name": "Bowen, \"Megan\"", "is": true, "size": 9_007_199_254_740_993_i64, "none": null });
        let columns = &[
            ("Name", "name"),
            ("Is", "is"),
            ("Size (Byte)", "size"),
            ("None", "none"),
        ];
        let rows = [row.as_object().expect("an object").clone()];
        let text = String::from_utf8(write(columns, &rows)).expect("text");
        let expected = "\u{feff}Name,Is,Size (Byte),None\r\n\"Bowen, \"\"Megan\"\"\",True,9007199254740993,\r\n";
        assert_eq!(text, expected);
    }
}
