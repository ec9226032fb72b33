//! The work in the driver: the plan's operations on rows, the last step first.

use super::operators;
use super::step::Step;
use crate::subqueries;
use datafusion::arrow::datatypes::Schema;
use datafusion::physical_plan::ExecutionPlan;
use exchange_tables::{ElementsExec, ScanExec};
use std::sync::Arc;

/// One line for each step, with its inputs below it. With `analyzed`, each has its number of rows.
pub fn lines(plan: &Arc<dyn ExecutionPlan>, labels: &[String], analyzed: bool) -> Vec<String> {
    let mut labels = labels.iter();
    let mut writer = Writer {
        qualified: labels.len() > 1 || joins_elements(plan),
        analyzed,
        next_label: &mut || labels.next().cloned().unwrap_or_default(),
    };
    let part = writer.part(plan);
    let lines = part.lines.into_iter();
    lines
        .map(|(depth, line)| format!("{}{line}", "  ".repeat(depth)))
        .collect()
}

struct Writer<'a> {
    /// Whether columns need the names of their tables.
    qualified: bool,
    analyzed: bool,
    next_label: &'a mut dyn FnMut() -> String,
}

/// Whether a step has columns of two tables without a join.
fn joins_elements(plan: &Arc<dyn ExecutionPlan>) -> bool {
    let elements = plan.downcast_ref::<ElementsExec>();
    let mut inputs = subqueries::inputs(plan.as_ref()).into_iter();
    elements.is_some_and(ElementsExec::is_join) || inputs.any(joins_elements)
}

/// A part of the plan: its lines, each with its depth, and the names of its columns.
struct Part {
    lines: Vec<(usize, String)>,
    names: Vec<String>,
}

impl Writer<'_> {
    fn part(&mut self, plan: &Arc<dyn ExecutionPlan>) -> Part {
        let inputs = subqueries::inputs(plan.as_ref()).into_iter();
        let inputs: Vec<Part> = inputs.map(|input| self.part(input)).collect();
        let names: Vec<&[String]> = inputs.iter().map(|input| input.names.as_slice()).collect();
        let scan = plan.downcast_ref::<ScanExec>();
        let elements = plan.downcast_ref::<ElementsExec>();
        let step = match (scan, elements) {
            (Some(scan), _) => self.scan(scan, &plan.schema()),
            (None, Some(elements)) => Step {
                words: Some(elements.words()),
                names: elements.names(names.first().copied().unwrap_or_default(), |name| {
                    self.name(elements.table(), name)
                }),
            },
            (None, None) => operators::step(plan.as_ref(), &names),
        };
        let below = usize::from(step.words.is_some());
        let own = step
            .words
            .map(|words| (0, words + &self.rows(plan.as_ref())));
        let inputs = inputs.into_iter().flat_map(|input| input.lines);
        let inputs = inputs.map(|(depth, line)| (depth + below, line));
        Part {
            lines: own.into_iter().chain(inputs).collect(),
            names: step.names,
        }
    }

    fn scan(&mut self, scan: &ScanExec, schema: &Schema) -> Step {
        let mut words = format!("Read {}", (self.next_label)());
        match scan.local_work() {
            work if work.is_empty() => {}
            work => words += &format!(", {work}"),
        }
        Step {
            words: Some(words),
            names: self.names(scan.table(), schema),
        }
    }

    fn names(&self, table: &str, schema: &Schema) -> Vec<String> {
        let names = operators::column_names(schema).into_iter();
        names.map(|name| self.name(table, &name)).collect()
    }

    fn name(&self, table: &str, column: &str) -> String {
        match self.qualified {
            true => format!("{table}.{column}"),
            false => column.to_owned(),
        }
    }

    /// The number of rows that a step returned.
    fn rows(&self, plan: &dyn ExecutionPlan) -> String {
        let rows = match plan.downcast_ref::<ScanExec>() {
            Some(scan) => usize::try_from(scan.used().given).ok(),
            None => plan.metrics().and_then(|metrics| metrics.output_rows()),
        };
        match rows.filter(|_| self.analyzed) {
            Some(rows) => format!(" [rows: {rows}]"),
            None => String::new(),
        }
    }
}
