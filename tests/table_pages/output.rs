//! Rows as a page shows them.

use driver_harness::client::Connection;

/// The longest text that is shown whole, in characters.
const LONGEST: usize = 44;

/// The rows of a statement under the names of its columns.
pub fn of(connection: &Connection, sql: &str) -> Result<String, String> {
    let mut statement = connection
        .execute(sql)
        .map_err(|failure| format!("{sql}: {failure}"))?;
    let columns = statement.columns().expect("columns").into_iter();
    let mut lines: Vec<Vec<String>> = vec![columns.map(|column| column.name).collect()];
    let rows = statement.rows().expect("rows");
    if rows.is_empty() {
        return Err(format!("no rows: {sql}"));
    }
    for row in rows {
        lines.push(row.iter().map(|cell| shown(cell.as_deref())).collect());
    }
    let width = |index: usize| {
        let cells = lines.iter().map(|line| line[index].chars().count());
        cells.max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..lines[0].len()).map(width).collect();
    let line = |cells: &[String]| {
        let cells = cells.iter().zip(&widths);
        let cells = cells.map(|(cell, width)| format!("{cell:<width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        format!("{}\n", line.trim_end())
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = line(&lines[0]);
    text.push_str(&line(&rule));
    for cells in &lines[1..] {
        text.push_str(&line(cells));
    }
    Ok(text)
}

fn shown(cell: Option<&str>) -> String {
    let text = cell.unwrap_or("NULL").replace(['\r', '\n', '\t'], " ");
    let text = text.strip_suffix(".000000").unwrap_or(&text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
